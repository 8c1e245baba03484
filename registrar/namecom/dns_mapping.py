"""Records of a zone, in replies and in requests (manual, DNS Actions). Pure functions."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from typing import Any

from registrar.errors import InvalidRequest
from registrar.transport import reading, values
from registrar.types import DnsRecord, RecordType

TYPES = frozenset(
    {
        RecordType.A,
        RecordType.AAAA,
        RecordType.ANAME,
        RecordType.CNAME,
        RecordType.MX,
        RecordType.NS,
        RecordType.SRV,
        RecordType.TXT,
    }
)
# The shortest that the registrar takes, and what a record without a ttl gets (assumption "default-ttl").
MINIMUM_TTL = 300

_HOSTS = frozenset({RecordType.ANAME, RecordType.CNAME, RecordType.MX, RecordType.NS})
_PRIORITIZED = frozenset({RecordType.MX, RecordType.SRV})
_SRV = re.compile(r"([0-9]{1,5})\s+([0-9]{1,5})\s+(\S+)")
_LARGEST_TTL = 2**31 - 1


def records(data: Mapping[str, Any]) -> tuple[DnsRecord, ...]:
    """dns/list."""
    return tuple(record(item) for item in reading.items(data, "records"))


def record(data: Mapping[str, Any]) -> DnsRecord:
    """One record, of dns/list (numbers as text) or dns/create (numbers as numbers).

    A type that nobody lists is unreadable: leaving the record out would show a zone that is not the whole one. Other
    types than MX and SRV may bear a priority that means nothing.
    """
    try:
        type_ = RecordType(reading.required(data, "type").upper())
    except ValueError:
        raise reading.unreadable("type") from None
    return DnsRecord(
        name=reading.domain_name(data, "name"),
        type=type_,
        value=_value(type_, reading.text(data, "content")),
        ttl=reading.maybe_whole(data, "ttl"),
        priority=reading.maybe_whole(data, "priority") if type_ in _PRIORITIZED else None,
        identifier=reading.required(data, "record_id"),
    )


def _value(type_: RecordType, text: str) -> str:
    if type_ in _HOSTS:
        return reading.a_label(text)
    if type_ is RecordType.SRV and (parts := _SRV.fullmatch(text.strip())):
        return f"{parts[1]} {parts[2]} {reading.a_label(parts[3])}"
    return text if type_ is RecordType.TXT else text.strip()


def parameters(record: DnsRecord, domain: str) -> dict[str, Any]:
    """A record of the zone `domain` as dns/create takes it: its name relative, empty for the apex.

    Raises InvalidRequest(field name, type, value, ttl or priority).
    """
    if record.type not in TYPES:
        raise InvalidRequest(f"the registrar has no {record.type} records", field="type")
    hostname = _hostname(record.name, domain)
    if record.type is RecordType.NS and not hostname:
        raise InvalidRequest("nameservers of the domain itself are set with the domain", field="name")
    return {
        "hostname": hostname,
        "type": record.type.value,
        "content": _content(record.type, record.value),
        "ttl": _ttl(record.ttl),
        **_priority(record),
    }


def _hostname(name: str, domain: str) -> str:
    cleaned = name.strip()
    wildcard = cleaned.startswith("*.")
    full = values.domain_name(cleaned[2:] if wildcard else cleaned)
    if full != domain and not full.endswith(f".{domain}"):
        raise InvalidRequest(f"{full} is not in {domain}", field="name")
    relative = full.removesuffix(domain).rstrip(".")
    return ".".join(label for label in ("*" if wildcard else "", relative) if label)


def _content(type_: RecordType, text: str) -> str:
    if type_ in {RecordType.A, RecordType.AAAA}:
        return _address(text, 4 if type_ is RecordType.A else 6)
    if type_ in _HOSTS:
        return values.domain_name(text, "value")
    if type_ is RecordType.SRV:
        parts = _SRV.fullmatch(text.strip())
        if not parts or int(parts[1]) > 65535 or int(parts[2]) > 65535:
            raise InvalidRequest("an SRV value is written: weight port host", field="value")
        # With a final dot, as the one client sends it whose SRV records are known to have worked.
        return f"{int(parts[1])} {int(parts[2])} {values.domain_name(parts[3], 'value')}."
    if not text.strip() or not text.isprintable():
        raise InvalidRequest("a TXT value is one line of text", field="value")
    return text


def _address(text: str, version: int) -> str:
    try:
        found = ipaddress.ip_address(text.strip())
    except ValueError:
        raise InvalidRequest(f"not an IPv{version} address: {text!r}", field="value") from None
    if found.version != version:
        raise InvalidRequest(f"not an IPv{version} address: {text!r}", field="value")
    return str(found)


def _ttl(ttl: int | None) -> int:
    if ttl is None:
        return MINIMUM_TTL
    if not MINIMUM_TTL <= ttl <= _LARGEST_TTL:
        raise InvalidRequest(f"a ttl is a number of seconds from {MINIMUM_TTL}", field="ttl")
    return ttl


def _priority(record: DnsRecord) -> dict[str, int]:
    if record.priority is None:
        return {}
    if record.type not in _PRIORITIZED or not 0 <= record.priority <= 65535:
        raise InvalidRequest("MX and SRV records have a priority, from 0 to 65535", field="priority")
    return {"priority": record.priority}
