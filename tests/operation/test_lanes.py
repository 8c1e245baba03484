"""Lanes and lines: whose turn it is, with many rows; what is down or floods delays nobody else."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from celery import current_app
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from kombu.simple import SimpleQueue

from panel.account.models import Account
from panel.core import broker
from panel.operation import engine, handing, health, tasks
from panel.operation.clock import from_now
from panel.operation.handing import PER_LINE, next_in_line
from panel.operation.models import Attempt, Operation
from panel.operation.states import Lane, State, WaitingFor, room

pytestmark = pytest.mark.django_db


@pytest.fixture
def accounts(db: None) -> list[Account]:
    return [
        Account.objects.create(
            label=f"A{number}",
            family="mrdomain",
            endpoint="http://127.0.0.1:9/",
            is_sandbox=True,
            credentials={"apiuser": "demo", "apipasswd": "demo"},
        )
        for number in range(4)
    ]


@pytest.fixture
def crowd(db: None) -> Callable[..., list[Operation]]:
    """`crowd(account, 500, Lane.SYNC)`: so many operations that are due since `seconds`."""

    def make(
        account: Account, count: int, lane: Lane, *, seconds: float = 60, state: str = "queued"
    ) -> list[Operation]:
        first = Operation.objects.count()
        rows = Operation.objects.bulk_create(
            Operation(
                public_id=f"op-{n:012}",
                kind="domain.refresh",
                subject=f"domain:c{n}.com",
                label=f"c{n}.com",
                account=account,
                lane=lane,
                intent_key=f"crowd:{n}",
                state=state,
                next_check_at=timezone.now(),
            )
            for n in range(first, first + count)
        )
        Operation.objects.filter(pk__in=[row.pk for row in rows]).update(next_check_at=from_now(-seconds))
        return rows

    return make


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, str]]:
    """The messages that were sent: operation and queue."""
    messages: list[tuple[int, str]] = []

    def send(task: str, operation_id: int, queue: str = "") -> bool:
        messages.append((operation_id, queue))
        return True

    monkeypatch.setattr(broker, "send", send)
    return messages


def lease(rows: list[Operation]) -> None:
    Operation.objects.filter(pk__in=[row.pk for row in rows]).update(
        state="sending", lease_until=from_now(60)
    )


def taken(queue: SimpleQueue) -> int:
    """How many messages could be taken: Redis denies that an empty queue exists, so it cannot be asked for its size."""
    for count in itertools.count():
        try:
            queue.get(block=False).ack()
        except queue.Empty:
            return count
    raise AssertionError("a count has no end")


def test_paid_order_goes_out_at_once_behind_thousands_of_older_readings(accounts: Any, crowd: Any) -> None:
    crowd(accounts[0], 3000, Lane.SYNC, seconds=3600)
    (order,) = crowd(accounts[0], 1, Lane.MONEY, seconds=1)

    line = next_in_line()

    assert line[0] == (order.pk, Lane.MONEY)
    assert len(line) == PER_LINE + 1


def test_crowd_of_one_account_does_not_stand_before_the_others(accounts: Any, crowd: Any) -> None:
    crowd(accounts[0], 2000, Lane.MONEY, seconds=3600)
    later = [crowd(account, 2, Lane.MONEY, seconds=1)[0] for account in accounts[1:]]

    line = [pk for pk, _lane in next_in_line()]

    # By turns: the first of each account comes before the second of any.
    assert {row.pk for row in later} <= set(line[:4])


def test_within_a_line_the_oldest_comes_first(accounts: Any, crowd: Any) -> None:
    young = crowd(accounts[0], 1, Lane.MONEY, seconds=5)
    old = crowd(accounts[0], 1, Lane.MONEY, seconds=500)

    assert [pk for pk, _lane in next_in_line()] == [old[0].pk, young[0].pk]


def test_what_was_handed_out_is_not_handed_out_again_and_the_line_goes_on(accounts: Any, crowd: Any) -> None:
    crowd(accounts[0], PER_LINE * 2 + 5, Lane.SYNC)

    rounds = [[pk for pk, _lane in next_in_line()] for _ in range(4)]

    assert [len(found) for found in rounds] == [PER_LINE, PER_LINE, 5, 0]
    assert len({pk for found in rounds for pk in found}) == PER_LINE * 2 + 5


def test_line_takes_two_queries_however_many_wait(accounts: Any, crowd: Any) -> None:
    for account in accounts:
        for lane in Lane:
            crowd(account, 100, lane)

    with CaptureQueriesContext(connection) as captured:
        line = next_in_line()

    assert len(captured) == 2
    assert Counter(lane for _pk, lane in line) == dict.fromkeys(Lane, 4 * PER_LINE)


def test_sweep_sends_each_lane_to_its_own_queue(accounts: Any, crowd: Any, sent: Any) -> None:
    for lane in Lane:
        crowd(accounts[0], 2, lane)

    tasks.sweep()

    assert Counter(queue for _pk, queue in sent) == {
        "nameward.money": 2, "nameward.customer": 2, "nameward.sync": 2
    }  # fmt: skip


def test_message_of_a_lane_reaches_that_queue_alone(accounts: Any, crowd: Any) -> None:
    (order,) = crowd(accounts[0], 1, Lane.MONEY)
    with current_app.connection_for_write() as link:
        queues = {name: link.SimpleQueue(queue) for name, queue in current_app.amqp.queues.items()}
        for queue in queues.values():
            queue.clear()

        assert handing.send(order.pk, Lane.MONEY)

        waiting = {name: taken(queue) for name, queue in queues.items()}
        for queue in queues.values():
            queue.close()
    assert waiting == {"nameward": 0, "nameward.money": 1, "nameward.customer": 0, "nameward.sync": 0}


def test_passes_over_accounts_do_not_stand_before_orders_and_searches() -> None:
    def queue_of(task: str) -> str:
        return str(current_app.amqp.router.route({}, task)["queue"].name)

    assert queue_of("panel.domain.tasks.sync_domains") == "nameward.sync"
    assert queue_of("panel.domain.search_tasks.check") == "nameward.customer"
    assert queue_of("panel.operation.tasks.sweep") == "nameward"


def test_resting_account_holds_its_own_line_untried_and_says_so(accounts: Any, crowd: Any, sent: Any) -> None:
    Account.objects.filter(pk=accounts[0].pk).update(retry_after=from_now(600))
    down = crowd(accounts[0], 300, Lane.MONEY, seconds=3600)
    (news,) = crowd(accounts[0], 1, Lane.MONEY, state="waiting")
    (other,) = crowd(accounts[1], 1, Lane.MONEY, seconds=1)

    tasks.sweep()

    assert [pk for pk, _queue in sent] == [other.pk]
    held = Operation.objects.filter(pk__in=[row.pk for row in down])
    assert set(held.values_list("waiting_for", "sends")) == {(WaitingFor.REGISTRAR, 0)}
    news.refresh_from_db()
    assert (news.state, news.waiting_for) == (State.WAITING, "")
    assert not Attempt.objects.exists()
    assert health.queue().ok


def test_message_for_an_account_that_rests_tries_nothing(accounts: Any, crowd: Any) -> None:
    Account.objects.filter(pk=accounts[0].pk).update(retry_after=from_now(600))
    (order,) = crowd(accounts[0], 1, Lane.MONEY)

    assert engine.run(order.pk) is None
    assert not Attempt.objects.exists()


def test_held_line_goes_on_when_the_rest_is_over(accounts: Any, crowd: Any, sent: Any) -> None:
    Account.objects.filter(pk=accounts[0].pk).update(retry_after=from_now(600))
    crowd(accounts[0], 5, Lane.MONEY)
    tasks.sweep()
    Account.objects.update(retry_after=None)
    Operation.objects.update(next_check_at=from_now(0))

    tasks.sweep()

    assert len(sent) == 5


@pytest.mark.parametrize(
    ("lane", "running", "begins"),
    [
        (Lane.SYNC, 1, True), (Lane.SYNC, 2, False),
        (Lane.CUSTOMER, 2, True), (Lane.CUSTOMER, 3, False),
        (Lane.MONEY, 3, True), (Lane.MONEY, 4, False),
    ],
)  # fmt: skip
def test_busy_account_keeps_room_for_what_is_more_urgent(
    accounts: Any, crowd: Any, lane: Lane, running: int, begins: bool
) -> None:
    lease(crowd(accounts[0], running, Lane.MONEY))
    (waiting,) = crowd(accounts[0], 1, lane)
    Operation.objects.filter(pk=waiting.pk).update(woken_at=from_now(0))

    claimed = engine.claim(waiting.pk)

    waiting.refresh_from_db()
    assert (claimed is not None) is begins
    # Refused: it is handed out again at the next round, not only when its message would count as lost.
    assert begins or waiting.woken_at is None


def test_busy_account_leaves_the_others_alone(accounts: Any, crowd: Any) -> None:
    lease(crowd(accounts[0], 4, Lane.MONEY))
    (other,) = crowd(accounts[1], 1, Lane.MONEY)

    assert engine.claim(other.pk) is not None


def test_readings_of_all_accounts_together_leave_workers_to_orders(
    accounts: Any, crowd: Any, settings: Any
) -> None:
    settings.OPERATION_SYNC_CALLS = 3
    for account in accounts[:3]:
        lease(crowd(account, 1, Lane.SYNC))
    (reading,) = crowd(accounts[3], 1, Lane.SYNC)
    (order,) = crowd(accounts[3], 1, Lane.MONEY)

    assert engine.claim(reading.pk) is None
    assert engine.claim(order.pk) is not None


def test_lapsed_lease_takes_no_room(accounts: Any, crowd: Any) -> None:
    rows = crowd(accounts[0], 4, Lane.MONEY)
    lease(rows)
    Operation.objects.update(lease_until=from_now(-1))
    (waiting,) = crowd(accounts[0], 1, Lane.MONEY)

    assert engine.claim(waiting.pk) is not None


@pytest.mark.parametrize("lane", list(Lane))
def test_every_lane_may_make_one_call_however_few_are_allowed(lane: Lane) -> None:
    assert room(lane, 1) == 1


def test_worker_that_has_served_one_hands_out_the_next_of_that_account(
    registrar_account: Account, accounts: Any, crowd: Any, sent: Any
) -> None:
    first, second = crowd(registrar_account, 2, Lane.SYNC)
    crowd(accounts[0], 2, Lane.SYNC)

    tasks.run(first.pk)

    assert sent == [(second.pk, "nameward.sync")]


def test_worker_that_reached_nobody_hands_out_nothing(accounts: Any, crowd: Any, sent: Any) -> None:
    first, _second = crowd(accounts[0], 2, Lane.SYNC)

    tasks.run(first.pk)

    assert Attempt.objects.get().outcome == "NotSent"
    assert sent == []


def test_message_about_what_is_not_due_hands_out_nothing(accounts: Any, crowd: Any, sent: Any) -> None:
    (later,) = crowd(accounts[0], 1, Lane.SYNC, seconds=-60)
    crowd(accounts[0], 1, Lane.SYNC)

    tasks.run(later.pk)

    assert sent == []
