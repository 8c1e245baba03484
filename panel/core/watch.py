"""A thread of every web process that looks after what cannot tell of itself that it has fallen silent.

Apps register what is to be looked at; each look must be safe to run in several processes at once.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

import structlog
from django.db import connections

EVERY_SECONDS = 60.0

log = structlog.get_logger(__name__)
_looks: list[Callable[[], object]] = []


def register(look: Callable[[], object]) -> None:
    """Have `look()` called now and then in every web process."""
    if look not in _looks:
        _looks.append(look)


def look_at_all() -> None:
    """Call every registered look. One that fails does not keep the others from theirs."""
    for look in _looks:
        try:
            look()
        except Exception:
            # A database or a mail server that is away: the next look tells.
            log.exception("watch_failed", look=look.__qualname__)


def start(pause: float = EVERY_SECONDS) -> threading.Event:
    """Look every `pause` seconds, in a thread that ends with the process or once the returned event is set."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(pause):
            look_at_all()
            connections.close_all()

    threading.Thread(target=watch, name="watch", daemon=True).start()
    return over
