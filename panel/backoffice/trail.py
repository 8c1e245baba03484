"""Where a page stands: the links above its title."""

from __future__ import annotations

from typing import Any

from django.urls import reverse


def trail(*steps: tuple[str, str] | tuple[str, str, Any]) -> list[dict[str, str]]:
    """Crumbs from (label, route) or (label, route, argument), outermost first."""
    return [{"label": label, "url": reverse(f"office:{route}", args=rest)} for label, route, *rest in steps]
