"""Handing a name over to its registrant at the registrar: for staff alone, since it leaves the panel."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from panel.access.rules import Permission, actor_of, requires
from panel.backoffice.domain import PAGES
from panel.domain.operations_release import ReleaseDomain, plan_release, require_releasable
from panel.domain.owner_forms import DeleteForm
from panel.domain.refusals import CannotDo
from panel.domain.setting_pages import refuse
from panel.operation.services import AlreadyOpen


@requires(Permission.STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def release(request: HttpRequest, name: str) -> HttpResponseBase:
    """What it means, and the name typed to say that it is meant."""
    actor = actor_of(request)
    domain = PAGES.find(actor, name)
    context = PAGES.context(domain, **PAGES.beside(actor, domain, ReleaseDomain.name))
    try:
        require_releasable(domain)
    except CannotDo as refusal:
        return refuse(request, "office/domains/release.html", context, PAGES.say(refusal))
    form = DeleteForm(request.POST or None, domain=domain)
    if request.method == "POST" and form.is_valid():
        try:
            operation = plan_release(domain, actor=actor.user)
        except CannotDo as refusal:
            form.add_error(None, PAGES.say(refusal))
        except AlreadyOpen:
            form.add_error(None, _("This is being done already. Wait for that to end."))
        else:
            return redirect("office:operation", operation.public_id)
    context["form"] = form
    return render(request, "office/domains/release.html", context, status=422 if form.errors else 200)
