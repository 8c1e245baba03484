"""Module dns (reference 2.10, 3.17 and 3.18): the zone of a name that uses the registrar's nameservers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, ClassVar

from registrar.errors import InvalidRequest
from registrar.interface.dns import DnsModule
from registrar.netim import mapping, request
from registrar.netim.client import NetimClient
from registrar.netim.outcome import nothing, settle
from registrar.transport import reading, values
from registrar.types import DnsRecord, Outcome, Page, RecordType, SoaTimes

_LABEL = re.compile(r"\*|[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_SERVICE = re.compile(r"(?P<service>_[^.]+)\.(?P<protocol>_[^.]+)(\.(?P<below>.+))?")
_SRV = re.compile(r"(?P<weight>[0-9]{1,5}) +(?P<port>[0-9]{1,5}) +(?P<target>\S+)")
_OPTIONS = ("service", "protocol", "ttl", "priority", "weight", "port")
_WITH_PRIORITY = frozenset({RecordType.MX, RecordType.SRV})
_LONGEST_VALUE = 4096
_KNOWN = frozenset(RecordType)


class NetimDns(DnsModule):
    """Five functions. Records have no identifiers, and none can be changed: delete it and create another."""

    types: ClassVar[frozenset[RecordType]] = frozenset(
        {
            RecordType.A,
            RecordType.AAAA,
            RecordType.CNAME,
            RecordType.MX,
            RecordType.NS,
            RecordType.SRV,
            RecordType.TXT,
        }
    )

    def __init__(self, client: NetimClient) -> None:
        self._client = client

    def list(
        self,
        domain: str,
        *,
        page: int = 1,
        page_length: int = 1000,
        word: str | None = None,
        type: RecordType | None = None,
        value: str | None = None,
    ) -> Page[DnsRecord]:
        """As the contract. The zone comes as a whole; pages and filters are cut here.

        Records of a type that our contract does not have (such as SOA) are left out.
        """
        values.check_page(page, page_length)
        arguments = {"domain": values.domain_name(domain, "domain")}
        found = self._client.fetch("queryZoneList", arguments, records)
        kept = [
            record
            for record in found
            if (word or "").lower() in record.name
            and (type is None or record.type is type)
            and (value is None or record.value == value)
        ]
        return reading.paged(kept, page, page_length)

    def create(self, domain: str, record: DnsRecord) -> Outcome[DnsRecord]:
        """As the contract. MX and SRV need a priority: the registrar's default is not documented."""
        zone = values.domain_name(domain, "domain")
        written = _written(zone, record)
        found = self._client.fetch("domainZoneCreate", {"domain": zone, **written}, mapping.operation)
        return settle(found, lambda: record, record)

    def delete(self, domain: str, record: DnsRecord) -> Outcome[None]:
        """As the contract, by name, type and value."""
        zone = values.domain_name(domain, "domain")
        written = {name: value for name, value in _written(zone, record).items() if name != "options"}
        found = self._client.fetch("domainZoneDelete", {"domain": zone, **written}, mapping.operation)
        return settle(found, nothing)

    def restore(self, domain: str, *, template: str = "") -> Outcome[None]:
        """As the contract, from the template of that number: without one the function says nothing."""
        number = request.template(template, "template")
        arguments = {"domain": values.domain_name(domain, "domain"), "numTemplate": number}
        return settle(self._client.fetch("domainZoneInit", arguments, mapping.operation), nothing)

    def set_soa(self, domain: str, times: SoaTimes) -> Outcome[None]:
        """As the contract. Every time travels with its unit: S for seconds."""
        arguments: dict[str, Any] = {"domain": values.domain_name(domain, "domain")}
        for name, seconds in asdict(times).items():
            if isinstance(seconds, bool) or not 0 < seconds < 2**31:
                raise InvalidRequest(f"{name} must be a number of seconds", field=name)
            arguments |= {name: seconds, f"{name}Unit": "S"}
        return settle(self._client.fetch("domainZoneInitSoa", arguments, mapping.operation), nothing)


def records(data: Any) -> list[DnsRecord]:
    """queryZoneList (reference 3.18), but for types that our contract does not have."""
    return [_record(item) for item in mapping.rows(data) if reading.required(item, "type").upper() in _KNOWN]


def _record(item: Mapping[str, Any]) -> DnsRecord:
    kind = RecordType(reading.required(item, "type").upper())
    options = item.get("options")
    told = {} if options in (None, "") else mapping.struct(options, "options")
    name, value = reading.a_label(reading.required(item, "host")), reading.text(item, "value", default="")
    if kind is RecordType.SRV:
        name, value = _service_name(name, told), _service_value(value, told)
    if kind in {RecordType.CNAME, RecordType.MX, RecordType.NS, RecordType.SRV}:
        value = value.rstrip(".")
    priority = reading.maybe_whole(told, "priority") if kind in _WITH_PRIORITY else None
    return DnsRecord(name, kind, value, reading.maybe_whole(told, "ttl"), priority)


def _service_name(host: str, options: Mapping[str, Any]) -> str:
    """_service._protocol.host, wherever the registrar puts the first two."""
    parts = [reading.text(options, name, default="").strip().lower() for name in ("service", "protocol")]
    if host.startswith("_") or not all(parts):
        return host
    return ".".join([*(f"_{part.lstrip('_')}" for part in parts), host])


def _service_value(target: str, options: Mapping[str, Any]) -> str:
    parts = [reading.text(options, name, default="").strip() for name in ("weight", "port")]
    return " ".join([*parts, target]) if all(parts) else target


def _written(zone: str, record: DnsRecord) -> dict[str, Any]:
    """A record as the parameters of domainZoneCreate."""
    if record.type not in NetimDns.types:
        raise InvalidRequest(f"the registrar takes no {record.type} records", field="type")
    subdomain = _subdomain(zone, record.name)
    value = record.value.strip()
    if not value or len(value) > _LONGEST_VALUE:
        raise InvalidRequest("the value is empty or too long", field="value")
    options = dict.fromkeys(_OPTIONS, "")
    if record.type is RecordType.SRV:
        subdomain, value, special = _service(subdomain, value)
        options |= special
    if record.ttl is not None:
        options["ttl"] = str(_number(record.ttl, "ttl", 2**31))
    if record.type in _WITH_PRIORITY:
        options["priority"] = str(_number(record.priority, "priority", 2**16))
    return {"subdomain": subdomain, "type": record.type.value, "value": value, "options": options}


def _subdomain(zone: str, name: str) -> str:
    """What stands before the zone; nothing at its apex."""
    encoded = name.strip().rstrip(".").lower()
    if encoded == zone:
        return ""
    before = encoded.removesuffix(f".{zone}")
    if before == encoded or not all(_LABEL.fullmatch(label) for label in before.split(".")):
        raise InvalidRequest(f"{name!r} is no name of the zone", field="name")
    return before


def _service(subdomain: str, value: str) -> tuple[str, str, dict[str, str]]:
    """A service's subdomain, target and options: name and protocol with their underscores, an assumption."""
    place, parts = _SERVICE.fullmatch(subdomain), _SRV.fullmatch(value)
    if place is None:
        raise InvalidRequest("the name must begin with _service._protocol", field="name")
    if parts is None:
        raise InvalidRequest("the value must be: weight port host", field="value")
    options = {
        "service": place["service"],
        "protocol": place["protocol"],
        "weight": parts["weight"],
        "port": parts["port"],
    }
    return place["below"] or "", parts["target"], options


def _number(value: int | None, field: str, below: int) -> int:
    if value is None or isinstance(value, bool) or not 0 <= value < below:
        raise InvalidRequest(f"{field} must be a number", field=field)
    return value
