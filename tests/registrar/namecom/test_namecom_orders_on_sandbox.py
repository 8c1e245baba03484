"""Orders on the sandbox's real server: refusals, funds, and several items of which some fail."""

from __future__ import annotations

from decimal import Decimal

import pytest

from registrar.errors import (
    AlreadyExists,
    InsufficientFunds,
    NotSupported,
    Refused,
)
from registrar.types import (
    DomainOrder,
    Done,
    ItemKind,
    OrderItem,
    Price,
)

NAME = "lighthouse.com"
OURS = "bluestem-studio.com"
FOREIGN = "taken-lantern.com"


def usd(amount: str) -> Price:
    return Price(Decimal(amount), "USD")


@pytest.mark.parametrize("code", [240, 100])
@pytest.mark.parametrize(
    ("name", "error", "reason"),
    [
        ("lighthouse.net", AlreadyExists, "taken"),
        (OURS, AlreadyExists, "in_account"),
        ("refuse-lantern.com", Refused, "create_failed"),
    ],
)
def test_impossible_registration_is_not_executed(driver, world, person, code, name, error, reason):
    world.assume(failed_order_code=code)

    with pytest.raises(error) as caught:
        driver.domains.create(DomainOrder(name, person))
    assert caught.value.reason == reason
    assert world.executed("domain/create") == 0


def test_extension_with_requirements_of_no_manual_is_not_ordered(driver, world, person):
    with pytest.raises(NotSupported):
        driver.domains.create(DomainOrder("lighthouse.us", person))
    assert world.requests() == []


def test_order_beyond_the_credit_is_not_executed_and_goes_on_after_a_top_up(driver, world, person):
    world.change(balance=5)
    with pytest.raises(InsufficientFunds) as caught:
        driver.domains.create(DomainOrder(NAME, person))
    assert caught.value.code == "260"
    assert world.executed("domain/create") == 0

    world.change(balance=50)
    assert isinstance(driver.domains.create(DomainOrder(NAME, person)), Done)


def test_payment_that_is_not_authorized_executes_nothing(driver, world, person):
    world.change(authorizes=False)

    with pytest.raises(InsufficientFunds) as caught:
        driver.domains.create(DomainOrder(NAME, person))
    assert caught.value.code == "261"
    assert world.executed("domain/create") == 0


@pytest.mark.parametrize("code", [100, 240])
def test_order_of_five_types_fails_in_part(driver, world, person, code):
    world.assume(partial_order_code=code)
    items = [
        OrderItem(ItemKind.CREATE, NAME, registration=DomainOrder(NAME, person)),
        OrderItem(ItemKind.RENEW, FOREIGN, 1),
        OrderItem(ItemKind.RENEW, OURS, 1),
        OrderItem(ItemKind.WHOIS_PRIVACY, "okafor-dental.org", 1),
        OrderItem(ItemKind.WHOIS_PRIVACY_RENEWAL, FOREIGN, 1),
        OrderItem(ItemKind.BACKORDER, "lighthouse.net"),
        OrderItem(
            ItemKind.CREATE, "refuse-lantern.com", registration=DomainOrder("refuse-lantern.com", person)
        ),
    ]

    found = driver.domains.order(items)

    assert [(result.kind, result.name) for result in found] == [(item.kind, item.name) for item in items]
    assert [result.succeeded for result in found] == [True, False, True, True, False, True, False]
    assert found[0].charged == usd("8.99")
    assert all(result.messages and result.charged is None for result in found if not result.succeeded)
    assert [result.look_first for result in found if not result.succeeded] == [False, False, True]
    executed = [world.executed(kind) for kind in ("domain/create", "domain/renew", "whois_privacy/create")]
    assert executed == [1, 1, 1]
    assert (world.executed("whois_privacy/renew"), world.executed("backorder/create")) == (0, 1)


def test_privacy_by_flag_is_answered_behind_the_items(driver, person):
    items = [
        OrderItem(ItemKind.CREATE, NAME, registration=DomainOrder(NAME, person, whois_privacy=True)),
        OrderItem(ItemKind.BACKORDER, "lighthouse.net"),
    ]

    found = driver.domains.order(items)

    assert [(result.kind, result.name) for result in found] == [
        (ItemKind.CREATE, NAME),
        (ItemKind.BACKORDER, "lighthouse.net"),
        (ItemKind.WHOIS_PRIVACY, NAME),
    ]


def test_order_of_which_nothing_can_be_paid_is_not_executed(driver, world):
    world.change(balance=1)

    with pytest.raises(InsufficientFunds):
        driver.domains.order([OrderItem(ItemKind.RENEW, OURS, 1), OrderItem(ItemKind.BACKORDER, FOREIGN)])
    assert world.executed("domain/renew") == world.executed("backorder/create") == 0
