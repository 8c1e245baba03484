"""Lucide icons, drawn once each."""

from __future__ import annotations

import re
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe
from lucide.templatetags.lucide import lucide

# How all of them are stroked stands in the style sheet: a page has more than a hundred.
STROKE = re.compile(
    r' (?:fill="none"|stroke="currentColor"|stroke-width="2"|stroke-line(?:cap|join)="round")'
)


@lru_cache(maxsize=512)
def draw_icon(name: str, size: int, css: str = "") -> SafeString:
    """The icon as decoration: whoever needs its meaning writes it beside it."""
    drawing = lucide(
        name, size=size, aria_hidden="true", focusable="false", **{"class": f"icon {css}".strip()}
    )
    head, rest = " ".join(drawing.split()).split(">", 1)
    short = f"{STROKE.sub('', head)}>{rest.replace('> <', '><').replace(' />', '/>')}"
    return mark_safe(short)  # noqa: S308 - drawn by the icon library, which escapes its attributes
