"""Names whose term ends soon, and how each of them stands: renewed, renewing by itself, in trouble, or to be ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Concat, Substr
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panel.account.models import Action, Cost
from panel.core import remembered
from panel.core.remembered import Counted
from panel.domain.models import Domain, subject_of
from panel.domain.operations_renew import RENEWABLE, RenewDomain
from panel.domain.renewal.coming import kept
from panel.domain.renewal.models import Reminder
from panel.operation.models import Operation
from panel.operation.states import OPEN, State, WaitingFor
from registrar.types import RenewalMode

SPANS = (7, 30, 60, 90)
DEFAULT_SPAN = 30
# A renewal of the last weeks explains why a name that was due is not any more.
RENEWED_WITHIN = timedelta(days=30)
# Names that are due are read for their reminders; between the last two of these there are days without.
STALE_AFTER = timedelta(days=10)


class Situation(models.TextChoices):
    """How a name that is due stands, what needs a person first."""

    BLOCKED = "blocked", _("In trouble")
    WAITING = "waiting", _("Nobody has renewed it")
    ENDING = "ending", _("To be ended")
    UNDER_WAY = "under_way", _("Being renewed")
    AUTOMATIC = "automatic", _("Renews by itself")
    RENEWED = "renewed", _("Renewed")


class Obstacle(models.TextChoices):
    """Why a name is in trouble, as staff read it."""

    ATTENTION = "attention", _("An operation waits for a decision")
    FUNDS = "funds", _("No money at the registrar")
    UNKNOWN = "unknown", _("Nobody knows when it expires")
    MISSING = "missing", _("Not in the registrar's list")
    HOLD = "hold", _("On hold at the registry")
    LOCK = "lock", _("The change lock is on")
    OVERDUE = "overdue", _("It was to renew by itself and has not")
    STALE = "stale", _("Not read for days: no reminder goes out")


@dataclass(frozen=True, slots=True)
class Need:
    """What renewals by themselves cost at one account within the span, in its currency, and what it has."""

    account: int
    label: str
    public_id: str
    number: int
    cost: Decimal
    balance: Decimal
    currency: str

    @property
    def is_short(self) -> bool:
        """Whether the balance does not reach for all of them."""
        return self.balance < self.cost


def due(domains: QuerySet[Domain], days: int, short: list[int]) -> QuerySet[Any]:
    """Those of a scope's names that are due within so many days, are past their date, or were due and were renewed.

    With `situation` and `obstacle` (empty: none). `short` are accounts without enough money: see needs().
    """
    today = timezone.localdate()
    end = today + timedelta(days=days)
    soon = Q(expires_on__lte=end) | Q(expires_on__isnull=True)
    moved = Q(expires_on__gt=end) & (Q(pk__in=_told(today, end)) | Q(name__in=_renewed(today, end)))
    rows = kept(domains).filter(soon | moved).annotate(obstacle=_obstacle(today, end, short))
    return rows.annotate(situation=_situation(end))


def counted(rows: QuerySet[Any]) -> Counted[dict[Situation, int]]:
    """How many names are in each situation, in one query, remembered where they are many. Needs what due() adds."""
    return remembered.counted(
        rows,
        f"situations:{timezone.localdate()}",
        _situations,
        # Operations and refusals are looked up for each of them: that takes what ten plain rows do.
        size=lambda found: 10 * sum(found.values()),
    )


def _situations(rows: QuerySet[Any]) -> dict[Situation, int]:
    found = dict(rows.values_list("situation").annotate(number=Count("pk")))
    return {situation: found.get(situation.value, 0) for situation in Situation}


def needs(domains: QuerySet[Domain], days: int) -> list[Need]:
    """What each account has to pay for its own renewals within the span, where its balance is known; three queries.

    A name without a cost in the account's currency is not counted: what is told is the least that is needed.
    """
    today = timezone.localdate()
    rows = kept(domains).filter(
        renewal_mode=RenewalMode.AUTOMATIC, expires_on__range=(today, today + timedelta(days=days))
    )
    counts = (
        rows.filter(account__balance__isnull=False)
        .order_by("account__label")
        .values(
            "account",
            "tld_name",
            "account__label",
            "account__public_id",
            "account__balance",
            "account__currency",
        )
        .annotate(number=Count("pk"))
    )
    found = list(counts)
    costs = _costs({row["account"] for row in found})
    needed: dict[int, Need] = {}
    for row in found:
        cost = costs.get((row["account"], row["tld_name"], row["account__currency"]))
        if cost is None or row["account__balance"] is None:
            continue
        before = needed.get(row["account"])
        needed[row["account"]] = Need(
            row["account"], row["account__label"], row["account__public_id"],
            row["number"] + (before.number if before else 0),
            cost * row["number"] + (before.cost if before else Decimal(0)),
            row["account__balance"], row["account__currency"],
        )  # fmt: skip
    return list(needed.values())


def _costs(accounts: set[int]) -> dict[tuple[int, str, str], Decimal]:
    rows = Cost.objects.filter(action=Action.RENEW, tld__account__in=accounts)
    return {
        (account, name, currency): amount
        for account, name, currency, amount in rows.values_list(
            "tld__account_id", "tld__name", "currency", "amount"
        )
    }


def _told(today: date, end: date) -> QuerySet[Reminder, int]:
    """The names of which an expiry within the span was told."""
    return Reminder.objects.filter(expires_on__range=(today, end)).values_list("domain", flat=True)


def _renewed(today: date, end: date) -> QuerySet[Any, Any]:
    """The names that were renewed lately from an expiry within the span."""
    # From midnight on: figures of very many names are remembered by what was asked, which a moment would make new.
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    done = Operation.objects.filter(
        kind=RenewDomain.name, state=State.SUCCEEDED, finished_at__gte=midnight - RENEWED_WITHIN
    ).annotate(
        was=Cast(KT("starts_from__expires_on"), CharField()),
        about=Substr("subject", len(subject_of("")) + 1),
    )
    within = done.filter(was__gte=today.isoformat(), was__lte=end.isoformat())
    return within.order_by().values_list("about", flat=True)


def _open(**narrower: object) -> Exists:
    subject = Concat(Value(subject_of("")), OuterRef("name"))
    return Exists(Operation.objects.filter(subject=subject, **narrower))


def _obstacle(today: date, end: date, short: list[int]) -> Case:
    automatic = Q(renewal_mode=RenewalMode.AUTOMATIC)
    waits = _open(kind=RenewDomain.name, state=State.QUEUED, waiting_for=WaitingFor.FUNDS)
    cases = [
        (Q(expires_on__gt=end), ""),
        (Q(_open(state=State.ATTENTION)), Obstacle.ATTENTION),
        (Q(waits) | (automatic & Q(account__in=short)), Obstacle.FUNDS),
        (Q(expires_on__isnull=True), Obstacle.UNKNOWN),
        (Q(missing_since__isnull=False), Obstacle.MISSING),
        (Q(status=Domain.Status.ON_HOLD), Obstacle.HOLD),
        (~automatic & Q(modification_lock=True), Obstacle.LOCK),
        (automatic & Q(expires_on__lt=today, status__in=RENEWABLE), Obstacle.OVERDUE),
        (~Q(detailed_at__gte=timezone.now() - STALE_AFTER), Obstacle.STALE),
    ]
    return Case(
        *(When(condition, then=Value(str(word))) for condition, word in cases),
        default=Value(""),
        output_field=CharField(),
    )


def _situation(end: date) -> Case:
    over = (Domain.Status.REDEMPTION, Domain.Status.PENDING_DELETE)
    running = _open(kind=RenewDomain.name, state__in=sorted(OPEN))
    cases = [
        (Q(expires_on__gt=end), Situation.RENEWED),
        (~Q(obstacle=""), Situation.BLOCKED),
        (Q(running) | Q(status=Domain.Status.RENEWING), Situation.UNDER_WAY),
        (Q(renewal_mode=RenewalMode.LET_EXPIRE) | Q(status__in=over), Situation.ENDING),
        (Q(renewal_mode=RenewalMode.AUTOMATIC), Situation.AUTOMATIC),
    ]
    return Case(
        *(When(condition, then=Value(word.value)) for condition, word in cases),
        default=Value(Situation.WAITING.value),
        output_field=CharField(),
    )


def last_told(domains: QuerySet[Any]) -> QuerySet[Any]:
    """The names with `told_at`, when their present customer was last told of the present date."""
    sent = Reminder.objects.filter(
        domain=OuterRef("pk"),
        expires_on=OuterRef("expires_on"),
        customer=OuterRef("customer"),
        sent_at__isnull=False,
    )
    newest = sent.order_by("-sent_at").values("sent_at")[:1]
    return domains.annotate(told_at=models.Subquery(newest, output_field=models.DateTimeField()))
