"""Records of a zone as they are compared: registrars write the same record in several ways."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
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
        value = str(ipaddress.ip_address(value))
    name = record.name.strip().lower().rstrip(".")
    return replace(record, name=name, value=value, identifier="")


def compared(shown: Iterable[DnsRecord], wanted: Sequence[DnsRecord], zone: str) -> Difference:
    """What is missing and what is too many, as they came.

    What a wanted record leaves open (ttl, priority) is the registrar's choice. Nameservers of the zone itself count
    only where the wanted zone names some: most registrars keep them as they like.
    """
    left = [record for record in shown if keeps_apex(wanted, zone) or not is_apex_ns(record, zone)]
    missing = []
    for record in wanted:
        found = next((row for row in left if _is(normal(row), normal(record))), None)
        if found is None:
            missing.append(record)
        else:
            left.remove(found)
    return Difference(tuple(missing), tuple(left))


def _is(shown: DnsRecord, wanted: DnsRecord) -> bool:
    same = (shown.name, shown.type, shown.value) == (wanted.name, wanted.type, wanted.value)
    return same and wanted.ttl in (None, shown.ttl) and wanted.priority in (None, shown.priority)


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
    return {**asdict(normal(record)), "type": str(record.type)}


def from_kept(data: dict[str, Any]) -> DnsRecord:
    """A record that was kept."""
    return DnsRecord(**{**data, "type": RecordType(data["type"])})
