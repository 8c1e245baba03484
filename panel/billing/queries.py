"""Orders and ledger entries by who may see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from panel.access.actor import Actor
from panel.access.scopes import customer_of, require_brand_admin, require_staff
from panel.billing.models import Entry, LedgerAccount, Order
from panel.people.models import Customer


def orders_for(actor: Actor) -> QuerySet[Order]:
    """The orders of the actor's customer."""
    return Order.objects.filter(customer=customer_of(actor))


def brand_orders_for(actor: Actor) -> QuerySet[Order]:
    """The orders of the customers of the brand that the actor runs."""
    require_brand_admin(actor)
    return Order.objects.filter(customer__brand=actor.brand)


def office_orders(actor: Actor) -> QuerySet[Order]:
    """Every order, for staff."""
    require_staff(actor)
    return Order.objects.all()


def entries_for(actor: Actor) -> QuerySet[Entry]:
    """The movements of the wallet of the actor's customer."""
    return Entry.objects.filter(customer=customer_of(actor))


def brand_entries_for(actor: Actor) -> QuerySet[Entry]:
    """The movements of the wallets of the brand's customers."""
    require_brand_admin(actor)
    return Entry.objects.filter(customer__brand=actor.brand)


def office_entries(actor: Actor) -> QuerySet[Entry]:
    """Every movement of money, for staff."""
    require_staff(actor)
    return Entry.objects.all()


@dataclass(frozen=True, slots=True)
class Wallet:
    """A customer's money in its currency. `available` is what can be spent: the balance and the credit line."""

    balance: Decimal
    held: Decimal
    available: Decimal
    currency: str


def wallet_of(customer: Customer) -> Wallet:
    """The customer's money, in one query that writes nothing."""
    accounts = LedgerAccount.objects.filter(customer=customer, currency=customer.currency)
    balances = dict(accounts.values_list("type", "balance"))
    balance = balances.get(LedgerAccount.Type.WALLET, Decimal("0.00"))
    held = balances.get(LedgerAccount.Type.HELD, Decimal("0.00"))
    return Wallet(balance, held, balance + customer.credit_line, customer.currency)


def lacking(amounts: Mapping[Customer, Decimal]) -> dict[Customer, Decimal]:
    """What the wallets of those who cannot spend so much lack, each in its customer's currency; one query at most."""
    if not amounts:
        return {}
    holders: QuerySet[Any] = with_balance(Customer.objects.filter(pk__in=[holder.pk for holder in amounts]))
    balances = {holder.pk: holder.balance for holder in holders}
    missing = {
        customer: amount - balances[customer.pk] - customer.credit_line
        for customer, amount in amounts.items()
    }
    return {customer: amount for customer, amount in missing.items() if amount > 0}


def with_balance(customers: QuerySet[Customer]) -> QuerySet[Customer]:
    """The customers with `balance`, what is in their wallets."""
    wallets = LedgerAccount.objects.filter(
        type=LedgerAccount.Type.WALLET, customer=OuterRef("pk"), currency=OuterRef("currency")
    )
    money = DecimalField(max_digits=14, decimal_places=2)
    nothing = Value(Decimal("0.00"), output_field=money)
    return customers.annotate(
        balance=Coalesce(Subquery(wallets.values("balance")[:1]), nothing, output_field=money)
    )
