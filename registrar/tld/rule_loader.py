"""Reads the rules of extensions: which fields they ask of whom, and what is known of their terms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from registrar.tld.reading import demand, names, only, read, text, whole
from registrar.tld.shapes import AppliesTo, FamilyData, Field, Format, Kind, Required, RequiredIf, Rule
from registrar.tld.terms_loader import read_terms

OPERATIONS = ("create", "transfer")

_RULE_KEYS = {"tlds", "field", "terms", "second_level", "second_level_assumption", "note"}
_FIELD_KEYS = {
    "name",
    "families",
    "required",
    "required_if",
    "applies_to",
    "operations",
    "source",
    "assumption",
    "choices_of",
    "label",
    "why",
    "example",
    "format",
    "max_length",
}


def read_rules(path: Path, meanings: Mapping[str, Any], families: Mapping[str, FamilyData]) -> Iterable[Rule]:
    """One file of rules/, a Rule for every extension that a rule names. Raises DataError."""
    table = read(path)
    only(path.name, table, {"rule"})
    for entry in table.get("rule", []):
        tlds = entry.get("tlds")
        demand(isinstance(tlds, list) and bool(tlds), f"{path.name}: a rule without tlds")
        where = f"{path.name}: {tlds}"
        only(where, entry, _RULE_KEYS)
        asked = entry.get("field", [])
        facts = read_terms(where, entry.get("terms", []), families)
        inherits = text(where, entry, "second_level", optional=True)
        demand(inherits in ("", "inherit"), f"{where}: second_level can only be inherit")
        demand(bool(asked or facts), f"{where}: a rule that says nothing")
        for tld in tlds:
            demand(isinstance(tld, str) and bool(tld), f"{where}: an extension must be text")
            demand(
                tld == tld.lower().strip("."), f"{where}: write {tld} in lower case without dots around it"
            )
            fields = tuple(_field(where, tld, item, meanings, families) for item in asked)
            _check_fields(where, fields)
            yield Rule(
                tld=tld,
                fields=fields,
                facts=facts,
                second_level_inherits=bool(inherits),
                second_level_assumption=text(where, entry, "second_level_assumption", optional=not inherits),
                note=text(where, entry, "note", optional=True),
            )


def _field(
    where: str, tld: str, item: Any, meanings: Mapping[str, Any], families: Mapping[str, FamilyData]
) -> Field:
    name = text(where, item, "name")
    where = f"{where}: {name}"
    only(where, item, _FIELD_KEYS)
    demand(name in meanings, f"{where}: not in fields.toml")
    asking = names(where, item, "families", families)
    demand(bool(asking), f"{where}: names no family")
    for family in asking:
        demand(families[family].key(name, tld) is not None, f"{where}: {family} has no key for it")
    operations = names(where, item, "operations", set(OPERATIONS))
    demand(bool(operations), f"{where}: operations out of {OPERATIONS}")
    required, applies_to = text(where, item, "required"), text(where, item, "applies_to")
    demand(required in list(Required), f"{where}: required cannot be {required}")
    demand(applies_to in list(AppliesTo), f"{where}: applies_to cannot be {applies_to}")
    demand(
        required == Required.NEVER or applies_to == AppliesTo.BOTH or required == applies_to,
        f"{where}: required of somebody whom it does not apply to",
    )
    meaning = meanings[name]
    choices = meaning.get("choices", {})
    return Field(
        name=name,
        label_key=text(where, item, "label", optional=True) or meaning["label"],
        kind=Kind(meaning["kind"]),
        why=text(where, item, "why", optional=True) or meaning["why"],
        required=Required(required),
        applies_to=AppliesTo(applies_to),
        operations=operations,
        families=asking,
        source=text(where, item, "source"),
        choices=tuple(choices.items()),
        choices_of=_choices_of(where, item.get("choices_of", {}), choices),
        required_if=_condition(where, item.get("required_if"), meanings),
        example=text(where, item, "example", optional=True) or meaning.get("example", ""),
        max_length=_length(where, item, meaning.get("max_length", 255)),
        past=meaning.get("past", False),
        format=_format(where, text(where, item, "format", optional=True)),
        assumption=text(where, item, "assumption", optional=True),
    )


def _length(where: str, item: Mapping[str, Any], longest: int) -> int:
    return whole(where, {"max_length": longest, **item}, "max_length", 1, longest)


def _format(where: str, word: str) -> Format | None:
    demand(not word or word in list(Format), f"{where}: unknown format {word}")
    return Format(word) if word else None


def _choices_of(where: str, table: Any, choices: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    only(f"{where}: choices_of", table, set(choices))
    for choice in table:
        owner = text(f"{where}: choices_of", table, choice)
        demand(
            owner in (AppliesTo.INDIVIDUAL, AppliesTo.ORGANIZATION),
            f"{where}: choices_of names individual or organization",
        )
    for owner in (AppliesTo.INDIVIDUAL, AppliesTo.ORGANIZATION):
        left = [choice for choice in choices if table.get(choice, owner) == owner]
        demand(bool(left) or not choices, f"{where}: choices_of leaves an {owner} no choice")
    return tuple(table.items())


def _condition(where: str, item: Any, meanings: Mapping[str, Any]) -> RequiredIf | None:
    if item is None:
        return None
    only(f"{where}: required_if", item, {"field", "value"})
    field, value = text(where, item, "field"), text(where, item, "value")
    choices = meanings.get(field, {}).get("choices", {})
    demand(value in choices, f"{where}: required_if names no choice of {field}")
    return RequiredIf(field, value)


def _check_fields(where: str, fields: tuple[Field, ...]) -> None:
    seen: set[tuple[str, str, str]] = set()
    for field in fields:
        for family in field.families:
            for operation in field.operations:
                place = (field.name, family, operation)
                demand(place not in seen, f"{where}: {field.name} is there twice for {family} {operation}")
                seen.add(place)
    for field in fields:
        if field.required_if:
            for family in field.families:
                for operation in field.operations:
                    demand(
                        (field.required_if.field, family, operation) in seen,
                        f"{where}: {field.name} depends on a field that {family} {operation} does not ask",
                    )
