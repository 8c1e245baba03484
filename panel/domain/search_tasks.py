"""Celery's side of searching: an id in, nothing out."""

from __future__ import annotations

import structlog
from celery import shared_task
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)


@shared_task(name="panel.domain.search_tasks.check")
def check(search_pk: int) -> None:
    """Ask the registrar about the open lines of one search."""
    from panel.domain.answering import answer

    answer(search_pk)


def send_check(search_pk: int) -> None:
    """Hand a search to the workers. A broker that is away costs time: the page that waits asks again."""
    try:
        check.apply_async((search_pk,), retry=False, expires=60)
    except (OperationalError, RedisError, OSError) as error:
        log.warning("broker_away", search_pk=search_pk, error=type(error).__name__)
