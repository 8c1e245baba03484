"""Waking a worker. A broker that is away costs time and never work: what was to be done is a row that others find."""

from __future__ import annotations

from typing import Any

import structlog
from celery import current_app
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)


def send(task: str, *args: Any, expires: float | None = None, queue: str | None = None) -> bool:
    """Send one message, at once or not at all. False when the broker is away; `expires` is in seconds.

    `queue` is for what has more than one; otherwise the routes in the settings decide.
    """
    try:
        current_app.send_task(task, args, retry=False, expires=expires, queue=queue)
    except (OperationalError, RedisError, OSError) as error:
        log.warning("broker_away", task=task, arguments=args, error=type(error).__name__)
        return False
    return True
