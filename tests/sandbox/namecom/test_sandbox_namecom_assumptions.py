"""The README names every switch of Name.com's sandbox, with its values."""

from __future__ import annotations

from pathlib import Path

from registrar.sandbox import namecom
from registrar.sandbox.namecom.switches import SWITCHES


def spelled(value: object) -> str:
    return f"`{value}`" if isinstance(value, str) else str(value).lower()


def test_readme_has_a_row_per_switch() -> None:
    readme = (Path(str(namecom.__file__)).parents[1] / "README.md").read_text(encoding="utf-8")
    for name, switch in SWITCHES.items():
        assert f"| `{name}` | {', '.join(map(spelled, switch.allowed))} |" in readme
