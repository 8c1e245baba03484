"""A contact as a whole: the fields of registrar.types.Contact, checked in the order of their dependence."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import phonenumbers
from django.utils.translation import gettext as _

from panel.contact.validation.host import clean_email
from panel.contact.validation.identification import clean_identification
from panel.contact.validation.phone import clean_phone
from panel.contact.validation.postal import clean_postal_code
from panel.contact.validation.region import clean_state
from panel.contact.validation.spanish import (
    SPANISH_ORGANIZATION_TYPES,
    fits_identification,
    suggest_organization_type,
)
from panel.contact.validation.text import Wrong, check_words, tidy, tidy_lines
from registrar.types import ContactType

Errors = dict[str, list[str]]

FIELDS = (
    "type",
    "first_name",
    "last_name",
    "organization",
    "organization_type",
    "identification",
    "email",
    "phone",
    "fax",
    "address",
    "postal_code",
    "city",
    "state",
    "country",
)
# ISO 3166-1: the telephone regions less those without an ISO code, plus the places without telephones.
COUNTRIES = frozenset(phonenumbers.SUPPORTED_REGIONS) - {"AC", "TA", "XK"} | {
    "AQ",
    "BV",
    "GS",
    "HM",
    "PN",
    "TF",
    "UM",
}
_COUNTRY_HABITS = {"UK": "GB", "EL": "GR"}


def validate_contact(data: Mapping[str, str]) -> tuple[dict[str, str], Errors]:
    """What would be stored for each field of registrar.types.Contact, and what is wrong, by field.

    Store the result only when there are no errors; until then it holds what was typed, tidied. Checking the
    result again gives the same result. `organization_type` is emptied where it has no meaning (only
    organizations in Spain have one); keys that are no contact field are left out. Formats: MrDomain manual
    5.3.1. Never raises.
    """
    cleaned = {name: tidy(data.get(name)) for name in FIELDS}
    cleaned["address"] = tidy_lines(data.get("address"))
    errors: Errors = {}

    def run(name: str, check: Callable[[str], str]) -> bool:
        try:
            cleaned[name] = check(cleaned[name])
        except Wrong as wrong:
            errors[name] = [str(wrong)]
        return name not in errors

    contact_type = cleaned["type"] = cleaned["type"].lower()
    run("type", _contact_type)
    country = cleaned["country"] if run("country", _country) else ""
    organization = contact_type == ContactType.ORGANIZATION
    run("first_name", lambda value: check_words("first_name", value, "Ana"))
    run("last_name", lambda value: check_words("last_name", value, "Torres"))
    run("organization", lambda value: _organization(value, organization))
    run("identification", lambda value: clean_identification(value, country, contact_type))
    run("email", clean_email)
    run("phone", lambda value: clean_phone(value, country))
    run("fax", lambda value: clean_phone(value, country) if value else "")
    run("address", _address)
    run("city", lambda value: check_words("city", value, "Madrid"))
    postal_code = ""
    if run("postal_code", lambda value: clean_postal_code(value, country)):
        postal_code = cleaned["postal_code"]
    run("state", lambda value: clean_state(value, country, postal_code))
    asked = organization and country == "ES"
    run("organization_type", lambda value: _organization_type(value, asked, cleaned["identification"]))
    return cleaned, errors


def contact_warnings(cleaned: Mapping[str, str]) -> Errors:
    """What looks odd in a contact without errors and is accepted all the same, by field."""
    code, number = cleaned.get("organization_type", ""), cleaned.get("identification", "")
    if not code or fits_identification(code, number):
        return {}
    suggested = SPANISH_ORGANIZATION_TYPES[suggest_organization_type(number)]
    return {
        "organization_type": [
            _("A tax number that begins with %(letter)s usually means “%(type)s”. Check the type.")
            % {"letter": number[:1], "type": suggested}
        ]
    }


def _contact_type(value: str) -> str:
    if value not in list(ContactType):
        raise Wrong(_("Choose whether this is an individual or an organization."))
    return value


def _country(value: str) -> str:
    code = _COUNTRY_HABITS.get(value.upper(), value.upper())
    if code not in COUNTRIES:
        raise Wrong(_("Choose a country; its code has two letters, for example ES."))
    return code


def _organization(value: str, organization: bool) -> str:
    if not organization:
        if value:
            raise Wrong(
                _("Leave the organization empty, or choose “organization” as the type of this contact.")
            )
        return ""
    if not value:
        raise Wrong(_("Enter the name of the organization, for example Acme S.L."))
    return check_words("organization", value, "Acme S.L.")


def _address(value: str) -> str:
    if not value:
        raise Wrong(_("Enter street and number, for example Calle Mayor 1."))
    return check_words("address", value, "Calle Mayor 1")


def _organization_type(value: str, asked: bool, identification: str) -> str:
    if not asked:
        return ""
    if value in SPANISH_ORGANIZATION_TYPES:
        return value
    suggested = suggest_organization_type(identification)
    if not suggested:
        raise Wrong(_("Choose the type of organization: registries ask it of organizations in Spain."))
    raise Wrong(
        _("Choose the type of organization; this tax number suggests “%(type)s”.")
        % {"type": SPANISH_ORGANIZATION_TYPES[suggested]}
    )
