"""How customers ask for each kind of operation: always through the services that the pages use."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from tests.chaos import world
from tests.chaos.marks import KINDS, digest_of, may_change
from tests.chaos.plan import CUSTOMERS, FAMILY_OF, PLACES, Intent

SERVERS = ("first.lamps.example", "second.lamps.example")
CANARY = "Canary-Code"
RESTORE_PRICE, TRADE_PRICE = Decimal("42.80"), Decimal("12.10")
# The second extension of each family has rules of its own for renewals and locks.
PLAIN = [place.tlds[0] for place in PLACES.values()]


# How long a look at all names holds, unless few were found: in a long run these are ten thousand, and a look takes
# longer than what is asked of one.
LOOK_SECONDS = 5.0
FEW_NAMES = 50


@dataclass
class Found:
    """Names of which a thing could be asked when somebody looked."""

    at: float = 0.0
    names: list[str] = field(default_factory=list)


_FOUND: dict[str, Found] = {}


class NoNameYet(Exception):
    """No name is there of which the thing could be asked."""


class Sandbox(Protocol):
    """The registrars' control port."""

    def call(self, method: str, path: str, body: Any = None) -> Any: ...


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
    from django.db import Error, connection

    def buy(customer: int, key: str) -> None:
        try:
            _buy(intent, customer, key)
        except Error:
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
    for _click in _clicks(intent):
        plan_renew(domain, years=1, expires_on=domain.expires_on, actor=None)


def delete(intent: Intent, _sandbox: Sandbox) -> None:
    """Give up one of the names of which nothing else is asked."""
    from panel.domain.operations_end import plan_delete

    domain = _some_name(intent, prefix="farewell", tlds=FAMILY_OF)
    for _click in _clicks(intent):
        plan_delete(domain, actor=None)


def restore(intent: Intent, _sandbox: Sandbox) -> None:
    """Bring back a name that was given up."""
    from panel.domain.operations_end import plan_restore

    domain = _some_name(intent, prefix="farewell", tlds=FAMILY_OF, status="redemption")
    for _click in _clicks(intent):
        plan_restore(domain, actor=None, price=RESTORE_PRICE)


def change_owner(intent: Intent, _sandbox: Sandbox) -> None:
    """Hand a name to another person, for money where the registrar takes some."""
    from panel.domain.operations_contacts import plan_owner

    domain = _some_name(intent)
    price = TRADE_PRICE if PLACES[domain.account.family].sells_trades else Decimal(0)
    person = world.registrant(domain.customer, intent.contact)
    for _click in _clicks(intent):
        plan_owner(domain, person, actor=None, price=price)


def change_contacts(intent: Intent, _sandbox: Sandbox) -> None:
    """Another technical contact."""
    from panel.domain.operations_contacts import plan_contacts

    domain = _some_name(intent)
    plan_contacts(domain, {"tech": world.registrant(domain.customer, intent.contact)}, actor=None)


def change_nameservers(intent: Intent, _sandbox: Sandbox) -> None:
    """Servers of which no other intent has the first."""
    from panel.domain.operations_settings import plan_nameservers

    plan_nameservers(_some_name(intent), [f"ns{intent.number}.lamps.example", SERVERS[1]], actor=None)


def switch_lock(intent: Intent, _sandbox: Sandbox) -> None:
    """Turn the transfer lock over, once for each name."""
    from panel.domain.operations_settings import plan_transfer_lock

    domain = _some_name(intent, transfer_lock__isnull=False)
    plan_transfer_lock(domain, not domain.transfer_lock, actor=None)


def change_renewal(intent: Intent, _sandbox: Sandbox) -> None:
    """Have a name renewed by itself, or not any more."""
    from panel.domain.operations_settings import plan_renewal_mode
    from registrar.types import RenewalMode

    domain = _some_name(intent)
    by_itself = domain.renewal_mode == RenewalMode.AUTOMATIC
    plan_renewal_mode(domain, RenewalMode.MANUAL if by_itself else RenewalMode.AUTOMATIC, actor=None)


def sign(intent: Intent, _sandbox: Sandbox) -> None:
    """The key of a zone that is signed elsewhere: at Netim, of a name that has left the registrar's own servers."""
    from django.db.models import Q

    from panel.domain.operations_dnssec import plan_dnssec
    from registrar.types import DnsKey, DnssecKey

    elsewhere = Q(account__family="mrdomain") | Q(nameservers__icontains=SERVERS[1])
    domain = _some_name(intent, elsewhere)
    key = DnssecKey(intent.number % 65_536, 13, 2, digest_of(intent.number))
    dns_key = DnsKey(257, 3, 13, "bGFudGVybg==") if domain.account.family == "netim" else None
    plan_dnssec(domain, [key], actor=None, dns_key=dns_key)


def change_zone(intent: Intent, sandbox: Sandbox) -> None:
    """The zone as it is shown, with a host that no other zone has, and without its last record."""
    from panel.dns.operations import plan_zone, read_zone
    from registrar import errors, open_driver
    from registrar.types import DnsRecord, RecordType

    domain = _some_name(intent)
    account = domain.account
    if account.family == "mrdomain":
        # A zone there belongs to a service, which may have been ordered by an earlier try.
        with contextlib.suppress(OSError):
            sandbox.call("POST", "/world/mrdomain", {"add_service": {"name": domain.name}})
    try:
        with open_driver(
            account.family, endpoint=account.endpoint, credentials=account.credentials
        ) as driver:
            shown = read_zone(driver, domain.name)
    except errors.RegistrarError as error:
        raise NoNameYet from error
    lantern = DnsRecord(f"lantern-{intent.number}.{domain.name}", RecordType.A, "192.0.2.77", ttl=600)
    plan_zone(domain, [*shown[:-1], lantern], actor=None, seen=shown)


def _clicks(intent: Intent) -> range:
    return range(1 + (intent.twist == "double_click"))


def _some_name(
    intent: Intent,
    *conditions: Any,
    prefix: str = "harbor",
    tlds: Iterable[str] = PLAIN,
    status: str = "active",
    **more: Any,
) -> Any:
    """A customer's name of which nobody has asked this before, at who can do it. Raises NoNameYet."""
    from panel.domain.models import Domain, subject_of
    from panel.operation.models import Operation

    asked = Operation.objects.filter(kind=intent.kind)
    names = Domain.objects.filter(
        *conditions,
        status=status,
        customer__isnull=False,
        tld_name__in=list(tlds),
        name__startswith=prefix,
        account__family__in=KINDS[intent.kind].actions,
        **more,
    )
    found = _FOUND.setdefault(intent.kind, Found())
    if len(found.names) < FEW_NAMES or time.monotonic() > found.at + LOOK_SECONDS:
        rows = names.exclude(name__in=asked.values("label")).order_by("pk")
        found.at = time.monotonic()
        found.names = [
            name
            for name, family in rows.values_list("name", "account__family")
            if may_change(family, name, intent.kind)
        ]
    while found.names:
        name = found.names.pop(int(intent.pick * len(found.names)))
        domain = names.filter(name=name).select_related("account", "customer").first()
        if domain is not None and not asked.filter(subject=subject_of(name)).exists():
            return domain
    raise NoNameYet


ASK: dict[str, Callable[[Intent, Sandbox], None]] = {
    "domain.create": order,
    "domain.transfer": transfer,
    "domain.renew": renew,
    "domain.delete": delete,
    "domain.restore": restore,
    "domain.owner": change_owner,
    "domain.contacts": change_contacts,
    "domain.nameservers": change_nameservers,
    "domain.transfer_lock": switch_lock,
    "domain.renewal_mode": change_renewal,
    "domain.dnssec": sign,
    "dns.zone": change_zone,
}
