"""Editing a zone in a browser: fields by type, what is wrong beside its field, the review and the second yes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from panel.dns import drafts
from panel.dns.models import Comment, Draft, Zone
from panel.dns.records import row_of
from panel.domain.models import Domain
from panel.operation.models import Operation
from panel.operation.services import give_up
from panel.operation.sweep import overdue
from registrar.types import DnsRecord, RecordType
from tests.conftest import control
from tests.dns.zone_rows import APEX, MX, NAME, NS, TEXT, WWW, ZONE, an_operation, kept, rec
from tests.selfservice.pages import words_of

PAGE = f"/domains/{NAME}/dns/"
RECORD, REVIEW = f"{PAGE}record/", f"{PAGE}review/"
HTMX = {"HX-Request": "true"}


def wanted(zone: Zone, owner: Any) -> set[DnsRecord]:
    return set(drafts.working(zone, owner).wanted)


@pytest.mark.parametrize(
    ("kind", "fields", "record"),
    [
        ("A", {"name": "blog", "address": " 192.0.2.9 ", "ttl": "300"}, rec("blog", "A", "192.0.2.9", 300)),
        ("AAAA", {"name": "@", "address": "2001:DB8::9", "ttl": ""}, rec("@", "AAAA", "2001:db8::9", None)),
        ("CNAME", {"name": "Shop", "host": "Shop.Else.example."}, rec("shop", "CNAME", "shop.else.example", None)),
        ("CNAME", {"name": "*", "host": "@"}, rec("*", "CNAME", NAME, None)),
        ("MX", {"name": "in", "host": "mx.else.example", "priority": "5"}, rec("in", "MX", "mx.else.example", None, 5)),
        (
            "SRV",
            {"name": "_sip._tcp", "host": "sip.else.example", "port": "5060", "priority": "1", "weight": "2"},
            rec("_sip._tcp", "SRV", "2 5060 sip.else.example", None, 1),
        ),
        ("TXT", {"name": f"t.{NAME}", "text": "two\r\nlines"}, rec("t", "TXT", "two lines", None)),
        ("NS", {"name": "branch", "host": "ns.else.example"}, rec("branch", "NS", "ns.else.example", None)),
        (
            "CAA",
            {"name": "@", "flags": "128", "tag": "issue", "authority": "ca.else.example"},
            rec("@", "CAA", '128 issue "ca.else.example"', None),
        ),
        ("A", {"name": "bücher", "address": "192.0.2.9"}, rec("xn--bcher-kva", "A", "192.0.2.9", None)),
    ],
)  # fmt: skip
def test_record_of_each_type_is_written_into_the_draft(
    own: Client, zone: Zone, owner: Any, kind: str, fields: dict[str, str], record: DnsRecord
) -> None:
    form = own.get(f"{RECORD}?new={kind}")
    answer = own.post(f"{RECORD}?new={kind}", fields)

    assert form.status_code == 200
    assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}#row-{row_of(record)}")
    assert wanted(zone, owner) == {*ZONE, record}
    assert not Operation.objects.filter(kind="dns.zone").exists()


@pytest.mark.parametrize(
    ("kind", "fields", "field", "text"),
    [
        ("A", {"name": "x", "address": "300.1.1.1"}, "address", "is not an IPv4 address"),
        ("A", {"name": "x", "address": ""}, "address", "required"),
        ("A", {"name": "a b", "address": "192.0.2.9"}, "name", "is not a name that a record can have"),
        ("A", {"name": "www.else.example.", "address": "192.0.2.9"}, "name", "is not a name in this zone"),
        ("A", {"name": "www", "address": "192.0.2.9"}, "name", "is a CNAME, which stands alone"),
        ("CNAME", {"name": "x", "host": "192.0.2.9"}, "host", "is an address"),
        ("CNAME", {"name": "@", "host": "else.example"}, "name", "cannot be a CNAME"),
        ("MX", {"name": "x", "host": "mx.else.example", "priority": "70000"}, "priority", "65535"),
        ("CNAME", {"name": "x", "host": "."}, "host", "lone dot"),
        ("NS", {"name": "@", "host": "ns.else.example"}, "name", "is set with the name"),
        ("A", {"name": "@", "address": APEX.value}, None, "is there already"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_kept(
    own: Client, zone: Zone, kind: str, fields: dict[str, str], field: str | None, text: str
) -> None:
    response = own.post(f"{RECORD}?new={kind}", fields)

    assert response.status_code == 422
    errors = response.context["form"].errors
    assert text in " ".join(errors.get(field or "__all__", []))
    assert response.context["form"]["name"].value() == fields["name"]
    assert not Draft.objects.exists()


def test_form_of_a_record_shows_it_and_changes_it(own: Client, zone: Zone, owner: Any) -> None:
    address = f"{RECORD}?row={row_of(MX)}"

    form = own.get(address)
    own.post(address, {"name": "@", "host": "mail.lamps.example", "priority": "20", "ttl": "300"})

    text = form.content.decode()
    assert 'value="mail.lamps.example"' in text
    assert 'value="10"' in text
    assert NAME in words_of(form)
    assert wanted(zone, owner) == {*ZONE, replace(MX, priority=20, ttl=300)} - {MX}


def test_comment_is_kept_here_and_is_no_change_of_the_zone(own: Client, zone: Zone) -> None:
    address = f"{RECORD}?row={row_of(TEXT)}"
    fields = {"name": "@", "text": TEXT.value, "ttl": "3600", "comment": "From the mail people"}

    own.post(address, fields)
    shown = words_of(own.get(PAGE))
    own.post(address, {**fields, "comment": ""})

    assert "From the mail people" in shown
    assert not Draft.objects.exists()
    assert not Comment.objects.exists()


def test_htmx_gets_the_form_alone_and_then_the_whole_zone(own: Client, zone: Zone) -> None:
    form = own.get(f"{RECORD}?new=A", headers=HTMX)
    wrong = own.post(f"{RECORD}?new=A", {"name": "x", "address": "x"}, headers=HTMX)
    right = own.post(f"{RECORD}?new=A", {"name": "x", "address": "192.0.2.9"}, headers=HTMX)

    assert "<html" not in form.content.decode() + wrong.content.decode() + right.content.decode()
    assert wrong.status_code == 422
    assert (right["HX-Retarget"], right["HX-Reswap"]) == ("#zone", "outerHTML")
    assert "1 change not applied yet" in words_of(right)


def test_record_is_deleted_taken_back_and_the_draft_discarded(own: Client, zone: Zone, owner: Any) -> None:
    own.post(f"{PAGE}drop/", {"row": row_of(WWW)})
    deleted = words_of(own.get(PAGE))
    own.post(f"{PAGE}restore/", {"row": row_of(WWW)})
    restored = words_of(own.get(PAGE))
    own.post(f"{PAGE}drop/", {"row": row_of(APEX)})
    own.post(f"{PAGE}discard/")

    assert "To be deleted" in deleted
    assert "1 change not applied yet" in deleted
    assert "To be deleted" not in restored
    assert wanted(zone, owner) == set(ZONE)


def test_row_that_is_not_there_and_fixed_one_are_refused(own: Client, zone: Zone) -> None:
    assert own.post(f"{PAGE}drop/", {"row": "nothing"}).status_code == 404
    assert own.post(f"{PAGE}restore/", {}).status_code == 404
    assert own.get(f"{RECORD}?row={row_of(NS)}").status_code == 404
    assert own.post(f"{PAGE}drop/", {"row": row_of(NS)}).status_code == 422


@pytest.mark.parametrize("page", ["drop", "restore", "discard", "undo", "again"])
def test_nothing_is_changed_by_opening_an_address(own: Client, zone: Zone, page: str) -> None:
    assert own.get(f"{PAGE}{page}/").status_code == 405


def test_reader_may_neither_draft_nor_apply(reader: Client, zone: Zone) -> None:
    posts = [
        reader.post(f"{RECORD}?new=A", {"name": "x", "address": "192.0.2.9"}),
        *(
            reader.post(f"{PAGE}{page}/", {"row": row_of(WWW)})
            for page in ("drop", "review", "undo", "again")
        ),
    ]

    assert {response.status_code for response in posts} == {403}
    assert not Draft.objects.exists()


def test_nothing_is_edited_while_the_zone_is_being_changed(
    own: Client, domain: Domain, zone: Zone, customer: Any
) -> None:
    an_operation(domain, "dns.zone", payload={"name": NAME, "records": []})

    page = own.get(PAGE)
    dropped = own.post(f"{PAGE}drop/", {"row": row_of(WWW)})

    assert "Changing" in words_of(page)
    assert "drop/" not in page.content.decode()
    assert dropped.status_code == 409
    assert not Draft.objects.exists()


def test_locked_name_says_so_instead_of_editing(own: Client, domain: Domain, zone: Zone) -> None:
    Domain.objects.update(modification_lock=True)

    assert "Lift the lock first" in words_of(own.get(PAGE))
    assert own.post(f"{PAGE}drop/", {"row": row_of(WWW)}).status_code == 422


# --- the review -----------------------------------------------------------------------------------------------------


def test_review_tells_what_is_added_changed_and_deleted(own: Client, zone: Zone, owner: Any) -> None:
    drafts.put(zone, owner, rec("blog", "A", "192.0.2.9"))
    drafts.put(zone, owner, replace(TEXT, ttl=300), row=row_of(TEXT))
    drafts.drop(zone, owner, row_of(WWW))

    text = words_of(own.get(REVIEW))

    assert "1 record is added A blog 192.0.2.9 · 1 hour" in text
    assert "1 record is changed TXT @ v=spf1 -all · 1 hour becomes v=spf1 -all · 5 minutes" in text
    assert "1 record is deleted CNAME www lamps.example · 1 hour" in text
    assert "Apply 3 changes" in text
    assert "Until 1 hour after that" in text


def test_plan_is_applied_as_one_operation_from_what_was_seen(
    own: Client, domain: Domain, zone: Zone, owner: Any
) -> None:
    drafts.drop(zone, owner, row_of(WWW))
    page = own.get(REVIEW)

    answer = own.post(REVIEW, {"mark": page.context["plan"].mark})

    operation = Operation.objects.get(kind="dns.zone")
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert (operation.actor, operation.customer, operation.subject) == (
        owner,
        domain.customer,
        domain.subject,
    )
    assert len(operation.payload["records"]) == len(ZONE) - 1
    assert (operation.payload["base"], operation.payload["seen"]) == (1, zone.mark)


def test_draft_that_changed_since_it_was_reviewed_is_not_applied(own: Client, zone: Zone, owner: Any) -> None:
    drafts.drop(zone, owner, row_of(WWW))
    mark = own.get(REVIEW).context["plan"].mark
    drafts.put(zone, owner, rec("blog", "A", "192.0.2.9"))

    answer = own.post(REVIEW, {"mark": mark})

    assert answer.status_code == 422
    assert "not as you saw them" in words_of(answer)
    assert not Operation.objects.filter(kind="dns.zone").exists()


@pytest.mark.parametrize(
    ("record", "text"), [(MX, "last mail server"), (APEX, "address of lamps.example itself")]
)
def test_change_that_takes_away_much_asks_for_a_second_yes(
    own: Client, zone: Zone, owner: Any, record: DnsRecord, text: str
) -> None:
    drafts.drop(zone, owner, row_of(record))
    page = own.get(REVIEW)
    mark = page.context["plan"].mark

    once = own.post(REVIEW, {"mark": mark})
    twice = own.post(REVIEW, {"mark": mark, "sure": "yes"})

    assert text in words_of(page)
    assert once.status_code == 422
    assert "Say that this is what you want" in words_of(once)
    assert twice.status_code == 302


def test_deleting_more_than_twenty_records_asks_for_a_second_yes(
    own: Client, domain: Domain, owner: Any
) -> None:
    many = [rec(f"host-{number:03}", "A", "192.0.2.1") for number in range(90)]
    zone = kept(domain, [*ZONE, *many])
    drafts.draft_from(zone, [*ZONE, *many[21:]], user=owner)

    assert "This deletes 21 records" in words_of(own.get(REVIEW))


def test_zone_that_cannot_be_is_not_applied(own: Client, zone: Zone, owner: Any) -> None:
    drafts.draft_from(zone, [*ZONE, rec("www", "A", "192.0.2.9")], user=owner)
    page = own.get(REVIEW)

    answer = own.post(REVIEW, {"mark": page.context["plan"].mark, "sure": "yes"})

    assert "This has to be put right first" in words_of(page)
    assert answer.status_code == 422
    assert not Operation.objects.filter(kind="dns.zone").exists()


def test_review_without_changes_says_there_is_nothing(own: Client, zone: Zone) -> None:
    page = own.get(REVIEW)

    assert "There is nothing to change" in words_of(page)
    assert own.post(REVIEW, {"mark": page.context["plan"].mark}).status_code == 422


# --- a zone that moved, versions ------------------------------------------------------------------------------------


def test_conflict_has_to_be_decided_before_the_review(
    own: Client, domain: Domain, zone: Zone, owner: Any
) -> None:
    mine, theirs = replace(APEX, value="192.0.2.2"), replace(APEX, value="192.0.2.3")
    drafts.put(zone, owner, mine, row=row_of(APEX))
    zone = kept(domain, [theirs, *(item for item in ZONE if item != APEX)])

    page, review = own.get(PAGE), own.get(REVIEW)
    asked = own.get(f"{PAGE}decide/")
    silent = own.post(f"{PAGE}decide/", {})
    answered = own.post(f"{PAGE}decide/", {f"row-{row_of(APEX)}": "mine"})

    assert "1 change to decide" in words_of(page)
    assert "changed elsewhere meanwhile" in words_of(page)
    assert review["Location"] == f"{PAGE}decide/"
    assert "As it is now: 192.0.2.3" in words_of(asked)
    assert "What you want: 192.0.2.2" in words_of(asked)
    assert silent.status_code == 422
    assert answered["Location"] == REVIEW
    assert mine in wanted(zone, owner)


def test_versions_are_listed_compared_and_gone_back_to(
    own: Client, domain: Domain, zone: Zone, owner: Any
) -> None:
    kept(domain, [*ZONE, rec("blog", "A", "192.0.2.9")])

    page = words_of(own.get(f"{PAGE}versions/"))
    compared = words_of(own.get(f"{PAGE}versions/?from=1&to=2"))
    back = own.post(f"{PAGE}undo/", {"version": "1"})
    same = own.post(f"{PAGE}undo/", {"version": "2"})

    assert "Read for the first time" in page
    assert "Changed elsewhere" in page
    assert "1 record is added A blog 192.0.2.9" in compared
    assert back["Location"] == REVIEW
    assert same["Location"] == f"{PAGE}versions/"
    assert own.get(f"{PAGE}versions/?from=1&to=77").status_code == 404
    assert own.post(f"{PAGE}undo/", {"version": "x"}).status_code == 404


def test_change_that_stopped_in_the_middle_can_be_finished_or_taken_back(
    own: Client, domain: Domain, zone: Zone, owner: Any
) -> None:
    blog, shop = rec("blog", "A", "192.0.2.9"), rec("shop", "A", "192.0.2.8")
    drafts.put(zone, owner, blog)
    drafts.put(zone, owner, shop)
    own.post(REVIEW, {"mark": own.get(REVIEW).context["plan"].mark})
    Operation.objects.filter(kind="dns.zone").update(
        state="failed", reason="given_up", sends=1, finished_at="2026-01-01T00:00:00Z", next_check_at=None
    )
    zone = kept(domain, [*ZONE, blog])

    page = own.get(PAGE)
    finish = own.post(f"{PAGE}again/", {"way": "finish"})
    finished = wanted(zone, owner)
    own.post(f"{PAGE}again/", {"way": "back"})

    text = words_of(page)
    assert "It stopped in the middle: 1 of 2 changes were made" in text
    assert "made A blog" in text
    assert "not made A shop" in text
    assert finish["Location"] == REVIEW
    assert finished == {*ZONE, blog, shop}
    assert wanted(zone, owner) == set(ZONE)
    assert own.post(f"{PAGE}again/", {"way": "sideways"}).status_code == 404


def test_zone_is_edited_applied_and_undone_at_a_real_sandbox(
    own: Client, stage: Any, settle: Callable[[], None], owner: Any
) -> None:
    name = "byrne-ceramics.com"
    domain = stage.domain("namecom", name)
    page = f"/domains/{name}/dns/"
    own.post(page, {"read": "1"})
    settle()
    zone = Zone.objects.get(domain=domain)
    before = set(drafts.working(zone, owner).base)

    own.post(f"{page}record/?new=A", {"name": "lantern", "address": "192.0.2.77", "ttl": "600"})
    own.post(f"{page}review/", {"mark": own.get(f"{page}review/").context["plan"].mark})
    waiting = words_of(own.get(page))
    settle()
    zone.refresh_from_db()
    applied = set(drafts.working(zone, owner).base)
    done = own.get(page)
    own.post(f"{page}undo/", {"version": "1"})
    own.post(f"{page}review/", {"mark": own.get(f"{page}review/").context["plan"].mark, "sure": "yes"})
    settle()

    assert "Changing" in waiting
    assert applied - before == {DnsRecord(f"lantern.{name}", RecordType.A, "192.0.2.77", 600)}
    assert "DNS records changed" in words_of(done)
    assert not Draft.objects.exists()
    with stage.driver("namecom") as driver:
        shown = {replace(record, identifier="") for record in driver.dns.list(name).items}
    assert shown == before


def test_zone_that_moved_before_it_was_applied_is_left_alone_and_the_draft_stays(
    own: Client, stage: Any, settle: Callable[[], None], owner: Any
) -> None:
    name = "byrne-ceramics.com"
    domain = stage.domain("namecom", name)
    page = f"/domains/{name}/dns/"
    own.post(page, {"read": "1"})
    settle()
    with stage.driver("namecom") as driver:
        driver.dns.create(name, DnsRecord(f"theirs.{name}", RecordType.A, "192.0.2.78", 600))
    own.post(f"{page}record/?new=A", {"name": "mine", "address": "192.0.2.77", "ttl": "600"})
    own.post(f"{page}review/", {"mark": own.get(f"{page}review/").context["plan"].mark})
    settle()

    text = words_of(own.get(page))
    now = drafts.working(Zone.objects.get(domain=domain), owner)

    assert Operation.objects.get(kind="dns.zone").reason == "zone_moved"
    assert "were changed elsewhere meanwhile" in text
    assert [change.record.name for change in now.changes] == [f"mine.{name}"]
    assert f"theirs.{name}" in {record.name for record in now.base}


def test_change_that_a_registrar_stops_halfway_is_finished_later(
    own: Client, stage: Any, settle: Callable[[], None], run_due: Any, owner: Any, staff: Any, sandbox: Any
) -> None:
    name = "byrne-ceramics.com"
    domain = stage.domain("namecom", name)
    page = f"/domains/{name}/dns/"
    own.post(page, {"read": "1"})
    settle()
    zone = Zone.objects.get(domain=domain)
    old = next(record for record in drafts.working(zone, owner).base if record.type == RecordType.A)
    drafts.put(zone, owner, replace(old, ttl=old.ttl + 60), row=row_of(old))
    # The old record goes, and the new one is refused whenever it is sent.
    control(sandbox, "POST", "/faults", {"family": "namecom", "action": "dns/create", "kind": "code:203"})
    own.post(f"{page}review/", {"mark": own.get(f"{page}review/").context["plan"].mark, "sure": "yes"})
    run_due(hurry=True)
    Operation.objects.filter(kind="dns.zone").update(deadline_at=timezone.now() - timedelta(hours=1))
    overdue()
    operation = Operation.objects.get(kind="dns.zone")
    give_up(operation, actor=staff, reason="Refused each time")
    control(sandbox, "DELETE", "/faults")
    settle()
    stopped = words_of(own.get(page))
    own.post(f"{page}again/", {"way": "finish"})
    own.post(f"{page}review/", {"mark": own.get(f"{page}review/").context["plan"].mark, "sure": "yes"})
    settle()

    assert operation.state == "attention"
    assert "It stopped in the middle: 0 of 1 changes were made" in stopped
    assert "half made: the old record is gone" in stopped
    with stage.driver("namecom") as driver:
        shown = {replace(record, identifier="") for record in driver.dns.list(name).items}
    assert replace(old, ttl=old.ttl + 60) in shown
    assert "DNS records changed" in words_of(own.get(page))
    assert [item.source for item in zone.versions.order_by("number")] == ["read", "partway", "applied"]
