"""The data as a page of the documentation: docs/registrars/extensions.md is what markdown() returns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from registrar.tld.rules import family_data, family_key, known_families, known_tlds, rule_for
from registrar.tld.shapes import Field, Rule
from registrar.tld.summary import requirement, written
from registrar.tld.terms import TERM_NAMES, written_years

Row = tuple[str, ...]

_HEAD = """\
# Extensions

This page is printed from `registrar/tld/data/` by `registrar.tld.table.markdown()`; a test fails when it is stale.
Change the data, not the page: [their README](../../registrar/tld/README.md) says how.

It holds what the registrars' manuals say, and nothing else. **What is not here is unknown**: no period, deadline or
question is guessed, and an extension that is missing is one that no manual describes.
"""
_TERMS = """\
Years are the periods that may be chosen; days are counted from the expiry date. Where a registrar is named, its API
says so; where none is, it holds whoever sells the name.
"""
_FIELDS = """\
`if x=y` means: required when the field x holds y. A key that ends in `[domain]` holds an answer for every name.
"""


def markdown() -> str:
    """The whole page, ending in a line break."""
    rules = [rule for tld in known_tlds() if (rule := rule_for(tld)) is not None]
    parts = [
        _HEAD,
        "## What a registrar takes, whatever the extension\n",
        _table(("Registrar", "What", "Value", "Source"), _family_rows()),
        "## What is known of an extension's terms\n",
        _TERMS,
        _table(("Extension", "What", "Registrar", "Value", "Source"), _grouped(_term_rows(rules))),
        "## What an extension asks beyond the usual contact\n",
        _FIELDS,
        _table(
            ("Extension", "Field", "Registrar", "Its key", "In", "Owner", "Required"),
            _grouped(_field_rows(rules)),
        ),
        "## Sources of the fields\n",
        _table(("Registrar", "Source", "Extensions"), _source_rows(rules)),
        "## What had to be assumed\n",
        "".join(f"* {line}\n" for line in _assumptions(rules)),
    ]
    return "\n".join(parts)


def _table(head: Row, rows: Iterable[Row]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def _grouped(rows: Iterable[Row]) -> list[Row]:
    """Rows that differ in the extension only, as one row with all of their extensions."""
    extensions: dict[Row, list[str]] = {}
    for extension, *rest in rows:
        extensions.setdefault(tuple(rest), []).append(extension)
    grouped = [(" ".join(names), *rest) for rest, names in extensions.items()]
    return sorted(grouped, key=lambda row: row[0].split(" ")[0])


def _family_rows() -> Iterator[Row]:
    for family in known_families():
        data = family_data(family)
        limits = data.nameservers
        later = f", later {limits.update_maximum}" if limits.update_maximum != limits.maximum else ""
        yield family, "nameservers", f"{limits.minimum} to {limits.maximum}{later}", limits.source
        if data.years is not None:
            yield family, "years", written_years(data.years.value), data.years.source
        if data.transfer_age_days is not None:
            age = data.transfer_age_days
            yield family, "age of a name that is transferred", f"{age.value} days or more", age.source


def _term_rows(rules: Iterable[Rule]) -> Iterator[Row]:
    for rule in rules:
        for name in TERM_NAMES:
            for fact in rule.facts.get(name, ()):
                yield f".{rule.tld}", f"`{name}`", " ".join(fact.families), written(fact.value), fact.source


def _field_rows(rules: Iterable[Rule]) -> Iterator[Row]:
    for rule in rules:
        for field in rule.fields:
            for family in field.families:
                yield (
                    f".{rule.tld}",
                    f"`{field.name}`",
                    family,
                    f"`{family_key(family, rule.tld, field.name)}`",
                    " ".join(field.operations),
                    field.applies_to.value,
                    requirement(field),
                )


def _source_rows(rules: Iterable[Rule]) -> list[Row]:
    named: dict[Row, list[str]] = {}
    for rule in rules:
        for family, field in _asked(rule):
            extensions = named.setdefault((family, field.source), [])
            if f".{rule.tld}" not in extensions:
                extensions.append(f".{rule.tld}")
    return sorted((*place, " ".join(extensions)) for place, extensions in named.items())


def _asked(rule: Rule) -> Iterator[tuple[str, Field]]:
    for field in rule.fields:
        for family in field.families:
            yield family, field


def _assumptions(rules: Iterable[Rule]) -> Iterator[str]:
    for family in known_families():
        data = family_data(family)
        facts = [fact for fact in (data.years, data.transfer_age_days) if fact is not None]
        said = [data.nameservers.assumption, *(fact.assumption for fact in facts), *data.assumptions]
        yield from (f"{family}: {text}" for text in said if text)
    about: dict[str, list[str]] = {}
    for rule in rules:
        notes = [rule.note, rule.second_level_assumption]
        notes += [fact.assumption for facts in rule.facts.values() for fact in facts]
        notes += [field.assumption for field in rule.fields]
        for text in dict.fromkeys(note for note in notes if note):
            about.setdefault(text, []).append(f".{rule.tld}")
    yield from (f"{' '.join(extensions)}: {text}" for text, extensions in about.items())
