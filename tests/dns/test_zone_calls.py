"""Which calls a change of a zone takes where the registrar has one for every purpose (manual 7.41 to 7.47)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from panel.dns import mirror
from panel.dns.models import Zone
from panel.dns.operations import plan_restore, plan_zone, send_alone
from panel.dns.operations_read import plan_read_zone
from panel.dns.records import Difference
from panel.domain.refusals import NotOffered
from panel.operation.models import Operation
from panel.operation.services import AlreadyOpen, it_happened
from panel.operation.states import State
from registrar import errors
from registrar.types import DnsRecord, RecordType
from tests.operation.worlds import World

NAME = "soler-estudio.com"
LANTERN = DnsRecord(f"lantern.{NAME}", RecordType.A, "192.0.2.77", 600)
HARBOR = DnsRecord(f"harbor.{NAME}", RecordType.A, "192.0.2.78", 600)
Records = Sequence[DnsRecord]


@pytest.fixture
def zone(stage: Any, settle: Callable[[], None], owner: Any) -> Zone:
    """The zone of a name at MrDomain, with one record of ours in it."""
    domain = stage.domain("mrdomain", NAME)
    with stage.driver("mrdomain") as driver:
        driver.dns.create(NAME, LANTERN)
    plan_read_zone(domain, actor=owner)
    settle()
    return Zone.objects.get(domain=domain)


def is_ours(record: DnsRecord) -> bool:
    return record.name == LANTERN.name


def changed(records: Records) -> Records:
    return [replace(item, value="192.0.2.79") if is_ours(item) else item for item in records]


CHANGES: dict[str, tuple[Callable[[Records], Records], list[str]]] = {
    "one more": (lambda records: [*records, HARBOR], ["service/dnscreate"]),
    "another value": (changed, ["service/dnsupdate"]),
    "another time": (
        lambda records: [replace(item, ttl=900) if is_ours(item) else item for item in records],
        ["service/dnsupdate"],
    ),
    "one less": (lambda records: [item for item in records if not is_ours(item)], ["service/dnsdelete"]),
    "two": (lambda records: [*changed(records), HARBOR], ["service/dnssetzone"]),
    "none left": (lambda _records: [], ["service/dnsdeleteall"]),
    "none other": (lambda records: records, []),
}


@pytest.mark.parametrize("change", CHANGES)
def test_change_takes_the_smallest_call_that_makes_it(
    stage: Any, settle: Callable[[], None], owner: Any, zone: Zone, change: str
) -> None:
    become, calls = CHANGES[change]
    before = mirror.records_of(zone)
    wanted = become(before)
    earlier = len(World(stage.sandbox, "mrdomain").effects(NAME))

    operation = plan_zone(zone.domain, wanted, actor=owner, seen=before, base=zone.serial)
    settle()

    operation.refresh_from_db()
    with stage.driver("mrdomain") as driver:
        shown = list(driver.dns.list(NAME).items)
    effects = World(stage.sandbox, "mrdomain").effects(NAME)[earlier:]
    assert (operation.state, operation.note) == ("succeeded", operation.note)
    assert [row["action"] for row in effects] == calls
    assert mirror.mark(shown) == mirror.mark(wanted)


def test_record_whose_identifier_means_another_by_now_is_not_touched(stage: Any, zone: Zone) -> None:
    with stage.driver("mrdomain") as driver:
        old = next(item for item in driver.dns.list(NAME).items if is_ours(item))
        driver.dns.update(NAME, replace(old, value="192.0.2.80"))
        with pytest.raises(errors.Guarded) as moved:
            send_alone(driver, NAME, Difference((), (old,)))
        driver.dns.delete(NAME, old)
        with pytest.raises(errors.Guarded) as gone:
            send_alone(driver, NAME, Difference((replace(old, ttl=900),), (old,)))

    assert (moved.value.reason, gone.value.reason) == ("zone_moved", "zone_moved")


def test_default_records_take_the_place_of_the_zone_which_stays_a_version(
    stage: Any, settle: Callable[[], None], owner: Any, zone: Zone
) -> None:
    before = mirror.records_of(zone)

    operation = plan_restore(zone.domain, actor=owner, seen=before)
    settle()

    operation.refresh_from_db()
    zone.refresh_from_db()
    with stage.driver("mrdomain") as driver:
        shown = list(driver.dns.list(NAME).items)
    assert (operation.state, operation.result) == ("succeeded", {"version": 2})
    assert not any(map(is_ours, mirror.records_of(zone)))
    assert zone.mark == mirror.mark(shown)
    latest = zone.versions.get(number=2)
    assert (latest.source, latest.actor, latest.operation) == ("applied", owner, operation)
    assert mirror.records_of(zone.versions.get(number=1)) == before


def test_person_vouches_for_default_records_and_the_zone_is_read(
    settle: Callable[[], None], owner: Any, staff: Any, zone: Zone
) -> None:
    operation = plan_restore(zone.domain, actor=owner, seen=mirror.records_of(zone))
    Operation.objects.filter(pk=operation.pk).update(state=State.ATTENTION)

    assert it_happened(operation, actor=staff, reason="seen there")
    settle()

    operation.refresh_from_db()
    zone.refresh_from_db()
    assert operation.state == State.SUCCEEDED
    assert zone.read_at > operation.finished_at


def test_default_records_leave_a_zone_alone_that_somebody_changed(
    stage: Any, settle: Callable[[], None], owner: Any, zone: Zone
) -> None:
    operation = plan_restore(zone.domain, actor=owner, seen=mirror.records_of(zone))
    with stage.driver("mrdomain") as driver:
        driver.dns.create(NAME, HARBOR)
    settle()

    operation.refresh_from_db()
    with stage.driver("mrdomain") as driver:
        assert any(map(is_ours, driver.dns.list(NAME).items))
    assert (operation.state, operation.reason) == ("failed", "zone_moved")


def test_default_records_and_a_change_of_the_zone_wait_for_each_other(owner: Any, zone: Zone) -> None:
    before = mirror.records_of(zone)
    plan_restore(zone.domain, actor=owner, seen=before)

    with pytest.raises(AlreadyOpen):
        plan_zone(zone.domain, [*before, HARBOR], actor=owner, seen=before)


@pytest.mark.parametrize("family", ["netim", "namecom", "bookmyname"])
def test_default_records_are_not_offered_where_there_are_none(
    make_name: Callable[..., Any], family: str
) -> None:
    with pytest.raises(NotOffered):
        plan_restore(make_name("lamps.example", family=family), actor=None, seen=[])
