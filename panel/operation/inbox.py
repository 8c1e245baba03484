"""What stands still, grouped by cause, the customer's earliest deadline first."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Max, Min, Q, QuerySet, Window
from django.db.models.functions import Now, RowNumber

from panel.operation.clock import from_now
from panel.operation.models import Operation
from panel.operation.states import PROOFS_OF_ABSENCE, State

FAILURES_SHOWN = timedelta(days=3)
MOST_GROUPS = 100
# What operations of one group have in common. The account's family, not the account: the cause is the registrar's.
SHARED = ("account__family", "kind", "state", "waiting_for", "reason", "cause")
# Failures that follow from another one in the list, or that a person chose.
ECHOES = ("dependency_failed", "given_up", "cancelled_by_person")
# What came to a person with the proof that it had not happened: it may be sent again without a look.
PROVED_ABSENT = Q(state=State.ATTENTION, absences__gte=PROOFS_OF_ABSENCE)


class NoSuchGroup(ValueError):
    """The key was not made by `Group.key`."""


@dataclass(frozen=True, slots=True)
class Group:
    """Operations that stand still, or failed, for the same reason.

    `sendable` counts those that may be sent again without a look. `promised_at` is the earliest customer's deadline.
    """

    family: str
    kind: str
    state: State
    waiting_for: str
    reason: str
    cause: str
    number: int
    sendable: int
    promised_at: datetime | None
    last_at: datetime

    @property
    def shared(self) -> tuple[str, ...]:
        """The values of SHARED."""
        return (self.family, self.kind, str(self.state), self.waiting_for, self.reason, self.cause)

    @property
    def key(self) -> str:
        """The group in an address or a form."""
        packed = json.dumps(self.shared, ensure_ascii=False, separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def standing(operations: QuerySet[Operation]) -> QuerySet[Operation]:
    """Those of a scope's operations that do not go on by themselves as they should, or are later than promised."""
    held = Q(state__in=[State.ATTENTION, State.UNKNOWN])
    held |= Q(state=State.QUEUED) & ~Q(waiting_for="")
    held |= Q(state=State.WAITING, promised_at__lt=Now())
    return operations.filter(held)


def failed_lately(operations: QuerySet[Operation]) -> QuerySet[Operation]:
    """Those of a scope's operations that failed within FAILURES_SHOWN, for a reason of their own."""
    recent = operations.filter(state=State.FAILED, finished_at__gt=from_now(-FAILURES_SHOWN.total_seconds()))
    return recent.exclude(reason__in=ECHOES)


def grouped(operations: QuerySet[Operation]) -> list[Group]:
    """The operations by what they share, the earliest deadline first, then the largest; in one query."""
    rows = (
        operations.order_by()
        .values(*SHARED)
        .annotate(
            number=Count("pk"),
            sendable=Count("pk", filter=PROVED_ABSENT),
            promised=Min("promised_at"),
            last=Max("updated_at"),
        )
        .order_by(F("promised").asc(nulls_last=True), "-number")
    )
    return [
        Group(
            family=row["account__family"],
            kind=row["kind"],
            state=State(row["state"]),
            waiting_for=row["waiting_for"],
            reason=row["reason"],
            cause=row["cause"],
            number=row["number"],
            sendable=row["sendable"],
            promised_at=row["promised"],
            last_at=row["last"],
        )
        for row in rows[:MOST_GROUPS]
    ]


def first_of_each(
    operations: QuerySet[Operation], groups: Iterable[Group], most: int
) -> dict[str, list[Operation]]:
    """Up to `most` operations of every group by its key, the earliest deadline first; in one query."""
    keys = {group.shared: group.key for group in groups}
    place = Window(
        RowNumber(),
        partition_by=[F(name) for name in SHARED],
        order_by=[F("promised_at").asc(nulls_last=True), F("pk").asc()],
    )
    found: dict[str, list[Operation]] = {key: [] for key in keys.values()}
    rows = operations.order_by().annotate(place=place).filter(place__lte=most)
    for operation in sorted(rows, key=lambda row: row.place):
        shared = (operation.account.family, operation.kind, operation.state)
        key = keys.get((*shared, operation.waiting_for, operation.reason, operation.cause))
        if key is not None:
            found[key].append(operation)
    return found


def in_group(operations: QuerySet[Operation], key: str) -> QuerySet[Operation]:
    """The operations that share what `key` says, whether they stand still or have failed. Raises NoSuchGroup."""
    try:
        padded = key + "=" * (-len(key) % 4)
        values = json.loads(base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError) as error:
        raise NoSuchGroup(key) from error
    if (
        not isinstance(values, list)
        or len(values) != len(SHARED)
        or not all(isinstance(v, str) for v in values)
    ):
        raise NoSuchGroup(key)
    return operations.filter(**dict(zip(SHARED, values, strict=True)))
