"""The shapes of what `data/` holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a value is. Dates are written YYYY-MM-DD, booleans "1" or "0"."""

    TEXT = "text"
    DATE = "date"
    CHOICE = "choice"
    BOOLEAN = "boolean"
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


@dataclass(frozen=True, slots=True)
class RequiredIf:
    """A field is required when another `field` has this `value`."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Field:
    """One question of an extension, in neutral words.

    `label_key`, `why` and the second halves of `choices` are plain English, translated by whoever shows them.
    `source` is the manual and section that says so. `past` refuses a date in the future.
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
    required_if: RequiredIf | None = None
    example: str = ""
    max_length: int = 255
    past: bool = False

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


@dataclass(frozen=True, slots=True)
class Rule:
    """What is known of one extension. `zone_check`: its registry tests the nameservers before it accepts.

    `second_level_inherits`: names below its second levels (such as com.hk) are asked the same.
    """

    tld: str
    fields: tuple[Field, ...] = ()
    zone_check: bool = False
    zone_check_source: str = ""
    second_level_inherits: bool = False
    second_level_assumption: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class NameserverLimits:
    """How many nameservers of one's own a family takes in one request."""

    minimum: int
    maximum: int
    source: str


@dataclass(frozen=True, slots=True)
class FamilyData:
    """How one family writes our fields: its own `keys`, its words for `choices`, its dates and booleans."""

    family: str
    nameservers: NameserverLimits
    date_format: str
    true: str
    false: str
    keys: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that `data/` says, read and checked. `neutral_fields` maps a field's name to its label."""

    neutral_fields: Mapping[str, str]
    families: Mapping[str, FamilyData]
    rules: Mapping[str, Rule]
