"""Reads `data/` and checks every line of it: a mistake in the data stops the program, not a customer."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from registrar.tld.shapes import (
    AppliesTo,
    Catalogue,
    FamilyData,
    Field,
    Kind,
    NameserverLimits,
    Required,
    RequiredIf,
    Rule,
)

DATA = Path(__file__).parent / "data"
OPERATIONS = ("create", "transfer")
LONGEST_VALUE = 1000

_FIELD_KEYS = {"label", "kind", "why", "example", "max_length", "past", "choices"}
_RULE_KEYS = {
    "tlds",
    "field",
    "zone_check",
    "zone_check_source",
    "second_level",
    "second_level_assumption",
    "note",
}
_RULE_FIELD_KEYS = {"name", "families", "required", "required_if", "applies_to", "operations", "source"}
_FAMILY_KEYS = {"family", "nameservers", "format", "keys", "choices"}
_FORMAT_KEYS = {"date", "date_assumption", "true", "false", "boolean_assumption"}


class DataError(ValueError):
    """The data contradict themselves or the format. The message names the file and the place."""


def load(folder: Path = DATA) -> Catalogue:
    """Read fields.toml, families/*.toml and rules/*.toml below `folder`.

    Raises DataError on an unknown key, a wrong type, a missing source, a duplicate or a reference to nothing.
    """
    meanings = _read(folder / "fields.toml")
    for name, entry in meanings.items():
        _check_meaning(name, entry)
    families: dict[str, FamilyData] = {}
    for path in sorted((folder / "families").glob("*.toml")):
        family = _family(path, meanings)
        families[family.family] = family
    rules: dict[str, Rule] = {}
    for path in sorted((folder / "rules").glob("*.toml")):
        for rule in _rules(path, meanings, families):
            _demand(rule.tld not in rules, f"{path.name}: .{rule.tld} has two rules")
            rules[rule.tld] = rule
    return Catalogue(
        neutral_fields=MappingProxyType({name: entry["label"] for name, entry in meanings.items()}),
        families=MappingProxyType(families),
        rules=MappingProxyType(rules),
    )


def _demand(condition: bool, message: str) -> None:
    if not condition:
        raise DataError(message)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{path.name}: {error}") from error


def _only(where: str, table: Mapping[str, Any], allowed: set[str]) -> None:
    unknown = sorted(set(table) - allowed)
    _demand(not unknown, f"{where}: unknown key {', '.join(unknown)}")


def _text(where: str, table: Mapping[str, Any], key: str, *, optional: bool = False) -> str:
    value = table.get(key, "" if optional else None)
    _demand(isinstance(value, str), f"{where}: {key} must be text")
    _demand(optional or bool(value.strip()), f"{where}: {key} is empty")
    return str(value)


def _check_meaning(name: str, entry: Any) -> None:
    where = f"fields.toml: {name}"
    _demand(isinstance(entry, dict), f"{where}: must be a table")
    _demand(name.isidentifier() and name.islower(), f"{where}: names are lower case with underscores")
    _only(where, entry, _FIELD_KEYS)
    _text(where, entry, "label")
    _text(where, entry, "why")
    _text(where, entry, "example", optional=True)
    kind = _text(where, entry, "kind")
    _demand(kind in list(Kind), f"{where}: unknown kind {kind}")
    length = entry.get("max_length", 255)
    _demand(type(length) is int and 0 < length <= LONGEST_VALUE, f"{where}: max_length out of range")
    _demand(type(entry.get("past", False)) is bool, f"{where}: past must be true or false")
    choices = entry.get("choices", {})
    _demand(isinstance(choices, dict), f"{where}: choices must be a table")
    _demand(
        (kind == Kind.CHOICE) == bool(choices), f"{where}: choices go with the kind choice, and only with it"
    )
    for value in choices:
        _text(f"{where}: choices", choices, value)


def _family(path: Path, meanings: Mapping[str, Any]) -> FamilyData:
    table = _read(path)
    where = path.name
    _only(where, table, _FAMILY_KEYS)
    _demand(_text(where, table, "family") == path.stem, f"{where}: must be named like its family")
    limits, formats = table.get("nameservers", {}), table.get("format", {})
    _only(where, formats, _FORMAT_KEYS)
    _only(where, limits, {"minimum", "maximum", "source"})
    low, high = limits.get("minimum"), limits.get("maximum")
    _demand(type(low) is int and type(high) is int and 0 < low <= high, f"{where}: nameservers out of order")
    keys, choices = table.get("keys", {}), table.get("choices", {})
    for name in keys:
        _demand(name in meanings, f"{where}: keys name the unknown field {name}")
        _text(where, keys, name)
    _demand(len(set(keys.values())) == len(keys), f"{where}: two fields share a key")
    for name in keys:
        offered = set(meanings[name].get("choices", {}))
        _demand(set(choices.get(name, {})) == offered, f"{where}: choices of {name} differ from fields.toml")
    _demand(set(choices) <= set(keys), f"{where}: choices of a field without a key")
    return FamilyData(
        family=path.stem,
        nameservers=NameserverLimits(low, high, _text(where, limits, "source")),
        date_format=_text(where, formats, "date"),
        true=_text(where, formats, "true"),
        false=_text(where, formats, "false", optional=True),
        keys=MappingProxyType(dict(keys)),
        choices=MappingProxyType({name: MappingProxyType(dict(words)) for name, words in choices.items()}),
    )


def _rules(path: Path, meanings: Mapping[str, Any], families: Mapping[str, FamilyData]) -> Iterable[Rule]:
    table = _read(path)
    _only(path.name, table, {"rule"})
    for entry in table.get("rule", []):
        tlds = entry.get("tlds")
        _demand(isinstance(tlds, list) and bool(tlds), f"{path.name}: a rule without tlds")
        where = f"{path.name}: {tlds}"
        _only(where, entry, _RULE_KEYS)
        fields = tuple(_field(where, item, meanings, families) for item in entry.get("field", []))
        _check_fields(where, fields)
        checked = entry.get("zone_check", False)
        inherits = _text(where, entry, "second_level", optional=True)
        _demand(type(checked) is bool, f"{where}: zone_check must be true or false")
        _demand(inherits in ("", "inherit"), f"{where}: second_level can only be inherit")
        for tld in tlds:
            _demand(isinstance(tld, str) and bool(tld), f"{where}: an extension must be text")
            _demand(
                tld == tld.lower().strip("."), f"{where}: write {tld} in lower case without dots around it"
            )
            yield Rule(
                tld=tld,
                fields=fields,
                zone_check=checked,
                zone_check_source=_text(where, entry, "zone_check_source", optional=not checked),
                second_level_inherits=bool(inherits),
                second_level_assumption=_text(where, entry, "second_level_assumption", optional=not inherits),
                note=_text(where, entry, "note", optional=True),
            )


def _field(where: str, item: Any, meanings: Mapping[str, Any], families: Mapping[str, FamilyData]) -> Field:
    name = _text(where, item, "name")
    where = f"{where}: {name}"
    _only(where, item, _RULE_FIELD_KEYS)
    _demand(name in meanings, f"{where}: not in fields.toml")
    asking, operations = item.get("families", []), item.get("operations", [])
    _demand(bool(asking), f"{where}: names no family")
    _demand(
        bool(operations) and set(operations) <= set(OPERATIONS), f"{where}: operations out of {OPERATIONS}"
    )
    for family in asking:
        _demand(family in families, f"{where}: unknown family {family}")
        _demand(name in families[family].keys, f"{where}: {family} has no key for it")
    required, applies_to = _text(where, item, "required"), _text(where, item, "applies_to")
    _demand(required in list(Required), f"{where}: required cannot be {required}")
    _demand(applies_to in list(AppliesTo), f"{where}: applies_to cannot be {applies_to}")
    _demand(
        required == Required.NEVER or applies_to == AppliesTo.BOTH or required == applies_to,
        f"{where}: required of somebody whom it does not apply to",
    )
    meaning = meanings[name]
    return Field(
        name=name,
        label_key=meaning["label"],
        kind=Kind(meaning["kind"]),
        why=meaning["why"],
        required=Required(required),
        applies_to=AppliesTo(applies_to),
        operations=tuple(operations),
        families=tuple(asking),
        source=_text(where, item, "source"),
        choices=tuple(meaning.get("choices", {}).items()),
        required_if=_condition(where, item.get("required_if"), meanings),
        example=meaning.get("example", ""),
        max_length=meaning.get("max_length", 255),
        past=meaning.get("past", False),
    )


def _condition(where: str, item: Any, meanings: Mapping[str, Any]) -> RequiredIf | None:
    if item is None:
        return None
    _only(where, item, {"field", "value"})
    field, value = _text(where, item, "field"), _text(where, item, "value")
    choices = meanings.get(field, {}).get("choices", {})
    _demand(value in choices, f"{where}: required_if names no choice of {field}")
    return RequiredIf(field, value)


def _check_fields(where: str, fields: tuple[Field, ...]) -> None:
    seen: set[tuple[str, str, str]] = set()
    for field in fields:
        for family in field.families:
            for operation in field.operations:
                place = (field.name, family, operation)
                _demand(place not in seen, f"{where}: {field.name} is there twice for {family} {operation}")
                seen.add(place)
    for field in fields:
        if field.required_if:
            for family in field.families:
                for operation in field.operations:
                    _demand(
                        (field.required_if.field, family, operation) in seen,
                        f"{where}: {field.name} depends on a field that {family} {operation} does not ask",
                    )
