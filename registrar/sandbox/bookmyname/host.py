"""Glue records: host_create, host_update, host_delete and host_info.

ASSUMPTION, all four: the manual's chapter is lost. It says what they are for and that the first three are polled with
api_status. Here: (host, ip) for create and update, (host) for delete and info; the codes are in `codes.ERRORS`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from registrar.sandbox.bookmyname import nameservers
from registrar.sandbox.bookmyname.call import Call, Function
from registrar.sandbox.bookmyname.codes import Answer, Refusal
from registrar.sandbox.bookmyname.lifecycle import SECONDS
from registrar.sandbox.bookmyname.model import Host
from registrar.sandbox.bookmyname.tlds import managed
from registrar.sandbox.clock import stamp


def _parent(call: Call, host: str) -> None:
    """Raise 0 unless the host is inside a registered domain that the reseller may see."""
    domain = call.account.domains.get(".".join(host.split(".")[-2:]))
    if domain is None or domain.expires is None or domain.name == host or not call.account.may_see(domain):
        raise Refusal(0)


def _own(call: Call) -> Host:
    """The host that the first parameter names. Raises 0, and -2 while a transaction changes it."""
    host = call.account.hosts.get(nameservers.host_name(call.text(0)))
    if host is None:
        raise Refusal(0)
    _parent(call, host.name)
    return host


def _start(call: Call, host: str, sent: dict[str, str]) -> Answer:
    tld = managed(".".join(host.split(".")[-2:]))
    delay = tld.delay if tld else 1.0
    transaction = call.begin(host, SECONDS, delay, {"ip": sent.get("ip", "")}, Decimal(0))
    call.promise(transaction, sent)
    return Answer(transaction.tid, {"tid": transaction.tid})


def create(call: Call) -> Answer:
    name, address = nameservers.host_name(call.text(0)), call.text(1)
    if not name or not nameservers.is_address(address):
        raise Refusal(-3)
    _parent(call, name)
    if name in call.account.hosts or name in call.account.running:
        raise Refusal(-2)
    return _start(call, name, {"host": name, "ip": address})


def _changing(call: Call, host: Host) -> None:
    if host.name in call.account.running:
        raise Refusal(-2)


def update(call: Call) -> Answer:
    host, address = _own(call), call.text(1)
    _changing(call, host)
    if not nameservers.is_address(address):
        raise Refusal(-3)
    return _start(call, host.name, {"host": host.name, "ip": address})


def delete(call: Call) -> Answer:
    host = _own(call)
    _changing(call, host)
    if any(host.name in domain.ns for domain in call.account.domains.values()):
        raise Refusal(-3)
    return _start(call, host.name, {"host": host.name})


def info(call: Call) -> Answer:
    host = _own(call)
    record: dict[str, Any] = {"id": host.id, "host": host.name, "ip": host.ip}
    return Answer(host.id, {**record, "lastupdate": stamp(host.lastupdate)})


FUNCTIONS: dict[str, Function] = {
    "host_create": create,
    "host_update": update,
    "host_delete": delete,
    "host_info": info,
}
