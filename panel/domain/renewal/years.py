"""Counting in years, as registries do."""

from __future__ import annotations

from datetime import date, timedelta

# A registry may write the same moment as one day or the next.
ONE_DAY = timedelta(days=1)


def later(start: date, years: int) -> date:
    """The same day so many years later; 29 February becomes the 28th where needed."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return start.replace(year=start.year + years, day=28)
