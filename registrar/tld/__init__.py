"""Rules per extension, as data that people can review: what a registry asks beyond the usual contact.

The facts are in `data/` and come from the registrars' manuals only. README.md says how to add one.
"""

from registrar.tld.checking import Problem, check_fields
from registrar.tld.parameters import family_parameters
from registrar.tld.rules import (
    family_data,
    fields_for,
    known_tlds,
    nameserver_limits,
    neutral_fields,
    rule_for,
)
from registrar.tld.shapes import (
    AppliesTo,
    FamilyData,
    Field,
    Kind,
    NameserverLimits,
    Required,
    RequiredIf,
    Rule,
)

__all__ = [
    "AppliesTo",
    "FamilyData",
    "Field",
    "Kind",
    "NameserverLimits",
    "Problem",
    "Required",
    "RequiredIf",
    "Rule",
    "check_fields",
    "family_data",
    "family_parameters",
    "fields_for",
    "known_tlds",
    "nameserver_limits",
    "neutral_fields",
    "rule_for",
]
