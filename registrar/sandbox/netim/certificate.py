"""SSL services (section 2.12).

How a reseller learns the new IDSSL is not documented: here it is the target (data_ope) of the pending operation.
The values of `status` are not either: PENDING, ACTIVE, EXPIRED, REVOKED.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from registrar.sandbox.clock import add_years
from registrar.sandbox.netim import pem, tariff, views
from registrar.sandbox.netim.call import Call, Handler
from registrar.sandbox.netim.codes import STATE, NetimFault, Refused, bad
from registrar.sandbox.netim.engine import Effect, Order
from registrar.sandbox.netim.host import host_name
from registrar.sandbox.netim.model import LONG, Certificate, Operation
from registrar.sandbox.netim.structs import members

if TYPE_CHECKING:
    from registrar.sandbox.netim.family import Netim

MAILBOXES = frozenset({"admin", "administrator", "hostmaster", "webmaster", "postmaster"})
NEEDED = ("Country", "City", "Region", "Organisation")
SWITCHES = {"auto_renew": "auto_renew", "to_be_renewed": "to_be_renewed"}


def _named(call: Call, *, active: bool = True) -> Certificate:
    """The SSL service of this IDSSL; raises E13, and the fault for one that is not active."""
    found = call.account.certificates.get(call.text("IDSSL"))
    if found is None:
        raise bad("IDSSL", "unknown")
    if found.status == "ACTIVE" and call.now > found.expires:
        found.status = "EXPIRED"
    if active and found.status != "ACTIVE":
        raise NetimFault(STATE)
    return found


def _request(call: Call, number: int) -> tuple[str, str, pem.Names]:
    """The request, its private key ("" where the reseller has it) and whom it is for. Raises E13."""
    given = call.table("CSRInfo")
    csr = str(given.get("CSR") or "").strip()
    if csr:
        try:
            names = pem.read(csr)
        except ValueError as error:
            raise bad("CSR") from error
        return csr, "", _checked(names.common, names.alternatives)
    subject = {name: str(given.get(name) or "").strip() for name in members("StructCSR")[1:7]}
    for name in NEEDED:
        if not subject[name]:
            raise bad(name, "missing")
    names = _checked(_texts(given, "CommonName"), _texts(given, "AlternativeNames"))
    seed = call.family.world.dice("netim", "ssl", number).getrandbits(200) + 1
    try:
        return *pem.request(seed, subject, names), names
    except ValueError as error:
        raise bad("CSRInfo") from error


def _texts(given: dict[str, Any], name: str) -> list[str]:
    value = given.get(name) or []
    rows = value if isinstance(value, list) else [value]
    if not all(isinstance(row, str) for row in rows):
        raise bad(name)
    return [row.strip() for row in rows if row.strip()]


def _checked(common: list[str], alternatives: list[str]) -> pem.Names:
    if not common:
        raise bad("CommonName", "missing")
    for name in common:
        host_name(name.removeprefix("*."), "CommonName")
    for name in alternatives:
        host_name(name.removeprefix("*."), "AlternativeNames")
    return pem.Names(common, alternatives)


def _check_validation(call: Call, names: pem.Names) -> None:
    """`file`, `dns`, or `email:` and an address for every distinct domain among the names. Raises E13."""
    text = call.text("validation")
    if text in ("file", "dns"):
        return
    kind, _, rest = text.partition(":")
    addresses = [row.strip() for row in rest.split(",")]
    locals_, domains = zip(*(row.partition("@")[::2] for row in addresses), strict=True)
    covered = [
        any(name == domain or name.endswith(f".{domain}") for domain in domains if domain)
        for name in (*names.common, *names.alternatives)
    ]
    if kind != "email" or not set(locals_) <= MAILBOXES or not all(covered):
        raise bad("validation")


def _create(call: Call) -> dict[str, Any]:
    product, account = call.text("prod"), call.account
    if product not in tariff.CERTIFICATES:
        raise bad("prod", "unknown")
    years = call.integer("duration")
    if years != 1:
        raise bad("duration")
    serial = account.certificate_serial + 1
    csr, private, names = _request(call, serial)
    _check_validation(call, names)
    dice = call.family.world.dice("netim", "idssl", serial)
    key = f"SSL-{''.join(dice.choice('ABCDEFGHJKLMNPQRSTUVWXYZ23456789') for _ in range(4))}-{serial:02}"
    order = Order(key, {"years": years}, price=tariff.CERTIFICATES[product] * years, span=LONG, waits=True)
    operation = call.start(order)
    account.certificate_serial = serial
    account.certificates[key] = Certificate(
        key, product, names.common, names.alternatives, years, csr, private, created=call.now
    )
    return call.told(operation)


def issue(family: Netim, row: Certificate, start: float, end: float) -> None:
    """Give an SSL service a certificate for the time from `start` to `end` (epoch seconds)."""
    serial = family.world.dice("netim", "serial", row.key, start).getrandbits(120) + 1
    row.certificate = pem.issue(row.csr, serial, start, end)
    row.issued, row.expires, row.status = start, end, "ACTIVE"


def _held(family: Netim, operation: Operation) -> Certificate:
    found = family.account.certificates.get(operation.subject)
    if found is None or found.status in ("REVOKED", "EXPIRED"):
        raise Refused("gone")
    return found


def _apply_create(family: Netim, operation: Operation) -> dict[str, Any]:
    row = _held(family, operation)
    if row.names[0].startswith("refuse"):
        raise Refused("registry")
    now = family.world.clock.now()
    issue(family, row, now, add_years(now, row.years))
    return {"commonName": row.names}


def _renew(call: Call) -> dict[str, Any]:
    row = _named(call)
    if call.integer("duration") != 1:
        raise bad("duration")
    price = tariff.CERTIFICATES[row.product]
    return call.submit(Order(row.key, price=price, span=LONG, waits=True))


def _apply_renew(family: Netim, operation: Operation) -> dict[str, Any]:
    row = _held(family, operation)
    issue(family, row, family.world.clock.now(), add_years(row.expires, 1))
    return {}


def _reissue(call: Call) -> dict[str, Any]:
    row = _named(call)
    csr, private, names = _request(call, call.account.operation_serial)
    if sorted(names.common) != sorted(row.names):
        raise bad("CommonName")
    _check_validation(call, names)
    payload = {"csr": csr, "private": private, "alternatives": names.alternatives}
    return call.submit(Order(row.key, payload, span=LONG, waits=True))


def _apply_reissue(family: Netim, operation: Operation) -> dict[str, Any]:
    row, payload = _held(family, operation), operation.payload
    row.csr, row.private_key, row.alternatives = payload["csr"], payload["private"], payload["alternatives"]
    issue(family, row, family.world.clock.now(), row.expires)
    return {}


def _revoke(call: Call) -> dict[str, Any]:
    return call.submit(Order(_named(call).key))


def _apply_revoke(family: Netim, operation: Operation) -> dict[str, Any]:
    _held(family, operation).status = "REVOKED"
    return {}


def _preference(call: Call) -> dict[str, Any]:
    row, key = _named(call), call.text("codePref")
    if key not in SWITCHES:
        raise bad("codePref")
    return call.submit(Order(row.key, {"key": key, "value": call.flag("value")}, detail=key))


def _apply_preference(family: Netim, operation: Operation) -> dict[str, Any]:
    setattr(_held(family, operation), SWITCHES[operation.payload["key"]], operation.payload["value"])
    return {}


def _info(call: Call) -> dict[str, Any]:
    return views.certificate(_named(call, active=False))


FUNCTIONS: dict[str, Handler] = {
    "sslCreate": _create,
    "sslRenew": _renew,
    "sslReIssue": _reissue,
    "sslRevoke": _revoke,
    "sslSetPreference": _preference,
    "sslInfo": _info,
}
EFFECTS: dict[str, Effect] = {
    "sslCreate": _apply_create,
    "sslRenew": _apply_renew,
    "sslReIssue": _apply_reissue,
    "sslRevoke": _apply_revoke,
    "sslSetPreference": _apply_preference,
}
