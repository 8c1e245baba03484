"""Renewing a name as a person does it: from a date, to a date, at a price, all three seen before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from panel.domain.models import Domain
from panel.domain.operations_renew import LONGEST_YEARS, later, require_renewable
from panel.domain.planning import quote_of


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
    start = require_renewable(domain)
    quote = quote_of(domain, domain.customer, "renew")
    return [
        Renewal(years, later(start, years), quote.total(years))
        for years in sorted(quote.years)
        if years <= LONGEST_YEARS
    ]
