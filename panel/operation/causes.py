"""What a registrar's message says once names and numbers are taken out: operations that share it share their cause."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from panel.core.text import storable
from panel.operation.models import Operation

LONGEST = 160
# What comes later in a message tells no cause, and a page of HTML is not searched through.
READ = 1000
HOLE = "…"
# A registrar's own code, which drivers put first: it says more than any other number.
_CODE = re.compile(r"\s*(\[[\w.-]{1,24}\])?\s*(.*)", re.DOTALL)
_PARTICULAR = re.compile(
    r"""
      https?://\S+
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+                # an e-mail address
    | "[^"]*" | “[^”]*” | «[^»]*» | (?<!\w)'[^']*'(?!\w)
    | \b(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}\b  # a domain name
    | [+\#]?\w[\w:/.+-]*\d[\w:/.+-]* | [+\#]?\d+      # numbers, dates, times, handles, ids
    """,
    re.VERBOSE,
)
_HOLES = re.compile(rf"{HOLE}(?:[\s,;()/-]*{HOLE})+")


def cause_of(message: str, names: Iterable[str] = ()) -> str:
    """The message without what is particular to one operation, at most LONGEST letters; `names` are taken out too."""
    found = _CODE.fullmatch(message[:READ])
    assert found is not None
    code, text = found[1] or "", found[2]
    for name in sorted({name for name in names if name}, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", HOLE, text, flags=re.IGNORECASE)
    text = _HOLES.sub(HOLE, _PARTICULAR.sub(HOLE, text))
    words = " ".join(f"{code} {text}".split())
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + HOLE


def noted(operation: Operation, note: str) -> dict[str, Any]:
    """The columns that keep what the machine saw last, and the cause that it has in common with others."""
    names = (operation.label, operation.reference, operation.subject.partition(":")[2])
    return {"note": storable(note), "cause": cause_of(note, names)}
