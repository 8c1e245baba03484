"""How the machine is: broker, beat, and the oldest operation that waits for a worker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, F, Min
from kombu import Connection
from kombu.exceptions import KombuError
from prometheus_client.core import REGISTRY, GaugeMetricFamily

from panel.core.health import Check, register
from panel.operation.clock import age_of
from panel.operation.models import Heartbeat, Operation
from panel.operation.queries import due
from panel.operation.slots import Job, jobs
from panel.operation.states import Lane

# How long a due operation may wait for a worker. A pass over an account may ask for thousands of readings at once.
LATE_AFTER = {
    Lane.MONEY: timedelta(minutes=5),
    Lane.CUSTOMER: timedelta(minutes=5),
    Lane.SYNC: timedelta(hours=1),
}
# Longer than a new release takes to start: a mail must mean something.
TELL_AFTER = timedelta(minutes=5)
# A single job, only when it is certain that not everything stands still: that is told as itself.
TELL_JOB_AFTER = timedelta(minutes=10)
BROKER_REMEMBERED = 5


@dataclass(frozen=True, slots=True)
class Line:
    """The due operations of one lane: how many, and for how long the oldest has waited."""

    lane: Lane
    number: int
    oldest: timedelta

    @property
    def is_late(self) -> bool:
        """Whether it waits longer than its lane may."""
        return self.number > 0 and self.oldest > LATE_AFTER[self.lane]


@register
def broker() -> Check:
    """The broker takes messages. Its absence is not fatal: orders are accepted and go on later."""
    state = cache.get("health:broker") if not settings.TESTING else None
    if state is None:
        state = _ask_broker()
        cache.set("health:broker", state, BROKER_REMEMBERED)
    return Check("broker", state == "", state, required=False)


def _ask_broker() -> str:
    if settings.CELERY_BROKER_URL.startswith("memory"):
        return ""
    options = {"socket_connect_timeout": 1, "socket_timeout": 1}
    try:
        with Connection(settings.CELERY_BROKER_URL, transport_options=options) as connection:
            connection.ensure_connection(max_retries=1, timeout=1)
    except (KombuError, OSError) as error:
        return type(error).__name__
    return ""


def beat_age() -> timedelta | None:
    """How long ago the sweep last ran, by the database's clock; None when it never did."""
    ages = Heartbeat.objects.filter(name="sweep").annotate(age=age_of(F("at")))
    age: timedelta | None = ages.values_list("age", flat=True).first()
    return age


@register
def beat() -> Check:
    """The sweep runs every few seconds; its silence means that the worker or the beat is down."""
    age = beat_age()
    silent = age is None or age > timedelta(seconds=settings.OPERATION_SWEEP_SECONDS * 6 + 10)
    return Check("beat", not silent, "never" if age is None else _seconds(age), required=False)


def lines() -> list[Line]:
    """What is due and waits for a worker, by lane, the most urgent lane first; in one query."""
    rows = {
        row["lane"]: Line(Lane(row["lane"]), row["number"], row["age"])
        for row in due(Operation.objects.order_by())
        .values("lane")
        .annotate(number=Count("pk"), age=age_of(Min("next_check_at")))
    }
    return [rows.get(lane, Line(lane, 0, timedelta())) for lane in Lane]


def oldest_due() -> timedelta | None:
    """How long the oldest due operation has waited for a worker."""
    waiting = [line.oldest for line in lines() if line.number]
    return max(waiting) if waiting else None


@register
def queue() -> Check:
    """No due operation waits for longer than its lane may."""
    found = lines()
    waiting = [line.oldest for line in found if line.number]
    return Check(
        "oldest_due_operation",
        not any(line.is_late for line in found),
        _seconds(max(waiting)) if waiting else "none",
        required=False,
    )


@register
def periodic_work() -> Check:
    """Every line of the schedule comes to its end in time."""
    late = [job.name for job in jobs() if job.is_late]
    return Check("periodic_work", not late, ", ".join(late), required=False)


def silence() -> timedelta | None:
    """How long nothing was looked for, once that is long enough to tell staff; else None."""
    age = beat_age()
    return age if age is not None and age > TELL_AFTER else None


def late_lines() -> list[Line]:
    """The lanes in which due operations wait longer than they may."""
    return [line for line in lines() if line.is_late]


def late_jobs() -> list[Job]:
    """The lines of the schedule that staff are told of: late, and not merely because everything stands still."""
    if silence() is not None:
        return []
    return [job for job in jobs() if job.is_late and job.silent is not None and job.silent > TELL_JOB_AFTER]


def _seconds(age: timedelta) -> str:
    return f"{age.total_seconds():.0f} s"


class OperationCollector:
    """Counts of operations by kind and state, for Prometheus."""

    def describe(self) -> list[Any]:
        """Nothing at registration: the database may not be there yet."""
        return []

    def collect(self) -> Any:
        """One gauge of operations, one of the oldest due, one of the beat's age."""
        counts = GaugeMetricFamily(
            "nameward_operations", "Operations by kind and state", labels=["kind", "state"]
        )
        rows = Operation.objects.order_by().values("kind", "state").annotate(number=Count("pk"))
        for row in rows:
            counts.add_metric([row["kind"], row["state"]], row["number"])
        yield counts
        age = oldest_due()
        yield GaugeMetricFamily(
            "nameward_oldest_due_seconds",
            "Age of the oldest due operation",
            value=age.total_seconds() if age else 0,
        )
        beat = beat_age()
        if beat is not None:
            yield GaugeMetricFamily(
                "nameward_beat_age_seconds", "Age of the last sweep", value=beat.total_seconds()
            )


REGISTRY.register(OperationCollector())
