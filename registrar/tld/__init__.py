"""Rules per extension, as data that people can review: what a registry asks beyond the usual contact.

The facts are in `data/` and come from the registrars' manuals only. README.md says how to add one.
"""

from registrar.tld.checking import Problem, check_fields
from registrar.tld.parameters import family_parameters
from registrar.tld.rules import (
    family_data,
    family_key,
    fields_for,
    known_families,
    known_tlds,
    nameserver_limits,
    neutral_fields,
    rule_for,
    special_requirements,
    terms_for,
)
from registrar.tld.shapes import (
    AppliesTo,
    FamilyData,
    Field,
    Format,
    Kind,
    NameserverLimits,
    Required,
    RequiredIf,
    Rule,
)
from registrar.tld.summary import Line, summary
from registrar.tld.terms import Fact, NameserverCount, Terms, Trade, TransferProcess

__all__ = [
    "AppliesTo",
    "Fact",
    "FamilyData",
    "Field",
    "Format",
    "Kind",
    "Line",
    "NameserverCount",
    "NameserverLimits",
    "Problem",
    "Required",
    "RequiredIf",
    "Rule",
    "Terms",
    "Trade",
    "TransferProcess",
    "check_fields",
    "family_data",
    "family_key",
    "family_parameters",
    "fields_for",
    "known_families",
    "known_tlds",
    "nameserver_limits",
    "neutral_fields",
    "rule_for",
    "special_requirements",
    "summary",
    "terms_for",
]
