"""Module domain, over every family: writes that may cost money."""

from __future__ import annotations

from datetime import timedelta

import pytest

from registrar.errors import (
    AlreadyExists,
    Conflict,
    InsufficientFunds,
    NotFound,
    Refused,
    RegistrarError,
    Verdict,
)
from registrar.types import (
    DomainStatus,
    Done,
    InternalTransferOrder,
    ItemKind,
    OrderItem,
    Pending,
)
from tests.registrar.contract.contract import Door, promise


def held(door: Door) -> set[str]:
    return {line.name for line in door.driver.domains.list().items}


@promise("domain.create", "domain.info", "domain.list")
def test_registration_ends_with_an_active_name(door: Door) -> None:
    door.settled(door.driver.domains.create(door.order()))

    found = door.driver.domains.info(door.profile.free)
    assert found.status is DomainStatus.ACTIVE
    assert found.expires_on is not None
    assert found.name in held(door)
    (entry,) = [
        entry
        for entry in door.journal()
        if entry["action"].startswith(("domain/create", "domain_create", "domainCreate"))
    ]
    assert door.profile.free in str(entry)


@promise("domain.create", "domain.nameservers")
def test_registration_carries_its_nameservers(door: Door) -> None:
    door.settled(door.driver.domains.create(door.order()))

    servers = door.driver.domains.nameservers(door.profile.free)
    assert tuple(server.name for server in servers) == door.profile.nameservers


@promise("domain.create", "domain.contacts")
def test_registration_carries_its_owner(door: Door) -> None:
    door.settled(door.driver.domains.create(door.order()))

    owner = door.driver.domains.contacts(door.profile.free).owner
    assert owner is not None
    assert owner.contact.email.casefold() == door.profile.contact.email


@promise("domain.create")
def test_registration_is_paid_once(door: Door) -> None:
    order, before = door.order(), door.balance()

    door.settled(door.driver.domains.create(order))

    assert float(door.balance()) < float(before)


@promise("domain.create", "domain.list")
def test_taken_name_is_not_registered(door: Door) -> None:
    order, before = door.order(door.profile.taken), door.balance()

    with pytest.raises((AlreadyExists, Refused, Conflict)) as caught:
        door.driver.domains.create(order)

    assert caught.value.verdict is Verdict.NOT_EXECUTED
    door.world.settle()
    assert door.profile.taken not in held(door)
    assert door.balance() == before


@promise("domain.create", "domain.list")
def test_refused_name_is_never_said_to_be_registered(door: Door) -> None:
    """Some registrars refuse at once, some accept and fail later: neither is Done."""
    order = door.order("refuse-lantern.com")

    try:
        outcome = door.driver.domains.create(order)
    except RegistrarError:
        pass
    else:
        assert isinstance(outcome, Pending)
    door.world.settle()
    assert "domain" not in {
        entry["action"].partition("/")[0] for entry in door.journal() if "refuse" in str(entry)
    }


@promise("domain.create")
def test_registration_without_money_is_not_executed(door: Door) -> None:
    order = door.order()
    door.world.change(door.profile.family, balance=0.01)
    if not door.profile.checks_balance:
        return

    with pytest.raises(InsufficientFunds):
        door.driver.domains.create(order)
    door.world.settle()
    assert door.balance() == "0.01"


@promise("domain.create", "domain.info")
def test_international_name_is_registered_in_a_labels(door: Door) -> None:
    door.settled(door.driver.domains.create(door.order("faro-español.com")))

    assert door.driver.domains.info("faro-español.com").name == "xn--faro-espaol-9db.com"


@promise("domain.renew", "domain.info")
def test_renewal_moves_the_expiry_by_its_years(door: Door) -> None:
    domains, own = door.driver.domains, door.profile.own
    expiry = domains.info(own).expires_on
    assert expiry is not None

    outcome = domains.renew(own, current_expiry=expiry, years=1)
    door.settled(outcome)

    moved = domains.info(own).expires_on
    assert moved is not None
    assert moved.year == expiry.year + 1
    assert len(door.journal()) == 1
    if isinstance(outcome, Done):
        assert outcome.value.expires_on == moved


@promise("domain.renew", "domain.info")
def test_renewal_from_an_outdated_expiry_is_not_executed(door: Door) -> None:
    domains, own = door.driver.domains, door.profile.own
    expiry, before = domains.info(own).expires_on, door.balance()
    assert expiry is not None

    with pytest.raises(RegistrarError) as caught:
        domains.renew(own, current_expiry=expiry - timedelta(days=365), years=1)

    assert caught.value.verdict is Verdict.NOT_EXECUTED
    door.world.settle()
    assert domains.info(own).expires_on == expiry
    assert door.balance() == before


@promise("domain.renew", "domain.info")
def test_second_renewal_from_the_same_expiry_is_not_executed(door: Door) -> None:
    domains, own = door.driver.domains, door.profile.own
    expiry = domains.info(own).expires_on
    assert expiry is not None
    door.settled(domains.renew(own, current_expiry=expiry, years=1))

    with pytest.raises(RegistrarError):
        domains.renew(own, current_expiry=expiry, years=1)
    assert len(door.journal()) == 1


@promise("domain.transfer", "domain.info")
def test_transfer_is_pending_until_the_name_is_here(door: Door) -> None:
    outcome = door.driver.domains.transfer(door.transfer())

    assert isinstance(outcome, Pending)
    door.settled(outcome)
    assert door.driver.domains.info(door.profile.transferable).status is DomainStatus.ACTIVE


@promise("domain.transfer_restart", "domain.transfer", "domain.info")
def test_stopped_transfer_starts_again_with_another_code(door: Door) -> None:
    domains = door.driver.domains
    domains.transfer(door.transfer("wrong-code"))
    door.world.settle()

    restarted = domains.transfer_restart(door.profile.transferable, door.profile.auth_code)
    door.settled(restarted)

    assert domains.info(door.profile.transferable).status is DomainStatus.ACTIVE


@promise("domain.transfer_internal", "domain.info")
def test_name_is_pulled_from_another_account(door: Door) -> None:
    name, other = door.profile.special["internal"], door.person(is_owner=False)
    assert isinstance(other, str)

    outcome = door.driver.domains.transfer_internal(
        InternalTransferOrder(
            name, other, other, other, auth_code=door.profile.auth_code, nameservers=door.profile.nameservers
        )
    )
    door.settled(outcome)

    assert door.driver.domains.info(name).status is DomainStatus.ACTIVE


@promise("domain.change_owner", "domain.contacts")
def test_name_gets_another_owner(door: Door) -> None:
    door.settled(door.driver.domains.change_owner(door.profile.own, door.person()))

    owner = door.driver.domains.contacts(door.profile.own).owner
    assert owner is not None
    assert owner.contact.email.casefold() == door.profile.contact.email


@promise("domain.restore", "domain.info")
def test_name_in_redemption_comes_back(door: Door) -> None:
    name = door.profile.special["redemption"]
    assert door.driver.domains.info(name).status is DomainStatus.REDEMPTION

    door.settled(door.driver.domains.restore(name))

    assert door.driver.domains.info(name).status is DomainStatus.ACTIVE


@promise("domain.order", "domain.list")
def test_items_of_an_order_succeed_or_fail_each_by_itself(door: Door) -> None:
    registration, taken = door.order(), door.order(door.profile.taken)

    done, failed = door.driver.domains.order(
        [
            OrderItem(ItemKind.CREATE, registration.name, years=1, registration=registration),
            OrderItem(ItemKind.CREATE, taken.name, years=1, registration=taken),
        ]
    )

    assert (done.name, done.succeeded, failed.name, failed.succeeded) == (
        registration.name,
        True,
        taken.name,
        False,
    )
    assert registration.name in held(door)
    assert taken.name not in held(door)


@promise("domain.backorder")
def test_name_that_is_about_to_be_deleted_is_asked_for(door: Door) -> None:
    door.settled(door.driver.domains.backorder(door.profile.taken))

    assert len(door.journal()) == 1


@promise("domain.buy_whois_privacy")
def test_privacy_is_bought(door: Door) -> None:
    before = door.balance()

    door.settled(door.driver.domains.buy_whois_privacy(door.profile.special["without privacy"], years=1))

    assert len(door.journal()) == 1
    assert float(door.balance()) < float(before)


@promise("domain.renew", "domain.info")
def test_name_of_somebody_else_is_not_renewed(door: Door) -> None:
    expiry = door.driver.domains.info(door.profile.own).expires_on
    assert expiry is not None

    with pytest.raises((NotFound, Refused)):
        door.driver.domains.renew(door.profile.taken, current_expiry=expiry, years=1)
    assert door.journal() == []
