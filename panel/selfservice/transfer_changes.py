"""What can be done about a transfer that is under way: another code, or calling it off before it was handed in."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from panel.access.parts import OWNERS
from panel.access.rules import Permission, actor_of, requires
from panel.domain.models import to_unicode
from panel.domain.operations_transfer import TransferDomain
from panel.domain.operations_transfer_cancel import plan_call_off
from panel.domain.operations_transfer_restart import can_restart, plan_transfer_restart
from panel.domain.queries import domain_operations, domains_for
from panel.domain.refusals import CannotDo
from panel.domain.transfer.form import CodeForm
from panel.operation.queries import still_open
from panel.operation.services import AlreadyOpen, cancel


@requires(Permission.CUSTOMER_WRITE, part=OWNERS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def restart(request: HttpRequest, name: str) -> HttpResponseBase:
    """Hand in another auth code for a transfer that stands still; one that is over is ordered again."""
    actor = actor_of(request)
    domain = domains_for(actor).select_related("account", "customer__brand").filter(name=name).first()
    if domain is None:
        raise Http404
    if not can_restart(domain):
        if domain.status == domain.Status.TRANSFER_CANCELLED:
            return redirect(f"{reverse('transfer')}?{urlencode({'name': name})}")
        return redirect("domain", name=name)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            plan_transfer_restart(domain, form.cleaned_data["auth_code"], actor=actor.user)
        except CannotDo as refusal:
            form.add_error("auth_code", refusal.text)
        except AlreadyOpen:
            form.add_error("auth_code", _("A new code is being handed in already. Wait for that to end."))
        else:
            return redirect("domain", name=name)
    crumbs = [
        {"label": _("Domains"), "url": reverse("domains")},
        {"label": to_unicode(name), "url": reverse("domain", args=[name])},
    ]
    context = {"domain": domain, "form": form, "crumbs": crumbs}
    return render(request, "transfers/restart.html", context, status=422 if form.errors else 200)


@requires(Permission.CUSTOMER_WRITE, part=OWNERS)
@require_POST
def call_off(request: HttpRequest, name: str) -> HttpResponseBase:
    """Cancel a transfer: at once where it was not handed in yet, else at the registrar, where that can be asked."""
    actor = actor_of(request)
    transfers = domain_operations(actor, name).filter(kind=TransferDomain.name, customer=actor.customer)
    transfer = still_open(transfers).select_related("account", "customer").first()
    if transfer is None:
        raise Http404
    if cancel(transfer, actor=actor.user, reason="called off by the customer"):
        messages.success(request, _("The transfer is called off, and the money is back in your wallet."))
        return redirect("domains")
    try:
        plan_call_off(transfer, actor=actor.user)
    except CannotDo:
        messages.error(request, _("It is too late to call it off: it was handed in already."))
    except AlreadyOpen:
        messages.info(request, _("It is being called off."))
    return redirect("domain", name=name)
