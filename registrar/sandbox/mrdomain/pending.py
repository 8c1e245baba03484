"""How a registration, a transfer or a renewal settles: stages chosen by the seed, on the sandbox's clock."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from registrar.sandbox.mrdomain.call import Call
from registrar.sandbox.mrdomain.model import Stage
from registrar.sandbox.tlds import Tld

REGISTER_SECONDS = (3.0, 8.0)
TRANSFER_SECONDS = (20.0, 60.0)
RENEW_SECONDS = (3.0, 8.0)


def _total(call: Call, name: str, span: tuple[float, float], tld: Tld) -> float:
    dice = call.family.world.dice("settle", call.action, name, call.account.domain_serial)
    return dice.uniform(*span) * tld.delay


def registration(call: Call, name: str, tld: Tld, years: int, price: Decimal) -> list[Stage]:
    """register-init, register-pending, active; a name "cancel..." ends in register-cancel, refunded."""
    total = _total(call, name, REGISTER_SECONDS, tld)
    pending = Stage(
        call.now + total * 0.3, {"status": "register-pending"}, "Registration", "Sent to the registry"
    )
    if name.startswith("cancel"):
        gone = {"status": "register-cancel"}
        return [
            pending,
            Stage(call.now + total, gone, "Registration", "Refused by the registry", refund=str(price)),
        ]
    end = Stage(
        call.now + total, {"status": "active"}, "Registration", "The domain is registered", years=years
    )
    return [pending, end]


def transfer(call: Call, name: str, tld: Tld, authcode: str, price: Decimal) -> list[Stage]:
    """transfer-init, transfer-pending with its transferStatus, active.

    An auth code beginning with "wrong" or "bad" ends in transfer-cancel, refunded; a missing one where the
    TLD needs it waits in pending-auth until transferrestart.
    """
    total = _total(call, name, TRANSFER_SECONDS, tld)

    def step(part: float, title: str, **values: Any) -> Stage:
        return Stage(call.now + total * part, values, "Transfer", title)

    if tld.authcode and not authcode:
        return [step(0.15, "Auth code pending", status="transfer-pending", transfer_status="pending-auth")]
    if authcode.lower().startswith(("wrong", "bad")):
        started = step(0.15, "Auth code sent", status="transfer-pending", transfer_status="set-auth")
        ended = step(0.6, "Wrong auth code", status="transfer-cancel", transfer_status="cancelled")
        ended.refund = str(price)
        return [started, ended]
    waiting = "pending-tag" if tld.by_tag else "queued" if tld.authcode else "pending-registry"
    first = "set-auth" if tld.authcode else "queued"
    end = step(1.0, "The transfer is complete", status="active", transfer_status="completed")
    end.years = 1 if tld.transfer else 0
    return [
        step(0.15, "Started", status="transfer-pending", transfer_status=first),
        step(0.4, "Waiting for the registry", transfer_status=waiting),
        end,
    ]


def renewal(call: Call, name: str, tld: Tld) -> list[Stage]:
    """renewed until the registry has confirmed, then active."""
    total = _total(call, name, RENEW_SECONDS, tld)
    return [Stage(call.now + total, {"status": "active"}, "Renewal", "Confirmed by the registry")]
