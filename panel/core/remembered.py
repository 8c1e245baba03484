"""What is counted over very many rows is remembered for a minute, and says so.

Up to LARGE rows everything is counted anew at each request: quick enough, and always true. Beyond, counting would be
most of what a page costs, and nobody counts on the last digit: the figures come with the moment they were counted at.
The cache may forget at any time; then it is counted again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2s
from typing import Any, Generic, TypeVar

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet
from django.utils import timezone

LARGE = 10_000
SECONDS = 60

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Counted(Generic[T]):
    """Something counted; `at` is None where it was counted just now."""

    value: T
    at: datetime | None = None


def counted(
    rows: QuerySet[Any], what: str, count: Callable[[QuerySet[Any]], T], size: Callable[[T], int]
) -> Counted[T]:
    """`count(rows)`, remembered where its `size` is beyond LARGE. `what` names what is counted of the rows."""
    scope = rows.order_by().select_related(None).prefetch_related(None)
    try:
        key = _key(scope, what)
    except EmptyResultSet:
        return Counted(count(scope))
    known: Counted[T] | None = cache.get(key)
    if known is not None:
        return known
    value = count(scope)
    if size(value) > LARGE:
        cache.set(key, Counted(value, timezone.now()), SECONDS)
    return Counted(value)


def _key(scope: QuerySet[Any], what: str) -> str:
    sql, params = scope.values("pk").query.sql_with_params()
    told = repr((sql, [str(value) for value in params], what))
    return f"counted:{blake2s(told.encode(), digest_size=16).hexdigest()}"
