"""Forwarding of mail and of web addresses (section 2.11)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from registrar.sandbox.netim import views
from registrar.sandbox.netim.call import Call, Handler
from registrar.sandbox.netim.codes import EXISTS, STATE, NetimFault, Refused, bad
from registrar.sandbox.netim.engine import Effect, Order
from registrar.sandbox.netim.host import host_name
from registrar.sandbox.netim.model import Domain, Operation
from registrar.sandbox.netim.structs import members

if TYPE_CHECKING:
    from registrar.sandbox.netim.family import Netim

KINDS = ("DIRECT", "MASKED", "IP", "PARKING")
_ADDRESS = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")
_SCHEME = re.compile(r"(https?|ftp)://")


def _owner_of(call: Call, name: str) -> Domain:
    """The reseller's domain that holds a name or is it. Raises E15-M1502 and the fault for its state."""
    labels = name.split(".")
    for start in range(len(labels) - 1):
        found = call.account.domains.get(".".join(labels[start:]))
        if found is not None:
            if found.main != "ACTIVE" or "HOLD" in found.status:
                raise NetimFault(STATE)
            return found
    raise NetimFault("E15-M1502")


def _mailbox(call: Call) -> tuple[str, Domain]:
    """The address in lower case and its domain; `*@domain` is the catch-all."""
    mailbox = call.text("mailBox").lower()
    local, _, name = mailbox.rpartition("@")
    if local != "*" and not _ADDRESS.fullmatch(mailbox):
        raise bad("mailBox")
    name = host_name(name, "mailBox")
    domain = _owner_of(call, name)
    if domain.name != name:
        raise NetimFault("E15-M1502")
    return f"{local}@{name}", domain


def _mail_create(call: Call) -> dict[str, Any]:
    mailbox, domain = _mailbox(call)
    recipients = [row.strip() for row in call.text("recipients").split(",")]
    if not all(_ADDRESS.fullmatch(row) for row in recipients):
        raise bad("recipients")
    if mailbox in domain.mail:
        raise NetimFault(EXISTS)
    payload = {"domain": domain.name, "recipients": ",".join(recipients)}
    return call.submit(Order(mailbox, payload))


def _domain(family: Netim, operation: Operation) -> Domain:
    found = family.account.domains.get(operation.payload["domain"])
    if found is None or not found.held:
        raise Refused("gone")
    return found


def _apply_mail_create(family: Netim, operation: Operation) -> dict[str, Any]:
    _domain(family, operation).mail[operation.subject] = operation.payload["recipients"]
    return {}


def _mail_delete(call: Call) -> dict[str, Any]:
    mailbox, domain = _mailbox(call)
    if mailbox not in domain.mail:
        raise bad("mailBox", "unknown")
    return call.submit(Order(mailbox, {"domain": domain.name}))


def _apply_mail_delete(family: Netim, operation: Operation) -> dict[str, Any]:
    if _domain(family, operation).mail.pop(operation.subject, None) is None:
        raise Refused("gone")
    return {}


def _mail_list(call: Call) -> list[dict[str, Any]]:
    return [views.mail_row(*row) for row in call.domain().mail.items()]


def _web_create(call: Call) -> dict[str, Any]:
    fqdn, kind = host_name(call.text("fqdn"), "fqdn"), call.text("type").upper()
    domain, given = _owner_of(call, fqdn), call.table("options")
    if kind not in KINDS:
        raise bad("type")
    if fqdn in domain.web:
        raise NetimFault(EXISTS)
    row = {name: str(given.get(name) or "").strip() for name in members("StructOptionsFwd")}
    _check_options(kind, row)
    # A target is kept without its scheme, which is an option of its own.
    row["target"] = "" if kind == "PARKING" else _SCHEME.sub("", call.text("target"), count=1)
    return call.submit(Order(fqdn, {"domain": domain.name, "row": {**row, "type": kind}}))


def _check_options(kind: str, row: dict[str, str]) -> None:
    """DIRECT uses header and protocol, MASKED protocol and title, PARKING parking; the others may be sent empty."""
    if kind == "DIRECT" and row["header"] not in ("301", "302"):
        raise bad("header")
    if kind in ("DIRECT", "MASKED") and row["protocol"] not in ("http", "https", "ftp"):
        raise bad("protocol")


def _apply_web_create(family: Netim, operation: Operation) -> dict[str, Any]:
    _domain(family, operation).web[operation.subject] = operation.payload["row"]
    return {}


def _web_delete(call: Call) -> dict[str, Any]:
    fqdn = host_name(call.text("fqdn"), "fqdn")
    domain = _owner_of(call, fqdn)
    if fqdn not in domain.web:
        raise bad("fqdn", "unknown")
    return call.submit(Order(fqdn, {"domain": domain.name}))


def _apply_web_delete(family: Netim, operation: Operation) -> dict[str, Any]:
    if _domain(family, operation).web.pop(operation.subject, None) is None:
        raise Refused("gone")
    return {}


def _web_list(call: Call) -> list[dict[str, Any]]:
    return [views.web_row(*row) for row in call.domain().web.items()]


FUNCTIONS: dict[str, Handler] = {
    "domainMailFwdCreate": _mail_create,
    "domainMailFwdDelete": _mail_delete,
    "queryMailFwdList": _mail_list,
    "domainWebFwdCreate": _web_create,
    "domainWebFwdDelete": _web_delete,
    "queryWebFwdList": _web_list,
}
EFFECTS: dict[str, Effect] = {
    "domainMailFwdCreate": _apply_mail_create,
    "domainMailFwdDelete": _apply_mail_delete,
    "domainWebFwdCreate": _apply_web_create,
    "domainWebFwdDelete": _apply_web_delete,
}
