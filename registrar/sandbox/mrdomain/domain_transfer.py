"""Transfers into the account (manual 5.2, 5.4, 5.5)."""

from __future__ import annotations

from decimal import Decimal

from registrar.sandbox.mrdomain import nameservers, pending, requirements, views
from registrar.sandbox.mrdomain.account import price_of
from registrar.sandbox.mrdomain.call import DONE, Action, Answer, Call
from registrar.sandbox.mrdomain.codes import ApiError
from registrar.sandbox.mrdomain.contactdata import RoleContacts
from registrar.sandbox.mrdomain.domain_create import bill, new_domain
from registrar.sandbox.mrdomain.model import Stage
from registrar.sandbox.names import to_unicode
from registrar.sandbox.tlds import TLDS, Tld

DAY = 86400.0


def obstacles(call: Call, name: str, tld: Tld) -> list[str]:
    """Why a name cannot be transferred now; empty if it can."""
    if tld.transfer is None:
        return ["Transfers are not available for this TLD"]
    if call.family.holds(name):
        return ["The domain is already in this account"]
    if not call.family.world.registered(name):
        return ["The domain is not registered"]
    if name.startswith("locked"):
        return ["The domain is locked by its current registrar", "Status: clientTransferProhibited"]
    return []


def checkfortransfer(call: Call) -> Answer:
    """5.2: one name, in a list; transfermsg is always a list."""
    name, tld = call.name()
    found = obstacles(call, name, tld)
    row = {
        "name": to_unicode(name),
        "punycode": name,
        "tld": tld.name,
        "transferavail": not found,
        "transfermsg": found,
        "price": views.money(price_of(call, tld, "transfer")[0] or Decimal(0)),
        "currency": views.CURRENCY,
    }
    return Answer({"domains": [row]})


def transfer(call: Call) -> Answer:
    """5.4. Order of checks as in create."""
    name, tld = call.name()
    chosen = nameservers.choose(call, ("parking", "keepns"), "parking")
    contacts = RoleContacts(call)
    requirements.check(call, tld.name, contacts.owner_kind, transfer=True)
    call.params.choice("foacontact", ("owner", "admin"), "")
    found = obstacles(call, name, tld)
    total, promo = price_of(call, tld, "transfer")
    if found or total is None:
        raise ApiError(2005, *found)
    call.afford(total)

    domain = new_domain(call, name, tld, "transfer-init", contacts.keep())
    dice = call.family.world.dice("elsewhere", name)
    elsewhere = [f"ns{number}.{dice.choice(('host-one', 'dnsfarm', 'webplace'))}.net" for number in (1, 2)]
    domain.nameservers = elsewhere if chosen.keep else chosen.hosts
    domain.default_ns, domain.transfer_status = chosen.default, "init"
    domain.created = call.now - dice.uniform(400, 4000) * DAY
    domain.expires = None
    domain.stages = pending.transfer(call, name, tld, call.params.text("authcode"), total)
    _expiry_elsewhere(domain.stages, call.now + dice.uniform(30, 360) * DAY)
    call.family.lifecycle.watch(domain)
    call.note(domain, "Transfer", "Transfer requested")
    call.effect(name, total, domainID=domain.domain_id, ownerContactID=domain.contacts["owner"])
    return bill(total, {**views.head(domain), "period": 1}, promo)


def _expiry_elsewhere(stages: list[Stage], expires: float) -> None:
    """A completed transfer tells the expiry that the name had elsewhere; its year comes on top."""
    if stages[-1].set.get("status") == "active":
        stages[-1].set["expires"] = expires


def transferrestart(call: Call) -> Answer:
    """5.5: only for a transfer that was cancelled or waits for its auth code, otherwise 2012."""
    domain = call.domain()
    tld = TLDS[domain.tld]
    cancelled = domain.status == "transfer-cancel"
    if not cancelled and domain.transfer_status != "pending-auth":
        raise ApiError(2012, f"The transfer cannot be restarted: {domain.transfer_status or domain.status}")
    call.params.choice("foacontact", ("owner", "admin"), "")
    total = price_of(call, tld, "transfer")[0] or Decimal(0)
    # A cancelled transfer was refunded, so starting it again is paid again.
    charge = total if cancelled else None
    if charge is not None:
        call.afford(charge)
    domain.status, domain.transfer_status = "transfer-init", "init"
    domain.stages = pending.transfer(call, domain.name, tld, call.params.text("authcode"), total)
    dice = call.family.world.dice("elsewhere", domain.name)
    _expiry_elsewhere(domain.stages, call.now + dice.uniform(30, 360) * DAY)
    call.family.lifecycle.watch(domain)
    call.note(domain, "Transfer", "Transfer restarted")
    call.effect(domain.name, charge, domainID=domain.domain_id)
    return Answer(views.head(domain), DONE)


ACTIONS: dict[str, Action] = {
    "domain/checkfortransfer": checkfortransfer,
    "domain/transfer": transfer,
    "domain/transferrestart": transferrestart,
}
