"""Lucide icons, drawn once each."""

from __future__ import annotations

from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe
from lucide.templatetags.lucide import lucide


@lru_cache(maxsize=512)
def draw_icon(name: str, size: int, css: str = "") -> SafeString:
    """The icon as decoration: whoever needs its meaning writes it beside it."""
    drawing = lucide(
        name, size=size, aria_hidden="true", focusable="false", **{"class": f"icon {css}".strip()}
    )
    return mark_safe(" ".join(drawing.split()))  # noqa: S308 - drawn by the icon library, which escapes its attributes
