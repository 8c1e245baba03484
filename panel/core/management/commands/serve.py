"""Serve the panel from one process: the web, and with `--with-worker` the worker and the beat as threads."""

from __future__ import annotations

import os
import threading
from typing import Any

import waitress
from celery.beat import EmbeddedService
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from panel.celery import app
from panel.wsgi import application


class Command(BaseCommand):
    """For machines on which no broker can run: the in-memory broker reaches only within one process.

    Nothing is lost with it when the process stops, since the database is the record; the sweep finds what was due.
    """

    help = "Serve the panel from one process."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--with-worker", action="store_true", help="run worker and beat in this process too"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve until stopped."""
        if options["with_worker"]:
            self._start_worker()
        host = os.environ.get("HOST", "127.0.0.1")
        waitress.serve(application, listen=f"{host}:{settings.PORT}", threads=8)

    def _start_worker(self) -> None:
        worker = app.WorkController(
            pool="threads",
            concurrency=4,
            without_gossip=True,
            without_mingle=True,
            without_heartbeat=True,
            hostname=f"embedded-{os.getpid()}@localhost",
        )
        threading.Thread(target=worker.start, daemon=True, name="worker").start()
        schedule = settings.DATA_DIR / "beat" / "schedule"
        schedule.parent.mkdir(parents=True, exist_ok=True)
        EmbeddedService(app, max_interval=1, thread=True, schedule_filename=str(schedule)).start()
