"""Takes secrets out of text before it is archived, in requests and in replies."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote, quote_plus, urlencode

MASK = "***"
MAX_TEXT = 64 * 1024
# How much of a longer text is looked at: what is masked may shrink to very little.
_READ = 4 * MAX_TEXT
# What the end of that may hold of a secret that goes on behind it; no secret is longer.
_TORN = 16 * 1024
_SHORTEST = 3
_CERTAIN = 6


class Redactor:
    """Knows the names of secret fields, and secret values that may turn up anywhere.

    A value of 6 characters or more is replaced wherever it stands; a shorter one only as a word of its own,
    so that a short password does not shred the text; a value under 3 characters only in its own field.
    """

    def __init__(self, fields: Iterable[str], values: Iterable[str] = ()) -> None:
        names = "|".join(re.escape(name) for name in sorted(fields))
        value = r'"(?:[^"\\]|\\.)*(?:"|\\?\Z)|\[[^\]]*(?:\]|\Z)|[^\s,}\]]+'
        self._json = re.compile(rf'("(?:{names})"\s*:\s*)(?:{value})', re.IGNORECASE | re.DOTALL)
        # Markup with or without prefix and attributes, and a pair of an apache Map; an empty element stays empty.
        rest, inside = r"(?:\s[^<>]*)?(?<!/)>", r"(?:<!\[CDATA\[.*?(?:\]\]>|\Z)|[^<])*"
        element = rf"<(?:[\w.-]+:)?(?:{names}){rest}"
        pair = rf"<(?:[\w.-]+:)?key{rest}\s*(?:{names})\s*</(?:[\w.-]+:)?key\s*>\s*<(?:[\w.-]+:)?value{rest}"
        self._xml = re.compile(rf"({element}|{pair}){inside}", re.IGNORECASE | re.DOTALL)
        self._fields = frozenset(name.lower() for name in fields)
        self._values = self._pattern(values)

    def form(self, parameters: Mapping[str, str]) -> str:
        """The request's form, in the readable form name=value&name=value."""
        hidden = {
            name: MASK if name.lower() in self._fields and value else value
            for name, value in parameters.items()
        }
        secrets = [value for name, value in parameters.items() if name.lower() in self._fields]
        return self.text(urlencode(hidden, safe="*:/,@ +"), secrets)

    def text(self, text: str, secrets: Iterable[str] = ()) -> str:
        """`text` without secrets, at most 64 KiB long. `secrets` are values known for this call only."""
        length = len(text)
        # A database may refuse a NUL, and the record of a broken reply is worth keeping.
        text = text[:_READ].replace("\x00", "\ufffd")
        text = self._json.sub(rf'\1"{MASK}"', text)
        text = self._xml.sub(rf"\1{MASK}", text)
        for pattern in (self._values, self._pattern(secrets)):
            if pattern is not None:
                text = pattern.sub(MASK, text)
        if length > _READ:
            text = text[:-_TORN]
        elif len(text) <= MAX_TEXT:
            return text
        return f"{text[:MAX_TEXT]}… ({length} characters)"

    @staticmethod
    def _pattern(values: Iterable[str]) -> re.Pattern[str] | None:
        spellings: set[str] = set()
        for value in values:
            if len(value) >= _SHORTEST:
                spellings |= _spellings(value)
        if not spellings:
            return None
        # The longest first, so that a secret inside another one leaves no rest behind.
        ordered = sorted(spellings, key=len, reverse=True)
        return re.compile("|".join(_expression(spelling) for spelling in ordered))


def _spellings(value: str) -> set[str]:
    """The ways in which one value may be written in a form, in JSON or in markup."""
    escaped = json.dumps(value)[1:-1]
    return {
        value,
        escaped,
        escaped.replace("/", "\\/"),
        json.dumps(value, ensure_ascii=False)[1:-1],
        html.escape(value),
        # Text in markup needs its quotes escaped by nobody, and ">" only by some.
        html.escape(value, quote=False),
        value.replace("&", "&amp;").replace("<", "&lt;"),
        quote(value, safe=""),
        quote_plus(value),
        quote(value),
        quote_plus(value, safe="*:/,@ +"),
    }


def _expression(spelling: str) -> str:
    expression = re.escape(spelling)
    return expression if len(spelling) >= _CERTAIN else rf"(?<![0-9A-Za-z]){expression}(?![0-9A-Za-z])"
