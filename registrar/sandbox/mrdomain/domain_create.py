"""Buying: domain/check, domain/create and domain/renew (manual 5.1, 5.3, 5.20)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from registrar.sandbox.clock import add_years, day
from registrar.sandbox.mrdomain import nameservers, pending, requirements, views
from registrar.sandbox.mrdomain.account import price_of
from registrar.sandbox.mrdomain.call import Action, Answer, Call
from registrar.sandbox.mrdomain.codes import ApiError, invalid
from registrar.sandbox.mrdomain.contactdata import RoleContacts
from registrar.sandbox.mrdomain.model import Domain
from registrar.sandbox.names import to_unicode
from registrar.sandbox.tlds import TLDS, Tld


def check(call: Call) -> Answer:
    """5.1: one name, in a list."""
    name, tld = call.name()
    premium = call.family.world.names.premium_price(name)
    price = price_of(call, tld, "create")[0] if premium is None else Decimal(premium)
    row = {
        "name": to_unicode(name),
        "punycode": name,
        "tld": tld.name,
        "available": tld.create is not None and not call.family.world.registered(name),
        "premium": premium is not None,
        "price": views.money(price or Decimal(0)),
        "currency": views.CURRENCY,
    }
    return Answer({"domains": [row]})


def period_of(call: Call, years: tuple[int, ...]) -> int:
    """The years asked for, by default the fewest allowed. Raises 105."""
    period = call.params.integer("period", years[0])
    if period not in years:
        raise invalid("period", "one of " + ",".join(map(str, years)))
    return period


def bill(total: Decimal, row: dict[str, Any], promo: bool) -> Answer:
    """The reply of every charged action."""
    if promo:
        row = {**row, "inPromo": True}
    return Answer({"billing": {"total": views.money(total), "currency": views.CURRENCY}, "domains": [row]})


def new_domain(call: Call, name: str, tld: Tld, status: str, contacts: dict[str, str]) -> Domain:
    """A domain that has just been ordered, now in the account; its auth code follows from seed and name."""
    call.account.domain_serial += call.family.world.dice("id", call.account.domain_serial).randint(1, 40)
    letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
    dice = call.family.world.dice("authcode", name)
    domain = Domain(call.account.domain_serial, name, tld.name, status, contacts)
    domain.authcode = "".join(dice.choice(letters) for _ in range(14)) + "&'1"
    domain.transfer_block = tld.lockable
    cancelled = call.account.find(name)
    if cancelled is not None:
        call.account.remove(cancelled)
    call.account.add(domain)
    owner = call.account.contacts[contacts["owner"]]
    if tld.verifies_owner and owner.verification == "notapplicable":
        call.family.lifecycle.verify(owner)
    if tld.name.endswith("es") and not owner.es_nic_handle:
        owner.es_nic_handle = f"{owner.contact_id.partition('-')[0][:2]}{owner.contact_id[-4:]}-ESNIC-F5"
    return domain


def create(call: Call) -> Answer:
    """5.3. Order of checks: name, period, DNS, contacts, TLD parameters, taken, premium, balance."""
    name, tld = call.name()
    price, promo = price_of(call, tld, "create")
    if price is None:
        raise ApiError(300, "This TLD cannot be registered")
    period = period_of(call, tld.create_years)
    chosen = nameservers.choose(call, ("parking",), "parking")
    contacts = RoleContacts(call)
    requirements.check(call, tld.name, contacts.owner_kind)
    premium = call.family.world.names.premium_price(name)
    wants_premium = call.params.boolean("premium", False)
    if call.family.world.registered(name):
        raise ApiError(2010, "The domain is not available")
    if name.startswith("refuse"):
        raise ApiError(2009, "The registry refused the domain")
    if premium is not None and not wants_premium:
        raise ApiError(2011, "The domain is premium; parameter 'premium' is needed")
    if premium is not None:
        price, promo = Decimal(premium), False
    total = price * period
    call.afford(total)

    domain = new_domain(call, name, tld, "register-init", contacts.keep())
    domain.nameservers, domain.default_ns = chosen.hosts, chosen.default
    domain.stages = pending.registration(call, name, tld, period, total)
    call.family.lifecycle.watch(domain)
    call.note(domain, "Registration", f"Registration for {period} year(s)")
    call.effect(name, total, domainID=domain.domain_id, ownerContactID=domain.contacts["owner"])
    return bill(total, {**views.head(domain), "period": period}, promo)


def renew(call: Call) -> Answer:
    """5.20. A curExpDate that is not the domain's is refused with 2100 unless the world says another code."""
    domain = call.domain()
    tld = TLDS[domain.tld]
    expected = call.params.date("curExpDate")
    period = period_of(call, tld.renew_years)
    price, promo = price_of(call, tld, "renew")
    if domain.renew_blocked:
        raise ApiError(2102, "Domain renew blocked")
    if price is None or domain.expires is None or not views.renewable(domain, call.now):
        raise ApiError(2101, f"A domain that is {domain.status} cannot be renewed")
    if expected != day(domain.expires):
        raise ApiError(call.account.curexpdate_code, "curExpDate is not the current expiration date")
    moved = add_years(domain.expires, period)
    if moved > add_years(call.now, views.MAX_YEARS_AHEAD):
        raise ApiError(2101, f"A domain cannot be renewed more than {views.MAX_YEARS_AHEAD} years ahead")
    total = price * period
    call.afford(total)

    domain.expires, domain.status = moved, "renewed"
    domain.stages = pending.renewal(call, domain.name, tld)
    call.family.lifecycle.watch(domain)
    call.note(domain, "Renewal", f"Renewed for {period} year(s) until {day(moved)}")
    call.effect(domain.name, total, domainID=domain.domain_id, tsExpir=day(moved))
    row = {key: value for key, value in views.head(domain).items() if key != "tsExpir"}
    return bill(total, {**row, "tsExpir": day(moved), "renewPeriod": str(period)}, promo)


ACTIONS: dict[str, Action] = {"domain/check": check, "domain/create": create, "domain/renew": renew}
