"""Ending to act as somebody."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from panel.access import acting
from panel.access.rules import Permission, actor_of, requires


@requires(Permission.SIGNED_IN)
@require_POST
def end_acting(request: HttpRequest) -> HttpResponseBase:
    """Back to the staff member's own session, on the customer's page."""
    row = actor_of(request).impersonation
    if row is None:
        raise Http404
    acting.end(request, row)
    messages.success(request, _("You act as yourself again."))
    # This host answers with the brand's pages until now: the back office is in the other list of routes.
    return redirect(reverse("office:customer", args=[row.customer.public_id], urlconf="panel.urls"))
