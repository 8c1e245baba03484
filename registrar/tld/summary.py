"""What a page says of an extension, line by line, in neutral codes that the page puts into words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from registrar.tld.rules import family_data, known_families, rule_for
from registrar.tld.shapes import Field, Rule
from registrar.tld.terms import TERM_NAMES, Fact, NameserverCount, written_years

FIELD = "field"
FAMILY_NAMESERVERS = "family_nameservers"
FAMILY_YEARS = "family_years"
FAMILY_TRANSFER_AGE = "family_transfer_age_days"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `code` says what it is about, `value` is None where nothing is known.

    Codes are the names of Terms, `field`, and `family_nameservers`, `family_years` and `family_transfer_age_days`
    for what a family takes whatever the extension. Values: years "1-10" or "1;2;5", days "30", counts "2-13" or "2+",
    "yes" or "no", the words of Trade and TransferProcess, the name of a neutral field. A field's `detail` is for whom
    it is required ("always", "individual", "organization", "never") or when ("if xxx_class=member").
    `families` empty: true whoever sells the name.
    """

    code: str
    value: str | None
    families: tuple[str, ...] = ()
    detail: str = ""
    source: str = ""
    assumption: str = ""

    @property
    def known(self) -> bool:
        """False where the page must say "unknown"."""
        return self.value is not None


def summary(tld: str, family: str | None = None) -> tuple[Line, ...]:
    """Every line on an extension, seen from one family, or from all of them. What nobody tells is there as unknown.

    Raises NotSupported for a family without data.
    """
    families = (family,) if family is not None else known_families()
    limits = [line for name in families for line in _family_lines(name)]
    rule = rule_for(tld)
    if rule is None:
        return (*(Line(name, None) for name in TERM_NAMES), *limits)
    return (*_term_lines(rule, family), *_field_lines(rule, family), *limits)


def written(value: Any) -> str:
    """A fact's value as a Line writes it."""
    match value:
        case bool():
            return "yes" if value else "no"
        case StrEnum():
            return str(value.value)
        case tuple():
            return written_years(value)
        case NameserverCount(minimum, None):
            return f"{minimum}+"
        case NameserverCount(minimum, maximum):
            return f"{minimum}-{maximum}"
        case _:
            return str(value)


def requirement(field: Field) -> str:
    """For whom a field is required, or when."""
    if field.required_if:
        return f"if {field.required_if.field}={field.required_if.value}"
    return field.required.value


def _term_lines(rule: Rule, family: str | None) -> Iterator[Line]:
    terms = rule.terms(family)
    for name in TERM_NAMES:
        if family is None:
            facts = rule.facts.get(name, ())
        else:
            fact: Fact[Any] | None = getattr(terms, name)
            facts = (fact,) if fact is not None else ()
        for found in facts:
            yield _fact_line(name, found)
        if not facts:
            yield Line(name, None)


def _fact_line(code: str, fact: Fact[Any], families: tuple[str, ...] = ()) -> Line:
    return Line(
        code,
        written(fact.value),
        families or fact.families,
        source=fact.source,
        assumption=fact.assumption,
    )


def _field_lines(rule: Rule, family: str | None) -> Iterator[Line]:
    for field in rule.fields:
        if family is None or family in field.families:
            yield Line(FIELD, field.name, field.families, requirement(field), field.source, field.assumption)


def _family_lines(family: str) -> Iterator[Line]:
    data = family_data(family)
    limits = data.nameservers
    yield Line(
        FAMILY_NAMESERVERS,
        f"{limits.minimum}-{limits.maximum}",
        (family,),
        source=limits.source,
        assumption=limits.assumption,
    )
    for code, fact in ((FAMILY_YEARS, data.years), (FAMILY_TRANSFER_AGE, data.transfer_age_days)):
        yield _fact_line(code, fact, (family,)) if fact is not None else Line(code, None, (family,))
