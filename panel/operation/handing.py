"""Handing due operations to the workers, fairly: by account and lane, so that no crowd stands before the others.

Of every account and lane only the first few are handed out at a time; a worker that has served one hands out the next
of that account. So a registrar that is down, or thousands of readings at once, fill their own line and no other.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import Now, RowNumber

from panel.core import broker
from panel.operation.clock import FREE, from_now
from panel.operation.models import Operation
from panel.operation.queries import due
from panel.operation.states import Lane, State, WaitingFor, room

RUN_TASK = "panel.operation.tasks.run"
# Messages of one account and lane that are under way at a time. More would only wait at the account's own limits.
PER_LINE = 20
WOKEN_FOR_SECONDS = 30
# What came of an attempt in which nobody at the registrar was spoken to.
UNSERVED = ("RateLimited", "NotSent")
_in_crowd: ContextVar[bool] = ContextVar("in_crowd", default=False)


def queue_of(lane: str) -> str:
    """The name of the lane's queue of messages."""
    return f"nameward.{Lane(lane).name.lower()}"


def send(operation_id: int, lane: str) -> bool:
    """Ask a worker to look at the operation now. False when the broker is away."""
    return broker.send(RUN_TASK, operation_id, queue=queue_of(lane))


@contextmanager
def crowd() -> Iterator[None]:
    """Within it nothing is woken one by one: thousands of messages would stand before everybody else's in the lane.

    What is planned waits until its turn in its line comes; hand_out() begins with the first of each line.
    """
    token = _in_crowd.set(True)
    try:
        yield
    finally:
        _in_crowd.reset(token)


def wake(operation_id: int) -> None:
    """Ask a worker to look at the operation after commit. A broker that is away costs time, never work."""
    if _in_crowd.get():
        return
    transaction.on_commit(lambda: _send_to_its_lane(operation_id))


def _send_to_its_lane(operation_id: int) -> None:
    lane = Operation.objects.filter(pk=operation_id).values_list("lane", flat=True).first()
    if lane is not None:
        send(operation_id, lane)


def next_in_line(most: int = PER_LINE) -> list[tuple[int, str]]:
    """Ids and lanes of what workers should look at now, the most urgent lane first, accounts by turns.

    At most `most` of each account and lane; each is handed out once in WOKEN_FOR_SECONDS.
    """
    place = Window(
        RowNumber(),
        partition_by=[F("account_id"), F("lane")],
        order_by=[F("next_check_at").asc(), F("pk").asc()],
    )
    line = _ready().annotate(place=place).filter(place__lte=most).order_by("lane", "place", "account_id")
    return _handed(line)


def _ready() -> QuerySet[Operation]:
    """What is due, nobody has in hand and no message asks for, of accounts that do not rest."""
    unasked = Q(woken_at__isnull=True) | Q(woken_at__lt=from_now(-WOKEN_FOR_SECONDS))
    rests = Q(account__retry_after__gt=Now())
    return due(Operation.objects.order_by()).filter(FREE, unasked).exclude(rests)


def _handed(line: QuerySet[Operation]) -> list[tuple[int, str]]:
    """Ids and lanes of these, which are handed out with that."""
    found = list(line.values_list("pk", "lane"))
    if found:
        Operation.objects.filter(pk__in=[pk for pk, _lane in found]).update(woken_at=Now())
    return found


def hold_back() -> int:
    """Let what is due at a resting account wait for the end of its rest, untried. Returns how much that is."""
    resting = due(Operation.objects.order_by()).filter(FREE, account__retry_after__gt=Now())
    rests = resting.values_list("account_id", "account__retry_after").distinct()
    count = 0
    for account_id, until in list(rests):
        mine = due(Operation.objects.order_by()).filter(FREE, account_id=account_id)
        mine.filter(state=State.QUEUED).update(waiting_for=WaitingFor.REGISTRAR)
        count += mine.update(next_check_at=until, woken_at=None)
    return count


def hand_out() -> int:
    """Send a message for everything that is next in its line. Returns how many went out."""
    count = 0
    for operation_id, lane in next_in_line():
        if not send(operation_id, lane):
            break
        count += 1
    return count


def follow(operation: Operation) -> None:
    """Hand out what is next at the account of an operation that was served just now."""
    served = operation.attempts.filter(number=operation.attempt).exclude(outcome__in=UNSERVED)
    if not served.exists():
        return
    mine = _ready().filter(account_id=operation.account_id).order_by("lane", "next_check_at", "pk")
    for operation_id, lane in _handed(mine[:1]):
        send(operation_id, lane)


def has_room(operation: Operation) -> bool:
    """Whether one more call may begin at the account; if not, it is handed out again later.

    Two workers that ask at the same moment may both be let in: this is politeness, and nothing depends on it.
    """
    running = Operation.objects.filter(lease_until__gt=Now()).aggregate(
        there=Count("pk", filter=Q(account_id=operation.account_id)),
        reading=Count("pk", filter=Q(lane=Lane.SYNC)),
    )
    reads = operation.lane == Lane.SYNC
    free = running["there"] < room(operation.lane, settings.OPERATION_ACCOUNT_CALLS)
    if free and not (reads and running["reading"] >= settings.OPERATION_SYNC_CALLS):
        return True
    Operation.objects.filter(pk=operation.pk).update(woken_at=None)
    return False
