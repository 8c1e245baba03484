"""What must be well for the panel to work. Apps add their checks; `/readyz` and the health page show them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """One finding. Only a required check makes the panel unready."""

    name: str
    ok: bool
    detail: str = ""
    required: bool = True


_checks: list[Callable[[], Check]] = []


def register(check: Callable[[], Check]) -> Callable[[], Check]:
    """Decorator: add a check."""
    _checks.append(check)
    return check


def checks() -> list[Callable[[], Check]]:
    """Every registered check."""
    return list(_checks)
