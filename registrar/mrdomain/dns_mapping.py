"""Records of a zone, in replies and in requests (manual 7.40 to 7.46, values 7.48.5). Pure functions."""

from __future__ import annotations

import base64
import ipaddress
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from registrar.errors import InvalidRequest
from registrar.mrdomain import reading, request
from registrar.types import DnsRecord, RecordType

TYPES = frozenset(RecordType) - {RecordType.ANAME}
# What the registrar writes, and reads, for "the usual one".
DEFAULT = "-"

_HOSTS = frozenset({RecordType.CNAME, RecordType.MX, RecordType.NS})
_PRIORITIZED = frozenset({RecordType.MX, RecordType.SRV})
_SRV = re.compile(r"([0-9]{1,5})\s+([0-9]{1,5})\s+(\S+)")
_CAA = re.compile(r'([0-9]{1,3})\s+([A-Za-z0-9]{1,15})\s+"([^"]*)"')
_LARGEST_TTL = 2**31 - 1


def record(data: Mapping[str, Any]) -> DnsRecord:
    """One record of a reply. A type that the manual does not list is unreadable: leaving it out of a zone could
    lose it when the zone is written back."""
    try:
        type_ = RecordType(reading.required(data, "type").upper())
    except ValueError:
        raise reading.unreadable("dns/type") from None
    return DnsRecord(
        name=reading.a_label(reading.required(data, "name")),
        type=type_,
        value=_value(type_, reading.text(data, "value")),
        ttl=_default(data, "ttl"),
        priority=_default(data, "priority"),
        identifier=reading.text(data, "entityID", default=""),
    )


def _value(type_: RecordType, text: str) -> str:
    if type_ in _HOSTS:
        return _host(text)
    if type_ is RecordType.SRV and (parts := _SRV.fullmatch(text.strip())):
        return f"{parts[1]} {parts[2]} {_host(parts[3])}"
    return text if type_ is RecordType.TXT else text.strip()


def _host(text: str) -> str:
    return "." if text.strip() == "." else reading.a_label(text)


def _default(data: Mapping[str, Any], key: str) -> int | None:
    return None if reading.text(data, key, default="").strip() in ("", DEFAULT) else reading.whole(data, key)


def parameters(record: DnsRecord, domain: str) -> dict[str, str]:
    """A record of the zone `domain` as parameters; ttl and priority only where they are given.

    Raises InvalidRequest(field name, type, value, ttl or priority).
    """
    if record.type not in TYPES:
        raise InvalidRequest(f"the registrar has no {record.type} records", field="type")
    return {
        "name": name(record.name, domain),
        "type": record.type.value,
        "value": value(record.type, record.value),
        **_numbers(record),
    }


def zone(records: Sequence[DnsRecord], domain: str) -> str:
    """A whole zone as dnssetzone takes it (manual 7.46): JSON in base64."""
    if not records:
        raise InvalidRequest("a zone without records is written by delete_all", field="records")
    lines = [{"ttl": DEFAULT, "priority": DEFAULT, **parameters(record, domain)} for record in records]
    return base64.b64encode(json.dumps(lines).encode("ascii")).decode("ascii")


def name(text: str, domain: str) -> str:
    """A record's full name as A-labels, in the zone `domain`; the first label may be "*"."""
    cleaned = text.strip()
    if cleaned.startswith("*."):
        return f"*.{request.name_in(cleaned[2:], domain)}"
    return request.name_in(cleaned, domain)


def value(type_: RecordType, text: str) -> str:
    """A value in the form that its type wants. Raises InvalidRequest(field="value")."""
    if type_ in {RecordType.A, RecordType.AAAA}:
        return _address(text, 4 if type_ is RecordType.A else 6)
    if type_ in _HOSTS:
        return _target(text, type_ is RecordType.MX)
    if type_ is RecordType.SRV:
        parts = _SRV.fullmatch(text.strip())
        if not parts or int(parts[1]) > 65535 or int(parts[2]) > 65535:
            raise InvalidRequest("an SRV value is written: weight port host", field="value")
        return f"{int(parts[1])} {int(parts[2])} {_target(parts[3], True)}"
    if type_ is RecordType.CAA:
        parts = _CAA.fullmatch(text.strip())
        if not parts or int(parts[1]) > 255:
            raise InvalidRequest('a CAA value is written: flag tag "value"', field="value")
        return f'{int(parts[1])} {parts[2]} "{parts[3]}"'
    if not text.strip() or not text.isprintable():
        raise InvalidRequest("a TXT value is one line of text", field="value")
    return text


def _address(text: str, version: int) -> str:
    try:
        address = ipaddress.ip_address(text.strip())
    except ValueError:
        raise InvalidRequest(f"not an IPv{version} address: {text!r}", field="value") from None
    if address.version != version:
        raise InvalidRequest(f"not an IPv{version} address: {text!r}", field="value")
    return str(address)


def _target(text: str, may_be_none: bool) -> str:
    """A host; "." says of mail and of services that there is none."""
    return "." if may_be_none and text.strip() == "." else request.domain_name(text, "value")


def _numbers(record: DnsRecord) -> dict[str, str]:
    found = {}
    if record.ttl is not None:
        if not 1 <= record.ttl <= _LARGEST_TTL:
            raise InvalidRequest("a ttl is a number of seconds from 1", field="ttl")
        found["ttl"] = str(record.ttl)
    if record.priority is not None:
        if record.type not in _PRIORITIZED or not 0 <= record.priority <= 65535:
            raise InvalidRequest("MX and SRV records have a priority, from 0 to 65535", field="priority")
        found["priority"] = str(record.priority)
    return found
