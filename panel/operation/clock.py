"""Times by the database's clock: every worker agrees on it, however wrong its own is."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

from django.db.models import DateTimeField, DurationField, ExpressionWrapper, FloatField, Func, Q
from django.db.models.functions import Now

LONGEST_BACKOFF = 600.0
# Rows that no worker holds: never leased, or the lease has lapsed.
FREE = Q(lease_until__isnull=True) | Q(lease_until__lt=Now())


def from_now(seconds: float) -> Any:
    """An expression: `seconds` after the database's now."""
    return ExpressionWrapper(Now() + timedelta(seconds=seconds), output_field=DateTimeField())


class Epoch(Func):
    """The database's now in seconds since 1970, for arithmetic."""

    template = "EXTRACT(EPOCH FROM STATEMENT_TIMESTAMP())"
    arity = 0
    output_field: FloatField[float, float] = FloatField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """SQLite counts Julian days."""
        return super().as_sql(
            compiler, connection, template="((julianday('now') - 2440587.5) * 86400.0)", **context
        )


def age_of(moment: Any) -> Any:
    """An expression: how long ago `moment` (a field or an expression) was, by the database's clock."""
    return ExpressionWrapper(Now() - moment, output_field=DurationField())


def jittered(seconds: float) -> float:
    """`seconds`, plus or minus a fifth, so that waiting rows do not come due in one crowd."""
    return seconds * random.uniform(0.8, 1.2)


def paced(seconds: float) -> float:
    """`seconds`, or up to a fifth more: for what a registrar wants to be asked no more often than that."""
    return seconds * random.uniform(1.0, 1.2)


def backoff(setbacks: int, first: float = 2.0) -> float:
    """Seconds before the next try after so many setbacks in a row: doubling, at most ten minutes, jittered."""
    return jittered(min(first * 2 ** min(setbacks, 12), LONGEST_BACKOFF))
