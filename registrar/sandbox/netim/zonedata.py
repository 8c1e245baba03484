"""Zones: templates, the full name of a host in them, and what a record must look like (section 2.10)."""

from __future__ import annotations

import ipaddress
import re
from typing import Any

from registrar.sandbox.nameserver.zone import SOA_TIMES, Hosted, records
from registrar.sandbox.netim.codes import bad
from registrar.sandbox.netim.host import host_name
from registrar.sandbox.netim.model import NAME_SERVERS, Account, Domain

TYPES = ("A", "AAAA", "MX", "CNAME", "TXT", "NS", "SRV")
OPTIONS = ("service", "protocol", "ttl", "priority", "weight", "port")
# The default time to live is not documented.
TTL, PRIORITY = "3600", "10"
LIMITS = {"ttl": (60, 2_147_483_647), "priority": (0, 65535), "weight": (0, 65535), "port": (0, 65535)}
_LABELS = re.compile(r"(\*|[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?)(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?)*")
SOA = {"ttl": 3600, "refresh": 21600, "retry": 3600, "expire": 1209600, "minimum": 3600}
UNITS = {"S": 1, "M": 60, "H": 3600, "D": 86400, "W": 604800}
# Template 1 is Netim's own; a row is subdomain, type, value and options.
TEMPLATES: dict[str, list[dict[str, str]]] = {
    "1": [
        {"sub": "", "type": "A", "value": "185.26.105.244"},
        {"sub": "www", "type": "A", "value": "185.26.105.244"},
        {"sub": "", "type": "MX", "value": "mx.netim.net", "priority": "10"},
    ],
    "2": [
        {"sub": "", "type": "A", "value": "203.0.113.80"},
        {"sub": "www", "type": "CNAME", "value": "web.lantern-hosting.net"},
        {"sub": "", "type": "MX", "value": "mail.lantern-hosting.net", "priority": "10"},
        {"sub": "", "type": "TXT", "value": "v=spf1 include:lantern-hosting.net -all"},
    ],
}


def full(subdomain: str, domain: str) -> str:
    """The full name of a host in a zone; "" is the apex. Raises E13."""
    sub = subdomain.lower().rstrip(".")
    if sub and not _LABELS.fullmatch(sub):
        raise bad("subdomain")
    return f"{sub}.{domain}" if sub else domain


def from_template(account: Account, number: str, domain: str) -> list[dict[str, str]]:
    """The records of a new zone; the template must be the reseller's or Netim's. Raises E13."""
    if number not in account.templates:
        raise bad("numTemplate", "unknown")
    return [
        {
            "ttl": TTL,
            **{key: value for key, value in row.items() if key != "sub"},
            "host": full(row["sub"], domain),
        }
        for row in account.templates[number]
    ]


def record(domain: str, subdomain: str, kind: str, value: str, options: dict[str, Any]) -> dict[str, str]:
    """A record that was sent, checked. Raises E13."""
    if kind not in TYPES:
        raise bad("type")
    found = {"host": full(subdomain, domain), "type": kind, "value": _value(kind, value), "ttl": TTL}
    sent = {name: str(options.get(name) or "").strip() for name in OPTIONS}
    for name, (low, high) in LIMITS.items():
        if sent[name] and not (sent[name].isdecimal() and low <= int(sent[name]) <= high):
            raise bad(name)
    found["ttl"] = sent["ttl"] or TTL
    if kind in ("MX", "SRV"):
        found["priority"] = sent["priority"] or PRIORITY
    if kind == "SRV":
        for name in ("service", "protocol", "weight", "port"):
            if not sent[name]:
                raise bad(name, "missing")
            found[name] = sent[name]
    return found


def _value(kind: str, value: str) -> str:
    if not value or len(value) > 4096:
        raise bad("value")
    if kind == "TXT":
        return value
    if kind in ("A", "AAAA"):
        try:
            address = ipaddress.ip_address(value)
        except ValueError as error:
            raise bad("value") from error
        if address.version != (4 if kind == "A" else 6):
            raise bad("value")
        return str(address)
    return host_name(value, "value")


def same(row: dict[str, str], host: str, kind: str, value: str) -> bool:
    """True if a record is the one that is named; names and hosts are compared without case and final dot."""
    wanted = value if kind == "TXT" else value.lower().rstrip(".")
    return row["host"] == host and row["type"] == kind and row["value"] == wanted


def hosted(domain: Domain) -> Hosted:
    """The zone of a domain as it is served."""
    rows = [
        (_served_name(row), row["type"], _served_value(row), row.get("ttl"), row.get("priority"))
        for row in domain.zone
    ]
    own = tuple(server for server in domain.ns if server in NAME_SERVERS) or NAME_SERVERS
    return Hosted(domain.name, own, records(rows), domain.on_service, {**SOA_TIMES, **domain.soa})


def _served_name(row: dict[str, str]) -> str:
    if row["type"] != "SRV" or not row.get("service"):
        return row["host"]
    labels = (f"_{row[word].lower().lstrip('_')}" for word in ("service", "protocol"))
    return ".".join([*labels, row["host"]])


def _served_value(row: dict[str, str]) -> str:
    return f"{row['weight']} {row['port']} {row['value']}" if row["type"] == "SRV" else row["value"]
