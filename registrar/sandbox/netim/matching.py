"""Filters of lists: `*` stands for anything, case does not matter, empty means all."""

from __future__ import annotations

import re


def matches(text: str, pattern: str) -> bool:
    """True if the whole text fits the pattern."""
    if not pattern:
        return True
    parts = map(re.escape, pattern.split("*"))
    return re.fullmatch(".*".join(parts), text, re.IGNORECASE | re.DOTALL) is not None
