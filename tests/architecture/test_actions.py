"""Every action of the modules that people use on pages has its page in the docs."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from registrar.mrdomain.actions import ACTIONS

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {"service": ("hosting.md", "dns.md"), "user": ("access.md",)}
COUNTS = {"service": 47, "user": 9}


def told(module: str) -> Counter[str]:
    """The module's actions that rows of tables name: "service/ftplist, ftpgetinfo" are two."""
    found: Counter[str] = Counter()
    for name in PAGES[module]:
        for line in (DOCS / name).read_text().splitlines():
            row = re.search(rf"{module}/[\w, ]+", line) if line.startswith("|") else None
            words = row[0].removeprefix(f"{module}/").split(", ") if row else []
            found.update(f"{module}/{word.split(maxsplit=1)[0]}" for word in words)
    return found


@pytest.mark.parametrize("module", PAGES)
def test_every_action_of_the_module_is_on_a_page(module: str) -> None:
    actions = {name for name in ACTIONS if name.startswith(f"{module}/")}

    assert set(told(module)) == actions
    assert len(actions) == COUNTS[module]
