"""Who owns a name, bringing it back and giving it up, for every audience."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from panel.access.rules import actor_of
from panel.billing import ledger
from panel.core.templatetags.formatting import format_money
from panel.domain import farewell
from panel.domain.models import Domain, PlannedDeletion
from panel.domain.operations_contacts import ChangeOwner, owner_price, plan_owner, require_ownable
from panel.domain.operations_end import (
    DeleteDomain,
    RestoreDomain,
    plan_restore,
    require_deletable,
    require_restorable,
)
from panel.domain.operations_verification import plan_resend
from panel.domain.owner_forms import DeleteForm, OwnerForm, PricedForm, RestoreForm
from panel.domain.planning import quote_of
from panel.domain.refusals import BadValue, CannotDo, NotNow
from panel.domain.setting_pages import SettingPages, refuse
from panel.operation.models import Operation
from panel.operation.services import AlreadyOpen


def owner(pages: SettingPages, request: HttpRequest, name: str) -> HttpResponseBase:
    """Hand the name to another registrant at the price that was seen; `refresh` only asks what the extension wants."""
    actor = actor_of(request)
    domain = pages.find(actor, name)
    book = pages.book(actor, domain)
    context = _context(
        pages,
        request,
        domain,
        ChangeOwner.name,
        book=book.exists(),
        people=pages.people(domain),
    )
    try:
        require_ownable(domain)
        price = owner_price(domain)
    except CannotDo as refusal:
        return refuse(request, "domains/owner.html", context, pages.say(refusal))
    data = request.POST if request.method == "POST" else None
    form = OwnerForm(data, domain=domain, contacts=book, price=price, initial=_seen(price))
    context |= {"form": form, "price": price}
    if "refresh" in request.POST:
        return render(request, "domains/owner.html", {**context, "form": _unjudged(form)})

    def ask() -> Operation:
        values = form.cleaned_data
        return plan_owner(
            domain, values["owner"], actor=actor.user, price=price, extra=form.extra, key=values["key"]
        )

    return _priced(pages, request, domain, "domains/owner.html", context, ask)


def restore(pages: SettingPages, request: HttpRequest, name: str) -> HttpResponseBase:
    """Bring the name back from redemption at the price that was seen."""
    actor = actor_of(request)
    domain = pages.find(actor, name)
    context = _context(pages, request, domain, RestoreDomain.name)
    try:
        require_restorable(domain)
        price = quote_of(domain, domain.customer, "restore").total(1) if domain.customer else Decimal(0)
    except CannotDo as refusal:
        return refuse(request, "domains/restore.html", context, pages.say(refusal))
    form = RestoreForm(request.POST or None, price=price, initial=_seen(price))
    context |= {"form": form, "price": price}
    return _priced(
        pages, request, domain, "domains/restore.html", context,
        lambda: plan_restore(domain, actor=actor.user, price=price, key=form.cleaned_data["key"]),
    )  # fmt: skip


def delete(pages: SettingPages, request: HttpRequest, name: str) -> HttpResponseBase:
    """Give the name up once the time to think is over; posting `keep` keeps it."""
    actor = actor_of(request)
    domain = pages.find(actor, name)
    if "keep" in request.POST:
        farewell.keep(domain, actor=actor.user)
        return redirect(pages.url("domain", name))
    context = _context(
        pages, request, domain, DeleteDomain.name,
        planned=farewell.planned(domain), refused=_why_not(pages, domain),
        waits=round(farewell.cooling_off().total_seconds() / 3600),
    )  # fmt: skip
    try:
        require_deletable(domain)
    except CannotDo as refusal:
        return refuse(request, "domains/delete.html", context, pages.say(refusal))
    form = DeleteForm(request.POST or None, domain=domain)
    context["form"] = form
    if request.method == "POST" and form.is_valid():
        try:
            farewell.plan_farewell(domain, actor=actor.user)
        except CannotDo as refusal:
            form.add_error(None, pages.say(refusal))
        else:
            return redirect(pages.url("domain-delete", name))
    return render(request, "domains/delete.html", context, status=422 if form.errors else 200)


def confirm(pages: SettingPages, request: HttpRequest, name: str) -> HttpResponseBase:
    """Have the registrant asked once more to confirm their details."""
    actor = actor_of(request)
    domain = pages.find(actor, name)
    try:
        plan_resend(domain, actor=actor.user)
    except CannotDo as refusal:
        messages.error(request, pages.say(refusal))
    else:
        messages.success(request, _("The registrant gets the e-mail within minutes."))
    return redirect(pages.url("domain", name))


def _why_not(pages: SettingPages, domain: Domain) -> str:
    """Why the deletion that was planned last came to nothing, where it did."""
    last = domain.planned_deletions.first()
    if last is None or last.outcome != PlannedDeletion.Outcome.REFUSED:
        return ""
    return pages.say(NotNow(last.reason))


def _context(
    pages: SettingPages, request: HttpRequest, domain: Domain, kind: str, **more: Any
) -> dict[str, Any]:
    customer = domain.customer
    return pages.context(
        domain,
        currency=customer.currency if customer else "",
        balance=ledger.balance(customer) if customer else None,
        **{"refusal": "", **more},
        **pages.beside(actor_of(request), domain, kind),
    )


def _seen(price: Decimal) -> dict[str, Any]:
    return {"price": price, "key": secrets.token_urlsafe(16)}


def _unjudged(form: OwnerForm) -> OwnerForm:
    """The form with what was chosen so far, before anybody has been asked to judge it."""
    kept = {name: form.data.get(name, "") for name in form.fields}
    fresh = OwnerForm(None, domain=form.domain, contacts=form.contacts, price=form.wanted, initial=kept)
    fresh.ask_about(form.chosen)
    return fresh


def _priced(
    pages: SettingPages,
    request: HttpRequest,
    domain: Domain,
    template: str,
    context: dict[str, Any],
    ask: Callable[[], Operation],
) -> HttpResponseBase:
    """A form at a price: planned and paid where it is right, or the page with what is wrong."""
    form: PricedForm = context["form"]
    if request.method == "POST" and form.is_valid():
        try:
            ask()
        except ledger.NotEnoughMoney as short:
            form.add_error(None, pages.no_money(format_money(short.missing, short.currency)))
        except BadValue as refusal:
            form.refuse(refusal.field, pages.say(refusal))
        except CannotDo as refusal:
            form.add_error(None, pages.say(refusal))
        except AlreadyOpen:
            form.add_error(None, _("Something is under way about the name. Wait for that to end."))
        else:
            return redirect(pages.url("domain", domain.name))
    return render(request, template, context, status=422 if form.errors else 200)
