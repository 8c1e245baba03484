"""Counting in years, as registries do."""

from __future__ import annotations

from datetime import date, timedelta

DAYS_IN_A_YEAR = 365.25
# A registry may write the same moment as one day or the next.
ONE_DAY = timedelta(days=1)


def later(start: date, years: int) -> date:
    """The same day so many years later; 29 February becomes the 28th where needed."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return start.replace(year=start.year + years, day=28)


def years_between(start: date, end: date) -> int:
    """How many years, to the nearest, lie between two days."""
    return round((end - start).days / DAYS_IN_A_YEAR)
