"""Reading what a browser is sent."""

from __future__ import annotations

import re
from typing import Any


def words_of(response: Any) -> str:
    """The page's words in one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))
