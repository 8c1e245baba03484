"""Times by the database's clock: every worker agrees on it, however wrong its own is."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

from django.db.models import DateTimeField, ExpressionWrapper, Q
from django.db.models.functions import Now

LONGEST_BACKOFF = 600.0
# Rows that no worker holds: never leased, or the lease has lapsed.
FREE = Q(lease_until__isnull=True) | Q(lease_until__lt=Now())


def from_now(seconds: float) -> Any:
    """An expression: `seconds` after the database's now."""
    return ExpressionWrapper(Now() + timedelta(seconds=seconds), output_field=DateTimeField())


def jittered(seconds: float) -> float:
    """`seconds`, plus or minus a fifth, so that waiting rows do not come due in one crowd."""
    return seconds * random.uniform(0.8, 1.2)


def backoff(setbacks: int, first: float = 2.0) -> float:
    """Seconds before the next try after so many setbacks in a row: doubling, at most ten minutes, jittered."""
    return jittered(min(first * 2 ** min(setbacks, 12), LONGEST_BACKOFF))
