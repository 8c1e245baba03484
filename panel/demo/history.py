"""A week of finished work, so that the demo's charts and lists have something to say.

The names are really registered at the sandbox; only the dates of the orders are moved back.
"""

from __future__ import annotations

import time
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from panel.account import gateway
from panel.account.models import Account
from panel.billing import ledger
from panel.billing.models import Entry, Order, OrderLine
from panel.contact.models import Contact
from panel.domain.models import subject_of
from panel.operation.models import Event, Operation
from panel.operation.states import Lane, State
from panel.people.models import Customer
from registrar import errors, types

SETTLES_IN_SECONDS = 30
# days ago | customer | name | price | cost | how it ended
PAST = (
    (6, "Atelier Fournier", "atelier-fournier-lyon.com", "11.90", "9.95", State.SUCCEEDED),
    (6, "Rowan Books", "rowan-reading-room.com", "13.99", "9.95", State.SUCCEEDED),
    (5, "Cedar Studio", "cedar-workshops.com", "11.90", "9.95", State.SUCCEEDED),
    (5, "Cedar Studio", "cedar-workshops.net", "15.90", "11.95", State.SUCCEEDED),
    (4, "Birch & Sons Bakery", "birch-bread.com", "11.90", "9.95", State.FAILED),
    (3, "Atelier Fournier", "fournier-encadrement.com", "11.90", "9.95", State.SUCCEEDED),
    (3, "Rowan Books", "rowan-poetry.com", "13.99", "9.95", State.SUCCEEDED),
    (2, "Cedar Studio", "cedar-prints.shop", "13.90", "10.95", State.FAILED),
    (1, "Atelier Fournier", "passe-partout-lyon.com", "11.90", "9.95", State.SUCCEEDED),
    (1, "Hazel Cycling Club", "hazel-hill-climb.com", "13.99", "9.95", State.SUCCEEDED),
    (0, "Cedar Studio", "cedar-letterpress.com", "11.90", "9.95", State.SUCCEEDED),
)


def register(account: Account, customers: dict[str, Customer]) -> list[str]:
    """Register the names of the finished orders at the sandbox, which settles them meanwhile. Returns them; once."""
    if Order.objects.exists():
        return []
    registrant = customers["Cedar Studio"].contacts.get(type=Contact.Type.INDIVIDUAL)
    names = [name for _days, _customer, name, _price, _cost, end in PAST if end == State.SUCCEEDED]
    with gateway.open_account(account, "sync") as driver:
        handle = driver.contacts.create(registrant.content()).value.handle
        for name in names:
            try:
                driver.domains.create(types.DomainOrder(name=name, owner=handle))
            except errors.AlreadyExists:
                continue
    return names


def make_history(account: Account, customers: dict[str, Customer], names: list[str]) -> None:
    """Orders of the last week, each with its name, operation, events and money, once the names are active."""
    if not names:
        return
    with gateway.open_account(account, "sync") as driver:
        deadline = time.monotonic() + SETTLES_IN_SECONDS
        while time.monotonic() < deadline and not all(_is_active(driver, name) for name in names):
            time.sleep(0.5)
    for days, customer, name, price, cost, end in PAST:
        with transaction.atomic():
            _past_order(account, customers[customer], name, Decimal(price), Decimal(cost), end, days)


def _is_active(driver: Any, name: str) -> bool:
    info: types.DomainInfo = driver.domains.info(name)
    return info.status == types.DomainStatus.ACTIVE


def _past_order(
    account: Account, customer: Customer, name: str, price: Decimal, cost: Decimal, end: State, days: int
) -> None:
    began = timezone.now() - timedelta(days=days, hours=2, minutes=7 * days)
    ended = began + timedelta(minutes=4)
    operation = Operation.objects.create(
        kind="domain.create",
        lane=Lane.MONEY,
        subject=subject_of(name),
        label=name,
        state=State.WAITING,
        payload={"tld": name.partition(".")[2], "years": 1, "nameservers": [], "premium": False, "extra": {}},
        intent_key=f"demo:{name}",
        account=account,
        customer=customer,
        brand=customer.brand,
        price=price,
        currency=customer.currency,
    )
    ledger.hold(operation)
    order = Order.objects.create(
        customer=customer,
        placed_by=None,
        total=price,
        currency=customer.currency,
        checkout_key=f"demo:{name}",
    )
    OrderLine.objects.create(
        order=order,
        name=name,
        action="create",
        price=price,
        cost=cost,
        account_cost=cost,
        account_currency=account.currency,
        operation=operation,
    )
    operation.state, operation.finished_at = end, ended
    operation.reason = "" if end == State.SUCCEEDED else "already_exists"
    operation.save()
    ledger.settle(operation)
    steps = [("", State.PLANNED), (State.PLANNED, State.QUEUED), (State.QUEUED, State.SENDING)]
    steps += (
        [(State.SENDING, State.WAITING), (State.WAITING, end)]
        if end == State.SUCCEEDED
        else [(State.SENDING, end)]
    )
    for number, (source, target) in enumerate(steps):
        event = Event.objects.create(operation=operation, from_state=source, to_state=target)
        Event.objects.filter(pk=event.pk).update(at=began + timedelta(seconds=50 * number))
    Operation.objects.filter(pk=operation.pk).update(created_at=began, updated_at=ended)
    Order.objects.filter(pk=order.pk).update(created_at=began, told_at=ended)
    Entry.objects.filter(operation=operation, kind=Entry.Kind.HOLD).update(at=began)
    Entry.objects.filter(operation=operation).exclude(kind=Entry.Kind.HOLD).update(at=ended)
