"""DNS records: texts in dns/list, numbers in dns/create; there is no update."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address
from typing import Any

from registrar.sandbox.namecom import nameservers
from registrar.sandbox.namecom.call import Call, Command, Data
from registrar.sandbox.namecom.codes import ApiError, invalid, missing
from registrar.sandbox.namecom.model import Domain, Record
from registrar.sandbox.nameserver.zone import Hosted, records
from registrar.sandbox.world import World

TYPES = ("A", "AAAA", "ANAME", "CNAME", "MX", "NS", "SRV", "TXT")
RANKED = frozenset({"MX", "SRV"})
LOWEST_TTL = 300
DEFAULT_PRIORITY = 10
MOST_RECORDS = 500
HOST = re.compile(r"(?=.{1,253}$)([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\.)*[A-Za-z0-9_-]{1,63}")
LABELS = re.compile(r"(\*\.)?([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\.)*[A-Za-z0-9_-]{1,63}|\*")


def list_(call: Call) -> Data:
    """Every record; record_id, ttl and priority are texts here."""
    domain = call.domain()
    always = call.switch("priority") == "always"
    rows = []
    for record in domain.records:
        row: Data = {
            "record_id": str(record.record_id),
            "name": record.name,
            "type": record.type,
            "content": record.content,
            "ttl": str(record.ttl),
            "create_date": call.when(record.created),
        }
        if record.type in RANKED or always:
            row["priority"] = str(DEFAULT_PRIORITY if record.priority is None else record.priority)
        rows.append(row)
    return {"records": rows}


def create(call: Call) -> Data:
    """One record more; record_id, ttl and priority are numbers here."""
    domain = call.domain()
    kind = call.text("type").upper()
    if kind not in TYPES:
        raise invalid("type")
    name = _name(call, domain)
    if kind == "NS" and name == domain.name:
        raise invalid("hostname")
    content = _content(kind, call.text("content"))
    ttl = call.integer("ttl", LOWEST_TTL)
    if not LOWEST_TTL <= ttl <= 2**31 - 1:
        raise invalid("ttl")
    priority = _priority(call) if kind in RANKED else None
    _refuse_duplicate(domain, name, kind, content)
    if len(domain.records) >= MOST_RECORDS:
        raise ApiError(240, "Too Many Records")
    record = Record(call.account.new_record_id(), name, kind, content, ttl, call.now, priority)
    domain.records.append(record)
    call.effect(domain.name, record_id=record.record_id)
    row: Data = {
        "record_id": record.record_id,
        "name": name,
        "type": kind,
        "content": content,
        "ttl": ttl,
        "create_date": call.when(record.created),
    }
    return row if priority is None else {**row, "priority": priority}


def _name(call: Call, domain: Domain) -> str:
    """The full name; the host name is relative, and "", "." or the domain itself mean the apex."""
    if "hostname" not in call.body:
        raise missing("hostname")
    host = call.text("hostname", "").rstrip(".").lower()
    if host in ("", "@", domain.name):
        return domain.name
    host = host.removesuffix("." + domain.name)
    if not LABELS.fullmatch(host):
        raise invalid("hostname")
    return f"{host}.{domain.name}"


def _content(kind: str, content: str) -> str:
    """The content as it is kept: host names without a final dot. Raises 204."""
    if kind in ("A", "AAAA"):
        try:
            return str(IPv4Address(content) if kind == "A" else IPv6Address(content))
        except ValueError:
            raise invalid("content") from None
    if kind == "TXT":
        return content
    if kind == "SRV":
        parts = content.split()
        if len(parts) != 3 or not all(part.isdigit() and int(part) < 65536 for part in parts[:2]):
            raise ApiError(204, "Invalid Srv Format")
        return f"{parts[0]} {parts[1]} {_host(parts[2], 'Invalid Srv Format')}"
    return _host(content, "Content")


def _host(text: str, detail: str) -> str:
    host = text.rstrip(".").lower()
    if not HOST.fullmatch(host):
        raise ApiError(204, detail)
    return host


def _priority(call: Call) -> int:
    """0 to 65535; some clients send "N/A" where they have none."""
    sent: Any = call.body.get("priority")
    if sent is None or str(sent).strip().upper() in ("", "N/A"):
        return DEFAULT_PRIORITY
    number = call.integer("priority")
    if number > 65535:
        raise invalid("priority")
    return number


def _refuse_duplicate(domain: Domain, name: str, kind: str, content: str) -> None:
    if any((row.name, row.type, row.content) == (name, kind, content) for row in domain.records):
        raise ApiError(204, "Duplicate Record")


def delete(call: Call) -> Data:
    """One record less, by its id as text or number."""
    domain = call.domain()
    number = call.integer("record_id")
    record = next((row for row in domain.records if row.record_id == number), None)
    if record is None:
        raise invalid("record_id")
    domain.records.remove(record)
    call.effect(domain.name, record_id=number)
    return {}


def hosted(world: World, domain: Domain) -> Hosted:
    """The zone of a domain as it is served."""
    rows = [(row.name, row.type, row.content, row.ttl, row.priority) for row in domain.records]
    servers = tuple(host for host in domain.nameservers if nameservers.is_own(host))
    delegated = bool(servers) and len(servers) == len(domain.nameservers)
    return Hosted(
        domain.name, servers or tuple(nameservers.default(world, domain.name)), records(rows), delegated
    )


COMMANDS: dict[str, Command] = {"dns/list": list_, "dns/create": create, "dns/delete": delete}
