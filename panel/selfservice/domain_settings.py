"""What a customer changes about a name: its switches, its nameservers, its term."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from panel.access.actor import Actor
from panel.access.rules import Permission, actor_of, requires
from panel.billing import ledger
from panel.contact.queries import contacts_for
from panel.core.templatetags.formatting import format_money
from panel.domain import controls
from panel.domain.forms import ContactsForm, NameserversForm, RenewForm
from panel.domain.models import Domain, to_unicode
from panel.domain.operations_code import ReadAuthCode, plan_read_auth_code, readable_code, show_code
from panel.domain.operations_contacts import SetContacts, plan_contacts
from panel.domain.operations_renew import plan_renew
from panel.domain.operations_settings import SetNameservers, plan_nameservers
from panel.domain.planning import require, require_changeable
from panel.domain.queries import PEOPLE, domain_operations, domains_for
from panel.domain.refusals import BadValue, CannotDo, NotNow
from panel.domain.renewing import renewals
from panel.domain.wording import by_person, people, shown_nameservers
from panel.operation.models import Operation
from panel.operation.services import AlreadyOpen
from panel.selfservice.domains import page_context

BUSY = 409
SHOWINGS = 5


@requires(Permission.CUSTOMER_WRITE)
@require_POST
def turn(request: HttpRequest, name: str, slug: str) -> HttpResponseBase:
    """Turn one of the name's switches on or off; the page then says "changing" until the registry says so."""
    actor = actor_of(request)
    domain = _domain(actor, name)
    if slug not in controls.KINDS or request.POST.get("to") not in ("on", "off"):
        raise Http404
    try:
        controls.turn(domain, slug, request.POST["to"] == "on", actor=actor.user)
    except CannotDo as refusal:
        return _domain_page(request, actor, name, {"slug": slug, "text": refusal.text}, status=422)
    except AlreadyOpen:
        problem = {"slug": slug, "text": _("It is being changed already. Wait for that to end.")}
        return _domain_page(request, actor, name, problem, status=BUSY)
    return redirect("domain", name=name)


@requires(Permission.CUSTOMER_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def nameservers(request: HttpRequest, name: str) -> HttpResponseBase:
    """Choose which servers answer for the name."""
    actor = actor_of(request)
    domain = _domain(actor, name)
    form = NameserversForm(request.POST or None, domain=domain, own=shown_nameservers(domain))
    return _change_page(
        request, domain, form, "domains/nameservers.html", SetNameservers.methods, field="servers",
        plan=lambda: plan_nameservers(domain, form.cleaned_data["nameservers"], actor=actor.user),
        busy=_("Its nameservers are being changed already. Wait for that to end."),
    )  # fmt: skip


@requires(Permission.CUSTOMER_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def contacts(request: HttpRequest, name: str) -> HttpResponseBase:
    """Choose who answers for the name beside its registrant."""
    actor = actor_of(request)
    domain = _domain(actor, name)
    book = contacts_for(actor)
    form = ContactsForm(request.POST or None, contacts=book)
    return _change_page(
        request, domain, form, "domains/contacts.html", SetContacts.methods,
        plan=lambda: plan_contacts(domain, form.roles, actor=actor.user),
        busy=_("Its contacts are being changed already. Wait for that to end."),
        book=book.exists(), people=by_person(people(domain, actor.customer)),
    )  # fmt: skip


@requires(Permission.CUSTOMER_WRITE)
@reauthentication_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def auth_code(request: HttpRequest, name: str) -> HttpResponseBase:
    """Have the auth code read, and show it once to whoever has just proved who they are."""
    actor = actor_of(request)
    domain = _domain(actor, name)
    context: dict[str, Any] = {"domain": domain, "crumbs": _crumbs(name), "refusal": "", "code": ""}
    status = 200
    if request.method == "POST" and "show" in request.POST:
        context["code"] = show_code(domain, actor.user)
        context["gone"] = context["code"] is None
    elif request.method == "POST":
        try:
            plan_read_auth_code(domain, actor=actor.user)
        except CannotDo as refusal:
            context["refusal"], status = refusal.text, 422
        else:
            return redirect("domain-auth-code", name=name)
    context |= {
        "reading": domain_operations(actor, name).filter(kind=ReadAuthCode.name).first(),
        "is_there": readable_code(domain) is not None,
        "shown": domain.auth_codes.filter(shown_at__isnull=False).select_related("shown_to")[:SHOWINGS],
    }
    return render(request, "domains/auth_code.html", context, status=status)


@requires(Permission.CUSTOMER_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest, name: str) -> HttpResponseBase:
    """From which date to which, at what price, and what the wallet holds before and after; posting renews."""
    actor = actor_of(request)
    assert actor.customer is not None
    domain = _domain(actor, name)
    context: dict[str, Any] = {
        "domain": domain, "crumbs": _crumbs(name), "currency": actor.customer.currency,
        "balance": ledger.balance(actor.customer),
    }  # fmt: skip
    try:
        offers = renewals(domain)
    except CannotDo as refusal:
        return render(
            request, "domains/renew.html", {**context, "refusal": refusal.text}, status=_refused(request)
        )
    form = RenewForm(
        request.POST or None, renewals=offers, currency=actor.customer.currency,
        initial={"expires_on": domain.expires_on, "key": secrets.token_urlsafe(16)},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and _renewed(form, domain, actor):
        return redirect("domain", name=name)
    context |= {"form": form, "offers": offers, "refusal": ""}
    return render(request, "domains/renew.html", context, status=422 if form.errors else 200)


def _change_page(
    request: HttpRequest,
    domain: Domain,
    form: Form,
    template: str,
    methods: tuple[str, ...],
    *,
    plan: Callable[[], Operation],
    busy: str,
    field: str | None = None,
    **more: Any,
) -> HttpResponseBase:
    """A form about one setting of a name, planned where it is right; `field` is where a wrong value is told."""
    context = {"domain": domain, "form": form, "crumbs": _crumbs(domain.name), "refusal": "", **more}
    try:
        require(domain.account, domain.tld_name, *methods)
        require_changeable(domain)
    except CannotDo as refusal:
        context["refusal"] = refusal.text
        return render(request, template, context, status=_refused(request))
    if request.method == "POST" and form.is_valid():
        try:
            plan()
        except CannotDo as refusal:
            form.add_error(field if isinstance(refusal, BadValue) else None, refusal.text)
        except AlreadyOpen:
            form.add_error(None, busy)
        else:
            return redirect("domain", name=domain.name)
    return render(request, template, context, status=422 if form.errors else 200)


def _renewed(form: RenewForm, domain: Domain, actor: Actor) -> bool:
    offer, values = form.chosen, form.cleaned_data
    try:
        plan_renew(
            domain, years=offer.years, expires_on=values["expires_on"], price=offer.total, actor=actor.user,
            key=values["key"],
        )  # fmt: skip
    except ledger.NotEnoughMoney as short:
        missing = format_money(short.missing, short.currency)
        form.add_error(
            None, _("Your wallet lacks %(missing)s for this. Top it up, then renew.") % {"missing": missing}
        )
    except NotNow as refusal:
        form.add_error(None, refusal.text)
        # What is shown from here on is what counts when it is sent again.
        form.data = {**dict(form.data.items()), "expires_on": str(domain.expires_on)}
    except AlreadyOpen:
        form.add_error(None, _("It is being renewed already. Wait for that to end."))
    return not form.errors


def _refused(request: HttpRequest) -> int:
    """The status of a page that says why it cannot be done: only what was sent is refused."""
    return 422 if request.method == "POST" else 200


def _domain(actor: Actor, name: str) -> Domain:
    found = domains_for(actor).select_related("account", "customer__brand", *PEOPLE)
    domain = found.filter(name=name).first()
    if domain is None:
        raise Http404
    return domain


def _domain_page(
    request: HttpRequest, actor: Actor, name: str, problem: dict[str, str], *, status: int
) -> HttpResponseBase:
    context = {**page_context(actor, name), "problem": problem}
    return render(request, "domains/detail.html", context, status=status)


def _crumbs(name: str) -> list[dict[str, str]]:
    return [
        {"label": _("Domains"), "url": reverse("domains")},
        {"label": to_unicode(name), "url": reverse("domain", args=[name])},
    ]
