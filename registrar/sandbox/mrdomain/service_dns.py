"""The DNS zone of a service (manual 7.40-7.47)."""

from __future__ import annotations

import base64
import json
from typing import Any

from registrar.sandbox.mrdomain import service_entity, zone
from registrar.sandbox.mrdomain.call import DONE, Action, Answer, Call
from registrar.sandbox.mrdomain.codes import ApiError, invalid
from registrar.sandbox.mrdomain.service_entity import Kind
from registrar.sandbox.mrdomain.service_model import Row, Service

DNS = Kind("dns")
FIELDS = ("name", "type", "value", "ttl", "priority")


def list_(call: Call) -> Answer:
    """7.40. `filter` looks for a part of the name, `filterType` for the type, `filterValue` for a part of the value."""
    service, params = service_entity.found(call), call.params
    name, value = params.text("filter").casefold(), params.text("filterValue").casefold()
    kind = params.choice("filterType", zone.VALUES, "")
    rows = [
        row
        for row in service.entities["dns"].values()
        if name in row["name"] and value in row["value"].casefold() and kind in ("", row["type"])
    ]
    query, part = call.page(rows, 1000)
    return Answer({"queryInfo": query, "dns": [dict(row) for row in part]})


def create(call: Call) -> Answer:
    """7.42."""
    service = service_entity.writable(call)
    call.params.demand(("name", "type", "value"))
    row = zone.record(service, {field: call.params.text(field) for field in FIELDS})
    service_entity.room(service, DNS)
    zone.refuse_conflict(service, service.entities["dns"].values(), row, 4004)
    return service_entity.finish(call, service, DNS, service_entity.keep(call, service, DNS, row))


def update(call: Call) -> Answer:
    """7.43. Name and type stay; ttl and priority that are not sent are the defaults afterwards (assumption)."""
    service = service_entity.writable(call)
    row = service_entity.entity(call, service, DNS)
    call.params.demand(("value",))
    sent = {field: call.params.text(field) for field in ("value", "ttl", "priority")}
    new = zone.record(service, {**sent, "name": row["name"], "type": row["type"]})
    others = [one for one in service.entities["dns"].values() if one is not row]
    zone.refuse_conflict(service, others, new, 4005)
    row.update(new)
    return service_entity.finish(call, service, DNS, row)


def _replace(call: Call, service: Service, rows: list[Row]) -> Answer:
    service.entities["dns"].clear()
    for row in rows:
        service_entity.keep(call, service, DNS, row)
    call.effect(service.name, records=len(rows))
    return Answer(call.nothing(), DONE)


def restore(call: Call) -> Answer:
    """7.45: the zone as it was in the beginning, with new ids."""
    service = service_entity.writable(call)
    return _replace(call, service, zone.defaults(service))


def setzone(call: Call) -> Answer:
    """7.46: all or nothing. Raises 105 for what cannot be read, 4003 and 4005 for a zone that cannot be."""
    service = service_entity.writable(call)
    rows: list[Row] = []
    for sent in _zone_data(call):
        new = zone.record(service, sent)
        zone.refuse_conflict(service, rows, new, 4005)
        rows.append(new)
    if len(rows) > service.plan.limits["dns"]:
        raise ApiError(4003, "Too many records")
    return _replace(call, service, rows)


def _zone_data(call: Call) -> list[dict[str, str]]:
    """The records of dnsZoneData, a JSON list in base64; numbers are read as texts."""
    try:
        text = base64.b64decode(call.params.required("dnsZoneData"), validate=True).decode("utf-8")
        rows: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise invalid("dnsZoneData", "JSON in base64 was expected") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise invalid("dnsZoneData", "a list of records was expected")
    if any(isinstance(row.get(field), (dict, list, bool)) for row in rows for field in FIELDS):
        raise invalid("dnsZoneData", "texts were expected")
    return [{field: _text(row.get(field)) for field in FIELDS} for row in rows]


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def deleteall(call: Call) -> Answer:
    """7.47."""
    return _replace(call, service_entity.writable(call), [])


ACTIONS: dict[str, Action] = service_entity.actions(
    DNS, list=list_, create=create, update=update, restore=restore, setzone=setzone, deleteall=deleteall
)
