"""Celery's side of the engine: ids in, nothing out."""

from __future__ import annotations

from celery import shared_task
from django.conf import settings

from panel.operation import engine, handing
from panel.operation import sweep as sweeping


@shared_task(name=handing.RUN_TASK)
def run(operation_id: int) -> None:
    """Do what one operation is due for, then hand out the next one of its account."""
    served = engine.run(operation_id)
    if served is not None:
        handing.follow(served)


@shared_task(name="panel.operation.tasks.sweep")
def sweep() -> None:
    """Find due, stale and forgotten operations and hand them to the workers."""
    recovered = sweeping.recover(settings.OPERATION_QUARANTINE_SECONDS)
    released = sweeping.release_planned()
    late = sweeping.overdue()
    held = handing.hold_back()
    handed = handing.hand_out()
    sweeping.beat("sweep", due=handed, held=held, recovered=recovered, released=released, overdue=late)
