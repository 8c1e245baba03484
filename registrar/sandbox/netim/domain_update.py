"""Changing a domain: contacts, name servers, preferences, transfer code, membership, release (sections 2.6, 2.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from registrar.sandbox.netim import contact, host
from registrar.sandbox.netim.call import FLAGS, Call, Handler
from registrar.sandbox.netim.codes import bad
from registrar.sandbox.netim.domain_create import new_code, owned
from registrar.sandbox.netim.engine import Effect, Order
from registrar.sandbox.netim.lifecycle import active
from registrar.sandbox.netim.model import Operation

if TYPE_CHECKING:
    from registrar.sandbox.netim.family import Netim

# codePref -> attribute. The first four have operation codes of their own; the rest are free text.
SWITCHES = {
    "whois_privacy": "privacy",
    "registrar_lock": "lock",
    "auto_renew": "auto_renew",
    "to_be_renewed": "to_be_renewed",
}
TEXTS = ("tag", "note")


def _contacts(call: Call) -> dict[str, Any]:
    domain = call.changeable("domainChangeContact")
    return call.submit(Order(domain.name, {"roles": contact.others(call)}))


def _apply_contacts(family: Netim, operation: Operation) -> dict[str, Any]:
    owned(family, operation).roles.update(operation.payload["roles"])
    return {}


def _servers(call: Call) -> dict[str, Any]:
    domain = call.changeable("domainChangeDNS")
    return call.submit(Order(domain.name, {"ns": host.servers(call, domain.rules)}))


def _apply_servers(family: Netim, operation: Operation) -> dict[str, Any]:
    """Leaving Netim's name servers, or coming to them, ends the signature: its keys are the old servers'."""
    domain = owned(family, operation)
    ns = list(operation.payload["ns"])
    host.probe_servers(family.account, domain.name, domain.rules, ns)
    before, domain.ns = domain.on_service, ns
    if domain.on_service != before:
        domain.signed, domain.ds, domain.dnskey = False, [], {}
    if domain.main == "ACTIVE":
        domain.status = active(domain)
    return {}


def _preference(call: Call) -> dict[str, Any]:
    key = call.text("codePref")
    if key in SWITCHES:
        code = f"domainSetPreference.{key}"
        domain = call.changeable(code)
        return call.submit(Order(domain.name, {"key": key, "value": call.flag("value")}, code))
    if key not in TEXTS:
        raise bad("codePref")
    value = call.optional("value")
    if len(value) > 255:
        raise bad("value", "too long")
    return call.submit(Order(call.changeable().name, {"key": key, "value": value}, detail=key))


def _apply_preference(family: Netim, operation: Operation) -> dict[str, Any]:
    domain, key = owned(family, operation), operation.payload["key"]
    setattr(domain, SWITCHES.get(key, key), operation.payload["value"])
    return {}


def _authid(call: Call) -> dict[str, Any]:
    domain = call.changeable("domainAuthid")
    if call.optional("sendtoregistrant", "0") not in FLAGS:
        raise bad("sendtoregistrant")
    return call.submit(Order(domain.name, code="domainAuthid"))


def _apply_authid(family: Netim, operation: Operation) -> dict[str, Any]:
    """A new code at every call; it is told by domainInfo only."""
    domain = owned(family, operation)
    domain.authid = new_code(family, domain.name, operation.number)
    return {}


def _membership(call: Call) -> dict[str, Any]:
    domain = call.changeable("domainSetMembership")
    return call.submit(Order(domain.name, {"token": call.text("token")}))


def _apply_membership(family: Netim, operation: Operation) -> dict[str, Any]:
    owned(family, operation).membership = operation.payload["token"]
    return {}


def _release(call: Call) -> dict[str, Any]:
    return call.submit(Order(call.changeable().name))


def _apply_release(family: Netim, operation: Operation) -> dict[str, Any]:
    """The holder is a customer of Netim's own now: the name stays registered, but not with the reseller."""
    domain = owned(family, operation)
    domain.status = "TRANSFERRED OUT"
    family.world.names.take(domain.name)
    return {}


FUNCTIONS: dict[str, Handler] = {
    "domainChangeContact": _contacts,
    "domainChangeDNS": _servers,
    "domainSetPreference": _preference,
    "domainAuthID": _authid,
    "domainSetMembership": _membership,
    "domainRelease": _release,
}
EFFECTS: dict[str, Effect] = {
    "domainChangeContact": _apply_contacts,
    "domainChangeDNS": _apply_servers,
    "domainSetPreference": _apply_preference,
    "domainAuthID": _apply_authid,
    "domainSetMembership": _apply_membership,
    "domainRelease": _apply_release,
}
