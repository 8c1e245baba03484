"""What became of an order's items (manual, Process Order; the shape of its answer is known from one client only)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from registrar.errors import AlreadyExists, Conflict, OutcomeUnknown, RegistrarError
from registrar.namecom import mapping
from registrar.namecom.errors import SUCCESS, code_in, error_for, row_for
from registrar.namecom.mapping import Envelope
from registrar.namecom.order_request import ORDER_TYPES, PRIVACY, Item
from registrar.transport import reading
from registrar.types import ItemKind, ItemResult, Price

_KINDS: Mapping[str, ItemKind] = {theirs: ours for ours, theirs in ORDER_TYPES.items()}


def results(envelope: Envelope, ordered: Sequence[Item]) -> tuple[ItemResult, ...]:
    """A result for each item in the order of the items, and behind them those of privacy that came along by flag.

    A reply that tells what became of the items is believed, whatever documented code it bears (assumption
    "items-win"). Raises what the code means where it tells nothing of them, OutcomeUnknown for a code that leaves
    everything open, UnreadableReply where an item is missing or nobody ordered it.
    """
    if _is_open(envelope):
        envelope.raise_unless_successful()
    if not envelope.data.get("results"):
        envelope.raise_unless_successful()
    left = [_result(item, envelope) for item in reading.items(envelope.data, "results")]
    found = [_take(left, item) for item in ordered]
    flagged = {item["domain_name"] for item in ordered if item.get("whois_privacy")}
    for extra in left:
        if extra.kind is None or ORDER_TYPES[extra.kind] not in PRIVACY or extra.name not in flagged:
            raise reading.unreadable(f"{extra.kind} of {extra.name} was not ordered")
    return (*found, *left)


def failure(envelope: Envelope, result: ItemResult) -> RegistrarError:
    """The exception for the one item of an order that failed.

    Its own words tell the code, where they begin with the message of one (assumption "item-words"), else the order's
    code. An item that failed without any is a Conflict: look before believing that it is not there.
    """
    words = "; ".join(result.messages)
    code = next((code for message in result.messages if (code := code_in(message)) is not None), None)
    if code is None and envelope.code != SUCCESS:
        code, words = envelope.code, words or envelope.message
    if code is None:
        return Conflict(words, reason="item_failed")
    return error_for(code, words, action=envelope.action)


def charged(results: Sequence[ItemResult]) -> Price | None:
    """What an order took, None where it was not told."""
    paid = [result.charged for result in results if result.succeeded]
    if not paid or any(price is None for price in paid):
        return None
    return Price(sum((price.amount for price in paid if price), Decimal(0)), mapping.CURRENCY)


def _is_open(envelope: Envelope) -> bool:
    if envelope.code == SUCCESS:
        return False
    row = row_for(envelope.code, envelope.message, action=envelope.action)
    return row is None or issubclass(row.error, OutcomeUnknown)


def _result(data: Mapping[str, Any], envelope: Envelope) -> ItemResult:
    kind = _KINDS.get(reading.required(data, "order_type"))
    if kind is None:
        raise reading.unreadable("order_type")
    succeeded = reading.truth(data.get("success"), "success")
    result = ItemResult(
        kind=kind,
        name=reading.domain_name(data, "domain_name"),
        succeeded=succeeded,
        # Assumption "price-of-the-item": for its whole period.
        charged=mapping.price(data) if succeeded else None,
        years=_years(data),
        messages=tuple(envelope.redact(text) for text in _information(data)),
    )
    return result if succeeded else replace(result, look_first=_is_doubtful(failure(envelope, result)))


def _is_doubtful(error: RegistrarError) -> bool:
    return isinstance(error, AlreadyExists | Conflict | OutcomeUnknown)


def _years(data: Mapping[str, Any]) -> int | None:
    """The period in years, where it is told in years: no example of `interval` is known."""
    in_years = reading.text(data, "interval", default="").strip().lower().startswith("year")
    return reading.maybe_whole(data, "duration") if in_years else None


def _information(data: Mapping[str, Any]) -> tuple[str, ...]:
    said = data.get("information")
    if said is None or isinstance(said, str):
        said = [said] if said else []
    return tuple(text for text in reading.texts({"information": said}, "information") if text)


def _take(left: list[ItemResult], item: Item) -> ItemResult:
    for index, result in enumerate(left):
        if (result.kind, result.name) == (_KINDS[item["order_type"]], item["domain_name"]):
            return left.pop(index)
    raise reading.unreadable(f"{item['order_type']} of {item['domain_name']} is missing")
