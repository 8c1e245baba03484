"""Reads a registrar's data strictly: what is not as documented is an UnreadableReply, never a guess.

For replies that came as JSON or as a map of texts. What every service of this kind was seen to do (numbers as text,
booleans as 1 or empty text, an empty list for an empty object) is accepted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

import idna

from registrar.errors import UnreadableReply
from registrar.types import Page

T = TypeVar("T")

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"", "0", "false", "no", "off"})


def parse_json(body: bytes) -> dict[str, Any]:
    """The JSON object of a reply's body. Raises UnreadableReply, without the body's text in it."""
    try:
        reply = json.loads(body.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise UnreadableReply("the reply is not JSON in UTF-8") from None
    if not isinstance(reply, dict):
        raise UnreadableReply("the reply is not a JSON object")
    return reply


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def unreadable(where: str) -> UnreadableReply:
    """The error for a field that is missing or not of its documented kind."""
    return UnreadableReply(f"unexpected reply: {where}")


def mapping(value: Any, where: str) -> Mapping[str, Any]:
    """An object. An empty list stands for an empty object, as PHP writes it."""
    if isinstance(value, list) and not value:
        return {}
    if not isinstance(value, dict):
        raise unreadable(where)
    return value


def items(data: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    """A list of objects. An empty object stands for an empty list; a missing list is unreadable."""
    value = data.get(key)
    if isinstance(value, dict) and not value:
        return []
    if not isinstance(value, list):
        raise unreadable(key)
    return [mapping(item, key) for item in value]


def texts(data: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """A list of texts that may be empty, and must not be missing."""
    value = data.get(key)
    if isinstance(value, dict) and not value:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise unreadable(key)
    return tuple(storable(item) for item in value)


def storable(value: str) -> str:
    """`value` without what no database can store: half a surrogate pair, a NUL."""
    return value.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")


def text(data: Mapping[str, Any], key: str, *, default: str | None = None) -> str:
    """A text; a number is read as its digits. Missing or null is `default`, or unreadable without one."""
    value = data.get(key)
    if value is None:
        if default is None:
            raise unreadable(f"{key} is missing")
        return default
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise unreadable(key)
    return storable(str(value))


def required(data: Mapping[str, Any], key: str) -> str:
    """A text that must not be empty."""
    value = text(data, key).strip()
    if not value:
        raise unreadable(f"{key} is empty")
    return value


def is_absent(data: Mapping[str, Any], key: str) -> bool:
    """True when a field is missing, null or empty text."""
    return data.get(key) is None or data[key] == ""


def number(data: Mapping[str, Any], key: str) -> Decimal:
    """An amount, written as a number or as text."""
    try:
        value = Decimal(text(data, key).strip())
    except InvalidOperation:
        raise unreadable(key) from None
    if not value.is_finite():
        raise unreadable(key)
    return value


def maybe_number(data: Mapping[str, Any], key: str) -> Decimal | None:
    """An amount, or None where the reply does not hold it."""
    return None if is_absent(data, key) else number(data, key)


def whole(data: Mapping[str, Any], key: str) -> int:
    """A whole number, written as a number or as text."""
    value = number(data, key)
    if value != value.to_integral_value():
        raise unreadable(key)
    return int(value)


def maybe_whole(data: Mapping[str, Any], key: str) -> int | None:
    """A whole number, or None where the reply does not hold it."""
    return None if is_absent(data, key) else whole(data, key)


def truth(value: Any, where: str) -> bool:
    """A boolean in any of the usual spellings: true, 1, "1", "yes"; false, 0, "0", "", "no"."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str | int | Decimal):
        word = str(value).strip().lower()
        if word in _TRUE:
            return True
        if word in _FALSE:
            return False
    raise unreadable(where)


def maybe_boolean(data: Mapping[str, Any], key: str) -> bool | None:
    """A boolean, or None where the reply does not hold it."""
    return None if data.get(key) is None else truth(data[key], key)


def day(data: Mapping[str, Any], key: str) -> date | None:
    """A date; None for a missing, empty or zero one. A time behind it is cut off."""
    value = text(data, key, default="").strip()
    if not value or value.startswith("0000-00-00"):
        return None
    try:
        return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value).date()
    except ValueError:
        raise unreadable(key) from None


def day_of_timestamp(value: str, where: str) -> date:
    """The UTC day of a Unix timestamp in seconds."""
    try:
        return datetime.fromtimestamp(int(value), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise unreadable(where) from None


def a_label(name: str) -> str:
    """A name as a registrar wrote it (Unicode or punycode) as A-labels. Raises UnreadableReply."""
    labels = name.strip().rstrip(".").lower().split(".")
    try:
        # Label by label: a record's name may begin with "*" or "_", which no international name may.
        encoded = [
            label if label.isascii() else idna.encode(label, uts46=True).decode("ascii") for label in labels
        ]
    except (idna.IDNAError, UnicodeError):
        raise unreadable("a name that is no domain name") from None
    if not all(encoded):
        raise unreadable("a name that is no domain name")
    return ".".join(encoded)


def domain_name(data: Mapping[str, Any], key: str) -> str:
    """A name under `key`, as A-labels."""
    return a_label(required(data, key))


def paged(items: Sequence[T], number: int, length: int) -> Page[T]:
    """One page of a list that came as a whole."""
    start = (number - 1) * length
    return Page(tuple(items[start : start + length]), number, length, len(items))
