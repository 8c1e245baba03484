"""What benchmarks.zones looks at: one registrar account with many zones, one of them large, and drafts of that one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils import timezone

from benchmarks.pages_seed import fill, session_of
from panel.account.models import Account
from panel.billing import ledger
from panel.brand.services import operator_brand
from panel.dns import drafts, mirror, records
from panel.dns.models import Version, Zone
from panel.domain.models import Domain
from panel.people.models import Customer, Membership, User
from registrar.types import DnsRecord, RecordType

LARGE = "large-zone.com"
# Every ordinary zone has the first, and one of them the second.
SHARED, RARE = "198.51.100.10", "198.51.100.77"
TTL = 3600
# What the large zone has changed from its first version to its second, and what drafts of it change.
MOVED = 500
DRAFTS = (0, 1, 100, 1000)


@dataclass(frozen=True, slots=True)
class Seeded:
    """Who looks at what: the sessions of the customer's people by the number of changes in their drafts."""

    customer: Customer
    sessions: dict[int, str]
    large: Zone
    ordinary: Zone
    zones: int
    records: int


def name_of(number: int) -> str:
    """An ordinary zone."""
    return f"zone-{number:05}.com"


def rows_of(zone: str, count: int) -> list[DnsRecord]:
    """A zone of so many records of all sorts, in reading order."""
    rows = [
        DnsRecord(zone, RecordType.NS, "ns1.mrdomain.com", TTL),
        DnsRecord(zone, RecordType.NS, "ns2.mrdomain.com", TTL),
        DnsRecord(zone, RecordType.A, SHARED, TTL),
        DnsRecord(zone, RecordType.MX, f"host-00000.{zone}", TTL, 10),
        DnsRecord(zone, RecordType.TXT, f"v=spf1 ip4:{SHARED} mx -all", TTL),
        *(_host(zone, number) for number in range(count - 5)),
    ]
    return sorted(rows[:count], key=records.place_of)


def _host(zone: str, number: int) -> DnsRecord:
    name = f"host-{number:05}.{zone}"
    match number % 8:
        case 4:
            return DnsRecord(name, RecordType.AAAA, f"2001:db8::{number + 1:x}", TTL)
        case 5:
            return DnsRecord(name, RecordType.CNAME, f"host-{number - 5:05}.{zone}", TTL)
        case 6:
            return DnsRecord(name, RecordType.TXT, f"verification={number:032x}", TTL)
        case 7:
            target = f"5 5060 host-{number - 7:05}.{zone}"
            return DnsRecord(f"_sip._tcp.{name}", RecordType.SRV, target, TTL, 10)
    return DnsRecord(name, RecordType.A, f"203.{number // 62500}.{number // 250 % 250}.{number % 250}", TTL)


def changed(rows: list[DnsRecord], zone: str, count: int) -> list[DnsRecord]:
    """The zone after so many changes: of five, three other addresses, one record less and one more."""
    found, left = [], count
    for row in rows:
        if left and row.type == RecordType.A and row.name.startswith("host-"):
            left -= 1
            kind = left % 5
            found += [] if kind == 3 else [row] if kind == 4 else [replace(row, value="198.51.100.99")]
            found += [DnsRecord(f"new-{left}.{zone}", RecordType.A, row.value, TTL)] if kind == 4 else []
        else:
            found.append(row)
    return found


def seed(total: int, large: int, each: int) -> Seeded:
    """About `total` records in zones of `each`, and one zone of `large`."""
    brand = operator_brand()
    account = Account.objects.create(
        label="mrdomain", family="mrdomain", endpoint="http://127.0.0.1:9/", is_sandbox=True
    )
    customer = Customer.objects.create(brand=brand, name="Many Zones", email="many@zones.example")
    ledger.top_up(customer, Decimal(1000), reason="benchmark", actor=None)
    count = max(2, round((total - large) / each))
    names = [LARGE, *(name_of(number) for number in range(count))]
    fill(
        Domain,
        (
            Domain(
                name=name, unicode_name=name, tld_name="com", account=account, customer=customer, status="active",
                nameservers=["ns1.mrdomain.com", "ns2.mrdomain.com"], synced_at=timezone.now(),
            )
            for name in names
        ),
    )  # fmt: skip
    keys = dict(Domain.objects.values_list("name", "pk"))
    sizes = {name: large if name == LARGE else each for name in names}
    fill(Zone, (_zone(keys[name], name, sizes[name]) for name in names))
    # Read whole before they are written: PostgreSQL takes no question while rows are copied in.
    fill(Version, list(_versions()))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    zones = Zone.objects.select_related("domain")
    big = zones.get(domain__name=LARGE)
    return Seeded(
        customer=customer,
        sessions={changes: _person(customer, big, changes) for changes in DRAFTS},
        large=big,
        ordinary=zones.get(domain__name=name_of(count // 2)),
        zones=count + 1,
        records=sum(sizes.values()),
    )


def _zone(domain: int, name: str, count: int) -> Zone:
    rows = rows_of(name, count)
    if name == name_of(1):
        rows[-1] = replace(rows[-1], type=RecordType.A, value=RARE, priority=None)
    return Zone(
        domain_id=domain, records=[records.packed(row) for row in rows], mark=mirror.mark(rows),
        serial=2 if name == LARGE else 1, read_at=timezone.now(),
    )  # fmt: skip


def _versions() -> Iterator[Version]:
    for zone in Zone.objects.select_related("domain").iterator(chunk_size=100):
        if zone.serial == 2:
            before = changed(mirror.records_of(zone), zone.domain.name, MOVED)
            yield _version(zone, 1, [records.packed(row) for row in before], "read")
        yield _version(zone, zone.serial, zone.records, "read" if zone.serial == 1 else "elsewhere")


def _version(zone: Zone, number: int, rows: list[Any], source: str) -> Version:
    return Version(
        zone=zone, number=number, source=source, records=rows, count=len(rows), mark=zone.mark, at=timezone.now()
    )  # fmt: skip


def _person(customer: Customer, zone: Zone, changes: int) -> str:
    """The session of one of the customer's people, whose draft of the large zone has so many changes."""
    user = User.objects.create_user(f"with-{changes}@zones.example", "x")
    Membership.objects.create(user=user, customer=customer, role="owner")
    if changes:
        wanted = changed(mirror.records_of(zone), zone.domain.name, changes)
        drafts.draft_from(zone, wanted, user=user)
    return session_of(user)
