"""Records and zones for tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from panel.dns import mirror
from panel.dns.models import Zone
from panel.domain.models import Domain
from panel.operation.models import Operation
from registrar.types import DnsRecord, RecordType

NAME = "lamps.example"


def rec(name: str, kind: str, value: str, ttl: int | None = 3600, priority: int | None = None) -> DnsRecord:
    """`rec("www", "A", "192.0.2.1")`: a record of the zone; "@" is its apex."""
    full = NAME if name == "@" else f"{name}.{NAME}"
    return DnsRecord(full, RecordType(kind), value, ttl, priority)


NS = rec("@", "NS", "ns1.mrdomain.com")
APEX = rec("@", "A", "192.0.2.1")
WWW = rec("www", "CNAME", NAME)
MX = rec("@", "MX", "mail.lamps.example", 3600, 10)
MAIL = rec("mail", "A", "192.0.2.5")
TEXT = rec("@", "TXT", "v=spf1 -all")
ZONE = (NS, APEX, MX, TEXT, MAIL, WWW)


def an_operation(domain: Domain, kind: str = "dns.read", **fields: Any) -> Operation:
    """Something about the name's zone that has just begun."""
    values = {
        "kind": kind, "subject": domain.subject, "label": domain.name, "account": domain.account,
        "customer": domain.customer, "intent_key": f"test:{Operation.objects.count()}", "state": "queued",
        "payload": {"name": domain.name}, **fields,
    }  # fmt: skip
    return Operation.objects.create(**values)


def kept(domain: Domain, records: Sequence[DnsRecord] | None = ZONE) -> Zone:
    """The name's zone after a reading showed these records."""
    operation = an_operation(domain, state="succeeded", finished_at=timezone.now())
    zone = mirror.record_reading(domain, records, operation)
    zone.refresh_from_db()
    return zone
