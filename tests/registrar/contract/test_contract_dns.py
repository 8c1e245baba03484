"""Module dns, over every family."""

from __future__ import annotations

from dataclasses import replace

import pytest

from registrar.errors import InvalidRequest, NotFound
from registrar.types import DnsRecord, RecordType, SoaTimes
from tests.registrar.contract.contract import Door, promise

# One record of every type, below a zone.
VALUES = {
    RecordType.A: ("lamp", "203.0.113.9", None),
    RecordType.AAAA: ("lamp", "2a00:1450:4003::9", None),
    RecordType.ANAME: ("any", "lamps.example", None),
    RecordType.CAA: ("", '0 issue "ca.example"', None),
    RecordType.CNAME: ("alias", "lamps.example", None),
    RecordType.MX: ("in", "mail.lamps.example", 5),
    RecordType.NS: ("zone", "ns1.lamps.example", None),
    RecordType.SRV: ("_sip._tcp", "5 5060 sip.lamps.example", 20),
    RecordType.TXT: ("_dmarc", "v=DMARC1; p=none", None),
}


def record(door: Door, type_: RecordType = RecordType.A) -> DnsRecord:
    label, value, priority = VALUES[type_]
    zone = door.profile.hosted
    return DnsRecord(f"{label}.{zone}" if label else zone, type_, value, priority=priority)


def records(door: Door) -> list[tuple[str, RecordType, str]]:
    found = door.driver.dns.list(door.profile.hosted).items
    return [(line.name, line.type, line.value) for line in found]


@promise("dns.list")
def test_zone_is_listed_by_full_names(door: Door) -> None:
    zone = door.profile.hosted
    page = door.driver.dns.list(zone)

    assert page.items
    assert page.total == len(page.items)
    for line in page.items:
        assert line.name == zone or line.name.endswith(f".{zone}")
        assert line.name == line.name.lower().rstrip(".")


@promise("dns.list")
def test_zone_is_filtered_by_type(door: Door) -> None:
    everything = door.driver.dns.list(door.profile.hosted).items
    type_ = everything[0].type

    found = door.driver.dns.list(door.profile.hosted, type=type_).items

    assert found == tuple(line for line in everything if line.type is type_)


@promise("dns.list")
def test_zone_is_paged(door: Door) -> None:
    everything = door.driver.dns.list(door.profile.hosted).items

    first = door.driver.dns.list(door.profile.hosted, page_length=1)

    assert (first.items, first.total) == (everything[:1], len(everything))


@promise("dns.list")
def test_zone_of_somebody_else_is_not_found(door: Door) -> None:
    with pytest.raises(NotFound):
        door.driver.dns.list(door.profile.taken)


@promise("dns.create", "dns.list")
def test_record_of_every_type_that_the_family_takes_is_created(door: Door) -> None:
    zone = door.profile.hosted
    for type_ in sorted(door.driver.dns.types):
        wanted = record(door, type_)

        door.settled(door.driver.dns.create(zone, wanted))

        (found,) = [
            line
            for line in door.driver.dns.list(zone).items
            if (line.name, line.type, line.value) == (wanted.name, type_, wanted.value)
        ]
        assert found.priority == wanted.priority
    assert len(door.journal()) == len(door.driver.dns.types)


@promise("dns.create")
def test_record_of_another_type_is_refused_before_sending(door: Door) -> None:
    for type_ in set(RecordType) - door.driver.dns.types:
        with pytest.raises(InvalidRequest) as caught:
            door.driver.dns.create(door.profile.hosted, record(door, type_))
        assert caught.value.field == "type"
    assert door.journal() == []


@promise("dns.create")
def test_record_outside_the_zone_is_refused_before_sending(door: Door) -> None:
    with pytest.raises(InvalidRequest) as caught:
        door.driver.dns.create(door.profile.hosted, DnsRecord("lamps.example", RecordType.A, "203.0.113.9"))
    assert caught.value.field == "name"
    assert door.journal() == []


@promise("dns.create", "dns.info")
def test_record_is_read_by_its_identifier(door: Door) -> None:
    created = door.settled(door.driver.dns.create(door.profile.hosted, record(door)))
    assert created is not None

    assert door.driver.dns.info(door.profile.hosted, created.identifier) == created


@promise("dns.create", "dns.update", "dns.list")
def test_record_changes_its_value(door: Door) -> None:
    zone, wanted = door.profile.hosted, record(door)
    created = door.settled(door.driver.dns.create(zone, wanted))
    assert created is not None

    door.settled(door.driver.dns.update(zone, replace(created, value="203.0.113.10")))

    assert (wanted.name, RecordType.A, "203.0.113.10") in records(door)
    assert (wanted.name, RecordType.A, "203.0.113.9") not in records(door)


@promise("dns.create", "dns.delete", "dns.list")
def test_record_is_deleted_as_it_was_listed(door: Door) -> None:
    zone, wanted = door.profile.hosted, record(door)
    door.settled(door.driver.dns.create(zone, wanted))
    (listed,) = [line for line in door.driver.dns.list(zone).items if line.name == wanted.name]
    before = len(records(door))

    door.settled(door.driver.dns.delete(zone, listed))

    assert len(records(door)) == before - 1
    assert wanted.name not in {name for name, _, _ in records(door)}


@promise("dns.replace", "dns.list")
def test_zone_is_replaced_as_a_whole(door: Door) -> None:
    wanted = [record(door), record(door, RecordType.TXT)]

    door.settled(door.driver.dns.replace(door.profile.hosted, wanted))

    assert sorted(records(door)) == sorted((line.name, line.type, line.value) for line in wanted)


@promise("dns.delete_all", "dns.list")
def test_zone_is_emptied(door: Door) -> None:
    door.settled(door.driver.dns.delete_all(door.profile.hosted))

    assert records(door) == []


@promise("dns.restore", "dns.create", "dns.list")
def test_zone_is_restored(door: Door) -> None:
    zone, wanted = door.profile.hosted, record(door)
    door.settled(door.driver.dns.create(zone, wanted))

    door.settled(door.driver.dns.restore(zone, template=door.profile.special.get("template", "")))

    assert wanted.name not in {name for name, _, _ in records(door)}
    assert records(door)


@promise("dns.set_soa")
def test_times_of_the_zone_are_set(door: Door) -> None:
    door.settled(door.driver.dns.set_soa(door.profile.hosted, SoaTimes(3600, 28800, 7200, 604800, 3600)))

    assert len(door.journal()) == 1
