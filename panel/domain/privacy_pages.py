"""Buying WHOIS privacy where it is sold by the year, for every audience."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from panel.access.rules import actor_of
from panel.billing import ledger
from panel.core.templatetags.formatting import format_money
from panel.domain.forms import PrivacyForm
from panel.domain.models import Domain
from panel.domain.operations_privacy import BuyWhoisPrivacy, plan_buy_privacy
from panel.domain.privacy import bought_until, periods
from panel.domain.refusals import CannotDo
from panel.domain.setting_pages import SettingPages, refuse
from panel.operation.services import AlreadyOpen
from panel.operation.words import describe
from panel.people.models import User

TEMPLATE = "domains/privacy.html"


def privacy(pages: SettingPages, request: HttpRequest, name: str) -> HttpResponseBase:
    """For how long, until when and at what price, and what became of the last purchase; posting buys."""
    actor = actor_of(request)
    domain = pages.find(actor, name)
    context = _context(pages, request, domain)
    try:
        offers = periods(domain)
    except CannotDo as refusal:
        return refuse(request, TEMPLATE, context, pages.say(refusal))
    form = PrivacyForm(
        request.POST or None, offers=offers, currency=context["currency"],
        initial={"key": secrets.token_urlsafe(16)},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and _bought(pages, form, domain, actor.user):
        return redirect(pages.url("domain", name))
    return render(request, TEMPLATE, {**context, "form": form}, status=422 if form.errors else 200)


def _context(pages: SettingPages, request: HttpRequest, domain: Domain) -> dict[str, Any]:
    actor, customer = actor_of(request), domain.customer
    last = pages.operations(actor, domain).filter(kind=BuyWhoisPrivacy.name).first()
    return pages.context(
        domain,
        currency=customer.currency if customer else "",
        balance=ledger.balance(customer) if customer else None,
        until=bought_until(domain) if domain.whois_privacy else None,
        last=last,
        last_words=describe(last) if last is not None else None,
        **pages.beside(actor, domain, BuyWhoisPrivacy.name),
    )


def _bought(pages: SettingPages, form: PrivacyForm, domain: Domain, user: User) -> bool:
    offer = form.chosen
    try:
        plan_buy_privacy(
            domain, years=offer.years, price=offer.total, actor=user, key=form.cleaned_data["key"]
        )
    except ledger.NotEnoughMoney as short:
        form.add_error(None, pages.no_money(format_money(short.missing, short.currency)))
    except CannotDo as refusal:
        form.add_error(None, pages.say(refusal))
    except AlreadyOpen:
        form.add_error(None, _("Privacy is being bought already. Wait for that to end."))
    return not form.errors
