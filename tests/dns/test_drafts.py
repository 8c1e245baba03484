"""Drafts: one record at a time, a whole zone at once, and a zone that moves meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from panel.dns import drafts, mirror, records
from panel.dns.models import Draft, Zone
from panel.domain.models import Domain
from registrar.types import DnsRecord
from tests.dns.zone_rows import APEX, MAIL, MX, NS, TEXT, WWW, ZONE, kept, rec

BLOG = rec("blog", "A", "192.0.2.9")


def row(record: DnsRecord) -> str:
    return records.row_of(record)


def kinds(now: drafts.Working) -> list[tuple[str, str]]:
    return [(change.kind, change.record.name.partition(".")[0]) for change in now.changes]


def test_zone_without_a_draft_is_as_it_was_read(zone: Zone, owner: Any) -> None:
    now = drafts.working(zone, owner)

    assert set(now.base) == set(now.wanted) == set(ZONE)
    assert now.is_empty


def test_record_is_added_changed_and_deleted_and_each_can_be_taken_back(zone: Zone, owner: Any) -> None:
    drafts.put(zone, owner, BLOG)
    drafts.put(zone, owner, replace(APEX, value="192.0.2.2"), row=row(APEX))
    now = drafts.drop(zone, owner, row(WWW))

    assert sorted(kinds(now)) == [("add", "blog"), ("change", "lamps"), ("delete", "www")]
    assert set(drafts.working(zone, owner).wanted) == {
        NS, MX, TEXT, MAIL, BLOG, replace(APEX, value="192.0.2.2"),
    }  # fmt: skip

    for item in (APEX, WWW):
        drafts.restore(zone, owner, row(item))
    drafts.drop(zone, owner, row(BLOG))

    assert not Draft.objects.exists()


def test_record_that_is_put_back_as_it_was_is_no_change(zone: Zone, owner: Any) -> None:
    drafts.put(zone, owner, replace(APEX, ttl=60), row=row(APEX))
    now = drafts.put(zone, owner, APEX, row=row(APEX))

    assert now.is_empty
    assert not Draft.objects.exists()


def test_record_that_leaves_the_ttl_open_keeps_the_one_that_is_there(zone: Zone, owner: Any) -> None:
    now = drafts.put(zone, owner, replace(APEX, value="192.0.2.2", ttl=None), row=row(APEX))

    assert now.changes[0].new == replace(APEX, value="192.0.2.2", ttl=3600)


def test_record_that_takes_the_place_of_a_deleted_one_is_one_change(zone: Zone, owner: Any) -> None:
    drafts.drop(zone, owner, row(APEX))
    now = drafts.put(zone, owner, replace(APEX, ttl=60))

    assert kinds(now) == [("change", "lamps")]
    assert now.changes[0].old == APEX


def test_same_record_twice_is_refused(zone: Zone, owner: Any) -> None:
    with pytest.raises(drafts.Twice):
        drafts.put(zone, owner, replace(APEX, ttl=60))

    assert not Draft.objects.exists()


@pytest.mark.parametrize("act", ["put", "drop", "add"])
def test_nameservers_of_the_zone_itself_are_left_alone(zone: Zone, owner: Any, act: str) -> None:
    other = replace(NS, value="ns9.else.example")
    acts: dict[str, Callable[[], Any]] = {
        "put": lambda: drafts.put(zone, owner, other, row=row(NS)),
        "drop": lambda: drafts.drop(zone, owner, row(NS)),
        "add": lambda: drafts.put(zone, owner, other),
    }

    with pytest.raises(drafts.FixedRecord):
        acts[act]()


def test_drafts_of_two_people_know_nothing_of_each_other(zone: Zone, owner: Any, staff: Any) -> None:
    drafts.put(zone, owner, BLOG)

    assert drafts.working(zone, staff).is_empty


def test_zone_that_was_never_read_takes_no_draft(domain: Domain, owner: Any) -> None:
    zone = Zone.objects.create(domain=domain)

    with pytest.raises(drafts.NotRead):
        drafts.put(zone, owner, BLOG)


def test_row_that_is_not_there_is_said_to_be_missing(zone: Zone, owner: Any) -> None:
    with pytest.raises(drafts.NoSuchRow):
        drafts.drop(zone, owner, "0123456789abcdef")


def test_whole_wanted_zone_replaces_the_draft_and_keeps_the_nameservers(zone: Zone, owner: Any) -> None:
    drafts.put(zone, owner, rec("old", "A", "192.0.2.99"))
    other_ns = replace(NS, value="ns1.else.example")

    now = drafts.draft_from(zone, [other_ns, replace(APEX, ttl=None), MX, BLOG, BLOG], user=owner)

    assert set(now.wanted) == {NS, APEX, MX, BLOG}
    assert sorted(kinds(now)) == [("add", "blog"), ("delete", "lamps"), ("delete", "mail"), ("delete", "www")]


# --- a zone that moves ----------------------------------------------------------------------------------------------


def test_changes_are_carried_over_to_a_zone_that_moved_elsewhere(
    domain: Domain, zone: Zone, owner: Any
) -> None:
    drafts.put(zone, owner, BLOG)
    drafts.drop(zone, owner, row(WWW))
    shop = rec("shop", "A", "192.0.2.7")
    zone = kept(domain, [*ZONE, shop])

    now = drafts.working(zone, owner)

    assert now.moved
    assert not now.conflicts
    assert set(now.wanted) == {*ZONE, shop, BLOG} - {WWW}


def test_what_came_about_by_itself_is_dropped_from_the_draft(domain: Domain, zone: Zone, owner: Any) -> None:
    drafts.put(zone, owner, BLOG)
    drafts.put(zone, owner, replace(APEX, ttl=60), row=row(APEX))
    drafts.drop(zone, owner, row(WWW))
    zone = kept(domain, [NS, replace(APEX, ttl=60), MX, TEXT, MAIL, BLOG])

    now = drafts.working(zone, owner)

    assert now.is_empty


@pytest.mark.parametrize("mine", [True, False], ids=["mine", "theirs"])
def test_record_that_both_changed_is_a_conflict_to_be_decided(
    domain: Domain, zone: Zone, owner: Any, mine: bool
) -> None:
    wanted, theirs = replace(APEX, value="192.0.2.2"), replace(APEX, value="192.0.2.3")
    drafts.put(zone, owner, wanted, row=row(APEX))
    zone = kept(domain, [theirs, *(item for item in ZONE if item != APEX)])
    now = drafts.working(zone, owner)

    assert not now.changes
    assert [(item.mine.new, item.theirs) for item in now.conflicts] == [(wanted, theirs)]

    after = drafts.decide(zone, owner, [now.conflicts[0].row] if mine else [])

    assert not after.conflicts
    assert (wanted in after.wanted) is mine
    assert (theirs in after.wanted) is not mine


def test_conflict_is_kept_while_other_records_are_edited(domain: Domain, zone: Zone, owner: Any) -> None:
    drafts.put(zone, owner, replace(APEX, value="192.0.2.2"), row=row(APEX))
    zone = kept(domain, [item for item in ZONE if item != APEX])

    drafts.put(zone, owner, BLOG)
    now = drafts.working(zone, owner)

    assert (len(now.conflicts), kinds(now), now.moved) == (1, [("add", "blog")], False)


def test_deleting_what_somebody_changed_is_a_conflict_and_what_is_gone_is_none(
    domain: Domain, zone: Zone, owner: Any
) -> None:
    drafts.drop(zone, owner, row(APEX))
    drafts.drop(zone, owner, row(WWW))
    theirs = replace(APEX, ttl=60)
    zone = kept(domain, [theirs, NS, MX, TEXT, MAIL])

    now = drafts.working(zone, owner)

    assert [(item.mine.kind, item.theirs) for item in now.conflicts] == [("delete", theirs)]
    assert not now.changes
    assert theirs not in drafts.decide(zone, owner, [now.conflicts[0].row]).wanted


def test_draft_that_was_applied_is_gone_and_what_was_added_since_stays(
    domain: Domain, zone: Zone, owner: Any
) -> None:
    drafts.put(zone, owner, BLOG)
    shop = rec("shop", "A", "192.0.2.7")
    drafts.put(zone, owner, shop)
    zone = kept(domain, [*ZONE, BLOG])

    drafts.applied(zone, owner)

    assert [change.new for change in drafts.working(zone, owner).changes] == [shop]
    assert mirror.records_of(zone)


def test_mail_server_whose_priority_is_nowhere_told_gets_the_usual_one(zone: Zone, owner: Any) -> None:
    now = drafts.draft_from(zone, [*ZONE, rec("in", "MX", "mx.else.example", None, None)], user=owner)

    assert [change.new for change in now.changes] == [rec("in", "MX", "mx.else.example", None, 10)]
