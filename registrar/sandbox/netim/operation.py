"""Operations, asked about and cancelled (section 2.13)."""

from __future__ import annotations

from typing import Any

from registrar.sandbox.netim import views
from registrar.sandbox.netim.call import Call, Handler
from registrar.sandbox.netim.codes import bad
from registrar.sandbox.netim.model import Operation


def _named(call: Call) -> Operation:
    found = call.account.operations.get(call.integer("IDOpe"))
    if found is None:
        raise bad("IDOpe", "unknown")
    return found


def _info(call: Call) -> dict[str, Any]:
    return call.told(_named(call))


def _pending(call: Call) -> list[dict[str, str]]:
    return [views.pending(row) for row in call.account.pending]


def _cancel(call: Call) -> None:
    call.family.engine.cancel(call, _named(call))


FUNCTIONS: dict[str, Handler] = {
    "queryOpe": _info,
    "queryOpePending": _pending,
    "cancelOpe": _cancel,
}
