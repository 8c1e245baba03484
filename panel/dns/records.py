"""Records of a zone as they are compared: registrars write the same record in several ways."""

from __future__ import annotations

import hashlib
import ipaddress
from collections import defaultdict
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
    # A zone may have thousands of records: each is looked for among those that say the same.
    places: dict[tuple[str, str, str], list[tuple[int, DnsRecord]]] = defaultdict(list)
    for number, told in enumerate(map(normal, rows)):
        places[_says(told)].append((number, told))
    missing, met = [], set()
    for record in wanted:
        told = normal(record)
        found = next(
            (number for number, row in places[_says(told)] if number not in met and _is(row, told)), None
        )
        if found is None:
            missing.append(record)
        else:
            met.add(found)
    return Difference(tuple(missing), tuple(row for number, row in enumerate(rows) if number not in met))


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


def in_the_way(record: DnsRecord, coming: Iterable[DnsRecord]) -> bool:
    """Whether a record must go before those that come: the same one but for its times, or one that stands alone."""
    mine = normal(record)
    for other in map(normal, coming):
        if mine.name == other.name and (
            (mine.type, mine.value) == (other.type, other.value) or {mine.type, other.type} & ALONE
        ):
            return True
    return False


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


Packed = list[Any]
"""A record as zones keep thousands of them: name, type, value, ttl, priority."""


def packed(record: DnsRecord) -> Packed:
    """A record in one way of writing, as JSON in little room. Raises ValueError for an address that is none."""
    told = normal(record)
    return [told.name, str(told.type), told.value, told.ttl, told.priority]


def unpacked(row: Sequence[Any]) -> DnsRecord:
    """A record that was packed."""
    name, kind, value, ttl, priority = row
    return DnsRecord(name, RecordType(kind), value, ttl, priority)


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
    """Those of the surplus that are in the way of what comes."""
    by_name: dict[str, list[DnsRecord]] = defaultdict(list)
    for record in map(normal, coming):
        by_name[record.name].append(record)
    return [record for record in surplus if in_the_way(record, by_name.get(normal(record).name, ()))]
