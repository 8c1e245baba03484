"""Zones in the mirror: read, found changed, applied, and left in the middle, at real sandboxes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from panel.dns import mirror, records
from panel.dns.models import Version, Zone
from panel.dns.operations import plan_zone
from panel.dns.operations_read import plan_read_zone
from panel.domain.models import Domain
from panel.domain.refreshing import JustRead
from panel.domain.refusals import NotOffered
from registrar.types import DnsRecord, RecordType
from tests.dns.zone_rows import APEX, ZONE, an_operation, kept, rec

NAMES = {"mrdomain": "soler-estudio.com", "netim": "bastienroux-photo.com", "namecom": "byrne-ceramics.com"}


def sources(zone: Zone) -> list[str]:
    return list(zone.versions.order_by("number").values_list("source", flat=True))


@pytest.mark.parametrize("family", sorted(NAMES))
def test_zone_is_read_changed_and_known_as_it_is_then(
    stage: Any, settle: Callable[[], None], owner: Any, family: str
) -> None:
    name = NAMES[family]
    domain = stage.domain(family, name)
    plan_read_zone(domain, actor=owner)
    settle()
    zone = Zone.objects.get(domain=domain)
    before = mirror.records_of(zone)
    lantern = DnsRecord(f"lantern.{name}", RecordType.A, "192.0.2.77", 600)

    operation = plan_zone(domain, [*before, lantern], actor=owner, seen=before, base=zone.serial)
    settle()
    operation.refresh_from_db()
    zone.refresh_from_db()

    assert operation.state == "succeeded"
    assert set(mirror.records_of(zone)) == {*before, lantern}
    assert sources(zone) == ["read", "applied"]
    assert (zone.serial, operation.result) == (2, {"version": 2})
    applied = zone.versions.get(number=2)
    assert (applied.operation, applied.actor) == (operation, owner)
    with stage.driver(family) as driver:
        shown = list(driver.dns.list(name).items)
    assert mirror.mark(shown) == zone.mark


def test_what_is_left_to_the_registrar_is_told_without_another_version(
    stage: Any, settle: Callable[[], None], owner: Any
) -> None:
    name = NAMES["namecom"]
    domain = stage.domain("namecom", name)
    plan_read_zone(domain, actor=None)
    settle()
    zone = Zone.objects.get(domain=domain)
    mail = DnsRecord(f"in.{name}", RecordType.MX, "mx.lamps.example")

    plan_zone(domain, [*mirror.records_of(zone), mail], actor=owner)
    settle()
    zone.refresh_from_db()

    shown = next(record for record in mirror.records_of(zone) if record.name == mail.name)
    assert shown == replace(mail, ttl=300, priority=10)
    assert sources(zone) == ["read", "applied"]
    assert zone.versions.get(number=2).mark == zone.mark


def test_zone_that_was_changed_elsewhere_is_a_version_of_its_own(domain: Domain) -> None:
    kept(domain)
    again = kept(domain)
    moved = kept(domain, [*ZONE, rec("blog", "A", "192.0.2.9")])

    assert again.serial == 1
    assert sources(moved) == ["read", "elsewhere"]
    assert moved.versions.get(number=1).mark == again.mark


def test_order_in_which_a_registrar_shows_records_makes_no_version(domain: Domain) -> None:
    kept(domain)

    assert kept(domain, ZONE[::-1]).serial == 1


def test_zone_that_stands_in_the_middle_of_a_change_of_ours_is_not_called_changed_elsewhere(
    domain: Domain, zone: Zone
) -> None:
    an_operation(domain, "dns.zone", state="attention", sends=1)

    moved = kept(domain, ZONE[1:])

    assert sources(moved) == ["read", "partway"]


def test_reading_that_began_before_a_change_was_applied_is_not_kept(domain: Domain, zone: Zone) -> None:
    early, change = an_operation(domain), an_operation(domain, "dns.zone")
    new = replace(APEX, value="192.0.2.2")
    mirror.record_applied(change, domain, [new])

    after = mirror.record_reading(domain, ZONE, early)

    assert new in mirror.records_of(after)
    assert APEX not in mirror.records_of(after)


def test_applying_the_same_operation_twice_makes_one_version(domain: Domain, zone: Zone) -> None:
    change = an_operation(domain, "dns.zone")

    for _turn in range(2):
        after = mirror.record_applied(change, domain, [APEX])

    assert sources(after) == ["read", "applied"]
    assert [record.type for record in mirror.records_of(after)] == ["NS", "A"]


def test_registrar_without_a_zone_of_the_name_says_so(
    stage: Any, settle: Callable[[], None], registrar_account: Any
) -> None:
    domain = stage.domain("bookmyname", "ruches-du-leman.eu")

    with pytest.raises(NotOffered):
        plan_read_zone(domain, actor=None)


def test_zone_that_is_gone_at_the_registrar_is_not_hosted_any_more(domain: Domain, zone: Zone) -> None:
    gone = kept(domain, None)

    assert (gone.hosted, gone.records, gone.serial) == (False, [], 1)
    assert Version.objects.count() == 1


def test_zone_is_not_read_twice_within_half_a_minute(domain: Domain, zone: Zone) -> None:
    with pytest.raises(JustRead):
        plan_read_zone(domain, actor=None)


def test_record_is_packed_and_found_again() -> None:
    row = rec("_sip._tcp", "SRV", "5 5060 SIP.lamps.example.", 300, 10)

    assert records.unpacked(records.packed(row)) == records.normal(row)
    assert (
        records.row_of(row)
        == records.row_of(replace(row, ttl=60))
        != records.row_of(replace(row, priority=5))
    )


def test_what_is_in_the_way_is_found_among_many() -> None:
    old = [rec("www", "A", f"192.0.2.{n}") for n in range(3)]
    new = [rec("www", "CNAME", "else.example"), rec("mail", "A", "192.0.2.1")]

    assert records.blocking(old, new) == old
    assert records.blocking(old, new[1:]) == []
