"""What FTP accounts, databases, subdomains, redirects, mailboxes, aliases and DNS records have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from registrar.sandbox.mrdomain.call import DONE, Action, Answer, Call
from registrar.sandbox.mrdomain.codes import ApiError, invalid, missing
from registrar.sandbox.mrdomain.service_model import RUNNING, Row, Service
from registrar.sandbox.names import InvalidName, to_ascii

SHORTEST_PASSWORD, LONGEST_PASSWORD = 6, 64


def same(call: Call, row: Row) -> Row:
    """A row as it is kept."""
    return dict(row)


@dataclass(frozen=True)
class Kind:
    """One kind of entity: its key in replies, what `filter` looks at, how a row is shown and listed.

    `fixed` says whether an entity belongs to the service itself, so that it cannot be deleted.
    """

    key: str
    searched: str = "name"
    shown: Callable[[Call, Row], Row] = same
    listed: Callable[[Call, Row], Row] | None = None
    fixed: Callable[[Service, Row], bool] = lambda service, row: False


def found(call: Call) -> Service:
    """The service that `serviceName` names. Raises 101 or 4001."""
    try:
        name = to_ascii(call.params.required("serviceName"))
    except InvalidName as error:
        raise ApiError(4001, "Service not found") from error
    service = call.account.services.get(name)
    if service is None:
        raise ApiError(4001, "Service not found")
    return service


def writable(call: Call) -> Service:
    """The same, but 300 for a service that is not set up yet or not any more."""
    service = found(call)
    if service.status not in RUNNING:
        raise ApiError(300, f"The service is {service.status}")
    return service


def entity(call: Call, service: Service, kind: Kind) -> Row:
    """The row that `entityID` names. Raises 101 or 4002."""
    row = service.entities[kind.key].get(call.params.required("entityID"))
    if row is None:
        raise ApiError(4002, "Service entity not found")
    return row


def room(service: Service, kind: Kind) -> None:
    """Raise 4003 where the plan allows no more of this kind."""
    if len(service.entities[kind.key]) >= service.plan.limits[kind.key]:
        raise ApiError(4003, f"The plan allows {service.plan.limits[kind.key]} of this kind")


def unique(service: Service, kind: Kind, value: str) -> None:
    """Raise 4004 where there is an entity with this value in the field that names it."""
    if any(row[kind.searched] == value for row in service.entities[kind.key].values()):
        raise ApiError(4004, f"It exists: {value}")


def keep(call: Call, service: Service, kind: Kind, row: Row) -> Row:
    """The row as a new entity of the service, with its id."""
    call.account.entity_serial += 1
    kept = {"entityID": f"SRV{service.number:010}-{call.account.entity_serial:010}", **row}
    service.entities[kind.key][kept["entityID"]] = kept
    return kept


def answer(call: Call, kind: Kind, row: Row, messages: tuple[str, ...] = DONE) -> Answer:
    """One entity, in a list."""
    return Answer({kind.key: [kind.shown(call, row)]}, messages)


def finish(call: Call, service: Service, kind: Kind, row: Row) -> Answer:
    """The effect in the journal, and the entity as the reply."""
    call.effect(service.name, entityID=row["entityID"])
    return answer(call, kind, row)


def password(call: Call) -> str:
    """The required password, of six to sixty-four characters (assumption). Raises 101 or 105."""
    value = call.params.values.get("password", "")
    if not value:
        raise missing("password")
    if not SHORTEST_PASSWORD <= len(value) <= LONGEST_PASSWORD or not value.isprintable():
        raise invalid("password", f"{SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters")
    return value


def path(call: Call, parameter: str) -> str:
    """A required path inside the service's space."""
    value = call.params.required(parameter)
    if ".." in value.split("/") or not value.isprintable() or len(value) > 255:
        raise invalid(parameter)
    return value


def actions(kind: Kind, **more: Action) -> dict[str, Action]:
    """service/<kind>list, getinfo and delete, and `more` by the word behind the kind's name."""

    def list_(call: Call) -> Answer:
        service, wanted = found(call), call.params.text("filter").casefold()
        show = kind.listed or kind.shown
        rows = [row for row in service.entities[kind.key].values() if wanted in row[kind.searched].casefold()]
        query, part = call.page(rows, 1000)
        return Answer({"queryInfo": query, kind.key: [show(call, row) for row in part]})

    def getinfo(call: Call) -> Answer:
        return answer(call, kind, entity(call, found(call), kind), ())

    def delete(call: Call) -> Answer:
        service = writable(call)
        row = entity(call, service, kind)
        if kind.fixed(service, row):
            raise ApiError(4006, "It belongs to the service itself")
        del service.entities[kind.key][row["entityID"]]
        call.effect(service.name, entityID=row["entityID"])
        return Answer(call.nothing(), DONE)

    basic: dict[str, Any] = {"list": list_, "getinfo": getinfo, "delete": delete}
    return {f"service/{kind.key}{word}": action for word, action in {**basic, **more}.items()}
