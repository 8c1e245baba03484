"""Customers at work: every intent goes through the services that the pages use.

A kind of operation is one entry in KINDS: how an intent is asked for, and which effects of the registrars' journals
belong to an operation of it.
"""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.chaos import world
from tests.chaos.plan import CUSTOMERS, Intent, Schedule

Row = dict[str, Any]
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.test")


@dataclass(frozen=True)
class TrafficKind:
    """How a kind is asked for, and how its effects are found in a journal.

    `actions` are the journal's actions by family; `mark_of` is what an operation's effect carries, `mark_in` what a
    row of the journal shows of it.
    """

    actions: dict[str, str]
    mark_of: Callable[[Any], str]
    mark_in: Callable[[Row], str]
    ask: Callable[[Intent], None] | None = None


def order(intent: Intent) -> None:
    """Put a name through a real checkout, the way that the intent's twist says."""
    match intent.twist:
        case "double_click":
            _at_once([(intent.customer, f"key-{intent.number}")] * 2, intent)
        case "two_tabs":
            _at_once([(intent.customer, f"key-{intent.number}-{tab}") for tab in (1, 2)], intent)
        case "two_tenants":
            rivals = (intent.customer, (intent.customer + 1) % CUSTOMERS)
            _at_once([(rival, f"key-{intent.number}-{rival}") for rival in rivals], intent)
        case _:
            _buy(intent, intent.customer, f"key-{intent.number}")


def _buy(intent: Intent, customer_number: int, key: str) -> None:
    from django.db import transaction

    from panel.access.actor import actor_for
    from panel.billing import ledger
    from panel.billing.models import Cart, CartLine
    from panel.domain.checkout import CartNotReady, PriceChanged, checkout, review
    from panel.operation.services import AlreadyOpen
    from panel.people.models import User

    user = User.objects.get(email=f"customer-{customer_number}@chaos.test")
    membership = user.memberships.select_related("customer__brand").get()
    customer = membership.customer
    actor = actor_for(user, customer.brand)
    assert actor is not None
    with transaction.atomic():
        cart, _created = Cart.objects.get_or_create(customer=customer)
        cart.lines.all().delete()
        cart.registrant = world.registrant(customer, intent.contact)
        cart.save()
        CartLine.objects.create(cart=cart, name=intent.name, tld_name=intent.tld, years=intent.years)
    try:
        checkout(actor, cart, checkout_key=key, expected_total=review(actor, cart).total)
    except (CartNotReady, PriceChanged, AlreadyOpen, ledger.NotEnoughMoney):
        # A refusal on the page: nothing was accepted, so nothing is owed.
        return


def _at_once(buyers: list[tuple[int, str]], intent: Intent) -> None:
    from django.db import OperationalError, connection

    def buy(customer: int, key: str) -> None:
        try:
            _buy(intent, customer, key)
        except OperationalError:
            return
        finally:
            connection.close()

    threads = [threading.Thread(target=buy, args=buyer) for buyer in buyers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _email_in(row: Row) -> str:
    """The address anywhere among the arguments of a call that made a contact."""
    found = [text for text in _texts(row.get("arguments", {})) if ADDRESS.fullmatch(text)]
    return found[0] if found else ""


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for inner in value.values() for text in _texts(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in _texts(inner)]
    return [str(value)]


KINDS = {
    "domain.create": TrafficKind(
        actions={
            "mrdomain": "domain/create", "netim": "domainCreate", "bookmyname": "domain_create",
            "namecom": "domain/create",
        },
        mark_of=lambda operation: operation.label,
        mark_in=lambda row: row["subject"],
        ask=order,
    ),
    "contact.create": TrafficKind(
        actions={"mrdomain": "contact/create", "netim": "contactCreate", "bookmyname": "contact_create"},
        mark_of=lambda operation: operation.payload["contact"]["email"],
        mark_in=_email_in,
    ),
}  # fmt: skip


def run(schedule: Schedule, share: int, shares: int, pace: float) -> None:
    """Every intent whose number falls to this share of `shares`, about `pace` of them a second."""
    from django.db import Error, connection

    dice = random.Random(f"{schedule.seed}|customers|{share}")
    for intent in schedule.intents[share::shares]:
        ask = KINDS[intent.kind].ask
        assert ask is not None
        for _try in range(20):
            try:
                ask(intent)
                break
            except Error:
                # The page says "try again in a moment", and the customer does.
                connection.close()
                time.sleep(0.5)
        time.sleep(dice.uniform(0.5, 1.5) / pace)
