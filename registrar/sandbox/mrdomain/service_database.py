"""Databases (manual 7.15-7.19). Their passwords come back in clear, as in the manual."""

from __future__ import annotations

from registrar.sandbox.mrdomain import service_entity
from registrar.sandbox.mrdomain.call import Action, Answer, Call
from registrar.sandbox.mrdomain.service_entity import Kind
from registrar.sandbox.mrdomain.service_model import Row


def _listed(call: Call, row: Row) -> Row:
    """The list does not tell the access from outside."""
    return {key: value for key, value in row.items() if key != "externalAccess"}


DATABASE = Kind("ddbb", listed=_listed)


def create(call: Call) -> Answer:
    """7.17. The registrar chooses the name, which is also the user's."""
    service = service_entity.writable(call)
    word, outside = service_entity.password(call), call.params.boolean("externalAccess", False)
    service_entity.room(service, DATABASE)
    name = f"ddb{call.account.entity_serial + 1}"
    row = {"name": name, "user": name, "password": word, "externalAccess": outside}
    kept = service_entity.keep(call, service, DATABASE, row)
    return service_entity.finish(call, service, DATABASE, kept)


def update(call: Call) -> Answer:
    """7.18. Without externalAccess there is none afterwards."""
    service = service_entity.writable(call)
    row = service_entity.entity(call, service, DATABASE)
    row.update(
        password=service_entity.password(call), externalAccess=call.params.boolean("externalAccess", False)
    )
    return service_entity.finish(call, service, DATABASE, row)


ACTIONS: dict[str, Action] = service_entity.actions(DATABASE, create=create, update=update)
