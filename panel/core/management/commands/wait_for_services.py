"""Wait until database and broker answer."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection
from kombu import Connection
from kombu.exceptions import KombuError


class Command(BaseCommand):
    """Returns as soon as both answer; fails with one sentence when they do not in time."""

    help = "Wait until database and broker answer."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seconds", type=float, default=60.0, help="how long to wait at most")

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises CommandError after `--seconds`."""
        deadline = time.monotonic() + options["seconds"]
        while True:
            trouble = self._database() or self._broker()
            if not trouble:
                return
            if time.monotonic() > deadline:
                raise CommandError(trouble)
            time.sleep(0.5)

    def _database(self) -> str:
        try:
            connection.ensure_connection()
        except DatabaseError as error:
            return f"The database does not answer: {error}"
        return ""

    def _broker(self) -> str:
        if settings.CELERY_BROKER_URL.startswith("memory"):
            return ""
        try:
            with Connection(settings.CELERY_BROKER_URL, connect_timeout=2) as broker:
                broker.ensure_connection(max_retries=1)
        except (KombuError, OSError) as error:
            return f"The broker does not answer: {error}"
        return ""
