"""Money: every entry balances, every hold ends once, nothing goes below the floor."""

from __future__ import annotations

import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from panel.billing import ledger
from panel.billing.models import Entry, LedgerAccount, Line
from panel.operation.models import Operation
from panel.operation.services import plan
from panel.operation.states import State
from panel.operation.transition import move

EUR = Decimal("1.00")


@pytest.fixture
def priced(catalogue: Any, customer: Any) -> Callable[..., Operation]:
    """`priced("12.00")` plans an operation with that price and holds the money."""
    counter = iter(range(1000))

    def make(price: str) -> Operation:
        number = next(counter)
        with transaction.atomic():
            operation = plan(
                "domain.refresh",
                subject=f"domain:name-{number}.com",
                label=f"name-{number}.com",
                account=catalogue,
                intent_key=f"test:{number}:{customer.pk}",
                payload={},
                customer=customer,
                price=Decimal(price),
                currency="EUR",
            )
            ledger.hold(operation)
        return operation

    return make


def books_balance() -> bool:
    """Every entry sums to zero, and every kept balance is the sum of its lines."""
    entries: dict[int, Decimal] = {}
    accounts: dict[int, Decimal] = {}
    # Added up here: SQLite sums money as floats.
    for line in Line.objects.all():
        entries[line.entry_id] = entries.get(line.entry_id, Decimal(0)) + line.amount
        accounts[line.account_id] = accounts.get(line.account_id, Decimal(0)) + line.amount
    kept = all(account.balance == accounts.get(account.pk, 0) for account in LedgerAccount.objects.all())
    return kept and len(entries) == Entry.objects.count() and not any(entries.values())


@pytest.mark.django_db
def test_top_up_puts_money_into_the_wallet(customer: Any) -> None:
    ledger.top_up(customer, Decimal("25.50"), reason="bank transfer", actor=None)

    assert ledger.balance(customer) == Decimal("525.50")
    assert books_balance()


@pytest.mark.django_db
def test_top_up_with_the_same_key_is_booked_once(customer: Any) -> None:
    for _ in range(2):
        ledger.top_up(customer, Decimal(10), reason="transfer", actor=None, idempotency_key="form-1")

    assert ledger.balance(customer) == Decimal(510)


@pytest.mark.django_db
def test_correction_below_zero_is_refused(customer: Any) -> None:
    with pytest.raises(ledger.NotEnoughMoney):
        ledger.top_up(customer, Decimal(-501), reason="typing mistake", actor=None)

    assert ledger.balance(customer) == Decimal(500)


@pytest.mark.django_db
def test_hold_moves_money_aside(priced: Any, customer: Any) -> None:
    priced("120.00")

    assert ledger.balance(customer) == Decimal(380)
    assert ledger.held(customer) == Decimal(120)
    assert books_balance()


@pytest.mark.django_db
def test_hold_beyond_the_wallet_says_what_is_missing(priced: Any, customer: Any) -> None:
    priced("480.00")

    with pytest.raises(ledger.NotEnoughMoney) as raised:
        priced("30.00")

    assert raised.value.missing == Decimal(10)
    assert ledger.balance(customer) == Decimal(20)


@pytest.mark.django_db
def test_credit_line_lets_the_wallet_go_below_zero_as_far_as_it_reaches(priced: Any, customer: Any) -> None:
    ledger.customer_account(customer, "wallet")
    ledger.set_credit_line(customer, Decimal(50))

    priced("540.00")

    assert ledger.balance(customer) == Decimal(-40)
    with pytest.raises(ledger.NotEnoughMoney):
        priced("10.01")


@pytest.mark.django_db
def test_credit_line_under_what_is_owed_is_refused(priced: Any, customer: Any) -> None:
    ledger.set_credit_line(customer, Decimal(50))
    priced("540.00")

    with pytest.raises(ValueError, match="below zero"):
        ledger.set_credit_line(customer, Decimal(10))


@pytest.mark.django_db
def test_success_captures_into_the_brands_income(priced: Any, customer: Any) -> None:
    operation = priced("120.00")

    move(operation.pk, State.SENDING, sources=[State.QUEUED])
    move(operation.pk, State.SUCCEEDED, sources=[State.SENDING])

    assert ledger.held(customer) == 0
    assert ledger.balance(customer) == Decimal(380)
    assert ledger.brand_account(customer, "income").balance == Decimal(120)
    assert books_balance()


@pytest.mark.django_db
def test_settling_again_changes_nothing(priced: Any, customer: Any) -> None:
    operation = priced("120.00")
    move(operation.pk, State.FAILED, sources=[State.QUEUED])
    operation.refresh_from_db()

    for _ in range(3):
        ledger.settle(operation)

    assert ledger.balance(customer) == Decimal(500)
    assert operation.entries.count() == 2


@pytest.mark.django_db
def test_cents_of_several_holds_come_out_even(priced: Any, customer: Any) -> None:
    operations = [priced(price) for price in ("11.90", "43.90", "10.90", "11.90", "43.90", "10.90")]

    for operation in operations:
        move(operation.pk, State.SENDING, sources=[State.QUEUED])
        move(operation.pk, State.SUCCEEDED, sources=[State.SENDING])

    assert ledger.held(customer) == Decimal("0.00")
    assert books_balance()


@pytest.mark.django_db
def test_hold_cannot_be_both_captured_and_released(priced: Any) -> None:
    operation = priced("10.00")
    move(operation.pk, State.FAILED, sources=[State.QUEUED])

    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(
            kind="capture",
            customer=operation.customer,
            operation=operation,
            amount=EUR,
            currency="EUR",
            reason="by mistake",
        )


@pytest.mark.django_db
def test_database_itself_refuses_a_balance_under_the_floor(customer: Any) -> None:
    wallet = ledger.customer_account(customer, "wallet")

    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerAccount.objects.filter(pk=wallet.pk).update(balance=Decimal("-0.01"))


@pytest.mark.django_db
def test_entry_whose_lines_do_not_sum_to_zero_is_refused(customer: Any) -> None:
    wallet = ledger.customer_account(customer, "wallet")
    entry = Entry(kind="top_up", customer=customer, amount=EUR, currency="EUR", reason="one-sided")

    with pytest.raises(ledger.LedgerMismatch):
        ledger._post(entry, [(wallet, EUR)])

    assert not Entry.objects.filter(reason="one-sided").exists()


@pytest.mark.django_db
@hypothesis_settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["top_up", "order", "succeed", "fail"]), st.integers(1, 30_000)),
        max_size=25,
    )
)
def test_books_balance_after_anything(steps: list[tuple[str, int]], priced: Any, customer: Any) -> None:
    with transaction.atomic():
        open_orders: list[Operation] = []
        for what, cents in steps:
            if what == "top_up":
                ledger.top_up(customer, Decimal(cents) / 100, reason="transfer", actor=None)
            elif what == "order":
                try:
                    open_orders.append(priced(str(Decimal(cents) / 100)))
                except ledger.NotEnoughMoney:
                    continue
            elif open_orders:
                operation = open_orders.pop(cents % len(open_orders))
                move(operation.pk, State.SENDING, sources=[State.QUEUED])
                move(
                    operation.pk,
                    State.SUCCEEDED if what == "succeed" else State.FAILED,
                    sources=[State.SENDING],
                )
        expected_hold = sum((operation.price or Decimal(0) for operation in open_orders), Decimal(0))
        assert books_balance()
        assert ledger.held(customer) == expected_hold
        assert ledger.balance(customer) >= 0
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_simultaneous_holds_never_spend_the_same_money_twice(catalogue: Any, customer: Any) -> None:
    outcomes: list[str] = []
    ready = threading.Barrier(6)

    def buy(number: int) -> None:
        try:
            ready.wait(10)
            with transaction.atomic():
                operation = plan(
                    "domain.refresh",
                    subject=f"domain:race-{number}.com",
                    label="race",
                    account=catalogue,
                    intent_key=f"race:{number}",
                    payload={},
                    customer=customer,
                    price=Decimal(200),
                    currency="EUR",
                )
                ledger.hold(operation)
            outcomes.append("held")
        except ledger.NotEnoughMoney:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=buy, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(outcomes) == ["held"] * 2 + ["refused"] * 4
    assert ledger.balance(customer) == Decimal(100)
    assert Line.objects.count() == 2 + 2 * 2
    assert books_balance()
