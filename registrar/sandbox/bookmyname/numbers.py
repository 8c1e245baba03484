"""Whole numbers that come as text."""

from __future__ import annotations

import re

# Nothing in this API is longer; Python refuses to read thousands of digits.
_NUMBER = re.compile(r"[0-9]{1,15}")


def whole(text: str) -> int:
    """A number without a sign; -1 for what is none, which is no id, period or set of bits either."""
    return int(text) if _NUMBER.fullmatch(text) else -1
