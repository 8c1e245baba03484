"""A run on a real broker: Celery workers, two clocks, and a corner of a Redis server that is emptied and cut off."""

from __future__ import annotations

import contextlib
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.chaos import mutants, worker

# A message that was lost is sent again after so long; what is worth a message of its own, in a test. Messages wait for
# some seconds in a storm: were they sent again before that, workers would do little but put second ones away.
WOKEN_FOR_SECONDS = 10
REFRESH = timedelta(seconds=worker.ACCOUNTS_SECONDS)


class ScratchBroker:
    """An empty numbered database of the Redis server at `url`; with an empty url there is no broker."""

    def __init__(self, url: str) -> None:
        """Raises RuntimeError when somebody else's data is in it."""
        self.url, self._away = url, False
        if url and self._keys():
            raise RuntimeError("REDIS_URL must name an empty database: this one is emptied again and again")

    @property
    def name(self) -> str:
        """For the report."""
        return "Redis" if self.url else "none"

    def flush(self) -> None:
        """Lose every message."""
        if self.url:
            with self._client() as client:
                client.flushdb()

    def unplug(self, away: bool) -> None:
        """Let no connection of the run live for long (or again), until it is plugged in."""
        self._away = away
        self.tend()

    def tend(self) -> None:
        """Cut who came back, while it is away."""
        if not (self.url and self._away):
            return
        with self._client() as client:
            here = client.client_info()
            for row in client.client_list():
                if row["db"] == str(here["db"]) and row["id"] != str(here["id"]):
                    client.client_kill_filter(_id=row["id"])

    def _keys(self) -> int:
        with self._client() as client:
            return int(client.dbsize())

    def _client(self) -> Any:
        import redis

        return redis.Redis.from_url(self.url, socket_timeout=5)


def hurry() -> None:
    """The paces of `worker.hurry`, and those of whom the broker wakes."""
    from django.conf import settings

    from panel.operation import handing

    worker.hurry()
    handing.WOKEN_FOR_SECONDS = WOKEN_FOR_SECONDS
    settings.CELERY_BEAT_SCHEDULE["account-refresh"]["schedule"] = REFRESH


def work(clock_hours: float) -> None:
    """A Celery worker of several threads, until SIGTERM. `clock_hours` is how wrong its clock is."""
    from panel.celery import app

    hurry()
    worker.read_seldom()
    mutants.apply_named()
    worker.shift_clock(clock_hours)
    name = f"chaos-{os.getpid()}@nowhere"
    with contextlib.suppress(SystemExit):
        app.Worker(
            hostname=name, pool="threads", concurrency=worker.THREADS, loglevel="ERROR", quiet=True,
            without_gossip=True, without_mingle=True, without_heartbeat=True,
        ).start()  # fmt: skip


def ring(number: int, clock_hours: float, folder: Path) -> None:
    """A clock of its own, until SIGTERM."""
    from celery.beat import Service

    from panel.celery import app

    hurry()
    worker.shift_clock(clock_hours)
    Service(app, max_interval=1, schedule_filename=str(folder / f"clock-{number}")).start()
