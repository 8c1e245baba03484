"""Any two zones: what lies between them takes one to the other and back, and carried-over changes lose nothing."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panel.dns import records
from panel.dns.merging import Change, between, changed, merged
from registrar.types import DnsRecord, RecordType
from tests.dns.zone_rows import NAME, NS

# Machines that do other things too take their time.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
NAMES = st.sampled_from([NAME, f"www.{NAME}", f"mail.{NAME}", f"*.{NAME}", f"a.b.{NAME}"])
TTLS = st.sampled_from([60, 300, 3600])
ADDRESSES = st.builds(
    DnsRecord, NAMES, st.just(RecordType.A), st.sampled_from([f"192.0.2.{n}" for n in range(1, 6)]), TTLS
)
MAILS = st.builds(
    DnsRecord, NAMES, st.just(RecordType.MX), st.sampled_from(["mx1.else.example", "mx2.else.example"]), TTLS,
    st.sampled_from([10, 20]),
)  # fmt: skip
TEXTS = st.builds(DnsRecord, NAMES, st.just(RecordType.TXT), st.text("ab \"'", min_size=1, max_size=4), TTLS)
ZONES = st.lists(
    st.one_of(ADDRESSES, MAILS, TEXTS),
    max_size=14,
    unique_by=lambda row: (row.name, row.type, row.value),
).map(lambda rows: [NS, *rows])


@patient
@given(ZONES, ZONES)
def test_what_lies_between_two_zones_makes_one_of_the_other_and_back(
    a: list[DnsRecord], b: list[DnsRecord]
) -> None:
    there, back = between(a, b, NAME), between(b, a, NAME)

    assert set(changed(a, there)) == set(b)
    assert set(changed(changed(a, there), back)) == set(a)
    assert (there == []) is (set(a) == set(b))


@patient
@given(ZONES, ZONES)
def test_comparing_agrees_with_what_lies_between(a: list[DnsRecord], b: list[DnsRecord]) -> None:
    found, changes = records.compared(a, b, NAME), between(a, b, NAME)

    assert set(found.missing) == {change.new for change in changes if change.new is not None}
    assert set(found.surplus) == {change.old for change in changes if change.old is not None}


@patient
@given(ZONES, ZONES)
def test_changes_carried_over_to_the_same_zone_stay_what_they_are(
    a: list[DnsRecord], b: list[DnsRecord]
) -> None:
    changes = between(a, b, NAME)

    found = merged(a, a, changes, NAME)

    assert found.changes == tuple(changes)
    assert not found.conflicts


@patient
@given(ZONES, ZONES, ZONES)
def test_changes_carried_over_happen_or_are_asked_about(
    base: list[DnsRecord], wanted: list[DnsRecord], current: list[DnsRecord]
) -> None:
    changes = between(base, wanted, NAME)

    found = merged(base, current, changes, NAME)
    result = set(changed(current, found.changes))
    asked = {conflict.mine for conflict in found.conflicts}

    for change in changes:
        if change in asked:
            continue
        assert change.new is None or {records.row_of(change.new)} <= set(map(records.row_of, result))
        assert change.old is None or change.old not in result or change.old in {c.new for c in changes}
    # Nothing that somebody else has done is undone without having been asked about.
    touched = {change.old for change in changes}
    assert {row for row in current if row not in touched} <= result


@patient
@given(ZONES, ZONES)
def test_changes_are_dropped_once_somebody_else_has_made_them(a: list[DnsRecord], b: list[DnsRecord]) -> None:
    found = merged(a, b, between(a, b, NAME), NAME)

    assert (found.changes, found.conflicts) == ((), ())


def test_row_in_place_of_another_is_one_change_where_name_and_type_agree() -> None:
    old = DnsRecord(f"www.{NAME}", RecordType.A, "192.0.2.1", 60)
    new = DnsRecord(f"www.{NAME}", RecordType.A, "192.0.2.2", 60)
    other = DnsRecord(f"www.{NAME}", RecordType.AAAA, "2001:db8::1", 60)

    assert between([old], [new], NAME) == [Change(old, new)]
    assert [change.kind for change in between([old], [other], NAME)] == ["delete", "add"]
