"""One change of many zones: what is found, a plan for each, and starting exactly what was seen."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from panel.dns import many
from panel.dns.replace import BadPair, Replacement, replacement
from panel.domain.models import Domain
from panel.operation.models import Operation
from registrar.types import DnsRecord, RecordType
from tests.dns.zone_rows import NAME, an_operation, kept, rec
from tests.selfservice.pages import words_of

PAGE = "/dns/replace/"
QUERY = {"old": "192.0.2.1", "new": "203.0.113.9", "name": ""}


def of(zone: str, name: str, kind: str, value: str, priority: int | None = None) -> DnsRecord:
    return DnsRecord(zone if name == "@" else f"{name}.{zone}", RecordType(kind), value, 3600, priority)


# --- what is replaced ------------------------------------------------------------------------------------------------


def test_address_is_replaced_wherever_it_stands_alone() -> None:
    rows = [
        rec("@", "A", "192.0.2.1"),
        rec("b", "A", "192.0.2.11"),
        rec("@", "TXT", "v=spf1 ip4:192.0.2.1 ?IP4:192.0.2.1 ip4:192.0.2.0/24 ip4:192.0.2.11 -all"),
        rec("note", "TXT", "ip4:192.0.2.1"),
    ]

    found = replacement("192.0.2.1", "203.0.113.9").applied(rows, NAME)

    assert [row.value for row in found] == [
        "203.0.113.9",
        "192.0.2.11",
        "v=spf1 ip4:203.0.113.9 ?ip4:203.0.113.9 ip4:192.0.2.0/24 ip4:192.0.2.11 -all",
        "ip4:192.0.2.1",
    ]


def test_address_is_found_however_it_is_written() -> None:
    found = replacement("2001:DB8:0:0::1", "2001:db8::2")

    assert found == Replacement("2001:db8::1", "2001:db8::2", 6)
    assert [row.value for row in found.applied([rec("@", "AAAA", "2001:db8:0::1")], NAME)] == ["2001:db8::2"]


def test_host_is_replaced_where_records_point_to_it_but_for_the_zones_own_nameservers() -> None:
    rows = [
        rec("@", "NS", "old.example"), rec("sub", "NS", "old.example"), rec("@", "MX", "old.example", 60, 5),
        rec("_x._tcp", "SRV", "1 2 old.example", 60, 0), rec("w", "CNAME", "old.example"),
        rec("v", "CNAME", "very.old.example"),
    ]  # fmt: skip

    found = replacement("Old.Example.", "new.example").applied(rows, NAME)

    assert [row.value for row in found] == [
        "old.example", "new.example", "new.example", "1 2 new.example", "new.example", "very.old.example",
    ]  # fmt: skip
    assert found[2].priority == 5


def test_what_would_be_there_twice_is_there_once() -> None:
    rows = [rec("@", "A", "192.0.2.1"), rec("@", "A", "203.0.113.9")]

    assert replacement("192.0.2.1", "203.0.113.9").applied(rows, NAME) == [rec("@", "A", "203.0.113.9")]


@pytest.mark.parametrize(
    ("old", "new", "field", "reason"),
    [
        ("192.0.2.1", "2001:db8::1", "new", "kind"),
        ("192.0.2.1", "host.example", "new", "kind"),
        ("host.example", "192.0.2.1", "new", "kind"),
        ("192.0.2.1", "192.0.2.1", "new", "same"),
        ("host", "other.example", "old", "value"),
        ("host.example", "not a host.example", "new", "value"),
        ("192.0.2", "other.example", "old", "value"),
    ],
)
def test_pair_that_cannot_stand_for_each_other_is_refused(
    old: str, new: str, field: str, reason: str
) -> None:
    with pytest.raises(BadPair) as caught:
        replacement(old, new)

    assert (caught.value.field, caught.value.reason) == (field, reason)


# --- pages -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def three(make_name: Any) -> dict[str, Any]:
    """Two zones with the address, one of which would lose nothing by it, and one without it."""
    zones = {}
    for name, address in {
        "a.example": "192.0.2.1",
        "b.example": "192.0.2.1",
        "c.example": "192.0.2.11",
    }.items():
        zones[name] = kept(make_name(name), [of(name, "@", "A", address), of(name, "www", "CNAME", name)])
    return zones


def changes() -> list[Operation]:
    """Every change of a zone that was planned."""
    return list(Operation.objects.filter(kind="dns.zone"))


def marks(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(mark-[^"]+)" value="([^"]+)"', page))


def test_zones_that_have_it_are_shown_with_their_plans(
    own: Client, three: dict[str, Any], make_name: Any
) -> None:
    kept(make_name("foreign.example", customer=None), [of("foreign.example", "@", "A", "192.0.2.1")])

    text = words_of(own.get(PAGE, QUERY))

    assert "2 zones would be changed" in text
    assert "a.example" in text
    assert "b.example" in text
    assert "c.example" not in text
    assert "foreign.example" not in text
    assert not changes()


def test_chosen_zones_are_changed_and_no_others(own: Client, owner: Any, three: dict[str, Any]) -> None:
    address = f"{PAGE}?old=192.0.2.1&new=203.0.113.9"
    seen = marks(own.get(address).content.decode())

    answer = own.post(address, {**seen, "zone": ["a.example"]})

    (operation,) = changes()
    assert answer.status_code == 302
    assert (operation.kind, operation.label, operation.actor) == ("dns.zone", "a.example", owner)
    assert "1 zone is being changed" in words_of(own.get(address))
    again = own.post(address, {**seen, "zone": ["a.example"]})
    assert again.status_code == 302
    assert len(changes()) == 1


def test_zone_that_has_changed_since_it_was_seen_is_left_alone(own: Client, three: dict[str, Any]) -> None:
    address = f"{PAGE}?old=192.0.2.1&new=203.0.113.9"
    seen = marks(own.get(address).content.decode())
    kept(
        three["a.example"].domain,
        [of("a.example", "@", "A", "192.0.2.1"), of("a.example", "x", "A", "192.0.2.1")],
    )

    own.post(address, {**seen, "zone": ["a.example", "b.example", "gone.example"]})

    assert [operation.label for operation in changes()] == ["b.example"]


def test_nothing_chosen_is_told(own: Client, three: dict[str, Any]) -> None:
    answer = own.post(f"{PAGE}?old=192.0.2.1&new=203.0.113.9", {})

    assert answer.status_code == 422
    assert "Choose at least one zone." in words_of(answer)


def test_zone_in_which_something_would_be_lost_needs_a_yes_of_its_own(own: Client, make_name: Any) -> None:
    kept(
        make_name("m.example"),
        [of("m.example", "@", "MX", "old.example", 5), of("m.example", "@", "TXT", "x")],
    )
    address = "/dns/templates/no-mail/?name=m.ex"
    page = own.get(address)
    seen = marks(page.content.decode())

    without = own.post(address, {**seen, "zone": "m.example"})
    sure = own.post(address, {**seen, "zone": "m.example", "sure-m.example": "yes"})

    assert "removes the last mail server" in words_of(page)
    assert without.status_code == 422
    assert sure.status_code == 302
    assert [operation.label for operation in changes()] == ["m.example"]


def test_zone_that_is_being_changed_cannot_be_chosen(own: Client, three: dict[str, Any]) -> None:
    an_operation(three["a.example"].domain, "dns.zone", state="waiting")
    page = own.get(PAGE, QUERY).content.decode()

    assert 'value="a.example"' not in page
    assert 'value="b.example"' in page


def test_zone_in_which_it_would_be_a_mistake_cannot_be_chosen(own: Client, make_name: Any) -> None:
    rows = [of("d.example", "@", "NS", "ns.old.example"), of("d.example", "s", "NS", "h.old.example"),
            of("d.example", "alias", "CNAME", "else.example")]  # fmt: skip
    kept(make_name("d.example"), rows)
    answer = own.get(PAGE, {"old": "h.old.example", "new": "alias.d.example"})

    assert "which is a CNAME" in words_of(answer) or "a CNAME" in words_of(answer)
    assert 'value="d.example"' not in answer.content.decode()


def test_template_goes_into_many_zones_that_can_keep_it(
    own: Client, three: dict[str, Any], make_name: Any
) -> None:
    kept(make_name("n.example", family="netim"), [of("n.example", "@", "A", "192.0.2.1")])

    caa, google = own.get("/dns/templates/caa/?name="), own.get("/dns/templates/google/?name=example")

    assert "3 zones would be changed" in words_of(caa)
    assert "4 zones would be changed" in words_of(google)
    assert own.get("/dns/templates/acme/").status_code == 404


@pytest.mark.parametrize("query", [{"old": "x", "new": "192.0.2.1"}, {"old": "192.0.2.1", "new": ""}])
def test_what_is_no_pair_is_told(own: Client, three: dict[str, Any], query: dict[str, str]) -> None:
    assert own.get(PAGE, query).status_code == 422


def test_page_of_many_zones_costs_the_same_for_any_number(
    own: Client, three: dict[str, Any], make_name: Any, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(60) as few:
        own.get(PAGE, QUERY)
    for number in range(8):
        kept(make_name(f"z{number}.example"), [of(f"z{number}.example", "@", "A", "192.0.2.1")])
    with django_assert_max_num_queries(len(few) + 1):
        own.get(PAGE, QUERY)


def test_reader_changes_no_zones(reader: Client, three: dict[str, Any]) -> None:
    assert reader.get(PAGE).status_code == 403


def test_staff_change_zones_of_every_customer(
    signed_in: Any, staff: Any, three: dict[str, Any], make_name: Any
) -> None:
    kept(make_name("foreign.example", customer=None), [of("foreign.example", "@", "A", "192.0.2.1")])

    text = words_of(signed_in(staff).get(f"/office{PAGE}", QUERY))

    assert "3 zones would be changed" in text


def test_page_says_where_it_stopped_looking(own: Client, three: dict[str, Any], monkeypatch: Any) -> None:
    monkeypatch.setattr(many, "MOST_LOOKED_AT", 1)

    some = words_of(own.get(PAGE, QUERY))
    # The third zone has an address that begins alike, so that it is looked through as well.
    monkeypatch.setattr(many, "MOST_LOOKED_AT", 3)
    all_of_them = words_of(own.get(PAGE, QUERY))

    assert "1 zone would be changed" in some
    assert "Not all zones were looked through" in some
    assert "Not all zones were looked through" not in all_of_them


def test_page_counts_what_comes_after_the_first_ones(
    own: Client, three: dict[str, Any], monkeypatch: Any
) -> None:
    monkeypatch.setattr(many.plans_for, "__kwdefaults__", {"most": 1})

    # The third zone has an address that begins alike: nobody has looked at it yet.
    assert "At most 2 more come after these" in words_of(own.get(PAGE, QUERY))


def test_zones_after_the_first_ones_are_not_read(three: dict[str, Any]) -> None:
    zones, looked_at = many.zones_of(Domain.objects.all(), holding="192.0.2.1"), []

    def transform(rows: list[DnsRecord], zone: str) -> list[DnsRecord]:
        looked_at.append(zone)
        return replacement("192.0.2.1", "203.0.113.9").applied(rows, zone)

    found = many.plans_for(zones, transform, most=1)

    assert looked_at == ["a.example"]
    assert (len(found.plans), found.more, found.narrow) == (1, 2, False)


def test_zones_are_looked_through_up_to_so_many_records(three: dict[str, Any], monkeypatch: Any) -> None:
    monkeypatch.setattr(many, "MOST_RECORDS", 3)
    zones = many.zones_of(Domain.objects.all())

    found = many.plans_for(zones, lambda rows, _zone: rows)

    assert (found.plans, found.narrow) == ([], True)
