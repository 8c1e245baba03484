"""When the names of a scope expire, by month or by week: counted in the database, whatever their number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Concat
from django.utils import formats
from django.utils.translation import gettext as _

from panel.core.remembered import Counted, counted
from panel.domain.models import Domain, subject_of
from panel.domain.operations_renew import RENEWABLE, RenewDomain
from panel.domain.queries import GONE
from panel.domain.renewal.outlook import COMING
from panel.domain.renewal.prices import RenewalPrices
from panel.operation.models import Operation
from panel.operation.states import OPEN
from registrar.types import RenewalMode

MONTHS = 12
WEEKS = 13
ONE_DAY = timedelta(days=1)
EXPIRED, LATER, UNKNOWN = "expired", "later", "unknown"
NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Span:
    """Some days, both ends included; None is open. `short` is its label under a column."""

    key: str
    label: str
    short: str
    first: date | None
    last: date | None

    @property
    def matching(self) -> Q:
        """The condition for a name that expires in it; for the one of the key UNKNOWN, when nobody knows."""
        if self.key == UNKNOWN:
            return Q(expires_on__isnull=True)
        after = Q(expires_on__gte=self.first) if self.first else Q()
        before = Q(expires_on__lte=self.last) if self.last else Q()
        return Q(expires_on__isnull=False) & after & before


@dataclass(frozen=True, slots=True)
class Group:
    """Names that differ in nothing that a count or a price depends on; `renewable` of them can be renewed now."""

    tld_name: str
    account: int
    mode: str
    number: int
    renewable: int


@dataclass(frozen=True, slots=True)
class Period:
    """What falls into a span: how many names, how many of them renew by themselves, and what keeping all costs.

    `unpriced` are names of which nobody knows what they cost: they are not in `total`.
    """

    span: Span
    number: int
    automatic: int
    total: Decimal
    unpriced: int

    @property
    def others(self) -> int:
        """Names that do not renew by themselves, or of which it is not known."""
        return self.number - self.automatic


def kept(domains: QuerySet[Domain]) -> QuerySet[Domain]:
    """Those of a scope's names that have an end to come: neither gone nor on their way."""
    return domains.exclude(status__in=[*GONE, *COMING])


def months(today: date) -> list[Span]:
    """What has expired, this month from today on, the eleven after it, what is later, and what is not known."""
    spans = [Span(EXPIRED, _("Expired"), _("Expired"), None, today - ONE_DAY)]
    first = today
    for _number in range(MONTHS):
        following = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
        label = formats.date_format(first, "YEAR_MONTH_FORMAT")
        spans.append(
            Span(first.strftime("%Y-%m"), label, formats.date_format(first, "M"), first, following - ONE_DAY)
        )
        first = following
    spans.append(Span(LATER, _("Later"), _("Later"), first, None))
    spans.append(Span(UNKNOWN, _("Date not known"), _("Not known"), None, None))
    return spans


def weeks(today: date) -> list[Span]:
    """This week from today on and the twelve after it, from Monday to Sunday."""
    spans, first = [], today
    for _number in range(WEEKS):
        following = first + timedelta(days=7 - first.weekday())
        label = formats.date_format(first, "j M")
        spans.append(Span(first.isoformat(), label, label, first, following - ONE_DAY))
        first = following
    return spans


def spread(domains: QuerySet[Domain], spans: Sequence[Span]) -> Counted[list[list[Group]]]:
    """The names of each span in groups, in one query or, where they are very many, remembered for a minute.

    The spans follow each other; that of UNKNOWN may come last.
    """
    edges = ",".join(f"{span.key}:{span.first}:{span.last}" for span in spans)
    return counted(
        domains,
        f"spread:{edges}",
        lambda scope: _spread(scope, spans),
        size=lambda found: sum(group.number for groups in found for group in groups),
    )


def _spread(domains: QuerySet[Domain], spans: Sequence[Span]) -> list[list[Group]]:
    rows = (
        _within(domains, spans)
        .order_by()
        .annotate(place=_place(spans))
        .filter(place__gte=0)
        .values("place", "tld_name", "account_id", "renewal_mode")
        .annotate(number=Count("pk"), renewable=Count("pk", filter=Q(status__in=RENEWABLE)))
    )
    found: list[list[Group]] = [[] for _span in spans]
    for row in rows:
        found[row["place"]].append(
            Group(row["tld_name"], row["account_id"], row["renewal_mode"], row["number"], row["renewable"])
        )
    return found


def _within(domains: QuerySet[Domain], spans: Sequence[Span]) -> QuerySet[Domain]:
    """What an index can leave out, where the spans are closed on both sides."""
    first, last = spans[0].first, spans[-1].last
    return domains.filter(expires_on__range=(first, last)) if first and last else domains


def _place(spans: Sequence[Span]) -> Case:
    """The number of the span in which a name expires: one comparison each, since the first that holds decides."""
    dated = [(place, span) for place, span in enumerate(spans) if span.key != UNKNOWN]
    unknown = next((place for place, span in enumerate(spans) if span.key == UNKNOWN), NOWHERE)
    cases = [When(expires_on__isnull=True, then=Value(unknown))]
    if (first := dated[0][1].first) is not None:
        cases.append(When(expires_on__lt=first, then=Value(NOWHERE)))
    cases += [When(expires_on__lte=span.last, then=Value(place)) for place, span in dated if span.last]
    beyond = NOWHERE if dated[-1][1].last else dated[-1][0]
    return Case(*cases, default=Value(beyond), output_field=IntegerField())


def summed(
    spans: Sequence[Span], groups: Sequence[Iterable[Group]], prices: RenewalPrices
) -> Iterator[Period]:
    """Each span with its figures; the spans beside the months only where there is something in them."""
    for span, found in zip(spans, groups, strict=True):
        rows = list(found)
        costs = [(prices.renewal(row.tld_name, row.account), row.renewable) for row in rows]
        period = Period(
            span,
            number=sum(row.number for row in rows),
            automatic=sum(row.number for row in rows if row.mode == RenewalMode.AUTOMATIC),
            total=sum((price * times for price, times in costs if price is not None), Decimal("0.00")),
            unpriced=sum(times for price, times in costs if price is None),
        )
        if period.number or span.key not in (EXPIRED, LATER, UNKNOWN):
            yield period


def by_mode(groups: Iterable[Group]) -> tuple[int, int]:
    """How many renew by themselves, and how many do not."""
    rows = list(groups)
    automatic = sum(row.number for row in rows if row.mode == RenewalMode.AUTOMATIC)
    return automatic, sum(row.number for row in rows) - automatic


def with_renewal(domains: QuerySet[Domain]) -> QuerySet[Domain]:
    """The names with `being_renewed` and `can_renew`, as a list shows them."""
    running = Operation.objects.filter(
        kind=RenewDomain.name,
        subject=Concat(Value(subject_of("")), OuterRef("name")),
        state__in=sorted(OPEN),
    )
    able = Q(status__in=RENEWABLE, expires_on__isnull=False)
    return domains.annotate(
        being_renewed=Exists(running),
        can_renew=ExpressionWrapper(able & ~Q(Exists(running)), output_field=BooleanField()),
    )
