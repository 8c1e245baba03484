"""Noticing that a registrar has prolonged a name by itself: its expiry moved by whole years, explained by nobody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from panel.billing.pricing import PriceBook
from panel.domain.drift.models import Drift
from panel.domain.models import Domain
from panel.domain.renewal.years import years_between
from panel.domain.self_renewal.models import SelfRenewal


def found(items: Iterable[Drift]) -> None:
    """Keep what there is to decide of differences that closed as renewals, in the transaction that closed them.

    A name of nobody has nobody to be charged. The same term is kept once, whatever dates a registrar shows in turn.
    """
    moved = {item.domain_id: item for item in items}
    if not moved:
        return
    domains = Domain.objects.filter(pk__in=moved, customer__isnull=False)
    rows = list(domains.select_related("account", "customer__brand"))
    books = _Books({domain.tld_name for domain in rows})
    SelfRenewal.objects.bulk_create(
        [_row(domain, moved[domain.pk], books) for domain in rows], ignore_conflicts=True, batch_size=500
    )


def _row(domain: Domain, item: Drift, books: _Books) -> SelfRenewal:
    before, after = date.fromisoformat(str(item.agreed)), date.fromisoformat(str(item.observed))
    years = years_between(before, after)
    price = books.price(domain, years)
    return SelfRenewal(
        domain=domain, customer=domain.customer, expired_on=before, expires_on=after, years=years, price=price,
        currency=domain.customer.currency if price is not None and domain.customer else "",
    )  # fmt: skip


class _Books:
    """The prices of the brands that occur in these extensions, each read once."""

    def __init__(self, tld_names: set[str]) -> None:
        self.tld_names = tld_names
        self._books: dict[int, PriceBook] = {}

    def price(self, domain: Domain, years: int) -> Decimal | None:
        """What so many years cost the name's customer; None where they are not sold, or below their cost."""
        assert domain.customer is not None
        brand = domain.customer.brand
        if brand.pk not in self._books:
            self._books[brand.pk] = PriceBook(brand, self.tld_names)
        quote = self._books[brand.pk].quote(domain.tld_name, "renew", account=domain.account)
        if quote is None or not quote.sellable or years not in quote.years:
            return None
        return quote.total(years) or None
