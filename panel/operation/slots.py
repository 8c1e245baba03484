"""Periodic work runs once in each slot of its schedule, however many clocks ring and however often a message arrives.

A slot is a row: the task's name, and which period of its schedule runs by the database's clock. Whoever inserts the row
runs the task. One that dies in its slot is not repeated in it: the next slot does the work.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import BigIntegerField, Max, Min
from django.db.models.functions import Cast, Coalesce, Floor, Now

from panel.operation.clock import Epoch, age_of
from panel.operation.models import Slot

# How many slots of a task are remembered: a message that comes later than that would run again.
KEPT = 200
# A job is late when it has not come to an end for two of its periods and this.
GRACE = timedelta(seconds=60)
# The number of a slot that only says since when a task is waited for.
EXPECTED = 0


@dataclass(frozen=True, slots=True)
class Job:
    """A line of the schedule: how often it runs, and when it last came to its end, or None where it never did.

    `silent` is how long ago that was, by the database's clock; before the first end, how long it has been expected.
    None where nobody expects it yet.
    """

    name: str
    every: timedelta
    ended_at: datetime | None
    silent: timedelta | None

    @property
    def is_late(self) -> bool:
        """Whether it has been silent for too long."""
        return self.silent is not None and self.silent > self.every * 2 + GRACE


def period_of(task: str) -> timedelta | None:
    """How often the schedule starts the task, or None when it does not."""
    return next((entry["schedule"] for entry in _schedule().values() if entry["task"] == task), None)


def take(task: str, period: timedelta) -> Slot | None:
    """Take the task's running slot, or None when it is taken already."""
    number = Cast(Floor(Epoch() / period.total_seconds()), BigIntegerField())
    try:
        with transaction.atomic():
            taken = Slot.objects.create(task=task, number=number)
    except IntegrityError:
        return None
    taken.refresh_from_db()
    Slot.objects.filter(task=task, number__lte=taken.number - KEPT).delete()
    return taken


def end(taken: Slot) -> None:
    """Note that the work of a slot came to its end."""
    Slot.objects.filter(pk=taken.pk).update(ended_at=Now())


def expect() -> None:
    """Note since when each line of the schedule is waited for, so that one which never begins can be late as well.

    Its first real slot goes on from there; the note is forgotten with the old slots.
    """
    known = set(Slot.objects.order_by().values_list("task", flat=True).distinct())
    missing = {entry["task"] for entry in _schedule().values()} - known
    Slot.objects.bulk_create(
        [Slot(task=task, number=EXPECTED) for task in sorted(missing)], ignore_conflicts=True
    )


def jobs() -> list[Job]:
    """Every line of the schedule with its last end, in one query."""
    rows = Slot.objects.order_by().values("task").annotate(ended=Max("ended_at"), began=Min("at"))
    rows = rows.annotate(silent=age_of(Coalesce("ended", "began")))
    seen = {row["task"]: (row["ended"], row["silent"]) for row in rows}
    return [
        Job(name, entry["schedule"], *seen.get(entry["task"], (None, None)))
        for name, entry in _schedule().items()
    ]


def _schedule() -> dict[str, dict[str, Any]]:
    schedule: dict[str, dict[str, Any]] = settings.CELERY_BEAT_SCHEDULE
    return schedule
