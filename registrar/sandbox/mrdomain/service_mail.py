"""Mailboxes (manual 7.30-7.34), whose passwords never come back, and aliases (7.35-7.39)."""

from __future__ import annotations

import re

from registrar.sandbox.mrdomain import service_entity
from registrar.sandbox.mrdomain.call import Action, Answer, Call
from registrar.sandbox.mrdomain.codes import ApiError, invalid
from registrar.sandbox.mrdomain.contactdata import EMAIL
from registrar.sandbox.mrdomain.service_entity import Kind
from registrar.sandbox.mrdomain.service_model import Row, Service

LOCAL = re.compile(r"[a-z0-9]([a-z0-9._+-]{0,62}[a-z0-9])?")
HIDDEN = "#" * 12
MOST_TARGETS = 50


def _mailbox(call: Call, row: Row) -> Row:
    return {**row, "password": HIDDEN}


MAIL = Kind("mail", shown=_mailbox)
ALIAS = Kind("mailalias")


def _address(call: Call, service: Service) -> str:
    """The full address; it may be sent with or without the service's name (assumption). Raises 105 or 4004."""
    sent = call.params.required("name").lower()
    local, _, domain = sent.partition("@")
    if not LOCAL.fullmatch(local) or (domain or service.name) != service.name:
        raise invalid("name", f"an address at {service.name} was expected")
    address = f"{local}@{service.name}"
    for kind in (MAIL, ALIAS):
        service_entity.unique(service, kind, address)
    return address


def create(call: Call) -> Answer:
    """7.32. A new mailbox is empty."""
    service = service_entity.writable(call)
    service_entity.room(service, MAIL)
    row: Row = {"name": _address(call, service), "password": service_entity.password(call)}
    kept = service_entity.keep(call, service, MAIL, {**row, "usage": 0, "quotaMax": service.plan.mailbox})
    return service_entity.finish(call, service, MAIL, kept)


def update(call: Call) -> Answer:
    """7.33. Only the password changes."""
    service = service_entity.writable(call)
    row = service_entity.entity(call, service, MAIL)
    row["password"] = service_entity.password(call)
    return service_entity.finish(call, service, MAIL, row)


def _targets(call: Call) -> list[str]:
    """The addresses that an alias leads to, separated by commas. Raises 101 or 105."""
    found = [part.strip() for part in call.params.required("target").split(",") if part.strip()]
    if not 0 < len(found) <= MOST_TARGETS or not all(EMAIL.fullmatch(one) for one in found):
        raise invalid("target", "e-mail addresses were expected")
    return list(dict.fromkeys(found))


def alias_create(call: Call) -> Answer:
    """7.37."""
    service = service_entity.writable(call)
    service_entity.room(service, ALIAS)
    row = {"name": _address(call, service), "target": _targets(call)}
    if row["name"] in row["target"]:
        raise ApiError(4004, "An alias cannot lead to itself")
    return service_entity.finish(call, service, ALIAS, service_entity.keep(call, service, ALIAS, row))


def alias_update(call: Call) -> Answer:
    """7.38. The targets sent replace those there are."""
    service = service_entity.writable(call)
    row = service_entity.entity(call, service, ALIAS)
    targets = _targets(call)
    if row["name"] in targets:
        raise ApiError(4005, "An alias cannot lead to itself")
    row["target"] = targets
    return service_entity.finish(call, service, ALIAS, row)


ACTIONS: dict[str, Action] = {
    **service_entity.actions(MAIL, create=create, update=update),
    **service_entity.actions(ALIAS, create=alias_create, update=alias_update),
}
