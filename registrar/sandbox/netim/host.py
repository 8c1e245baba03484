"""Hosts, that is glue (section 2.4), and what a set of name servers must fulfill."""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING, Any

from registrar.sandbox.names import InvalidName, to_ascii
from registrar.sandbox.netim import tariff, views
from registrar.sandbox.netim.call import Call, Handler
from registrar.sandbox.netim.codes import EXISTS, IN_USE, NetimFault, Refused, bad
from registrar.sandbox.netim.engine import Effect, Order
from registrar.sandbox.netim.matching import matches
from registrar.sandbox.netim.model import Account, Host, Operation
from registrar.sandbox.tlds import Tld

if TYPE_CHECKING:
    from registrar.sandbox.netim.family import Netim

SERVERS = ("ns1", "ns2", "ns3", "ns4", "ns5")
_HOST = re.compile(r"(?=.{1,253}$)([a-z0-9_]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")


def host_name(text: str, field: str) -> str:
    """A host's name in lower case, A-labels; raises E13."""
    try:
        name = to_ascii(text) if not text.isascii() else text.lower().rstrip(".")
    except InvalidName as error:
        raise bad(field) from error
    if not _HOST.fullmatch(name):
        raise bad(field)
    return name


def servers(call: Call, tld: Tld) -> list[str]:
    """ns1 to ns5 without the empty ones; at least the extension's minimum, none twice. Raises E13."""
    found: list[str] = []
    for field in SERVERS:
        text = call.optional(field)
        if text and host_name(text, field) in found:
            raise bad(field)
        if text:
            found.append(host_name(text, field))
    if len(found) < tariff.minimum_servers(tld):
        raise bad(SERVERS[len(found)], "missing")
    return found


def probe_servers(account: Account, name: str, tld: Tld, ns: list[str]) -> None:
    """The registry's look at the name servers; raises Refused."""
    for server in ns:
        if server.endswith(f".{name}") and server not in account.hosts:
            raise Refused("no glue")
        if tld.name in tariff.ZONECHECK and server.startswith(("broken", "lame")):
            raise Refused("dns test")


def _addresses(call: Call) -> dict[str, list[str]]:
    found = {field: [_address(row, field) for row in call.listed(field)] for field in ("ipv4", "ipv6")}
    if not found["ipv4"] and not found["ipv6"]:
        raise bad("ipv4", "missing")
    return found


def _address(value: Any, field: str) -> str:
    try:
        address = ipaddress.ip_address(str(value).strip())
    except ValueError as error:
        raise bad(field) from error
    useless = address.is_loopback or address.is_multicast or address.is_unspecified or address.is_link_local
    if address.version != int(field[-1]) or useless:
        raise bad(field)
    return str(address)


def _named(call: Call) -> Host:
    found = call.account.hosts.get(host_name(call.text("host"), "host"))
    if found is None:
        raise bad("host", "unknown")
    return found


def _create(call: Call) -> dict[str, Any]:
    name = host_name(call.text("host"), "host")
    domains = [
        row.name for row in call.account.domains.values() if row.held and name.endswith(f".{row.name}")
    ]
    if not domains:
        raise NetimFault("E15-M1502")
    if name in call.account.hosts:
        raise NetimFault(EXISTS)
    return call.submit(Order(name, _addresses(call)))


def _apply_create(family: Netim, operation: Operation) -> dict[str, Any]:
    family.account.hosts[operation.subject] = Host(operation.subject, **operation.payload)
    return {}


def _update(call: Call) -> dict[str, Any]:
    return call.submit(Order(_named(call).name, _addresses(call)))


def _apply_update(family: Netim, operation: Operation) -> dict[str, Any]:
    if operation.subject not in family.account.hosts:
        raise Refused("gone")
    return _apply_create(family, operation)


def _used(account: Account, name: str) -> bool:
    return any(domain.held and name in domain.ns for domain in account.domains.values())


def _delete(call: Call) -> dict[str, Any]:
    host = _named(call)
    if _used(call.account, host.name):
        raise NetimFault(IN_USE)
    return call.submit(Order(host.name))


def _apply_delete(family: Netim, operation: Operation) -> dict[str, Any]:
    if _used(family.account, operation.subject):
        raise Refused("linked")
    if family.account.hosts.pop(operation.subject, None) is None:
        raise Refused("gone")
    return {}


def _list(call: Call) -> list[dict[str, Any]]:
    pattern = call.optional("filter")
    return [views.host(row) for row in call.account.hosts.values() if matches(row.name, pattern)]


FUNCTIONS: dict[str, Handler] = {
    "hostCreate": _create,
    "hostUpdate": _update,
    "hostDelete": _delete,
    "queryHostList": _list,
}
EFFECTS: dict[str, Effect] = {
    "hostCreate": _apply_create,
    "hostUpdate": _apply_update,
    "hostDelete": _apply_delete,
}
