"""Transfers in, with and without a change of holder, between Netim's accounts, and trades (section 2.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from registrar.sandbox.clock import add_years
from registrar.sandbox.netim import contact, host, tariff
from registrar.sandbox.netim.call import Call, Handler
from registrar.sandbox.netim.codes import Refused, bad
from registrar.sandbox.netim.domain_create import absent, acquire, elsewhere, incoming, owned, settled
from registrar.sandbox.netim.engine import Effect, Order
from registrar.sandbox.netim.model import DAY, LONG, QUICK, Contact, Operation
from registrar.sandbox.tlds import TLDS

if TYPE_CHECKING:
    from registrar.sandbox.netim.family import Netim

AUTO = "#AUTO#"
# Without a code both accounts confirm by e-mail; people take their time.
CONFIRMATION = (1800.0, 3600.0)
# Names elsewhere that begin so are in another account at Netim.
AT_NETIM = "taken-at-netim"


def _transfer(call: Call) -> dict[str, Any]:
    """domainTransferIn and domainTransferTrade: never immediate."""
    trade = call.function.name == "domainTransferTrade"
    name, tld = call.sold(call.function.name)
    absent(call, name)
    code = call.optional("authID")
    if tld.authcode and not code:
        raise bad("authID", "missing")
    automatic = call.optional("idOwner") == AUTO and not trade
    roles = {"idOwner": AUTO if automatic else contact.owner(call), **contact.others(call)}
    fee = "Fee4TransferTrade" if trade else "Fee4Transfer"
    price = tariff.fees(call.family.world, tld, call.account.began, name)[fee]
    payload = {"roles": roles, "ns": host.servers(call, tld), "code": code}
    span = (LONG[0] * tld.delay, LONG[1] * tld.delay)
    return acquire(call, Order(name, payload, price=price, span=span, waits=True), tld)


def _apply_transfer(family: Netim, operation: Operation) -> dict[str, Any]:
    name = operation.subject
    if not elsewhere(family, name):
        raise Refused("not registered")
    if name.startswith("locked"):
        raise Refused("locked")
    _check_code(operation)
    return _arrive(family, operation)


def _check_code(operation: Operation) -> None:
    if operation.payload["code"].lower().startswith(("wrong", "bad")):
        raise Refused("wrong code")


def _arrive(family: Netim, operation: Operation) -> dict[str, Any]:
    """The name as it was elsewhere, a year longer where the transfer costs something."""
    domain, now = incoming(family, operation), family.world.clock.now()
    dice = family.world.dice("netim", "elsewhere", domain.name)
    if domain.roles["idOwner"] == AUTO:
        domain.roles["idOwner"] = _holder(family, domain.name)
    expires = now + dice.uniform(40, 300) * DAY
    if operation.function != "domainInternalTransfer" and TLDS[domain.tld].transfer:
        expires = add_years(expires, 1)
    settled(family, domain, now - dice.uniform(400, 3000) * DAY, expires)
    family.account.domains[domain.name] = domain
    return {"idOwner": domain.roles["idOwner"]}


def _holder(family: Netim, name: str) -> str:
    """A new owner contact with what the registry knows of the holder."""
    dice = family.world.dice("netim", "holder", name)
    first, last = (
        dice.choice(("Luc", "Ada", "Sara", "Jan")),
        dice.choice(("Martin", "Rossi", "Berg", "Lopez")),
    )
    key = contact.new_id(family.account, first, last)
    data = {
        "firstName": first,
        "lastName": last,
        "bodyForm": "IND",
        "address1": f"{dice.randint(1, 99)} rue du Port",
        "zipCode": "59000",
        "city": "Lille",
        "country": "FR",
        "phone": "+33 320000000",
        "email": f"holder@{name}",
        "language": "EN",
    }
    family.account.contacts[key] = Contact(key, True, data)
    return key


def _internal(call: Call) -> dict[str, Any]:
    """A pull from another account at Netim; with a code it is automatic."""
    name, tld = call.sold("domainInternalTransfer")
    absent(call, name)
    code = call.optional("authID")
    payload = {
        "roles": {"idOwner": AUTO, **contact.others(call)},
        "ns": host.servers(call, tld),
        "code": code,
    }
    order = Order(name, payload, span=QUICK if code else CONFIRMATION, waits=not code, slow=tld.delay)
    return acquire(call, order, tld)


def _apply_internal(family: Netim, operation: Operation) -> dict[str, Any]:
    if not operation.subject.startswith(AT_NETIM):
        raise Refused("elsewhere")
    _check_code(operation)
    return _arrive(family, operation)


def _trade(call: Call) -> dict[str, Any]:
    """domainTransferOwner: never immediate."""
    domain = call.changeable("domainTransferOwner")
    new = contact.owner(call)
    fees = tariff.fees(call.family.world, domain.rules, call.account.began, domain.name)
    span = (LONG[0] * domain.rules.delay, LONG[1] * domain.rules.delay)
    order = Order(domain.name, {"idOwner": new}, price=fees["Fee4Trade"], span=span, waits=True)
    return call.submit(order)


def _apply_trade(family: Netim, operation: Operation) -> dict[str, Any]:
    domain, new = owned(family, operation), operation.payload["idOwner"]
    if new not in family.account.contacts:
        raise Refused("gone")
    domain.roles["idOwner"] = new
    return {"idOwner": new}


FUNCTIONS: dict[str, Handler] = {
    "domainTransferIn": _transfer,
    "domainTransferTrade": _transfer,
    "domainInternalTransfer": _internal,
    "domainTransferOwner": _trade,
}
EFFECTS: dict[str, Effect] = {
    "domainTransferIn": _apply_transfer,
    "domainTransferTrade": _apply_transfer,
    "domainInternalTransfer": _apply_internal,
    "domainTransferOwner": _apply_trade,
}
