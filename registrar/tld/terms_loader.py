"""Reads the terms of a rule: blocks of facts that one source states, for one or several families or for all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from registrar.tld.reading import DataError, demand, flag, names, only, text, whole
from registrar.tld.shapes import FamilyData
from registrar.tld.terms import TERM_NAMES, Fact, NameserverCount, Trade, TransferProcess, parse_years

LONGEST_DAYS = 36500
MOST_NAMESERVERS = 99
_ABOUT = {"families", "source", "assumption"}

Facts = Mapping[str, tuple[Fact[Any], ...]]


def read_terms(where: str, blocks: Any, families: Mapping[str, FamilyData]) -> Facts:
    """The facts of a rule by the names of Terms. Raises DataError.

    A fact may be stated once for the extension and once for each family, never twice for the same.
    """
    where = f"{where}: terms"
    demand(isinstance(blocks, list), f"{where} must be blocks of facts")
    facts: dict[str, list[Fact[Any]]] = {}
    stated: set[tuple[str, str]] = set()
    for block in blocks:
        only(where, block, {*_ABOUT, *TERM_NAMES})
        scope = names(where, block, "families", families)
        source = text(where, block, "source")
        assumption = text(where, block, "assumption", optional=True)
        known = [name for name in TERM_NAMES if name in block]
        demand(bool(known), f"{where}: a block without a fact")
        for name in known:
            for family in scope or ("",):
                said = f" for {family}" if family else ""
                demand((name, family) not in stated, f"{where}: {name} is there twice{said}")
                stated.add((name, family))
            value = _READERS[name](where, block, name)
            facts.setdefault(name, []).append(Fact(value, source, scope, assumption))
    return MappingProxyType({name: tuple(found) for name, found in facts.items()})


def _years(where: str, block: Mapping[str, Any], name: str) -> tuple[int, ...]:
    written = text(where, block, name)
    try:
        return parse_years(written)
    except ValueError as error:
        raise DataError(f"{where}: {name}: {error}") from error


def _days(where: str, block: Mapping[str, Any], name: str) -> int:
    return whole(where, block, name, 0, LONGEST_DAYS)


def _signed_days(where: str, block: Mapping[str, Any], name: str) -> int:
    return whole(where, block, name, -LONGEST_DAYS, LONGEST_DAYS)


def _count(where: str, block: Mapping[str, Any], name: str) -> NameserverCount:
    table = block[name]
    only(f"{where}: {name}", table, {"minimum", "maximum"})
    low = whole(f"{where}: {name}", table, "minimum", 1, MOST_NAMESERVERS)
    if "maximum" not in table:
        return NameserverCount(low)
    return NameserverCount(low, whole(f"{where}: {name}", table, "maximum", low, MOST_NAMESERVERS))


def _trade(where: str, block: Mapping[str, Any], name: str) -> Trade:
    word = text(where, block, name)
    demand(word in list(Trade), f"{where}: trade cannot be {word}")
    return Trade(word)


def _process(where: str, block: Mapping[str, Any], name: str) -> TransferProcess:
    word = text(where, block, name)
    demand(word in list(TransferProcess), f"{where}: transfer_process cannot be {word}")
    return TransferProcess(word)


_READERS: Mapping[str, Callable[[str, Mapping[str, Any], str], Any]] = {
    "create_years": _years,
    "renew_years": _years,
    "transfer_years": _years,
    "nameservers": _count,
    "dns_test": flag,
    "transfer_code_required": flag,
    "transfer_process": _process,
    "trade": _trade,
    "lock": flag,
    "renew_from_days": _days,
    "renew_until_days": _signed_days,
    "grace_days": _days,
    "redemption_days": _days,
    "special_requirements": flag,
}
