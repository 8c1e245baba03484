"""Records of a zone as they are compared: registrars write the same record in several ways."""

from __future__ import annotations

import hashlib
import ipaddress
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from registrar.types import DnsRecord, RecordType

HOSTS = frozenset({RecordType.ANAME, RecordType.CNAME, RecordType.MX, RecordType.NS, RecordType.SRV})
ADDRESSES = frozenset({RecordType.A, RecordType.AAAA})
# A name that has one of these has nothing else.
ALONE = frozenset({RecordType.CNAME, RecordType.ANAME})


@dataclass(frozen=True, slots=True)
class Difference:
    """What takes a zone to another one."""

    missing: tuple[DnsRecord, ...]
    surplus: tuple[DnsRecord, ...]

    @property
    def is_none(self) -> bool:
        """Whether the two are the same zone."""
        return not self.missing and not self.surplus

    def __str__(self) -> str:
        if self.is_none:
            return "the zone is as wanted"
        return f"{len(self.missing)} records are missing, {len(self.surplus)} are too many"


def normal(record: DnsRecord) -> DnsRecord:
    """The record in one way of writing, without the registrar's identifier."""
    value = record.value.strip() if record.type != RecordType.TXT else record.value
    if record.type in HOSTS:
        value = value.lower().rstrip(".") or "."
    if record.type in ADDRESSES:
        value = _address(value)
    name = record.name.strip().lower().rstrip(".")
    # Most records come from here already, and zones have thousands.
    if name == record.name and value == record.value and not record.identifier:
        return record
    return DnsRecord(name, record.type, value, record.ttl, record.priority)


@lru_cache(maxsize=16384)
def _address(text: str) -> str:
    """An address in one way of writing. Raises ValueError."""
    return str(ipaddress.ip_address(text))


def compared(shown: Iterable[DnsRecord], wanted: Sequence[DnsRecord], zone: str) -> Difference:
    """What is missing and what is too many, as they came.

    What a wanted record leaves open (ttl, priority) is the registrar's choice. Nameservers of the zone itself count
    only where the wanted zone names some: most registrars keep them as they like.
    """
    apex = keeps_apex(wanted, zone)
    rows = [record for record in shown if apex or not is_apex_ns(record, zone)]
    # A zone may have thousands of records: each is looked for where the very same one is, or else among those that
    # say the same.
    same: dict[DnsRecord, deque[int]] = defaultdict(deque)
    places: dict[tuple[str, str, str], list[tuple[int, DnsRecord]]] = defaultdict(list)
    for number, told in enumerate(map(normal, rows)):
        same[told].append(number)
    missing: list[DnsRecord] = []
    met: set[int] = set()
    for record in wanted:
        told = normal(record)
        found = _first(same[told], met) if told in same else None
        if found is None and (told.ttl is None or told.priority is None):
            if not places:
                for row, numbers in same.items():
                    places[_says(row)] += [(number, row) for number in numbers]
            found = next(
                (number for number, row in places[_says(told)] if number not in met and _is(row, told)), None
            )
        if found is None:
            missing.append(record)
        else:
            met.add(found)
    return Difference(tuple(missing), tuple(row for number, row in enumerate(rows) if number not in met))


def _first(numbers: deque[int], met: set[int]) -> int | None:
    """The first of these that is not met yet; what is met is not looked at again."""
    while numbers and numbers[0] in met:
        numbers.popleft()
    return numbers[0] if numbers else None


def _says(record: DnsRecord) -> tuple[str, str, str]:
    return record.name, record.type, record.value


def _is(shown: DnsRecord, wanted: DnsRecord) -> bool:
    """Of two that say the same: whether they agree in what the wanted one does not leave open."""
    return wanted.ttl in (None, shown.ttl) and wanted.priority in (None, shown.priority)


def is_apex_ns(record: DnsRecord, zone: str) -> bool:
    """Whether it names a nameserver of the zone itself."""
    return record.type == RecordType.NS and normal(record).name == zone


def keeps_apex(wanted: Iterable[DnsRecord], zone: str) -> bool:
    """Whether the wanted zone names its own nameservers."""
    return any(is_apex_ns(record, zone) for record in wanted)


def line(record: DnsRecord) -> str:
    """The record on one line."""
    told = normal(record)
    ttl, priority = ("-" if number is None else str(number) for number in (told.ttl, told.priority))
    return f"{told.name} {ttl} {told.type} {priority} {told.value}"


def kept(record: DnsRecord) -> dict[str, Any]:
    """A record as an operation keeps it."""
    told = normal(record)
    return {
        "name": told.name, "type": str(told.type), "value": told.value, "ttl": told.ttl,
        "priority": told.priority, "identifier": "",
    }  # fmt: skip


def from_kept(data: dict[str, Any]) -> DnsRecord:
    """A record that was kept."""
    return DnsRecord(**{**data, "type": RecordType(data["type"])})


# Looking a type up here takes a tenth of what calling its class does, and zones have thousands of records.
_TYPES = {str(kind): kind for kind in RecordType}

Packed = list[Any]
"""A record as zones keep thousands of them: name, type, value, ttl, priority."""


def packed(record: DnsRecord) -> Packed:
    """A record in one way of writing, as JSON in little room. Raises ValueError for an address that is none."""
    told = normal(record)
    return [told.name, str(told.type), told.value, told.ttl, told.priority]


def unpacked(row: Sequence[Any]) -> DnsRecord:
    """A record that was packed."""
    name, kind, value, ttl, priority = row
    return DnsRecord(name, _TYPES[kind], value, ttl, priority)


def row_of(record: DnsRecord) -> str:
    """What names a record of a zone in addresses and forms: the same whatever its ttl is."""
    told = normal(record)
    said = "\n".join((told.name, told.type, str(told.priority), told.value))
    return hashlib.blake2s(said.encode(), digest_size=8).hexdigest()


_ORDER = {
    kind: place for place, kind in enumerate(("NS", "A", "AAAA", "ANAME", "CNAME", "MX", "TXT", "SRV", "CAA"))
}


def place_of(record: DnsRecord) -> tuple[Any, ...]:
    """Where a record stands in a zone as people read it: the apex first, names from the right, a type at a time."""
    labels = tuple(reversed(record.name.split(".")))
    return labels, _ORDER[record.type], record.priority or 0, record.value


def blocking(surplus: Sequence[DnsRecord], coming: Sequence[DnsRecord]) -> list[DnsRecord]:
    """Those of the surplus that must go before what comes: the same ones but for their times, or what stands alone."""
    rows = list(map(normal, coming))
    said, names = set(map(_says, rows)), {row.name for row in rows}
    alone = {row.name for row in rows if row.type in ALONE}

    def blocks(record: DnsRecord) -> bool:
        mine = normal(record)
        return _says(mine) in said or mine.name in alone or (mine.type in ALONE and mine.name in names)

    return [record for record in surplus if blocks(record)]
