"""Reads the registrar's JSON strictly: what is not as the manual says is an UnreadableReply, never a guess.

What the notes call a habit of the service (numbers as text, booleans as 1 or empty text, [] for {}) is
accepted.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

import idna

from registrar.errors import UnreadableReply
from registrar.types import Page

T = TypeVar("T")

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"", "0", "false", "no", "off"})


def parse(body: bytes) -> dict[str, Any]:
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
    if value == [] and isinstance(value, list):
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


def only(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """The single object of a list that must hold exactly one."""
    found = items(data, key)
    if len(found) != 1:
        raise unreadable(f"{key} holds {len(found)} entries")
    return found[0]


def one(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """A single object, also where it is written as a list that holds just it."""
    return only(data, key) if isinstance(data.get(key), list) else mapping(data.get(key), key)


def texts(value: Any, where: str) -> tuple[str, ...]:
    """A list of texts; a missing or empty one is none, a single text is one with commas."""
    if value is None or value in ("", {}):
        return ()
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
        raise unreadable(where)
    return tuple(part.strip() for part in value if part.strip())


def text(data: Mapping[str, Any], key: str, *, default: str | None = None) -> str:
    """A text; a number is read as its digits. Missing or null is `default`, or unreadable without one.

    What no database can store (half a surrogate pair, a NUL) is taken out.
    """
    value = data.get(key)
    if value is None:
        if default is None:
            raise unreadable(f"{key} is missing")
        return default
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise unreadable(key)
    return str(value).encode("utf-8", "replace").decode("utf-8").replace("\x00", "")


def required(data: Mapping[str, Any], key: str) -> str:
    """A text that must not be empty."""
    value = text(data, key).strip()
    if not value:
        raise unreadable(f"{key} is empty")
    return value


def number(data: Mapping[str, Any], key: str) -> Decimal:
    """An amount, written as a number or as text."""
    try:
        value = Decimal(text(data, key).strip())
    except InvalidOperation:
        raise unreadable(key) from None
    if not value.is_finite():
        raise unreadable(key)
    return value


def whole(data: Mapping[str, Any], key: str) -> int:
    """A whole number, written as a number or as text."""
    value = number(data, key)
    if value != value.to_integral_value():
        raise unreadable(key)
    return int(value)


def maybe_whole(data: Mapping[str, Any], key: str) -> int | None:
    """A whole number, or None where the reply does not hold it."""
    return None if is_absent(data, key) else whole(data, key)


def is_absent(data: Mapping[str, Any], key: str) -> bool:
    """True when a field is missing, null or empty text."""
    return data.get(key) is None or data[key] == ""


def boolean(data: Mapping[str, Any], key: str) -> bool:
    """A boolean in any of the service's spellings: true, 1, "1", "true"; false, 0, "0", "", "false"."""
    value = data.get(key)
    if value is None:
        raise unreadable(f"{key} is missing")
    return truth(value, key)


def truth(value: Any, where: str) -> bool:
    """As boolean(), for a value."""
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
    return None if data.get(key) is None else boolean(data, key)


def day(data: Mapping[str, Any], key: str) -> date | None:
    """A date; None for a missing, empty or zero one. A time behind it is cut off."""
    value = text(data, key, default="").strip()
    if not value or value.startswith("0000-00-00"):
        return None
    try:
        return date.fromisoformat(value[:10]) if len(value) == 10 else datetime.fromisoformat(value).date()
    except ValueError:
        raise unreadable(key) from None


def moment(data: Mapping[str, Any], key: str) -> datetime:
    """A date with a time. The service names no time zone: read as UTC, see QUIRKS.md."""
    try:
        value = datetime.fromisoformat(required(data, key))
    except ValueError:
        raise unreadable(key) from None
    return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


def page(data: Mapping[str, Any], key: str, read: Callable[[Mapping[str, Any]], T]) -> Page[T]:
    """One page of a list, with its queryInfo."""
    info = mapping(data.get("queryInfo"), "queryInfo")
    number_, length, total = whole(info, "page"), whole(info, "pageLength"), whole(info, "total")
    if number_ < 1 or length < 1 or total < 0:
        raise unreadable("queryInfo")
    return Page(tuple(read(item) for item in items(data, key)), number_, length, total)


def a_label(name: str) -> str:
    """A name as the registrar wrote it (Unicode or punycode) as A-labels. Raises UnreadableReply."""
    cleaned = name.strip().rstrip(".").lower()
    try:
        # Label by label: a record's name may begin with "*" or "_", which no international name may.
        return ".".join(
            label if label.isascii() else idna.encode(label, uts46=True).decode("ascii")
            for label in cleaned.split(".")
        )
    except (idna.IDNAError, UnicodeError):
        raise unreadable("a name that is no domain name") from None


def address(data: Mapping[str, Any], key: str = "name") -> str:
    """An e-mail address, its domain as A-labels."""
    local, at, domain = required(data, key).rpartition("@")
    if not at:
        raise unreadable(f"{key} is no address")
    return f"{local}@{a_label(domain)}"


def domain_name(data: Mapping[str, Any], key: str = "name") -> str:
    """The A-labels of a domain in a reply: `punycode` where the reply has it, else `key`."""
    return a_label(text(data, "punycode", default="").strip() or required(data, key))
