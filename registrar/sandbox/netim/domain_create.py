"""Registering, renewing, deleting and restoring domains (sections 2.6 and 2.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from registrar.sandbox.clock import add_years
from registrar.sandbox.netim import contact, host, tariff, zonedata
from registrar.sandbox.netim.call import Call, Handler
from registrar.sandbox.netim.codes import EXISTS, STATE, WINDOW, NetimFault, Refused, bad
from registrar.sandbox.netim.engine import Effect, Order
from registrar.sandbox.netim.lifecycle import active, renewable_from, renewable_until, restorable_until
from registrar.sandbox.netim.model import DAY, PENDING, QUARANTINE, Account, Domain, Operation
from registrar.sandbox.tlds import Tld, split

if TYPE_CHECKING:
    from registrar.sandbox.netim.family import Netim

# Seconds until a launch phase is over; the phases are those that any source names.
PHASE = (86400.0, 3 * 86400.0)
PHASES = ("SR", "LR", "LR1", "LR2", "GA")
# What an owner must bring for an extension: one of these keys of `additional`. "*" before a key: per domain name.
ADDITIONAL: dict[str, tuple[tuple[str, ...], ...]] = {
    "aero": (("AERO_AUTHID",), ("AERO_AUTHKEY",)),
    "es": (("ES_NIF", "ES_NIE", "ES_OTHER"),),
    "com.es": (("ES_NIF", "ES_NIE", "ES_OTHER"),),
    **{
        name: ((f"*{name.upper()}_INTENDED_USE",),)
        for name in ("barcelona", "cat", "eus", "gal", "madrid", "radio")
    },
}


def new_code(family: Netim, name: str, *parts: object) -> str:
    """A transfer code that depends on the seed only."""
    dice = family.world.dice("netim", "authid", name, *parts)
    return "".join(dice.choice("abcdefghjkmnpqrstuvwxyz23456789-!") for _ in range(14))


def absent(call: Call, name: str) -> None:
    """Raise the fault for a name that the reseller has already, or that is on its way in."""
    found = call.account.domains.get(name)
    if found is not None and found.held:
        raise NetimFault(EXISTS)


def elsewhere(family: Netim, name: str) -> bool:
    """True if somebody else holds the name."""
    others = (other for other in family.world.families.values() if other is not family)
    return family.world.names.taken(name) or any(other.holds(name) for other in others)


def put(account: Account, name: str, tld: Tld, roles: dict[str, str], ns: list[str]) -> None:
    """Show the domain on its way in."""
    account.domains[name] = Domain(name, tld.name, "PENDING", dict(roles), list(ns))


def settled(family: Netim, domain: Domain, created: float, expires: float) -> None:
    """The domain is the reseller's now, published, locked where that can be, with a code and a zone."""
    domain.created, domain.expires, domain.status = created, expires, active(domain)
    domain.lock = domain.rules.lockable
    domain.authid = new_code(family, domain.name) if domain.rules.authcode else ""
    domain.soa = dict(zonedata.SOA)
    domain.zone = domain.zone or zonedata.from_template(family.account, "1", domain.name)
    family.lifecycle.watch(domain)


def _years(call: Call, allowed: tuple[int, ...]) -> int:
    years = call.integer("duration")
    if years not in allowed:
        raise bad("duration")
    return years


def _check_additional(account: Account, owner: str, name: str, tld: Tld) -> None:
    given = account.contacts[owner].additional
    for keys in ADDITIONAL.get(tld.name, ()):
        if not any(_has(given, key, name) for key in keys):
            raise bad(keys[0].lstrip("*"), "missing")


def _has(given: dict[str, Any], key: str, name: str) -> bool:
    value = given.get(key.lstrip("*"))
    return bool(value.get(name) if key.startswith("*") and isinstance(value, dict) else value)


def _create(call: Call) -> dict[str, Any]:
    """domainCreate and domainCreateLP."""
    launch = call.function.name == "domainCreateLP"
    name, tld = call.sold("domainCreateLP" if launch else "domainCreate")
    absent(call, name)
    roles = {"idOwner": contact.owner(call), **contact.others(call)}
    ns, years = host.servers(call, tld), _years(call, tld.create_years)
    if launch and call.text("launchPhase") not in PHASES:
        raise bad("launchPhase")
    template = "" if launch else call.optional("templateDNS")
    if template not in ("", "0", *call.account.templates):
        raise bad("templateDNS", "unknown")
    _check_additional(call.account, roles["idOwner"], name, tld)
    price = tariff.fees(call.family.world, tld, call.account.began, name)["Fee4Registration"] * years
    payload = {"roles": roles, "ns": ns, "years": years, "template": template if template != "0" else ""}
    order = Order(name, payload, price=price, slow=tld.delay)
    if launch:
        order.span, order.waits = PHASE, True
    return acquire(call, order, tld)


def acquire(call: Call, order: Order, tld: Tld) -> dict[str, Any]:
    """Submit an operation that brings a domain in; while it is pending the domain is there as PENDING."""
    operation = call.start(order)
    if operation.status == PENDING:
        put(call.account, order.subject, tld, order.payload["roles"], order.payload["ns"])
    return call.told(operation)


def incoming(family: Netim, operation: Operation) -> Domain:
    """The domain of an acquiring operation, new or pending, with what was ordered."""
    name, payload = operation.subject, operation.payload
    tld = split(name)[1]
    assert tld is not None
    host.probe_servers(family.account, name, tld, payload["ns"])
    return Domain(name, tld.name, "PENDING", dict(payload["roles"]), list(payload["ns"]))


def _apply_create(family: Netim, operation: Operation) -> dict[str, Any]:
    name, payload, now = operation.subject, operation.payload, family.world.clock.now()
    if elsewhere(family, name) or name.startswith(("reserved", "applied")):
        raise Refused("taken")
    domain = incoming(family, operation)
    if payload["template"]:
        domain.zone = zonedata.from_template(family.account, payload["template"], name)
    settled(family, domain, now, add_years(now, payload["years"]))
    family.account.domains[name] = domain
    return {"idOwner": domain.roles["idOwner"], "duration": payload["years"]}


def _renew(call: Call) -> dict[str, Any]:
    domain = call.changeable("domainRenew", main=("ACTIVE", "EXPIRED"))
    years = _years(call, domain.rules.renew_years)
    first, last = renewable_from(domain), renewable_until(domain)
    if first is None or last is None or not first <= call.now <= last:
        raise NetimFault(WINDOW)
    price = _fee(call.family, domain, "Fee4Renewal") * years
    return call.submit(Order(domain.name, {"years": years}, price=price, slow=domain.rules.delay))


def _fee(family: Netim, domain: Domain, fee: str) -> Any:
    return tariff.fees(family.world, domain.rules, family.account.began, domain.name)[fee]


def _apply_renew(family: Netim, operation: Operation) -> dict[str, Any]:
    domain, now = owned(family, operation), family.world.clock.now()
    if domain.expires is None or domain.main not in ("ACTIVE", "EXPIRED"):
        raise Refused("registry")
    until = add_years(domain.expires, operation.payload["years"])
    if until > add_years(now, 10) + DAY:
        raise Refused("too far")
    domain.expires, domain.status = until, active(domain)
    family.lifecycle.watch(domain)
    return {"duration": operation.payload["years"]}


def owned(family: Netim, operation: Operation) -> Domain:
    """The domain of an operation that is being executed; raises Refused when it has gone meanwhile."""
    found = family.account.domains.get(operation.subject)
    if found is None or not found.held:
        raise Refused("gone")
    return found


def _delete(call: Call) -> dict[str, Any]:
    domain = call.changeable("domainDelete", main=("ACTIVE", "EXPIRED"))
    if call.optional("typeDelete", "NOW").upper() != "NOW":
        raise bad("typeDelete")
    return call.submit(Order(domain.name, slow=domain.rules.delay))


def _apply_delete(family: Netim, operation: Operation) -> dict[str, Any]:
    domain = owned(family, operation)
    domain.status, domain.deleted = QUARANTINE, family.world.clock.now()
    family.lifecycle.watch(domain)
    return {}


def _restore(call: Call) -> dict[str, Any]:
    domain = call.domain()
    if domain.main != "QUARANTINE":
        raise NetimFault(STATE)
    last = restorable_until(domain)
    if last is None or call.now > last:
        raise NetimFault(WINDOW)
    price = _fee(call.family, domain, "Fee4Restore")
    return call.submit(Order(domain.name, price=price, slow=domain.rules.delay))


def _apply_restore(family: Netim, operation: Operation) -> dict[str, Any]:
    """Back in good standing; a name that had run out is renewed by a year, which the price includes."""
    domain, now = owned(family, operation), family.world.clock.now()
    if domain.main != "QUARANTINE" or domain.expires is None:
        raise Refused("registry")
    domain.status, domain.deleted = active(domain), None
    if domain.expires < now:
        domain.expires = add_years(domain.expires, 1)
    family.lifecycle.watch(domain)
    return {}


FUNCTIONS: dict[str, Handler] = {
    "domainCreate": _create,
    "domainCreateLP": _create,
    "domainRenew": _renew,
    "domainDelete": _delete,
    "domainRestore": _restore,
}
EFFECTS: dict[str, Effect] = {
    "domainCreate": _apply_create,
    "domainCreateLP": _apply_create,
    "domainRenew": _apply_renew,
    "domainDelete": _apply_delete,
    "domainRestore": _apply_restore,
}
