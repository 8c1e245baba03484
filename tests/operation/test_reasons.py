"""Every reason that an operation can carry is a sentence on the pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from panel.operation.reasons import reason_label
from registrar.mrdomain.errors import CODES

ENGINE = Path(__file__).resolve().parents[2] / "panel" / "operation"
WORDS = sorted(
    {row.reason for row in CODES.values() if row.reason}
    | {
        word
        for file in ENGINE.glob("*.py")
        for word in re.findall(r'\breason="(\w+)"', file.read_text(encoding="utf-8"))
    }
)


@pytest.mark.parametrize("word", WORDS)
def test_reason_has_a_sentence_for_staff(word: str) -> None:
    label = reason_label(word)

    assert label.endswith(".")
    assert label != word.replace("_", " ")
