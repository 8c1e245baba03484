"""`manage.py index_names`: make the indexes behind searching by a part of a name, where the migration could not."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from panel.domain.name_index import EXTENSION, make_indexes


class Command(BaseCommand):
    """Safe to run again. Changes of names wait while the indexes are made: some seconds for 100,000."""

    help = "Makes the indexes by which parts of names are found. PostgreSQL with the extension pg_trgm only."

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor != "postgresql":
            self.stdout.write("There are no such indexes on this database, and none are needed.")
        elif not make_indexes(connection):
            raise CommandError(
                f"The server does not let us. Its administrator can run `{EXTENSION}` in this database."
            )
        else:
            self.stdout.write("The indexes are there.")
