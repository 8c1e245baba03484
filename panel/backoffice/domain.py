"""A domain as the mirror has it, for staff."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from panel.access.queries import office_customers
from panel.access.rules import Permission, actor_of, requires
from panel.account.queries import office_exchanges
from panel.backoffice.domains import tell
from panel.backoffice.forms import AssignForm
from panel.backoffice.tables import domain_badge, operation_badge
from panel.backoffice.trail import trail
from panel.domain.assignment import assign
from panel.domain.queries import office_domains
from panel.domain.refreshing import JustRead, refresh_now
from panel.operation.queries import about, office_operations
from panel.operation.words import timeline_for

SHOWN = 20


@requires(Permission.STAFF)
def domain(request: HttpRequest, name: str) -> HttpResponse:
    """Everything that the mirror holds of a name; a post assigns it."""
    actor = actor_of(request)
    scope = office_domains(actor).select_related("customer", "account", "owner", "admin", "tech", "billing")
    found = get_object_or_404(scope, name=name)
    form = AssignForm(
        request.POST or None, customers=office_customers(actor), initial={"customer": found.customer_id}
    )
    if request.method == "POST" and form.is_valid():
        one = office_domains(actor).filter(pk=found.pk)
        tell(request, *assign(one, form.cleaned_data["customer"], actor.user))
        return redirect("office:domain", name)
    operations = list(about(office_operations(actor), found.subject)[:SHOWN])
    exchanges = office_exchanges(actor).filter(operation__in=[row.pk for row in operations]).order_by("-pk")
    context = {
        "domain": found,
        "badge": domain_badge(found),
        "form": form,
        "contacts": [
            (_("Registrant"), found.owner),
            (_("Administrative"), found.admin),
            (_("Technical"), found.tech),
            (_("Billing"), found.billing),
        ],
        "operations": [{"row": row, "badge": operation_badge(row)} for row in operations],
        "timeline": timeline_for(operations, "staff")[:SHOWN],
        "exchanges": list(exchanges[:SHOWN]),
        "crumbs": trail((_("Domains"), "domains")),
    }
    return render(request, "office/domains/domain.html", context, status=422 if form.errors else 200)


@requires(Permission.STAFF)
@require_POST
def domain_refresh(request: HttpRequest, name: str) -> HttpResponse:
    """Read the name at its registrar now."""
    actor = actor_of(request)
    found = get_object_or_404(office_domains(actor).select_related("account", "customer"), name=name)
    try:
        with transaction.atomic():
            operation = refresh_now(actor, found)
    except JustRead:
        messages.info(request, _("It was read some seconds ago."))
        return redirect("office:domain", name)
    return redirect("office:operation", operation.public_id)
