"""Module tool, over every family."""

from __future__ import annotations

from registrar.types import AvailabilityState
from tests.registrar.contract.contract import Door, promise


@promise("tool.hello")
def test_hello_is_answered_without_an_effect(door: Door) -> None:
    assert door.driver.tools.hello() is not None
    assert door.journal() == []


@promise("tool.quick_check")
def test_quick_check_tells_a_free_name_from_a_taken_one(door: Door) -> None:
    assert door.driver.tools.quick_check(door.profile.free).state is AvailabilityState.AVAILABLE
    assert door.driver.tools.quick_check(door.profile.taken).state is AvailabilityState.TAKEN


@promise("tool.idn")
def test_international_name_is_written_both_ways(door: Door) -> None:
    found = door.driver.tools.idn("españa.com")

    assert (found.punycode, found.unicode) == ("xn--espaa-rta.com", "españa.com")


@promise("tool.suggest")
def test_suggestions_are_names_of_the_extensions_asked_for(door: Door) -> None:
    found = door.driver.tools.suggest("lantern", tlds=("com", "net"))

    assert found
    assert {suggestion.name.rpartition(".")[2] for suggestion in found} <= {"com", "net"}


@promise("tool.table")
def test_table_of_countries_holds_france(door: Door) -> None:
    assert "france" in {row.name.casefold() for row in door.driver.tools.table("countries")}


@promise("tool.dig")
def test_answer_of_a_dns_server_is_about_what_was_asked(door: Door) -> None:
    found = door.driver.tools.dig("example.com", "MX", "8.8.8.8")

    assert (found.query, found.type) == ("example.com", "MX")
    assert found.text


@promise("tool.zone_check")
def test_zone_check_passes_good_servers_and_fails_lame_ones(door: Door) -> None:
    check = door.driver.tools.zone_check

    assert check("lantern-test.fr", ["ns1.lamps.example", "ns2.lamps.example"]).passed
    assert not check("lantern-test.fr", ["lame1.lamps.example", "lame2.lamps.example"]).passed
