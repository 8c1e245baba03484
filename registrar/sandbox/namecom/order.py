"""Buying: /order with its five item types, and /domain/create as an order of one."""

from __future__ import annotations

from registrar.sandbox.namecom.call import Call, Command, Data
from registrar.sandbox.namecom.codes import ApiError, invalid, missing
from registrar.sandbox.namecom.purchase import ORDER_TYPES, Basket, Line, domain_create, planned

RESULT_CODE = "code"


def order(call: Call) -> Data:
    """Every item on its own: those that can be are carried out, the others say why not.

    260 before anything happens where the credit does not cover what can be.
    """
    basket = Basket()
    lines = [line for item in _items(call) for line in planned(item, basket)]
    good = [line for line in lines if line.error is None]
    _pay(call, good)
    data: Data = {"results": [line.view() for line in lines]}
    if len(good) < len(lines):
        data[RESULT_CODE] = call.switch("partial_order_code" if good else "failed_order_code")
    return data


def _items(call: Call) -> list[Call]:
    """The items, one or more. Raises 203, 204 or 250."""
    items = call.body.get("items")
    if not items:
        raise missing("items")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise ApiError(250)
    calls = []
    for item in items:
        kind = item.get("order_type")
        if not kind:
            raise missing("order_type")
        if kind not in ORDER_TYPES:
            raise invalid("order_type")
        calls.append(call.item(kind, item))
    return calls


def _pay(call: Call, lines: list[Line]) -> None:
    """Carry the lines out if the whole of them can be paid. Raises 260 or 261."""
    if lines and not call.account.authorizes:
        raise ApiError(261)
    if sum(line.price for line in lines) > call.account.credit:
        raise ApiError(260)
    for line in lines:
        assert line.apply is not None
        line.apply()


def create(call: Call) -> Data:
    """One registration; its reply has nothing beyond the result (assumption)."""
    lines = domain_create(call, Basket())
    _pay(call, lines[:1])
    return {}


COMMANDS: dict[str, Command] = {"order": order, "domain/create": create}
