"""Reads how one family writes our fields, and what it takes whatever the extension."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from registrar.tld.reading import DataError, demand, only, read, text, whole
from registrar.tld.shapes import FamilyData, Kind, NameserverLimits
from registrar.tld.terms import Fact, parse_years

_FAMILY_KEYS = {
    "family",
    "nameservers",
    "years",
    "transfer",
    "format",
    "keys",
    "keys_for",
    "choices",
    "assumptions",
}
_NAMESERVER_KEYS = {"minimum", "maximum", "update_maximum", "source", "assumption"}
_FORMAT_KEYS = {"date", "date_assumption", "true", "false", "boolean_assumption", "country_assumption"}
_ASSUMED = ("date_assumption", "boolean_assumption", "country_assumption")
MOST_NAMESERVERS = 99
LONGEST_AGE = 3660


def read_family(path: Path, meanings: Mapping[str, Any]) -> FamilyData:
    """One file of families/. Raises DataError."""
    table = read(path)
    where = path.name
    only(where, table, _FAMILY_KEYS)
    demand(text(where, table, "family") == path.stem, f"{where}: must be named like its family")
    formats = table.get("format", {})
    only(f"{where}: format", formats, _FORMAT_KEYS)
    keys = _keys(f"{where}: keys", table.get("keys", {}), meanings)
    keys_for = table.get("keys_for", {})
    demand(isinstance(keys_for, dict), f"{where}: keys_for must be a table")
    own = {tld: _keys(f"{where}: keys_for.{tld}", entry, meanings) for tld, entry in keys_for.items()}
    _check_one_meaning(where, [keys, *own.values()])
    every = [(name, key) for part in (keys, *own.values()) for name, key in part.items()]
    return FamilyData(
        family=path.stem,
        nameservers=_nameservers(f"{where}: nameservers", table.get("nameservers", {})),
        date_format=text(where, formats, "date"),
        true=text(where, formats, "true"),
        false=_false(where, formats),
        keys=keys,
        keys_for=MappingProxyType(own),
        choices=_choices(where, table.get("choices", {}), {name for name, _ in every}, meanings),
        country_keys=frozenset(key for name, key in every if meanings[name]["kind"] == Kind.COUNTRY),
        years=_years(f"{where}: years", table.get("years")),
        transfer_age_days=_transfer_age(f"{where}: transfer", table.get("transfer")),
        assumptions=_assumptions(where, table, formats),
    )


def _keys(where: str, entry: Any, meanings: Mapping[str, Any]) -> Mapping[str, str]:
    demand(isinstance(entry, dict), f"{where}: must be a table")
    for name in entry:
        demand(name in meanings, f"{where}: the unknown field {name}")
        text(where, entry, name)
    return MappingProxyType(dict(entry))


def _check_one_meaning(where: str, tables: list[Mapping[str, str]]) -> None:
    meant: dict[str, str] = {}
    for table in tables:
        for name, key in table.items():
            demand(
                meant.setdefault(key, name) == name, f"{where}: {name} and {meant[key]} share a key: {key}"
            )


def _choices(
    where: str, table: Any, named: set[str], meanings: Mapping[str, Any]
) -> Mapping[str, Mapping[str, str]]:
    demand(isinstance(table, dict), f"{where}: choices must be a table")
    for name in named:
        offered = set(meanings[name].get("choices", {}))
        demand(set(table.get(name, {})) == offered, f"{where}: choices of {name} differ from fields.toml")
    demand(set(table) <= named, f"{where}: choices of a field without a key")
    for name, words in table.items():
        for value in words:
            text(f"{where}: choices.{name}", words, value)
        demand(len(set(words.values())) == len(words), f"{where}: two choices of {name} share a word")
    return MappingProxyType({name: MappingProxyType(dict(words)) for name, words in table.items()})


def _nameservers(where: str, limits: Any) -> NameserverLimits:
    only(where, limits, _NAMESERVER_KEYS)
    low = whole(where, limits, "minimum", 1, MOST_NAMESERVERS)
    high = whole(where, limits, "maximum", 1, MOST_NAMESERVERS)
    later = whole(where, {"update_maximum": high, **limits}, "update_maximum", 1, MOST_NAMESERVERS)
    demand(low <= high <= later, f"{where} out of order")
    source, assumption = text(where, limits, "source"), text(where, limits, "assumption", optional=True)
    return NameserverLimits(low, high, source, later, assumption)


def _false(where: str, formats: Mapping[str, Any]) -> str:
    # Empty text is a word for no, where the family uses it.
    return "" if formats.get("false") == "" else text(where, formats, "false")


def _years(where: str, entry: Any) -> Fact[tuple[int, ...]] | None:
    if entry is None:
        return None
    only(where, entry, {"periods", "source", "assumption"})
    try:
        years = parse_years(text(where, entry, "periods"))
    except ValueError as error:
        raise DataError(f"{where}: {error}") from error
    return Fact(years, text(where, entry, "source"), (), text(where, entry, "assumption", optional=True))


def _transfer_age(where: str, entry: Any) -> Fact[int] | None:
    if entry is None:
        return None
    only(where, entry, {"age_days", "source", "assumption"})
    days = whole(where, entry, "age_days", 1, LONGEST_AGE)
    return Fact(days, text(where, entry, "source"), (), text(where, entry, "assumption", optional=True))


def _assumptions(where: str, table: Mapping[str, Any], formats: Mapping[str, Any]) -> tuple[str, ...]:
    listed = table.get("assumptions", [])
    demand(isinstance(listed, list), f"{where}: assumptions must be a list")
    for item in listed:
        demand(isinstance(item, str) and bool(item.strip()), f"{where}: an assumption must be text")
    said = [text(where, formats, key, optional=True) for key in _ASSUMED]
    return tuple(item for item in [*said, *listed] if item)
