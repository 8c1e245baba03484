"""Exchange rates that staff keep: costs in one currency, prices in another. Nothing is converted without one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property

import structlog
from django.db.models import Count, QuerySet
from django.utils import timezone

from panel.access.actor import Actor
from panel.access.scopes import require_staff
from panel.account.models import Account, Action, Cost
from panel.account.queries import selling_accounts
from panel.billing.models import ExchangeRate, PriceList
from panel.brand.models import Brand
from panel.people.models import User
from registrar import FAMILIES

log = structlog.get_logger(__name__)

ONE = Decimal(1)
# A rate that moved more than this since the last one is rather a slip than the market.
USUAL_MOVE = Decimal("0.10")


@dataclass(frozen=True, slots=True)
class MissingRate:
    """A rate without which some extensions cannot be sold in a price list's currency."""

    source: str
    target: str
    extensions: int


class Rates(Mapping[str, Decimal]):
    """What one unit of each currency is worth in `target` now, itself included; read when another one is asked for."""

    def __init__(self, target: str) -> None:
        self.target = target

    @cached_property
    def _known(self) -> dict[str, Decimal]:
        rows = ExchangeRate.objects.filter(target=self.target, since__lte=timezone.now()).order_by(
            "since", "pk"
        )
        return {**dict(rows.values_list("source", "rate")), self.target: ONE}

    def __getitem__(self, source: str) -> Decimal:
        return ONE if source == self.target else self._known[source]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


def current_rates() -> list[ExchangeRate]:
    """The rate in force of every pair, in alphabetical order."""
    rows = ExchangeRate.objects.filter(since__lte=timezone.now()).order_by("since", "pk")
    newest = {(row.source, row.target): row for row in rows.select_related("set_by")}
    return [newest[pair] for pair in sorted(newest)]


def currencies() -> tuple[list[str], list[str]]:
    """Currencies that costs may be in, and those that prices are in; each in alphabetical order."""
    costs = {family.currency for family in FAMILIES.values()}
    costs |= set(Cost.objects.order_by().values_list("currency", flat=True).distinct())
    costs |= set(Account.objects.order_by().values_list("currency", flat=True).distinct())
    prices = set(PriceList.objects.values_list("currency", flat=True))
    prices |= set(Brand.objects.order_by().values_list("currency", flat=True).distinct())
    return sorted(costs), sorted(prices)


def office_rates(actor: Actor) -> QuerySet[ExchangeRate]:
    """Every rate that was ever written down, the newest first, for staff."""
    require_staff(actor)
    return ExchangeRate.objects.select_related("set_by")


def set_rate(source: str, target: str, rate: Decimal, since: datetime, actor: User | None) -> ExchangeRate:
    """Write down a rate; prices follow from `since` on. Earlier rows stay as the history."""
    row = ExchangeRate.objects.create(source=source, target=target, rate=rate, since=since, set_by=actor)
    log.info(
        "exchange_rate_set", rate=str(row), since=since.isoformat(), by=actor.public_id if actor else None
    )
    return row


def is_unusual(source: str, target: str, rate: Decimal) -> bool:
    """True when the rate is far from the one in force."""
    before = Rates(target).get(source)
    return before is not None and abs(rate - before) > before * USUAL_MOVE


def missing_rates() -> list[MissingRate]:
    """Rates that are wanted: an account that sells has costs in a currency that a price list cannot convert."""
    registrations = Cost.objects.filter(tld__account__in=selling_accounts(), action=Action.CREATE)
    counts = dict(
        registrations.order_by().values_list("currency").annotate(n=Count("tld__name", distinct=True))
    )
    targets = sorted(set(PriceList.objects.values_list("currency", flat=True)))
    now = ExchangeRate.objects.filter(since__lte=timezone.now())
    known = set(now.values_list("source", "target"))
    return [
        MissingRate(source, target, counts[source])
        for target in targets
        for source in sorted(counts)
        if source != target and (source, target) not in known
    ]
