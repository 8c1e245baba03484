"""Renewing a name as a person does it: from a date, to a date, at a price, all three seen before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from panel.billing.pricing import PriceBook
from panel.domain.models import Domain
from panel.domain.operations_renew import LONGEST_YEARS, RENEWABLE, later
from panel.domain.planning import require
from panel.domain.refusals import NoPrice, NotNow


@dataclass(frozen=True, slots=True)
class Renewal:
    """One period that can be bought: its years, the expiry that it leads to, and its price for the customer."""

    years: int
    until: date
    total: Decimal


def renewals(domain: Domain) -> list[Renewal]:
    """The periods that the name's customer can buy now, the shortest first. Needs a customer.

    Raises NotOffered, NotNow and NoPrice. ASSUMPTION: what registries limit is the term that is left, to ten years.
    """
    assert domain.customer is not None
    require(domain.account, domain.tld_name, "domain.renew")
    if domain.status not in RENEWABLE:
        raise NotNow("not_renewable")
    if domain.expires_on is None:
        raise NotNow("expiry_unknown")
    quote = PriceBook(domain.customer.brand, [domain.tld_name]).quote(
        domain.tld_name, "renew", account=domain.account
    )
    if quote is None or not quote.sellable:
        raise NoPrice
    start = domain.expires_on
    return [
        Renewal(years, later(start, years), quote.total(years))
        for years in sorted(quote.years)
        if years <= LONGEST_YEARS
    ]
