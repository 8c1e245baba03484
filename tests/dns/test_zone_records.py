"""Zones as they are compared: what is missing, what is too many, what must go first."""

from __future__ import annotations

import pytest

from panel.dns import records
from registrar.types import DnsRecord, RecordType

ZONE = "lamps.example"


def a(name: str, value: str = "192.0.2.1", **options: int | None) -> DnsRecord:
    return DnsRecord(f"{name}.{ZONE}", RecordType.A, value, **options)


@pytest.mark.parametrize(
    ("shown", "wanted"),
    [
        (a("www", ttl=3600), a("WWW")),
        (
            DnsRecord(ZONE, RecordType.MX, "Mail.Lamps.example.", 300, 10),
            DnsRecord(ZONE, RecordType.MX, "mail.lamps.example"),
        ),
        (
            DnsRecord(ZONE, RecordType.AAAA, "2001:db8:0:0::9"),
            DnsRecord(ZONE, RecordType.AAAA, "2001:DB8::9"),
        ),
        (DnsRecord(ZONE, RecordType.TXT, "Some Text."), DnsRecord(ZONE, RecordType.TXT, "Some Text.")),
    ],
)
def test_same_record_may_be_written_otherwise(shown: DnsRecord, wanted: DnsRecord) -> None:
    assert records.compared([shown], [wanted], ZONE).is_none


@pytest.mark.parametrize(
    ("shown", "wanted"),
    [
        (a("www", ttl=3600), a("www", ttl=300)),
        (a("www"), a("www", "192.0.2.2")),
        (
            DnsRecord(ZONE, RecordType.MX, "mail.lamps.example", 300, 10),
            DnsRecord(ZONE, RecordType.MX, "mail.lamps.example", 300, 20),
        ),
        (DnsRecord(ZONE, RecordType.TXT, "Text"), DnsRecord(ZONE, RecordType.TXT, "text")),
    ],
)
def test_other_record_is_missing_and_the_old_one_too_many(shown: DnsRecord, wanted: DnsRecord) -> None:
    found = records.compared([shown], [wanted], ZONE)

    assert (found.missing, found.surplus) == ((wanted,), (shown,))
    assert str(found) == "1 records are missing, 1 are too many"


def test_order_does_not_matter_and_number_does() -> None:
    rows = [a("one"), a("two"), a("two", "192.0.2.2")]

    assert records.compared(rows, rows[::-1], ZONE).is_none
    assert records.compared([*rows, a("two")], rows, ZONE).surplus == (a("two"),)


def test_nameservers_of_the_zone_itself_count_only_where_some_are_wanted() -> None:
    own = DnsRecord(ZONE, RecordType.NS, "ns1.registrar.example")
    other = DnsRecord(ZONE, RecordType.NS, "ns1.lamps.example")
    below = DnsRecord(f"sub.{ZONE}", RecordType.NS, "ns1.else.example")

    assert records.compared([own], [], ZONE).is_none
    assert records.compared([own, below], [], ZONE).surplus == (below,)
    assert records.compared([own], [other], ZONE).surplus == (own,)


@pytest.mark.parametrize(
    ("record", "coming", "first"),
    [
        (a("www", ttl=60), a("www", ttl=90), True),
        (DnsRecord(f"www.{ZONE}", RecordType.CNAME, "x.example"), a("www"), True),
        (a("www"), DnsRecord(f"www.{ZONE}", RecordType.CNAME, "x.example"), True),
        (a("www"), a("www", "192.0.2.2"), False),
        (a("www"), a("ftp"), False),
    ],
)
def test_what_would_be_in_the_way_goes_first(record: DnsRecord, coming: DnsRecord, first: bool) -> None:
    assert records.blocking([record], [coming]) == ([record] if first else [])


def test_record_is_kept_and_found_again() -> None:
    record = DnsRecord(f"_sip._tcp.{ZONE}", RecordType.SRV, "5 5060 sip.lamps.example", 300, 10, "x")

    assert records.from_kept(records.kept(record)) == records.normal(record)
    assert records.line(record) == f"_sip._tcp.{ZONE} 300 SRV 10 5 5060 sip.lamps.example"
