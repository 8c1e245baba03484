"""Planning changes of a name's plan itself, with their prices. One change of a plan at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_UP, Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from panel.domain.models import Domain
from panel.domain.planning import CHANGEABLE, plan_about, require
from panel.domain.refusals import BadValue, NoPrice, NotNow, Unchanged
from panel.domain.renewal.years import later
from panel.hosting.models import Plan, Price
from panel.hosting.queries import WORKING, plan_of, sells_plans, survey_of
from panel.hosting.reading import plan_subject, remember_whose
from panel.hosting.refusals import NoPlan, NotAtRest, Taken
from panel.hosting.services import lock, require_place
from panel.operation.models import Operation
from panel.operation.services import AlreadyOpen
from panel.operation.states import OPEN
from panel.people.models import User
from registrar.types import RenewalMode

LONGEST_YEARS = 10
DAYS_OF_A_YEAR = 365
# In these a plan can be renewed: also one that has run out, as long as the registrar shows it.
RENEWABLE = (*WORKING, Plan.Status.INACTIVE)


@dataclass(frozen=True, slots=True)
class Offer:
    """A product and what it costs the name's customer; `price` None: nobody knows, or nobody pays."""

    key: str
    name: str
    price: Decimal | None
    currency: str


# The registrar's products (manual 7.48.1), the smallest first: an upgrade goes to one further down of the same line.
PRODUCTS: Mapping[str, str] = {
    "redir": "Redirect And Parking",
    "mini": "Mini Hosting",
    "mail": "Mail Hosting",
    "mailplus": "Mail Plus Hosting",
    "mailpro": "Mail Pro Hosting",
    "basic": "Basic Hosting",
    "professional": "Professional Hosting",
    "advanced": "Advanced Hosting",
    "corporate": "Corporate Hosting",
}


def prices_for(domain: Domain) -> dict[str, Decimal]:
    """What a year of each product costs the name's customer, in the customer's currency."""
    customer = domain.customer
    if customer is None:
        return {}
    rows = Price.objects.filter(brand=customer.brand, currency=customer.currency)
    return dict(rows.values_list("product_key", "amount"))


def offers_of(domain: Domain) -> list[Offer]:
    """Every product for a new plan, with its price for a year."""
    prices = prices_for(domain)
    currency = domain.customer.currency if domain.customer else ""
    return [Offer(key, name, prices.get(key), currency) for key, name in PRODUCTS.items()]


def upgrades_of(domain: Domain, plan: Plan) -> list[Offer]:
    """The products above the present one, each with the difference for what is left of the term."""
    keys = list(PRODUCTS)
    if plan.product_key not in keys:
        return []
    prices = prices_for(domain)
    currency = domain.customer.currency if domain.customer else ""
    found = []
    for key in keys[keys.index(plan.product_key) + 1 :]:
        price = difference(prices.get(plan.product_key), prices.get(key), plan.expires_on)
        # A product that is no dearer is no higher one.
        if price is None or price > 0:
            found.append(Offer(key, PRODUCTS[key], price, currency))
    return found


def sold(domain: Domain, offers: Sequence[Offer]) -> list[Offer]:
    """Those that can be ordered: at a price, or for a name of nobody, for which nobody pays."""
    return [offer for offer in offers if offer.price is not None or domain.customer is None]


def lacks_prices(domain: Domain, plan: Plan | None) -> bool:
    """Whether something that the name could have is not sold because nobody entered a price."""
    if plan is None:
        return len(sold(domain, offers_of(domain))) < len(PRODUCTS)
    if domain.customer is None:
        return False
    larger = upgrades_of(domain, plan)
    return plan.product_key not in prices_for(domain) or len(sold(domain, larger)) < len(larger)


def difference(old: Decimal | None, new: Decimal | None, until: date | None) -> Decimal | None:
    """What the dearer product costs more for the days that are left; None where one price is not known."""
    if old is None or new is None or until is None:
        return None
    days = max(0, (until - timezone.localdate()).days)
    return ((new - old) * days / DAYS_OF_A_YEAR).quantize(Decimal("0.01"), rounding=ROUND_UP)


def _owed(domain: Domain, price: Decimal | None) -> Decimal | None:
    """What is to be held. Nobody pays for a name of nobody. Raises NoPrice."""
    if domain.customer is None:
        return None
    if price is None:
        raise NoPrice
    return price


@transaction.atomic
def plan_create_plan(
    domain: Domain, product: str, years: int, *, actor: User | None, key: str = ""
) -> Operation:
    """Plan to buy a plan for a name, its price held.

    Raises NotOffered, NotNow, NotAtRest, Taken, BadValue(product or years), NoPrice, ledger.NotEnoughMoney and
    AlreadyOpen.
    """
    require(domain.account, domain.tld_name, "hosting.create")
    if domain.status not in CHANGEABLE:
        raise NotNow("not_active")
    if survey_of(domain) is None:
        raise NotAtRest
    if plan_of(domain) is not None:
        raise Taken
    _check(product, years)
    price = prices_for(domain).get(product)
    return plan_change(
        "hosting.create_plan",
        domain,
        actor=actor,
        payload={"product": product, "years": years},
        price=_owed(domain, None if price is None else price * years),
        key=key,
    )


@transaction.atomic
def plan_renew_plan(
    domain: Domain, years: int, expires_on: date, *, actor: User | None, key: str = ""
) -> Operation:
    """Plan to renew the plan from the expiry that the person saw. Raises as plan_create_plan(), and NoPlan."""
    require(domain.account, domain.tld_name, "hosting.renew")
    plan = _plan(domain, RENEWABLE)
    if plan.expires_on != expires_on:
        raise NotNow("expiry_moved")
    _check(plan.product_key, years)
    price = prices_for(domain).get(plan.product_key)
    return plan_change(
        "hosting.renew_plan",
        domain,
        actor=actor,
        payload={"years": years, "from": expires_on.isoformat(), "renewal_mode": plan.renewal_mode},
        price=_owed(domain, None if price is None else price * years),
        key=key,
    )


@transaction.atomic
def plan_upgrade(
    domain: Domain, product: str, price: Decimal | None, *, actor: User | None, key: str = ""
) -> Operation:
    """Plan to exchange the plan for a higher product, at the price that the person saw. Raises as plan_renew_plan()."""
    require(domain.account, domain.tld_name, "hosting.upgrade")
    plan = _plan(domain, WORKING)
    offer = next((offer for offer in upgrades_of(domain, plan) if offer.key == product), None)
    if offer is None:
        raise BadValue("product")
    if domain.customer is not None and offer.price != price:
        raise NotNow("price_changed")
    return plan_change(
        "hosting.upgrade_plan",
        domain,
        actor=actor,
        payload={"product": product, "before": plan.product_key},
        price=_owed(domain, offer.price),
        key=key,
    )


@transaction.atomic
def plan_mode(domain: Domain, mode: RenewalMode, *, actor: User | None) -> Operation:
    """Plan what the registrar does when the plan expires. Raises NotOffered, NoPlan, Unchanged, AlreadyOpen."""
    require(domain.account, domain.tld_name, "hosting.set_renewal_mode")
    if _plan(domain, WORKING).renewal_mode == mode:
        raise Unchanged
    return plan_change("hosting.plan_renewal_mode", domain, actor=actor, payload={"value": str(mode)})


@transaction.atomic
def plan_php(domain: Domain, version: str, *, actor: User | None) -> Operation:
    """Plan another PHP version. Raises NotOffered, NoPlan, BadValue(version), Unchanged, AlreadyOpen."""
    require(domain.account, domain.tld_name, "hosting.set_php_version")
    php = _plan(domain, WORKING).php
    if version not in php.get("available", ()):
        raise BadValue("version")
    if version == php.get("version"):
        raise Unchanged
    return plan_change("hosting.php", domain, actor=actor, payload={"value": version})


@transaction.atomic
def plan_parking(domain: Domain, shown: bool, *, actor: User | None) -> Operation:
    """Plan to show the waiting page, or not. Raises NotOffered, NotNow, NotAtRest, NoPlan, Unchanged, AlreadyOpen."""
    require(domain.account, domain.tld_name, "hosting.set_parking")
    require_place(domain)
    plan = plan_of(domain)
    if plan is not None and plan.parking == shown:
        raise Unchanged
    return plan_change("hosting.parking", domain, actor=actor, payload={"value": shown})


@transaction.atomic
def plan_log(domain: Domain, *, actor: User | None) -> Operation:
    """Plan to read the error log, or return the reading that is open. Raises NotOffered, NoPlan."""
    require(domain.account, domain.tld_name, "hosting.error_log")
    _plan(domain, RENEWABLE)
    return plan_change("hosting.read_log", domain, actor=actor, payload={}, repeatable=True)


@transaction.atomic
def plan_builder(domain: Domain, host: str, language: str, *, actor: User | None) -> Operation:
    """Plan to have an address made that logs into the site builder. Raises NotOffered, NoPlan, AlreadyOpen."""
    require(domain.account, domain.tld_name, "hosting.web_builder_url")
    _plan(domain, WORKING)
    wanted = {"host": host, "language": language}
    return plan_change("hosting.builder", domain, actor=actor, payload=wanted, repeatable=True)


def _plan(domain: Domain, states: tuple[Plan.Status, ...]) -> Plan:
    if survey_of(domain) is None:
        raise NotAtRest
    plan = plan_of(domain)
    if plan is None or plan.status not in states or not sells_plans(domain):
        raise NoPlan
    return plan


def _check(product: str, years: int) -> None:
    if product not in PRODUCTS:
        raise BadValue("product")
    if not 1 <= years <= LONGEST_YEARS:
        raise BadValue("years")


def plan_change(
    kind: str,
    domain: Domain,
    *,
    actor: User | None,
    payload: Mapping[str, Any],
    price: Decimal | None = None,
    key: str = "",
    repeatable: bool = False,
) -> Operation:
    """Plan one change of a plan, inside the caller's transaction. A reading waits for nobody. Raises AlreadyOpen."""
    lock(domain)
    subject = plan_subject(domain.name)
    rivals = Operation.objects.filter(subject=subject, account=domain.account, state__in=sorted(OPEN))
    rival = rivals.exclude(kind__in=("hosting.read_log", "hosting.builder", kind)).first()
    if rival is not None and not repeatable:
        raise AlreadyOpen(rival)
    operation = plan_about(
        kind,
        domain,
        actor=actor,
        intent=dict(payload),
        payload=payload,
        price=price,
        key=key,
        subject=subject,
    )
    remember_whose(operation, domain)
    return operation


def until(plan: Plan, years: int) -> date | None:
    """When the plan expires after so many years more."""
    return None if plan.expires_on is None else later(plan.expires_on, years)
