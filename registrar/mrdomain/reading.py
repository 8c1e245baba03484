"""Reads the registrar's JSON strictly: what is not as the manual says is an UnreadableReply, never a guess.

What every registrar's JSON has in common is read by registrar.transport.reading, under the same names; here stands
what is this service's own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from registrar.transport.reading import (
    a_label,
    day,
    is_absent,
    items,
    mapping,
    maybe_whole,
    number,
    required,
    text,
    truth,
    unreadable,
    whole,
)
from registrar.transport.reading import parse_json as parse
from registrar.types import Page

__all__ = [
    "a_label",
    "address",
    "boolean",
    "day",
    "domain_name",
    "is_absent",
    "items",
    "mapping",
    "maybe_boolean",
    "maybe_whole",
    "moment",
    "number",
    "one",
    "only",
    "page",
    "parse",
    "required",
    "text",
    "texts",
    "truth",
    "unreadable",
    "whole",
]

T = TypeVar("T")


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


def boolean(data: Mapping[str, Any], key: str) -> bool:
    """A boolean in any of the service's spellings: true, 1, "1", "true"; false, 0, "0", "", "false"."""
    value = data.get(key)
    if value is None:
        raise unreadable(f"{key} is missing")
    return truth(value, key)


def maybe_boolean(data: Mapping[str, Any], key: str) -> bool | None:
    """A boolean, or None where the reply does not hold it."""
    return None if data.get(key) is None else boolean(data, key)


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


def address(data: Mapping[str, Any], key: str = "name") -> str:
    """An e-mail address, its domain as A-labels."""
    local, at, domain = required(data, key).rpartition("@")
    if not at:
        raise unreadable(f"{key} is no address")
    return f"{local}@{a_label(domain)}"


def domain_name(data: Mapping[str, Any], key: str = "name") -> str:
    """The A-labels of a domain in a reply: `punycode` where the reply has it, else `key`."""
    return a_label(text(data, "punycode", default="").strip() or required(data, key))
