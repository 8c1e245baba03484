"""From neutral fields to what one family's API calls them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from registrar.errors import InvalidRequest
from registrar.tld.checking import Problem, check_fields
from registrar.tld.rules import family_data, family_key, fields_for
from registrar.tld.shapes import FamilyData, Field, Kind

_SAID = {
    Problem.MISSING: "is required",
    Problem.UNKNOWN_FIELD: "is not a field of this extension",
    Problem.NOT_APPLICABLE: "does not apply to this type of owner",
    Problem.TOO_LONG: "is too long",
    Problem.CONTROL_CHARACTER: "holds a control character",
    Problem.BAD_DATE: "must be a date written YYYY-MM-DD",
    Problem.DATE_IN_FUTURE: "cannot be in the future",
    Problem.BAD_CHOICE: "is not one of the choices",
    Problem.BAD_BOOLEAN: "must be 1 or 0",
    Problem.BAD_EMAIL: "is not an e-mail address",
    Problem.BAD_URL: "is not a web address",
    Problem.BAD_COUNTRY: "is not a country's code of two letters",
}


def family_parameters(
    family: str, tld: str, extra: Mapping[str, str], contact_type: str, operation: str = "create"
) -> dict[str, str]:
    """Neutral fields as the family's own parameters: `birth_date` becomes `ownerDateOfBirth` at MrDomain.

    The keys are names as the family's module takes them: form parameters (MrDomain), members of the contact's map
    (BookMyName), members of StructContact (Netim), there with `additional.KEY` for a key of its map `additional`
    and `additional.KEY[domain]` for one that holds a map by domain name. Countries are always written in ISO 3166-1
    alpha-2; FamilyData.country_keys tells which keys hold one, for a family that calls them otherwise.

    `contact_type` is the owner's ("individual" or "organization"). Empty values are left out; nothing else
    is ever dropped. Raises InvalidRequest, naming the neutral field and never its value, when a required
    field is missing, a value is wrong or a field is not asked by this extension; NotSupported for a family
    without data.
    MrDomain: manual 5.3.3 and 5.4.1. Netim: reference 3.2 and 3.3. BookMyName: contact map of contact_create.
    """
    cleaned, problems = check_fields(family, tld, extra, contact_type, operation)
    for name, problem in problems.items():
        raise InvalidRequest(f"{name} {_SAID[problem]} (.{tld.strip('.')}, {operation})", field=name)
    data = family_data(family)
    asked = fields_for(family, tld, operation, contact_type)
    return {
        family_key(family, tld, field.name): _written(data, field, cleaned[field.name])
        for field in asked
        if field.name in cleaned
    }


def _written(data: FamilyData, field: Field, value: str) -> str:
    match field.kind:
        case Kind.DATE:
            return date.fromisoformat(value).strftime(data.date_format)
        case Kind.CHOICE:
            return data.choices[field.name][value]
        case Kind.BOOLEAN:
            return data.true if value == "1" else data.false
        case _:
            return value
