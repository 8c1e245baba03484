"""Module access, over every family."""

from __future__ import annotations

import pytest

from registrar.errors import Conflict, NotFound
from registrar.types import AccessLevel, DomainPermission
from tests.registrar.contract.contract import Door, opened, promise
from tests.registrar.world import World

NAME = "lampist"
PASSWORD = "Canary-word-1"
LENT = {DomainPermission.DNS_ZONE: AccessLevel.READ, DomainPermission.CONTACTS: AccessLevel.DISABLED}


@promise("access.create", "access.info")
def test_user_is_created_and_may_come_in(door: Door) -> None:
    door.settled(door.driver.access.create(NAME, PASSWORD))

    found = door.driver.access.info(NAME)

    assert (found.username, found.enabled, found.domains) == (NAME, True, {})
    assert PASSWORD not in repr((found, door.journal()))


@promise("access.create")
def test_user_is_not_created_twice(door: Door) -> None:
    door.settled(door.driver.access.create(NAME, PASSWORD))

    with pytest.raises(Conflict):
        door.driver.access.create(NAME, PASSWORD)
    assert len(door.journal()) == 1


@promise("access.create", "access.list", "access.set_enabled")
def test_users_are_listed_by_state_and_name(door: Door) -> None:
    door.settled(door.driver.access.create(NAME, PASSWORD))
    door.settled(door.driver.access.set_enabled(NAME, False))

    assert NAME in {user.username for user in door.driver.access.list(enabled=False).items}
    assert NAME not in {user.username for user in door.driver.access.list(enabled=True).items}
    assert [user.username for user in door.driver.access.list(username=NAME).items] == [NAME]


@promise("access.create", "access.set_password")
def test_user_gets_another_password(door: Door) -> None:
    door.settled(door.driver.access.create(NAME, PASSWORD))

    door.settled(door.driver.access.set_password(NAME, PASSWORD + "2"))

    assert len(door.journal()) == 2
    assert PASSWORD not in repr(door.journal())


@promise("access.create", "access.add_domain", "access.update_domain", "access.info")
def test_domain_is_lent_with_the_permissions_named(door: Door) -> None:
    own = door.profile.own
    door.settled(door.driver.access.create(NAME, PASSWORD))

    door.settled(door.driver.access.add_domain(NAME, own, LENT))

    lent = door.driver.access.info(NAME).domains
    assert lent is not None
    assert {name: lent[own][name] for name in LENT} == LENT
    door.settled(door.driver.access.update_domain(NAME, own, {DomainPermission.DNS_ZONE: AccessLevel.WRITE}))
    lent = door.driver.access.info(NAME).domains
    assert lent is not None
    assert lent[own][DomainPermission.DNS_ZONE] is AccessLevel.WRITE


@promise("access.create", "access.add_domain", "access.remove_domain", "access.info")
def test_domain_is_taken_back(door: Door) -> None:
    door.settled(door.driver.access.create(NAME, PASSWORD))
    door.settled(door.driver.access.add_domain(NAME, door.profile.own, {}))

    door.settled(door.driver.access.remove_domain(NAME, door.profile.own))

    assert door.driver.access.info(NAME).domains == {}


@promise("access.create", "access.delete", "access.info")
def test_deleted_user_is_not_found(door: Door) -> None:
    door.settled(door.driver.access.create(NAME, PASSWORD))

    door.settled(door.driver.access.delete(NAME))

    with pytest.raises(NotFound):
        door.driver.access.info(NAME)


def test_password_of_a_user_is_on_no_record(sandbox: World) -> None:
    exchanges: list[object] = []

    with opened(sandbox, "mrdomain", on_exchange=exchanges.append) as door:
        door.driver.access.create(NAME, PASSWORD)

    assert exchanges
    assert PASSWORD not in repr(exchanges)
