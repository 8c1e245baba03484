"""The shapes of what `data/` holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from registrar.tld.terms import TERM_NAMES, Fact, Terms


class Kind(StrEnum):
    """What a value is. Dates are written YYYY-MM-DD, booleans "1" or "0", countries in ISO 3166-1 alpha-2."""

    TEXT = "text"
    DATE = "date"
    CHOICE = "choice"
    BOOLEAN = "boolean"
    COUNTRY = "country"
    EMAIL = "email"
    URL = "url"
    SECRET = "secret"  # noqa: S105


class Required(StrEnum):
    """For whom a field must be filled, conditions (`RequiredIf`) aside."""

    ALWAYS = "always"
    INDIVIDUAL = "individual"
    ORGANIZATION = "organization"
    NEVER = "never"


class AppliesTo(StrEnum):
    """Which type of owner a field is for."""

    INDIVIDUAL = "individual"
    ORGANIZATION = "organization"
    BOTH = "both"


class Format(StrEnum):
    """A number whose form is known, so that a form can check it."""

    SIREN = "siren"
    SIRET = "siret"


@dataclass(frozen=True, slots=True)
class RequiredIf:
    """A field is required when another `field` has this `value`."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Field:
    """One question of an extension, in neutral words.

    `label_key`, `why` and the second halves of `choices` are plain English, translated by whoever shows them.
    `source` is the manual and section that says so, `assumption` what we had to read into it. `past` refuses a
    date in the future. `choices_of` names the one type of owner that a choice is for, where it is not for both.
    """

    name: str
    label_key: str
    kind: Kind
    why: str
    required: Required
    applies_to: AppliesTo
    operations: tuple[str, ...]
    families: tuple[str, ...]
    source: str
    choices: tuple[tuple[str, str], ...] = ()
    choices_of: tuple[tuple[str, str], ...] = ()
    required_if: RequiredIf | None = None
    example: str = ""
    max_length: int = 255
    past: bool = False
    format: Format | None = None
    assumption: str = ""

    @property
    def secret(self) -> bool:
        """True when the value must never be logged or shown again."""
        return self.kind is Kind.SECRET

    def applies(self, contact_type: str) -> bool:
        """Whether owners of this type are asked at all."""
        return self.applies_to == AppliesTo.BOTH or self.applies_to == contact_type

    def is_required(self, contact_type: str, values: Mapping[str, str]) -> bool:
        """Whether the field must be filled for this owner, given the other values."""
        if not self.applies(contact_type):
            return False
        if self.required_if and values.get(self.required_if.field) == self.required_if.value:
            return True
        return self.required == Required.ALWAYS or self.required == contact_type

    def for_owner(self, contact_type: str) -> Field:
        """The same question with only the choices that this type of owner has."""
        if not self.choices_of:
            return self
        theirs = dict(self.choices_of)
        kept = tuple(item for item in self.choices if theirs.get(item[0], contact_type) == contact_type)
        return replace(self, choices=kept)


@dataclass(frozen=True, slots=True)
class Rule:
    """What is known of one extension: the `fields` that it asks, and `facts` by the names of Terms.

    `second_level_inherits`: names below its second levels (such as com.hk) are asked the same.
    """

    tld: str
    fields: tuple[Field, ...] = ()
    facts: Mapping[str, tuple[Fact[Any], ...]] = field(default_factory=dict)
    second_level_inherits: bool = False
    second_level_assumption: str = ""
    note: str = ""

    def terms(self, family: str | None = None) -> Terms:
        """What `family` says of the extension, or else what is true whoever sells it; without a family only that."""
        return Terms(**{name: self._fact(name, family) for name in TERM_NAMES})

    def _fact(self, name: str, family: str | None) -> Fact[Any] | None:
        facts = self.facts.get(name, ())
        own = next((fact for fact in facts if family in fact.families), None)
        return own or next((fact for fact in facts if not fact.families), None)


@dataclass(frozen=True, slots=True)
class NameserverLimits:
    """How many nameservers of one's own a family takes: with an order, and when they are changed later."""

    minimum: int
    maximum: int
    source: str
    update_maximum: int
    assumption: str = ""


@dataclass(frozen=True, slots=True)
class FamilyData:
    """How one family writes our fields, and what it takes whatever the extension.

    `keys` are its own names, `keys_for` those that differ by extension; `choices` its words. `years` are the
    periods that it takes, `transfer_age_days` how old a name must be before it can come; None where it tells nothing.
    `country_keys` are those of its keys whose values are countries: always ISO 3166-1 alpha-2 here, whatever the
    family calls countries itself.
    """

    family: str
    nameservers: NameserverLimits
    date_format: str
    true: str
    false: str
    keys: Mapping[str, str] = field(default_factory=dict)
    keys_for: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    country_keys: frozenset[str] = frozenset()
    years: Fact[tuple[int, ...]] | None = None
    transfer_age_days: Fact[int] | None = None
    assumptions: tuple[str, ...] = ()

    def key(self, name: str, tld: str) -> str | None:
        """What the family calls a field in the rule of an extension, None where it has no name for it."""
        return self.keys_for.get(tld, {}).get(name) or self.keys.get(name)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that `data/` says, read and checked. `neutral_fields` maps a field's name to its label."""

    neutral_fields: Mapping[str, str]
    families: Mapping[str, FamilyData]
    rules: Mapping[str, Rule]
