"""A remark about a zone, and the rows that the checks look at."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from django.utils.functional import Promise

from panel.dns.records import ADDRESSES, HOSTS
from registrar.types import DnsRecord, RecordType

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Level(StrEnum):
    """What a remark asks of a person: to change something, to look at it, or to say yes a second time."""

    ERROR = "error"
    SECOND_YES = "second_yes"
    WARNING = "warning"


ORDER = {level: number for number, level in enumerate(Level)}


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong, or worth a second look.

    `code` is our stable word for it, `name` the full name that it is about, `record` the record where it is about
    one. `old`: the zone was already so before the change, which is therefore not held up by it.
    """

    level: Level
    code: str
    text: str | Promise
    name: str = ""
    record: DnsRecord | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    old: bool = False

    @property
    def sentence(self) -> str:
        """The remark in the language of who reads it."""
        return str(self.text % self.values) if self.values else str(self.text)

    @property
    def key(self) -> tuple[Any, ...]:
        """The same for the same remark about the same thing."""
        record = self.record
        about = record and (record.type, record.value, record.ttl, record.priority)
        return (self.code, self.name, about, tuple(self.values.items()))


class Row(NamedTuple):
    """A record as it is checked: name and value in one way of writing, and the address where it is one."""

    record: DnsRecord
    name: str
    type: RecordType
    value: str
    address: Address | None = None

    @property
    def target(self) -> str:
        """The host that the record points at, "" for none."""
        if self.type == RecordType.SRV:
            return self.value.rsplit(" ", 1)[-1]
        return self.value if self.type in HOSTS else ""


def row_of(record: DnsRecord) -> Row:
    """The record as it is checked; what is wrong with it does not stop it here."""
    name, value, kind = record.name.strip().lower().rstrip("."), record.value, record.type
    if kind in HOSTS:
        told = " ".join(value.lower().split())
        return Row(record, name, kind, told if told.endswith((" .", "..")) else told.rstrip(".") or ".")
    if kind in ADDRESSES:
        text = value.strip()
        address = _address(kind, text)
        return Row(record, name, kind, str(address or text), address)
    return Row(record, name, kind, value if kind == RecordType.TXT else value.strip())


@lru_cache(maxsize=16384)
def _address(kind: RecordType, text: str) -> Address | None:
    """Remembered: most addresses of a zone are there before a change and after it."""
    try:
        return ipaddress.IPv4Address(text) if kind == RecordType.A else ipaddress.IPv6Address(text)
    except ValueError:
        return None
