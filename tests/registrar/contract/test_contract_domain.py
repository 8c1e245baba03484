"""Module domain, over every family: reads."""

from __future__ import annotations

import pytest

from registrar.errors import NotFound
from registrar.types import AvailabilityState, DomainStatus
from tests.registrar.contract.contract import Door, opened, promise
from tests.registrar.contract.profiles import PROFILES
from tests.registrar.world import World


@promise("domain.check")
def test_check_tells_what_can_be_registered(door: Door) -> None:
    check, profile = door.driver.domains.check, door.profile

    assert check(profile.free).state is AvailabilityState.AVAILABLE
    assert check(profile.taken).state is AvailabilityState.TAKEN
    assert check(profile.own).state is AvailabilityState.TAKEN
    assert door.journal() == []


@promise("domain.check")
def test_check_of_an_impossible_name_is_a_state(door: Door) -> None:
    usable = {AvailabilityState.AVAILABLE, AvailabilityState.PREMIUM}

    assert door.driver.domains.check("-.com").state is AvailabilityState.INVALID
    assert door.driver.domains.check("lantern.nosuch").state not in usable


@promise("domain.check")
def test_check_of_an_international_name_answers_in_a_labels(door: Door) -> None:
    found = door.driver.domains.check("faro-español.com")

    assert (found.name, found.state) == ("xn--faro-espaol-9db.com", AvailabilityState.AVAILABLE)


@promise("domain.check_many")
def test_several_names_are_checked_in_their_order(door: Door) -> None:
    names = (
        ["lighthouse.net", "lighthouse.com"]
        if door.profile.one_label
        else ["lighthouse.com", "lantern-2.com"]
    )

    found = door.driver.domains.check_many(names)

    assert [answer.name for answer in found] == names
    assert {answer.name: answer.state for answer in found}["lighthouse.com"] is AvailabilityState.AVAILABLE


@promise("domain.check_transfer")
def test_transfer_check_tells_what_can_come(door: Door) -> None:
    assert door.driver.domains.check_transfer(door.profile.transferable).possible
    refused = door.driver.domains.check_transfer(door.profile.free)
    assert not refused.possible
    assert refused.reasons


@promise("domain.prices")
def test_name_has_prices(door: Door) -> None:
    prices = door.driver.domains.prices(door.profile.free)

    assert (prices.name, len(prices.currency)) == (door.profile.free, 3)
    assert prices.create is not None
    assert prices.create > 0


@promise("domain.claimed")
def test_claims_are_told(door: Door) -> None:
    assert door.driver.domains.claimed("claim-lantern.com")
    assert not door.driver.domains.claimed(door.profile.free)


@promise("domain.info")
def test_active_name_tells_its_state_and_its_end(door: Door) -> None:
    found = door.driver.domains.info(door.profile.own)

    assert (found.name, found.tld, found.status) == (door.profile.own, "com", DomainStatus.ACTIVE)
    assert found.expires_on is not None
    assert found.created_on is None or found.created_on < found.expires_on


@promise("domain.list")
def test_names_are_listed_with_their_end(door: Door) -> None:
    page = door.driver.domains.list()

    assert page.total == len(page.items) == len({line.name for line in page.items})
    lines = {line.name: line for line in page.items}
    assert lines[door.profile.own].status in {DomainStatus.ACTIVE, DomainStatus.UNKNOWN}
    assert lines[door.profile.own].expires_on == door.driver.domains.info(door.profile.own).expires_on


@promise("domain.list")
def test_names_are_filtered_and_paged(door: Door) -> None:
    domains, own = door.driver.domains, door.profile.own
    everything = domains.list()

    assert [line.name for line in domains.list(name=own).items] == [own]
    assert own in {line.name for line in domains.list(word=own[:6]).items}
    assert all(line.name.endswith(".com") for line in domains.list(tld="com").items)
    first, second = domains.list(page_length=3), domains.list(page=2, page_length=3)
    assert [line.name for line in first.items + second.items] == [line.name for line in everything.items[:6]]
    assert first.total == everything.total


@promise("domain.contacts")
def test_name_has_an_owner(door: Door) -> None:
    owner = door.driver.domains.contacts(door.profile.own).owner

    assert owner is not None
    assert "@" in owner.contact.email


@promise("domain.nameserver_set", "domain.nameservers")
def test_nameservers_are_told_in_their_order(door: Door) -> None:
    found = door.driver.domains.nameserver_set(door.profile.own)

    assert [server.order for server in found.nameservers] == list(range(1, len(found.nameservers) + 1))
    assert found.nameservers == door.driver.domains.nameservers(door.profile.own)
    assert all(server.name == server.name.lower() for server in found.nameservers)


@promise("domain.glue_records")
def test_glue_records_lie_below_the_name(door: Door) -> None:
    for record in door.driver.domains.glue_records(door.profile.own):
        assert record.name.endswith(door.profile.own)


@promise("domain.dnssec")
def test_unsigned_name_has_no_keys(door: Door) -> None:
    found = door.driver.domains.dnssec(door.profile.own)

    assert (found.active, found.keys) == (False, ())


@promise("domain.service")
def test_service_of_a_name_bears_its_name(door: Door) -> None:
    service = door.driver.domains.service(door.profile.own)

    assert service is None or service.name == door.profile.own


@promise("domain.whois")
def test_whois_is_about_the_name(door: Door) -> None:
    assert door.profile.own in door.driver.domains.whois(door.profile.own).lower()


@promise("domain.history")
def test_history_is_paged(door: Door) -> None:
    page = door.driver.domains.history(door.profile.own, page_length=1)

    assert len(page.items) == min(1, page.total)


@promise("domain.deleted")
def test_deleted_names_are_not_in_the_account(door: Door) -> None:
    held = {line.name for line in door.driver.domains.list().items}

    assert not held & {line.name for line in door.driver.domains.deleted().items}


@pytest.mark.parametrize("read", ["info", "contacts", "nameserver_set", "auth_code"])
@pytest.mark.parametrize("family", PROFILES)
def test_name_of_somebody_else_is_not_found(sandbox: World, family: str, read: str) -> None:
    with opened(sandbox, family) as door:
        if not door.offers(f"domain.{read}"):
            door.assert_refused(f"domain.{read}")
            return
        with pytest.raises(NotFound):
            getattr(door.driver.domains, read)(door.profile.taken)


@pytest.mark.parametrize("family", PROFILES)
def test_auth_code_is_returned_and_on_no_record(sandbox: World, family: str) -> None:
    exchanges: list[object] = []

    with opened(sandbox, family, on_exchange=exchanges.append) as door:
        if not door.offers("domain.auth_code"):
            door.assert_refused("domain.auth_code")
            return
        code = door.driver.domains.auth_code(door.profile.own)

    assert len(code) > 3
    assert exchanges
    assert code not in repr(exchanges)


@promise("domain.auth_code")
def test_auth_code_is_a_secret_of_the_account(door: Door) -> None:
    assert door.driver.domains.auth_code(door.profile.own)
    assert door.journal() == []
