"""The double-entry ledger: hold, then capture or release. Every movement is one balanced entry, written once."""

from __future__ import annotations

from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from panel.billing.models import Entry, LedgerAccount, Line
from panel.operation.models import Operation
from panel.operation.states import FINAL, State
from panel.people.models import Customer, User

Type = LedgerAccount.Type


class NotEnoughMoney(Exception):
    """The wallet, with its credit line, does not cover the amount. `missing` is how much it lacks."""

    def __init__(self, missing: Decimal, currency: str) -> None:
        super().__init__(f"{missing} {currency} missing")
        self.missing = missing
        self.currency = currency


class LedgerMismatch(Exception):
    """An entry that cannot be: lines that do not sum to zero, or the end of a hold that was never made."""


def customer_account(customer: Customer, account_type: str) -> LedgerAccount:
    """The customer's wallet or held account in its currency, made at first use."""
    floor = -customer.credit_line if account_type == Type.WALLET else Decimal("0.00")
    account, _created = LedgerAccount.objects.get_or_create(
        type=account_type, customer=customer, currency=customer.currency, defaults={"floor": floor}
    )
    return account


def brand_account(customer: Customer, account_type: str) -> LedgerAccount:
    """The income or paid-in account of the customer's brand."""
    account, _created = LedgerAccount.objects.get_or_create(
        type=account_type, brand=customer.brand, currency=customer.currency
    )
    return account


def balance(customer: Customer) -> Decimal:
    """What is in the wallet and not reserved."""
    return customer_account(customer, Type.WALLET).balance


def available(customer: Customer) -> Decimal:
    """What can be spent: the wallet plus the credit line."""
    return balance(customer) + customer.credit_line


def held(customer: Customer) -> Decimal:
    """What is reserved for operations under way."""
    return customer_account(customer, Type.HELD).balance


def _post(entry: Entry, lines: list[tuple[LedgerAccount, Decimal]]) -> Entry:
    if sum(amount for _account, amount in lines) != 0:
        raise LedgerMismatch(f"the lines of {entry} do not sum to zero")
    with transaction.atomic():
        entry.save(force_insert=True)
        # One order for everybody, or a hold and a release of the same customer could lock each other out.
        for account, amount in sorted(lines, key=lambda line: line[0].pk):
            # Added up here, in decimals: SQLite would add floats and find a held 10.90 to be 10.8999...
            row = LedgerAccount.objects.select_for_update().get(pk=account.pk)
            balance_after = row.balance + amount
            if amount < 0 and row.floor is not None and balance_after < row.floor:
                raise NotEnoughMoney(row.floor - balance_after, row.currency)
            LedgerAccount.objects.filter(pk=row.pk).update(balance=balance_after)
            Line.objects.create(entry=entry, account=account, amount=amount)
    return entry


def top_up(
    customer: Customer,
    amount: Decimal,
    *,
    reason: str,
    actor: User | None,
    idempotency_key: str | None = None,
) -> Entry:
    """Put money into a wallet. A negative amount corrects an earlier one. The same key is booked once."""
    if idempotency_key and (existing := Entry.objects.filter(idempotency_key=idempotency_key).first()):
        return existing
    entry = Entry(
        kind=Entry.Kind.TOP_UP if amount > 0 else Entry.Kind.CORRECTION,
        customer=customer,
        amount=abs(amount),
        currency=customer.currency,
        reason=reason,
        actor=actor,
        idempotency_key=idempotency_key,
    )
    lines = [
        (customer_account(customer, Type.WALLET), amount),
        (brand_account(customer, Type.PAID_IN), -amount),
    ]
    try:
        return _post(entry, lines)
    except IntegrityError:
        # The same key, booked by somebody else between the question and the booking.
        booked = Entry.objects.filter(idempotency_key=idempotency_key).first() if idempotency_key else None
        if booked is None:
            raise
        return booked


def charge(
    customer: Customer, amount: Decimal, *, about: str, actor: User | None, idempotency_key: str
) -> Entry:
    """Take the price of a term that a registrar prolonged by itself out of the wallet; `about` is the name.

    The same key is booked once. Raises NotEnoughMoney.
    """
    if (existing := Entry.objects.filter(idempotency_key=idempotency_key).first()) is not None:
        return existing
    entry = Entry(
        kind=Entry.Kind.RENEWED,
        customer=customer,
        amount=amount,
        currency=customer.currency,
        reason=about[:200],
        actor=actor,
        idempotency_key=idempotency_key,
    )
    lines = [
        (customer_account(customer, Type.WALLET), -amount),
        (brand_account(customer, Type.INCOME), amount),
    ]
    return _post(entry, lines)


def hold(operation: Operation) -> Entry:
    """Reserve an operation's price. Raises NotEnoughMoney."""
    customer, price = _priced(operation)
    return _post(
        _entry(operation, Entry.Kind.HOLD, operation.label),
        [(customer_account(customer, Type.WALLET), -price), (customer_account(customer, Type.HELD), price)],
    )


def settle(operation: Operation) -> None:
    """Capture what a succeeded operation reserved, release what any other reserved; once, whatever happens."""
    if operation.price is None or operation.state not in FINAL:
        return
    entries = set(Entry.objects.filter(operation=operation).values_list("kind", flat=True))
    if Entry.Kind.HOLD not in entries or entries & {Entry.Kind.CAPTURE, Entry.Kind.RELEASE}:
        return
    customer, price = _priced(operation)
    reserved = (customer_account(customer, Type.HELD), -price)
    if operation.state == State.SUCCEEDED:
        _post(
            _entry(operation, Entry.Kind.CAPTURE, operation.label),
            [reserved, (brand_account(customer, Type.INCOME), price)],
        )
    else:
        _post(
            _entry(operation, Entry.Kind.RELEASE, operation.label),
            [reserved, (customer_account(customer, Type.WALLET), price)],
        )


def set_credit_line(customer: Customer, amount: Decimal) -> None:
    """Change how far below zero the wallet may go. Raises ValueError when it is below that already."""
    with transaction.atomic():
        wallet = customer_account(customer, Type.WALLET)
        if LedgerAccount.objects.filter(pk=wallet.pk, balance__gte=-amount).update(floor=-amount) != 1:
            raise ValueError(_("The wallet is further below zero than that."))
        Customer.objects.filter(pk=customer.pk).update(credit_line=amount)
    customer.refresh_from_db()


def _priced(operation: Operation) -> tuple[Customer, Decimal]:
    if operation.customer is None or operation.price is None or operation.price <= 0:
        raise LedgerMismatch(f"{operation} has no price or no customer")
    if operation.currency != operation.customer.currency:
        raise LedgerMismatch(f"{operation} is priced in {operation.currency}, the wallet is not")
    return operation.customer, operation.price


def _entry(operation: Operation, kind: str, reason: str) -> Entry:
    assert operation.customer is not None
    assert operation.price is not None
    return Entry(
        kind=kind,
        customer=operation.customer,
        operation=operation,
        amount=operation.price,
        currency=operation.currency,
        reason=reason,
        actor=operation.actor,
    )
