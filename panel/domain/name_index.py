"""The indexes behind searching by a part of a name, on PostgreSQL: trigrams of both forms of it.

Most names look the same in both, and stand in one index only: half of the room, and of the work of each change.

It needs the extension pg_trgm, which the owner of a database may create since PostgreSQL 13. Where the server does not
let us, or does not have it, everything works without, slower with many names; `manage.py index_names` tries again.
"""

from __future__ import annotations

from typing import Any

import structlog
from django.db import DatabaseError, transaction

log = structlog.get_logger(__name__)

NAMES = ("domain_shown_trigrams", "domain_a_label_trigrams")
EXTENSION = "CREATE EXTENSION IF NOT EXISTS pg_trgm"
# Of before: both forms of every name.
FORMER = "DROP INDEX IF EXISTS domain_name_trigrams"
INDEXES = (
    f"CREATE INDEX IF NOT EXISTS {NAMES[0]} ON domain_domain USING gin (unicode_name gin_trgm_ops)",
    f"CREATE INDEX IF NOT EXISTS {NAMES[1]} ON domain_domain USING gin (name gin_trgm_ops)"
    " WHERE name <> unicode_name",
)


def make_indexes(connection: Any) -> bool:
    """Whether the indexes are there now. On other databases there are none, and nothing to do."""
    if connection.vendor != "postgresql":
        return False
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            for statement in (EXTENSION, *INDEXES, FORMER):
                cursor.execute(statement)
    except DatabaseError as error:
        log.warning("no_name_index", error=str(error).splitlines()[0])
        return False
    return True


def drop_indexes(connection: Any) -> None:
    """Take the indexes away; the extension stays, since others may use it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for name in NAMES:
                cursor.execute(f"DROP INDEX IF EXISTS {name}")
