"""Reads `data/` and checks every line of it: a mistake in the data stops the program, not a customer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from registrar.tld.family_loader import read_family
from registrar.tld.reading import DataError, demand, flag, only, read, text, whole
from registrar.tld.rule_loader import OPERATIONS, read_rules
from registrar.tld.shapes import Catalogue, FamilyData, Kind, Rule

__all__ = ["OPERATIONS", "DataError", "load"]

DATA = Path(__file__).parent / "data"
LONGEST_VALUE = 1000

_MEANING_KEYS = {"label", "kind", "why", "example", "max_length", "past", "choices"}


def load(folder: Path = DATA) -> Catalogue:
    """Read fields.toml, families/*.toml and rules/*.toml below `folder`.

    Raises DataError on an unknown key, a wrong type, a missing source, a duplicate or a reference to nothing.
    """
    meanings = read(folder / "fields.toml")
    for name, entry in meanings.items():
        _check_meaning(name, entry)
    families: dict[str, FamilyData] = {}
    for path in sorted((folder / "families").glob("*.toml")):
        family = read_family(path, meanings)
        families[family.family] = family
    rules: dict[str, Rule] = {}
    for path in sorted((folder / "rules").glob("*.toml")):
        for rule in read_rules(path, meanings, families):
            demand(rule.tld not in rules, f"{path.name}: .{rule.tld} has two rules")
            rules[rule.tld] = rule
    for family in families.values():
        _check_keys(family, rules)
    return Catalogue(
        neutral_fields=MappingProxyType({name: entry["label"] for name, entry in meanings.items()}),
        families=MappingProxyType(families),
        rules=MappingProxyType(rules),
    )


def _check_meaning(name: str, entry: Any) -> None:
    where = f"fields.toml: {name}"
    only(where, entry, _MEANING_KEYS)
    demand(name.isidentifier() and name.islower(), f"{where}: names are lower case with underscores")
    text(where, entry, "label")
    text(where, entry, "why")
    text(where, entry, "example", optional=True)
    kind = text(where, entry, "kind")
    demand(kind in list(Kind), f"{where}: unknown kind {kind}")
    if "max_length" in entry:
        whole(where, entry, "max_length", 1, LONGEST_VALUE)
    flag(where, entry, "past")
    choices = entry.get("choices", {})
    demand(isinstance(choices, dict), f"{where}: choices must be a table")
    demand(
        (kind == Kind.CHOICE) == bool(choices), f"{where}: choices go with the kind choice, and only with it"
    )
    for value in choices:
        text(f"{where}: choices", choices, value)


def _check_keys(family: FamilyData, rules: Mapping[str, Rule]) -> None:
    """A key of one extension must be asked there, and in no extension may two fields travel under one key."""
    where = f"{family.family}.toml"
    for tld, own in family.keys_for.items():
        demand(tld in rules, f"{where}: keys_for.{tld} is for an extension without a rule")
        asked = {field.name for field in rules[tld].fields if family.family in field.families}
        for name in own:
            demand(name in asked, f"{where}: keys_for.{tld}.{name} is not asked there")
    for tld, rule in rules.items():
        used = {
            field.name: family.key(field.name, tld)
            for field in rule.fields
            if family.family in field.families
        }
        demand(len(set(used.values())) == len(used), f"{where}: two fields of .{tld} share a key")
