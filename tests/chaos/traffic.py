"""Customers at work: every intent goes through the services that the pages use.

A kind of operation is one entry in KINDS: how an intent is asked for, and which effects of the registrars' journals
belong to an operation of it.
"""

from __future__ import annotations

import random
import re
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from tests.chaos import world
from tests.chaos.plan import CUSTOMERS, FAMILY_OF, PLACES, Intent, Schedule

Row = dict[str, Any]
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.test\b")
SERVER = re.compile(r"ns\d+\.lamps\.example")
# How each family says that a call is about the lock.
LOCK = re.compile(r"transferBlock|registrar_lock")
SERVERS = ("first.lamps.example", "second.lamps.example")
CANARY = "Canary-Code"
MOST_TRIES = 20
# Customers come as fast as the workers can follow, so that a repair is not behind an hour of new orders.
MOST_OPEN = 150
# With so few intents left, there is nothing else to do in between.
FEW = 5


class NoNameYet(Exception):
    """No name is there of which the thing could be asked."""


class Sandbox(Protocol):
    """The registrars' control port."""

    def call(self, method: str, path: str, body: Any = None) -> Any: ...


@dataclass(frozen=True)
class TrafficKind:
    """How a kind is asked for, and how its effects are found in a journal.

    `actions` are the journal's actions by family; `mark_of` is what an operation's effect carries, `mark_in` what a
    row of the journal shows of it (nothing: a row of something else).
    """

    actions: dict[str, tuple[str, ...]]
    mark_of: Callable[[Any], str]
    mark_in: Callable[[Row], str]
    ask: Callable[[Intent, Sandbox], None] | None = None


def order(intent: Intent, _sandbox: Sandbox) -> None:
    """Put names through a real checkout, the way that the intent's twist says."""
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


def _buyer(number: int) -> tuple[Any, Any]:
    """The user and the customer of a number."""
    from panel.people.models import User

    user = User.objects.get(email=f"customer-{number}@chaos.test")
    return user, user.memberships.select_related("customer__brand").get().customer


def _buy(intent: Intent, customer_number: int, key: str) -> None:
    from django.db import transaction

    from panel.access.actor import actor_for
    from panel.billing import ledger
    from panel.billing.models import Cart, CartLine
    from panel.domain.checkout import CartNotReady, PriceChanged, checkout, review
    from panel.operation.services import AlreadyOpen

    user, customer = _buyer(customer_number)
    actor = actor_for(user, customer.brand)
    assert actor is not None
    with transaction.atomic():
        cart, _created = Cart.objects.get_or_create(customer=customer)
        cart.lines.all().delete()
        cart.registrant = world.registrant(customer, intent.contact)
        cart.save()
        for wanted in intent.wanted:
            CartLine.objects.create(cart=cart, name=wanted.name, tld_name=wanted.tld, years=wanted.years)
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


def transfer(intent: Intent, sandbox: Sandbox) -> None:
    """Bring in a name that somebody else holds so far."""
    from panel.domain.operations_transfer import plan_transfer

    user, customer = _buyer(intent.customer)
    wanted = intent.wanted[0]
    family = FAMILY_OF[wanted.tld]
    sandbox.call("POST", f"/world/{family}", {"take_name": wanted.name})
    plan_transfer(
        customer,
        wanted.name,
        auth_code=f"{CANARY}-{intent.number}",
        registrant=world.registrant(customer, intent.contact),
        actor=user,
        nameservers=SERVERS if PLACES[family].needs_nameservers else (),
    )


def renew(intent: Intent, _sandbox: Sandbox) -> None:
    """Prolong a name by a year; twice at once where the customer clicks twice."""
    from panel.domain.operations_renew import plan_renew

    domain = _some_name(intent)
    for _click in range(1 + (intent.twist == "double_click")):
        plan_renew(domain, years=1, expires_on=domain.expires_on, actor=None)


def change_nameservers(intent: Intent, _sandbox: Sandbox) -> None:
    """Servers of which no other intent has the first."""
    from panel.domain.operations_settings import plan_nameservers

    plan_nameservers(_some_name(intent), [f"ns{intent.number}.lamps.example", SERVERS[1]], actor=None)


def switch_lock(intent: Intent, _sandbox: Sandbox) -> None:
    """Turn the transfer lock over, once for each name."""
    from panel.domain.operations_settings import plan_transfer_lock

    domain = _some_name(intent)
    plan_transfer_lock(domain, not domain.transfer_lock, actor=None)


def _some_name(intent: Intent) -> Any:
    """A customer's living name of which nobody has asked this before. Raises NoNameYet."""
    from panel.domain.models import Domain
    from panel.operation.models import Operation

    asked = Operation.objects.filter(kind=intent.kind).values("label")
    # The second extension of each family has rules of its own for renewals and locks.
    first = [place.tlds[0] for place in PLACES.values()]
    names = Domain.objects.filter(status="active", customer__isnull=False, tld_name__in=first)
    if intent.kind == "domain.transfer_lock":
        # BookMyName is told the whole record with every change: one kind of them is all that a journal can tell.
        names = names.filter(transfer_lock__isnull=False).exclude(account__family="bookmyname")
    rows = names.filter(name__startswith="harbor").exclude(name__in=asked).order_by("pk")
    ids = list(rows.values_list("pk", flat=True))
    if not ids:
        raise NoNameYet
    return Domain.objects.get(pk=ids[int(intent.pick * len(ids))])


def _open_operations() -> int:
    """How many are under way, or none while the database is away."""
    from django.db import Error, connection

    try:
        return world.count_open()
    except Error:
        connection.close()
        return 0


def _address_in(row: Row) -> str:
    """The address anywhere among the arguments of a call that made a contact."""
    return _first(row, ADDRESS)


def _server_in(row: Row) -> str:
    """The server that tells an intent from all others."""
    return _first(row, SERVER)


def _locked_in(row: Row) -> str:
    """The name whose lock was turned; nothing where the call was about something else."""
    if row["action"] in ("domain/lock", "domain/unlock"):
        return str(row["subject"])
    return str(row["subject"]) if _first(row, LOCK) else ""


def _first(row: Row, pattern: re.Pattern[str]) -> str:
    found = filter(None, map(pattern.search, _texts(row.get("arguments", {}))))
    return next((match[0] for match in found), "")


def _texts(value: Any) -> list[str]:
    """Everything that stands in some arguments, names included."""
    if isinstance(value, dict):
        return [*value, *(text for inner in value.values() for text in _texts(inner))]
    if isinstance(value, list):
        return [text for inner in value for text in _texts(inner)]
    return [str(value)]


def _label(operation: Any) -> str:
    return str(operation.label)


def _subject(row: Row) -> str:
    return str(row["subject"])


KINDS = {
    "domain.create": TrafficKind(
        actions={
            "mrdomain": ("domain/create",), "netim": ("domainCreate",), "bookmyname": ("domain_create",),
            "namecom": ("domain/create",),
        },
        mark_of=_label, mark_in=_subject, ask=order,
    ),
    "contact.create": TrafficKind(
        actions={"mrdomain": ("contact/create",), "netim": ("contactCreate",), "bookmyname": ("contact_create",)},
        mark_of=lambda operation: operation.payload["contact"]["email"], mark_in=_address_in,
    ),
    "domain.transfer": TrafficKind(
        actions={
            "mrdomain": ("domain/transfer",), "netim": ("domainTransferIn",), "bookmyname": ("domain_transfer",),
        },
        mark_of=_label, mark_in=_subject, ask=transfer,
    ),
    "domain.renew": TrafficKind(
        actions={
            "mrdomain": ("domain/renew",), "netim": ("domainRenew",), "bookmyname": ("domain_renew",),
            "namecom": ("domain/renew",),
        },
        mark_of=_label, mark_in=_subject, ask=renew,
    ),
    "domain.nameservers": TrafficKind(
        actions={
            "mrdomain": ("domain/updatenameservers",), "netim": ("domainChangeDNS",),
            "bookmyname": ("domain_update",), "namecom": ("domain/update_nameservers",),
        },
        mark_of=lambda operation: operation.payload["nameservers"][0], mark_in=_server_in, ask=change_nameservers,
    ),
    "domain.transfer_lock": TrafficKind(
        actions={
            "mrdomain": ("domain/update",), "netim": ("domainSetPreference",),
            "namecom": ("domain/lock", "domain/unlock"),
        },
        mark_of=_label, mark_in=_locked_in, ask=switch_lock,
    ),
}  # fmt: skip


def run(schedule: Schedule, share: int, shares: int, pace: float, sandbox: Sandbox) -> None:
    """Every intent of this share of the customers, about `pace` a second: nobody shops in two places at once."""
    from django.db import Error, connection

    from panel.billing import ledger
    from panel.domain import refusals
    from panel.operation.services import AlreadyOpen

    refused = (refusals.CannotDo, ledger.NotEnoughMoney, AlreadyOpen)
    dice = random.Random(f"{schedule.seed}|customers|{share}")
    line = deque((intent, 0) for intent in schedule.intents if intent.customer % shares == share)
    while line:
        while _open_operations() > MOST_OPEN:
            time.sleep(0.2)
        intent, tries = line.popleft()
        ask = KINDS[intent.kind].ask
        assert ask is not None
        try:
            ask(intent, sandbox)
        except refused:
            # A refusal on the page: nothing was accepted, so nothing is owed.
            continue
        except (Error, NoNameYet):
            # The page says "try again in a moment", and the customer does, with other things in between.
            connection.close()
            if tries < MOST_TRIES:
                line.append((intent, tries + 1))
            if len(line) < FEW:
                time.sleep(0.5)
        time.sleep(dice.uniform(0.5, 1.5) / pace)
