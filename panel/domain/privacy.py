"""Buying WHOIS privacy as a person does it: for how long, until when, at what price, and until when it was bought."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from panel.account.models import Action
from panel.billing.pricing import Quote
from panel.domain.models import Domain
from panel.domain.operations_privacy import LONGEST_YEARS, BuyWhoisPrivacy, require_buyable
from panel.domain.planning import quote_of
from panel.domain.renewal.renewing import book_of
from panel.domain.renewal.years import later
from panel.operation.models import Operation
from panel.operation.states import State


@dataclass(frozen=True, slots=True)
class Privacy:
    """One period that can be bought: its years, when it ends, and its price; a name of nobody has none (None)."""

    years: int
    until: date
    total: Decimal | None


def periods(domain: Domain) -> list[Privacy]:
    """The periods for which privacy can be bought now, the shortest first. Raises NotOffered, NotNow and NoPrice."""
    require_buyable(domain)
    quote, terms = _of_nobody(domain) if domain.customer is None else _of_a_customer(domain)
    today = timezone.now().date()
    return [
        Privacy(years, later(today, years), quote.total(years) if quote is not None else None)
        for years in sorted(terms)
        if years <= LONGEST_YEARS
    ]


def bought_until(domain: Domain) -> date | None:
    """Until when the privacy runs that was bought here last; None where none was, or where it is over."""
    bought = Operation.objects.filter(
        subject=domain.subject, account=domain.account, kind=BuyWhoisPrivacy.name, state=State.SUCCEEDED
    )
    last = bought.order_by("-pk").first()
    until = date.fromisoformat(last.result["until"]) if last is not None else None
    return until if until is not None and until >= timezone.now().date() else None


def _of_a_customer(domain: Domain) -> tuple[Quote | None, Iterable[int]]:
    assert domain.customer is not None
    quote = quote_of(domain, domain.customer, Action.PRIVACY)
    return quote, quote.years


def _of_nobody(domain: Domain) -> tuple[None, Iterable[int]]:
    """The registrar's own periods; a year where nobody has entered any. Nobody is charged."""
    cost = book_of(domain).market.cost(domain.account_id, domain.tld_name, Action.PRIVACY)
    return None, cost.years if cost is not None else (1,)
