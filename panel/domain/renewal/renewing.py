"""Renewing a name as a person does it: from a date, to a date, at a price, all three seen before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from panel.billing.pricing import PriceBook, Quote
from panel.brand.services import operator_brand
from panel.domain.models import Domain
from panel.domain.operations_renew import LONGEST_YEARS, later, require_renewable
from panel.domain.planning import quote_of

KEPT = "price_book"


@dataclass(frozen=True, slots=True)
class Renewal:
    """One period that can be bought: its years, the expiry that it leads to, and its price for the customer.

    A name of nobody has no price (None). `cost`, in the currency of the price, is for the operator's eyes.
    """

    years: int
    until: date
    total: Decimal | None
    cost: Decimal | None = None

    @property
    def margin(self) -> Decimal | None:
        """What the operator earns with it."""
        return None if self.total is None or self.cost is None else self.total - self.cost


def renewals(domain: Domain) -> list[Renewal]:
    """The periods that the name's customer can buy now, the shortest first; those of a name of nobody have no price.

    Raises NotOffered, NotNow and NoPrice. ASSUMPTION: what registries limit is the term that is left, to ten years.
    """
    start = require_renewable(domain)
    quote, terms = _of_nobody(domain) if domain.customer is None else _of_a_customer(domain)
    return [
        Renewal(
            years,
            later(start, years),
            quote.total(years) if quote is not None and domain.customer is not None else None,
            quote.cost * years if quote is not None else None,
        )
        for years in sorted(terms)
        if years <= LONGEST_YEARS
    ]


def renewal_quote(domain: Domain) -> Quote | None:
    """What a year more costs and brings where the name is, whether it can be renewed now or not; None without a cost.

    By the price list of its customer's brand; by the operator's for a name of nobody.
    """
    return book_of(domain).quote(domain.tld_name, "renew", account=domain.account)


def _of_a_customer(domain: Domain) -> tuple[Quote, Iterable[int]]:
    assert domain.customer is not None
    quote = quote_of(domain, domain.customer, "renew")
    return quote, quote.years


def _of_nobody(domain: Domain) -> tuple[Quote | None, Iterable[int]]:
    """The registrar's own periods, sold by anybody or not; a year where the catalogue tells none."""
    book = book_of(domain)
    cost = book.market.cost(domain.account_id, domain.tld_name, "renew")
    quote = book.quote(domain.tld_name, "renew", account=domain.account)
    return quote, cost.years if cost is not None else (1,)


def book_of(domain: Domain) -> PriceBook:
    """The prices that a name is kept at, read once while its row is in memory: for pages that show them."""
    if KEPT not in domain.__dict__:
        brand = domain.customer.brand if domain.customer else operator_brand()
        domain.__dict__[KEPT] = PriceBook(brand, [domain.tld_name])
    book: PriceBook = domain.__dict__[KEPT]
    return book
