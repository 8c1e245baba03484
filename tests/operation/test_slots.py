"""Periodic work runs once in its slot; silence and late queues are told by whoever still runs."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.db.models.functions import Now
from django.utils import timezone

from panel.account.alerts import tell_silence, tell_staff
from panel.account.models import Account, Alert
from panel.celery import app
from panel.core import watch
from panel.operation import health, slots, tasks
from panel.operation.clock import from_now
from panel.operation.models import Heartbeat, Operation, Slot
from panel.operation.periodic import PanelTask
from panel.operation.states import Lane

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
SWEEP = tasks.sweep.name


@pytest.fixture
def make_due(db: None) -> Callable[..., Operation]:
    """`make_due(Lane.MONEY, 300)`: an operation that has been due for so many seconds."""
    account = Account.objects.create(label="A", family="mrdomain", endpoint="http://127.0.0.1:9/")

    def make(lane: Lane, seconds: float) -> Operation:
        number = Operation.objects.count()
        operation = Operation.objects.create(
            kind="domain.refresh", subject=f"domain:d{number}.com", label=f"d{number}.com", lane=lane,
            state="queued", account=account, intent_key=f"due:{number}",
        )  # fmt: skip
        Operation.objects.filter(pk=operation.pk).update(next_check_at=from_now(-seconds))
        return operation

    return make


def beat_was(seconds: float) -> None:
    Heartbeat.objects.create(name="sweep", at=Now())
    Heartbeat.objects.update(at=from_now(-seconds))


def test_slot_is_taken_by_one_and_no_other() -> None:
    first, second = slots.take("some.task", HOUR), slots.take("some.task", HOUR)

    assert first is not None
    assert second is None
    assert slots.take("another.task", HOUR) is not None


def test_slot_is_counted_by_the_clock_of_the_database_whatever_the_worker_believes(
    time_machine: Any,
) -> None:
    time_machine.move_to(timezone.now() + timedelta(hours=2), tick=True)

    taken = slots.take("some.task", HOUR)

    assert taken is not None
    believed = timezone.now().timestamp() // HOUR.total_seconds()
    assert taken.number in (believed - 2, believed - 3)


def test_next_slot_is_free_again() -> None:
    taken = slots.take("some.task", HOUR)
    assert taken is not None
    Slot.objects.filter(pk=taken.pk).update(number=taken.number - 1)

    assert slots.take("some.task", HOUR) is not None


def test_old_slots_are_forgotten_and_those_of_other_tasks_stay() -> None:
    Slot.objects.bulk_create(Slot(task="some.task", number=number) for number in range(5))
    Slot.objects.create(task="another.task", number=1)

    slots.take("some.task", HOUR)

    assert list(Slot.objects.order_by("pk").values_list("task", flat=True)) == ["another.task", "some.task"]


def test_message_of_the_clock_that_comes_three_times_runs_once() -> None:
    for _ in range(3):
        tasks.sweep.apply(throw=True)

    # Two, where the next slot has begun meanwhile.
    assert Slot.objects.filter(task=SWEEP, ended_at__isnull=False).count() in (1, 2)


def test_every_line_of_the_schedule_is_a_task_that_takes_its_slot(settings: Any) -> None:
    app.loader.import_default_modules()
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        assert isinstance(app.tasks[entry["task"]], PanelTask)
        assert slots.period_of(entry["task"]) == entry["schedule"]


def test_task_that_no_schedule_knows_runs_for_every_message(make_due: Any) -> None:
    operation = make_due(Lane.SYNC, 1)

    tasks.run.apply((operation.pk,), throw=True)
    tasks.run.apply((operation.pk,), throw=True)

    assert not Slot.objects.exists()


def test_work_that_fails_in_its_slot_is_left_without_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise OperationalError("gone")

    monkeypatch.setattr("panel.operation.sweep.overdue", broken)

    with pytest.raises(OperationalError):
        tasks.sweep.apply(throw=True)

    assert Slot.objects.get(task=SWEEP).ended_at is None


def test_job_is_late_after_two_periods_and_not_before_its_first_time() -> None:
    assert not any(job.is_late for job in slots.jobs())
    period = slots.period_of("panel.account.tasks.tell_staff")
    assert period is not None
    taken = slots.take("panel.account.tasks.tell_staff", period)
    assert taken is not None
    slots.end(taken)
    assert not any(job.is_late for job in slots.jobs())

    Slot.objects.update(ended_at=timezone.now() - period * 2 - timedelta(seconds=70))

    assert [job.name for job in slots.jobs() if job.is_late] == ["account-tell-staff"]
    assert health.periodic_work().detail == "account-tell-staff"


@pytest.mark.parametrize(
    ("lane", "minutes", "ok"),
    [(Lane.MONEY, 6, False), (Lane.CUSTOMER, 4, True), (Lane.SYNC, 6, True), (Lane.SYNC, 61, False)],
)
def test_queue_is_late_by_the_measure_of_its_lane(make_due: Any, lane: Lane, minutes: int, ok: bool) -> None:
    make_due(lane, minutes * 60)

    check = health.queue()

    assert (check.ok, check.required) == (ok, False)
    assert check.detail.endswith(" s")


def test_lines_count_what_is_due_by_lane_in_one_query(make_due: Any, django_assert_num_queries: Any) -> None:
    make_due(Lane.SYNC, 30)
    make_due(Lane.SYNC, 90)
    make_due(Lane.MONEY, -60)

    with django_assert_num_queries(1):
        lines = health.lines()

    assert [(line.lane, line.number) for line in lines] == [
        (Lane.MONEY, 0), (Lane.CUSTOMER, 0), (Lane.SYNC, 2)
    ]  # fmt: skip
    assert timedelta(seconds=85) < lines[2].oldest < timedelta(seconds=120)


def test_web_process_mails_the_silence_of_the_clock_once(staff: Any, mailoutbox: list[Any]) -> None:
    beat_was(seconds=400)

    told = [tell_silence() for _ in range(3)]

    assert told == [1, 0, 0]
    assert "stood still for 7 minutes" in mailoutbox[0].body


def test_web_process_leaves_the_mails_to_the_clock_while_that_runs(staff: Any, mailoutbox: list[Any]) -> None:
    beat_was(seconds=60)
    Account.objects.create(label="A", family="mrdomain", endpoint="http://127.0.0.1:9/", state="stopped")

    assert tell_silence() == 0
    assert not mailoutbox


def test_paid_orders_that_wait_for_a_worker_are_mailed_even_before_the_first_beat(
    staff: Any, make_due: Any, mailoutbox: list[Any]
) -> None:
    make_due(Lane.MONEY, 600)

    tell_silence()

    assert "Paid orders: 1 due, the oldest for 10 minutes" in mailoutbox[0].body


def test_silence_that_is_over_is_forgotten_and_told_again_the_next_time(
    staff: Any, mailoutbox: list[Any]
) -> None:
    beat_was(seconds=400)
    tell_silence()
    tasks.sweep()
    tell_staff()
    assert not Alert.objects.exists()
    Heartbeat.objects.update(at=from_now(-400))

    tell_silence()

    assert len(mailoutbox) == 2


def test_web_processes_watch_over_the_clock() -> None:
    assert tell_silence in watch._looks


@pytest.mark.django_db(transaction=True)
def test_watch_looks_by_itself_and_survives_a_look_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = threading.Semaphore(0)

    def broken() -> None:
        raise OperationalError("the database is away")

    monkeypatch.setattr(watch, "_looks", [])
    watch.register(broken)
    watch.register(looked.release)
    over = watch.start(pause=0.01)

    assert all(looked.acquire(timeout=5) for _ in range(3))
    over.set()
