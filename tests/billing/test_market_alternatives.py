"""Where an order that was not sent could go instead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from panel.account.models import Account, Cost, Preference
from panel.billing.market import alternatives, record_move
from panel.billing.models import Order, OrderLine
from panel.operation.models import Operation

MakeAccount = Callable[..., Account]


@pytest.fixture
def waiting(catalogue: Account, customer: Any) -> Operation:
    """A registration of two years for 24.00 EUR, queued at an account that rests."""
    Account.objects.update(retry_after=timezone.now() + timedelta(hours=1))
    return Operation.objects.create(
        kind="domain.create",
        subject="domain:lantern.com",
        label="lantern.com",
        state="queued",
        account=catalogue,
        customer=customer,
        brand=customer.brand,
        intent_key="test",
        payload={"tld": "com", "years": 2, "premium": False},
        price=Decimal("24.00"),
        currency="EUR",
    )


def test_alternatives_are_ranked_with_their_costs(
    waiting: Operation, make_account: MakeAccount, dollars: Any
) -> None:
    dear = make_account("Dear", {"com": "11.00"})
    cheap = make_account("Dollars", {"com": "10.00"}, currency="USD")

    found = alternatives(waiting)

    assert [one.account for one in found] == [cheap, dear]
    assert (found[0].cost, found[0].currency) == (Decimal("18.00"), "EUR")
    assert (found[0].account_cost, found[0].account_currency) == (Decimal("20.00"), "USD")


@pytest.mark.parametrize(
    ("cost", "trouble"),
    [
        ("12.01", {}),
        ("9.00", {"balance": Decimal("17.99")}),
        ("9.00", {"state": "stopped"}),
        ("9.00", {"state": "paused"}),
        ("9.00", {"is_default": False}),
        ("9.00", {"retry_after": timezone.now() + timedelta(hours=1)}),
        ("9.00", {"currency": "USD"}),
    ],
)
def test_account_that_is_no_better_is_no_alternative(
    waiting: Operation, make_account: MakeAccount, cost: str, trouble: dict[str, Any]
) -> None:
    make_account("Other", {"com": cost}, **trouble)

    assert alternatives(waiting) == []


def test_account_that_staff_barred_is_no_alternative(waiting: Operation, make_account: MakeAccount) -> None:
    other = make_account("Other", {"com": "9.00"})
    Preference.objects.create(account=other, tld_name="com", stance="never")

    assert alternatives(waiting) == []


def test_account_without_these_years_is_no_alternative(waiting: Operation, make_account: MakeAccount) -> None:
    other = make_account("Other", {"com": "9.00"})
    Cost.objects.filter(tld__account=other).update(years=[1])

    assert alternatives(waiting) == []


@pytest.mark.parametrize("changes", [{"kind": "domain.renew"}, {"payload": {"tld": "com", "premium": True}}])
def test_what_cannot_move_has_no_alternative(
    waiting: Operation, make_account: MakeAccount, changes: dict[str, Any]
) -> None:
    make_account("Other", {"com": "9.00"})
    for name, value in changes.items():
        setattr(waiting, name, value)

    assert alternatives(waiting) == []


def test_move_changes_the_costs_and_not_the_price(
    waiting: Operation, make_account: MakeAccount, dollars: Any, customer: Any
) -> None:
    make_account("Dollars", {"com": "10.00"}, currency="USD")
    order = Order.objects.create(customer=customer, total=24, currency="EUR", checkout_key="x")
    OrderLine.objects.create(
        order=order, name="lantern.com", action="create", years=2, price=24, cost=20, operation=waiting
    )

    record_move(waiting, alternatives(waiting)[0])

    line = OrderLine.objects.get()
    assert (line.price, line.cost) == (Decimal("24.00"), Decimal("18.00"))
    assert (line.account_cost, line.account_currency) == (Decimal("20.00"), "USD")
