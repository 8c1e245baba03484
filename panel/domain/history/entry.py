"""An entry of a name's history, whatever it is about. A timeline shows it as it shows a moment of an operation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from panel.operation.words import Words


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened to a name. `by` is who did it, where the reader may know.

    `is_latest` and `public_id` belong to operations: what is told here has no id to quote.
    """

    at: datetime
    words: Words
    by: str = ""
    is_latest: bool = False
    public_id: str = ""


def entry(
    at: datetime, title: str, text: str = "", *, tone: str = "neutral", icon: str = "info", by: str = ""
) -> Entry:
    """An entry of these words."""
    return Entry(at, Words(title, text, tone, icon), by)
