"""What can be bought, item by item: checked and priced first, carried out by `Line.apply` afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from registrar.sandbox.clock import add_years
from registrar.sandbox.namecom import contacts, nameservers
from registrar.sandbox.namecom.call import Call, Data
from registrar.sandbox.namecom.catalogue import BACKORDER, MAX_YEARS_AHEAD, PRIVACY, SPECIAL, Tld, split
from registrar.sandbox.namecom.codes import ApiError, invalid, missing
from registrar.sandbox.namecom.model import Domain

DAY = 86400.0
GRACE_DAYS = 30
# Keys of a registration that are no extra requirement of an extension.
KNOWN = frozenset(
    (
        "order_type",
        "domain_name",
        "period",
        "nameservers",
        "contact",
        "contacts",
        "whois_privacy",
        "username",
    )
)
CANCEL_SECONDS = 20.0


@dataclass
class Line:
    """One line of an order's results: something to carry out, or the error in its place."""

    call: Call
    name: str
    price: Decimal = Decimal(0)
    years: int = 0
    apply: Callable[[], None] | None = None
    error: ApiError | None = None

    def view(self) -> Data:
        """The line as the reply has it; `interval` and `information` are guesses of their values."""
        return {
            "success": self.error is None,
            "order_type": self.call.action,
            "domain_name": self.name,
            "price": self.price,
            "duration": self.years,
            "interval": "year" if self.years else "",
            "information": [] if self.error is None else [self.error.message],
        }


@dataclass
class Basket:
    """What earlier items of the same order are about to change."""

    registering: dict[str, Tld] = field(default_factory=dict)
    privacy: set[str] = field(default_factory=set)
    renewing: dict[str, float] = field(default_factory=dict)


def _period(call: Call, most: int) -> int:
    years = call.integer("period")
    if not 1 <= years <= most:
        raise invalid("period")
    return years


def _expiry(moment: float, years: int) -> float:
    """The last second of a day some years later."""
    then = add_years(moment, years)
    return then - then % DAY + DAY - 1


def domain_create(call: Call, basket: Basket) -> list[Line]:
    """A registration, and its privacy where the flag asks for it."""
    name = call.name(call.text("domain_name"))
    label, tld = split(name)
    if tld is None or "." in label:
        raise invalid("domain_name")
    years = _period(call, tld.most_years)
    servers = nameservers.given(call)
    people = contacts.complete(call, contacts.given(call))
    extras = {key: value for key, value in call.body.items() if key not in KNOWN}
    if tld.name in SPECIAL and not extras and call.switch("tld_extras") == "demanded":
        raise missing("extra_requirements")
    if name in basket.registering or call.family.world.registered(name):
        raise ApiError(240, "Domain Not Available")
    if name.startswith("refuse"):
        raise ApiError(240, "Refused By Registry")
    premium = call.family.world.names.premium_price(name)
    price = (tld.create if premium is None else Decimal(premium)) * years

    def apply() -> None:
        moment = _expiry(call.now, years)
        user = call.text("username", call.family.user)
        domain = Domain(name, tld.name, call.now, moment, people, [], user, extras=extras)
        domain.nameservers = servers or nameservers.default(call.family.world, name)
        if name.startswith("cancel"):
            domain.cancel_at, domain.refund = call.now + CANCEL_SECONDS, str(price)
        call.account.domains[name] = domain
        call.family.lifecycle.watch(domain)
        call.effect(name, price, expire_date=call.when(moment))

    basket.registering[name] = tld
    return [Line(call, name, price, years, apply), *_by_flag(call, basket, "whois_privacy/create", years)]


def _by_flag(call: Call, basket: Basket, order_type: str, years: int) -> list[Line]:
    """The privacy that a flag adds, as a line of its own."""
    if not call.flag("whois_privacy"):
        return []
    body = {"domain_name": call.body["domain_name"], "period": years}
    return planned(call.item(order_type, body), basket)


def domain_renew(call: Call, basket: Basket) -> list[Line]:
    """A renewal, and the privacy's beginning or renewal where the flag asks for it."""
    domain = call.domain(call.text("domain_name"))
    tld = split(domain.name)[1]
    assert tld is not None
    years = _period(call, tld.most_years)
    moment = add_years(basket.renewing.get(domain.name, domain.expires), years)
    if domain.expires + GRACE_DAYS * DAY < call.now:
        raise ApiError(240, "Domain Expired")
    if moment > add_years(call.now, MAX_YEARS_AHEAD):
        raise ApiError(240, "Period Too Long")
    price = tld.renew * years

    def apply() -> None:
        domain.expires, domain.lapsed = add_years(domain.expires, years), False
        call.family.lifecycle.watch(domain)
        call.effect(domain.name, price, expire_date=call.when(domain.expires))

    basket.renewing[domain.name] = moment
    kind = "create" if domain.privacy_until is None else "renew"
    lines = _by_flag(call, basket, f"whois_privacy/{kind}", years)
    return [Line(call, domain.name, price, years, apply), *lines]


def _privacy(call: Call, basket: Basket, renewal: bool) -> list[Line]:
    name = call.name(call.text("domain_name"))
    years = _period(call, MAX_YEARS_AHEAD)
    domain = None if name in basket.registering else call.domain(name)
    tld = split(name)[1]
    if tld is None or not tld.privacy:
        raise ApiError(240, "Whois Privacy Not Available")
    has_it = name in basket.privacy or (domain is not None and domain.privacy_until is not None)
    if renewal and not has_it:
        raise ApiError(240, "Whois Privacy Not Enabled")
    if not renewal and has_it:
        raise ApiError(240, "Whois Privacy Already Enabled")
    if renewal and name in basket.privacy and call.switch("double_privacy_renewal") == "fail":
        raise ApiError(240, "Whois Privacy Already In Order")
    price = PRIVACY * years

    def apply() -> None:
        found = call.account.domains[name]
        found.privacy_until = add_years(found.privacy_until or call.now, years)
        call.effect(name, price, expire_date=call.when(found.privacy_until))

    basket.privacy.add(name)
    return [Line(call, name, price, years, apply)]


def privacy_create(call: Call, basket: Basket) -> list[Line]:
    """Whois privacy for a domain without it."""
    return _privacy(call, basket, renewal=False)


def privacy_renew(call: Call, basket: Basket) -> list[Line]:
    """More years of Whois privacy."""
    return _privacy(call, basket, renewal=True)


def backorder_create(call: Call, basket: Basket) -> list[Line]:
    """A name that somebody else holds is to be caught when it becomes free."""
    name = call.name(call.text("domain_name"))
    if split(name)[1] is None or name in call.account.domains or name in basket.registering:
        raise invalid("domain_name")
    if name in call.account.backorders:
        raise ApiError(240, "Backorder Exists")
    if not call.family.world.registered(name):
        raise ApiError(240, "Domain Is Available")

    def apply() -> None:
        call.account.backorders.append(name)
        call.effect(name, BACKORDER)

    return [Line(call, name, BACKORDER, 0, apply)]


ORDER_TYPES: dict[str, Callable[[Call, Basket], list[Line]]] = {
    "domain/create": domain_create,
    "domain/renew": domain_renew,
    "whois_privacy/create": privacy_create,
    "whois_privacy/renew": privacy_renew,
    "backorder/create": backorder_create,
}


def planned(call: Call, basket: Basket) -> list[Line]:
    """The lines of one item; an item that cannot be is one line with its error."""
    try:
        return ORDER_TYPES[call.action](call, basket)
    except ApiError as error:
        return [Line(call, str(call.body.get("domain_name") or ""), error=error)]
