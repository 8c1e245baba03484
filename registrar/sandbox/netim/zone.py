"""DNS zones (section 2.10). A zone can be edited whatever name servers the domain uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from registrar.sandbox.netim import views, zonedata
from registrar.sandbox.netim.call import Call, Handler
from registrar.sandbox.netim.codes import EXISTS, NetimFault, Refused, bad
from registrar.sandbox.netim.domain_create import owned
from registrar.sandbox.netim.engine import Effect, Order
from registrar.sandbox.netim.model import Operation

if TYPE_CHECKING:
    from registrar.sandbox.netim.family import Netim


def _init(call: Call) -> dict[str, Any]:
    domain, number = call.changeable("domainZoneInit"), call.text("numTemplate")
    zonedata.from_template(call.account, number, domain.name)
    return call.submit(Order(domain.name, {"template": number}))


def _apply_init(family: Netim, operation: Operation) -> dict[str, Any]:
    domain = owned(family, operation)
    domain.zone = zonedata.from_template(family.account, operation.payload["template"], domain.name)
    domain.soa = dict(zonedata.SOA)
    return {}


def _create(call: Call) -> dict[str, Any]:
    domain = call.changeable("domainZoneCreate")
    kind, options = call.text("type").upper(), call.table("options")
    row = zonedata.record(domain.name, call.optional("subdomain"), kind, call.text("value"), options)
    if any(zonedata.same(other, row["host"], kind, row["value"]) for other in domain.zone):
        raise NetimFault(EXISTS)
    return call.submit(Order(domain.name, {"record": row}, detail=_detail(row)))


def _detail(row: dict[str, str]) -> str:
    return f"{row['host']} {row['type']} {row['value']}"


def _apply_create(family: Netim, operation: Operation) -> dict[str, Any]:
    domain, row = owned(family, operation), operation.payload["record"]
    beside = [other for other in domain.zone if other["host"] == row["host"]]
    if beside and "CNAME" in {row["type"], *(other["type"] for other in beside)}:
        raise Refused("conflict")
    domain.zone.append(row)
    return {}


def _delete(call: Call) -> dict[str, Any]:
    domain = call.changeable("domainZoneDelete")
    name, kind = zonedata.full(call.optional("subdomain"), domain.name), call.text("type").upper()
    row = {"host": name, "type": kind, "value": call.text("value")}
    if not any(zonedata.same(other, name, kind, row["value"]) for other in domain.zone):
        raise bad("value", "unknown")
    return call.submit(Order(domain.name, {"record": row}, detail=_detail(row)))


def _apply_delete(family: Netim, operation: Operation) -> dict[str, Any]:
    domain, row = owned(family, operation), operation.payload["record"]
    kept = [
        other for other in domain.zone if not zonedata.same(other, row["host"], row["type"], row["value"])
    ]
    if len(kept) == len(domain.zone):
        raise Refused("gone")
    domain.zone = kept
    return {}


def _soa(call: Call) -> dict[str, Any]:
    domain = call.changeable("domainZoneInitSoa")
    soa = {}
    for name in zonedata.SOA:
        unit = call.text(f"{name}Unit").upper()
        if unit not in zonedata.UNITS:
            raise bad(f"{name}Unit")
        soa[name] = call.integer(name) * zonedata.UNITS[unit]
        if not 0 < soa[name] <= 2_147_483_647:
            raise bad(name)
    return call.submit(Order(domain.name, {"soa": soa}))


def _apply_soa(family: Netim, operation: Operation) -> dict[str, Any]:
    owned(family, operation).soa = operation.payload["soa"]
    return {}


def _list(call: Call) -> list[dict[str, Any]]:
    return [views.zone_row(row) for row in call.domain().zone]


FUNCTIONS: dict[str, Handler] = {
    "domainZoneInit": _init,
    "domainZoneCreate": _create,
    "domainZoneDelete": _delete,
    "domainZoneInitSoa": _soa,
    "queryZoneList": _list,
}
EFFECTS: dict[str, Effect] = {
    "domainZoneInit": _apply_init,
    "domainZoneCreate": _apply_create,
    "domainZoneDelete": _apply_delete,
    "domainZoneInitSoa": _apply_soa,
}
