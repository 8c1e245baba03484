"""Text as markup, for what pages have by the hundred."""

from __future__ import annotations

import html
import re
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

_special = re.compile(r"[&<>\"']").search


def escaped(value: Any) -> str:
    """What Django's conditional_escape() gives, as plain text to be joined: a sixth of its calls for most values."""
    if isinstance(value, SafeString) or type(value) is not str:
        return conditional_escape(value)
    return html.escape(value) if _special(value) else value
