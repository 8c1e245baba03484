"""Looking the rules up. The data are read once, when this module is imported."""

from __future__ import annotations

from collections.abc import Mapping

from registrar.errors import NotSupported
from registrar.tld.loader import OPERATIONS, load
from registrar.tld.shapes import FamilyData, Field, NameserverLimits, Rule
from registrar.tld.terms import Terms

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

    With a `contact_type` ("individual" or "organization") only what that type of owner is asked, with the choices
    that it has. Empty where nothing is known to be asked. Raises NotSupported for a family without data,
    ValueError for an unknown operation.
    """
    family_data(family)
    if operation not in OPERATIONS:
        raise ValueError(f"operation must be one of {', '.join(OPERATIONS)}")
    rule = rule_for(tld)
    if rule is None:
        return ()
    asked = [field for field in rule.fields if family in field.families and operation in field.operations]
    if contact_type is None:
        return tuple(asked)
    return tuple(field.for_owner(contact_type) for field in asked if field.applies(contact_type))


def terms_for(family: str | None, tld: str) -> Terms:
    """What is known of the extension's terms at a family, or whoever sells it; every attribute None where nothing is.

    Raises NotSupported for a family without data.
    """
    if family is not None:
        family_data(family)
    rule = rule_for(tld)
    return rule.terms(family) if rule is not None else Terms()


def special_requirements(family: str, tld: str) -> bool:
    """Whether the family asks more for this extension than it documents: its names are sold by hand.

    Raises NotSupported for a family without data.
    """
    special = terms_for(family, tld).special_requirements
    return special is not None and special.value


def family_key(family: str, tld: str, name: str) -> str:
    """What the family calls a neutral field in orders of this extension.

    Raises NotSupported for a family without data, KeyError for a field that it has no name for.
    """
    rule = rule_for(tld)
    key = family_data(family).key(name, rule.tld if rule else "")
    if key is None:
        raise KeyError(name)
    return key


def family_data(family: str) -> FamilyData:
    """How the family writes our fields. Raises NotSupported when no data exist for it."""
    try:
        return _CATALOGUE.families[family]
    except KeyError:
        raise NotSupported("tld.fields", f"no data on extensions for the family {family}") from None


def nameserver_limits(family: str) -> NameserverLimits:
    """How many nameservers the family takes. Raises NotSupported when no data exist for it."""
    return family_data(family).nameservers


def known_families() -> tuple[str, ...]:
    """Every family with data, sorted."""
    return tuple(sorted(_CATALOGUE.families))


def known_tlds() -> tuple[str, ...]:
    """Every extension with a rule, sorted."""
    return tuple(sorted(_CATALOGUE.rules))


def neutral_fields() -> Mapping[str, str]:
    """Every neutral field name with its English label, for showing stored values."""
    return _CATALOGUE.neutral_fields
