"""Having something happen between two queries of what is tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def after_query(number: int, happen: Callable[[], object]) -> Iterator[None]:
    """`happen()` once, right after the query of that number (from 0); never where there are fewer."""
    left = [number]

    def counting(execute: Any, *query: Any) -> Any:
        found = execute(*query)
        if left == [0]:
            left.clear()
            happen()
        elif left:
            left[0] -= 1
        return found

    with connection.execute_wrapper(counting):
        yield
