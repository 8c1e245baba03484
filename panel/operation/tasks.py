"""Celery's side of the engine: ids in, nothing out."""

from __future__ import annotations

import structlog
from celery import shared_task
from django.conf import settings
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from panel.operation import engine
from panel.operation import sweep as sweeping

log = structlog.get_logger(__name__)


@shared_task(name="panel.operation.tasks.run")
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
        try:
            run.apply_async((operation_id,), retry=False)
        except (OperationalError, RedisError, OSError) as error:
            log.warning("broker_away", error=type(error).__name__)
            break
    sweeping.beat("sweep", due=len(ids), recovered=recovered, released=released, overdue=late)
