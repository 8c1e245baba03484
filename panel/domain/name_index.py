"""The index behind searching by a part of a name, on PostgreSQL: trigrams of both forms of it.

It needs the extension pg_trgm, which the owner of a database may create since PostgreSQL 13. Where the server does not
let us, or does not have it, everything works without, slower with many names; `manage.py index_names` tries again.
"""

from __future__ import annotations

from typing import Any

import structlog
from django.db import DatabaseError, transaction

log = structlog.get_logger(__name__)

NAME = "domain_name_trigrams"
EXTENSION = "CREATE EXTENSION IF NOT EXISTS pg_trgm"
INDEX = (
    f"CREATE INDEX IF NOT EXISTS {NAME} ON domain_domain"
    " USING gin (name gin_trgm_ops, unicode_name gin_trgm_ops)"
)


def make_index(connection: Any) -> bool:
    """Whether the index is there now. On other databases there is none, and nothing to do."""
    if connection.vendor != "postgresql":
        return False
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute(EXTENSION)
            cursor.execute(INDEX)
    except DatabaseError as error:
        log.warning("no_name_index", error=str(error).splitlines()[0])
        return False
    return True


def drop_index(connection: Any) -> None:
    """Take the index away; the extension stays, since others may use it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"DROP INDEX IF EXISTS {NAME}")
