"""Looking the rules up. The data are read once, when this module is imported."""

from __future__ import annotations

from collections.abc import Mapping

from registrar.errors import NotSupported
from registrar.tld.loader import OPERATIONS, load
from registrar.tld.shapes import FamilyData, Field, NameserverLimits, Rule

_CATALOGUE = load()


def rule_for(tld: str) -> Rule | None:
    """The rule of an extension ("fr", ".co.uk"), or None where no manual tells anything of it.

    An extension of two levels has its own rule, or its top level's where the data say that it inherits.
    """
    wanted = tld.strip().lower().strip(".")
    exact = _CATALOGUE.rules.get(wanted)
    if exact is not None or "." not in wanted:
        return exact
    top = _CATALOGUE.rules.get(wanted.rpartition(".")[2])
    return top if top is not None and top.second_level_inherits else None


def fields_for(
    family: str, tld: str, operation: str = "create", contact_type: str | None = None
) -> tuple[Field, ...]:
    """What the family asks for this extension and operation ("create" or "transfer"), in the data's order.

    With a `contact_type` ("individual" or "organization") only what that type of owner is asked. Empty where
    nothing is asked. Raises NotSupported for a family without data, ValueError for an unknown operation.
    """
    family_data(family)
    if operation not in OPERATIONS:
        raise ValueError(f"operation must be one of {', '.join(OPERATIONS)}")
    rule = rule_for(tld)
    if rule is None:
        return ()
    return tuple(
        field
        for field in rule.fields
        if family in field.families
        and operation in field.operations
        and (contact_type is None or field.applies(contact_type))
    )


def family_data(family: str) -> FamilyData:
    """How the family writes our fields. Raises NotSupported when no data exist for it."""
    try:
        return _CATALOGUE.families[family]
    except KeyError:
        raise NotSupported("tld.fields", f"no data on extensions for the family {family}") from None


def nameserver_limits(family: str) -> NameserverLimits:
    """How many nameservers the family takes. Raises NotSupported when no data exist for it."""
    return family_data(family).nameservers


def known_tlds() -> tuple[str, ...]:
    """Every extension with a rule, sorted."""
    return tuple(sorted(_CATALOGUE.rules))


def neutral_fields() -> Mapping[str, str]:
    """Every neutral field name with its English label, for showing stored values."""
    return _CATALOGUE.neutral_fields
