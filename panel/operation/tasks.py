"""Celery's side of the engine: ids in, nothing out."""

from __future__ import annotations

from celery import shared_task
from django.conf import settings

from panel.core import broker
from panel.operation import engine
from panel.operation import sweep as sweeping
from panel.operation.services import RUN_TASK


@shared_task(name=RUN_TASK)
def run(operation_id: int) -> None:
    """Do what one operation is due for."""
    engine.run(operation_id)


@shared_task(name="panel.operation.tasks.sweep")
def sweep() -> None:
    """Find due, stale and forgotten operations and hand them to the workers."""
    recovered = sweeping.recover(settings.OPERATION_QUARANTINE_SECONDS)
    released = sweeping.release_planned()
    late = sweeping.overdue()
    ids = sweeping.due_ids()
    for operation_id in ids:
        if not broker.send(RUN_TASK, operation_id):
            break
    sweeping.beat("sweep", due=len(ids), recovered=recovered, released=released, overdue=late)
