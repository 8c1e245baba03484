"""Tax numbers, company numbers and identity documents, checked where a country's rules are known."""

from __future__ import annotations

import re
from collections.abc import Callable

import stdnum
from django.utils.translation import gettext as _
from stdnum.es import cif, nif
from stdnum.exceptions import ValidationError as NumberError
from stdnum.fr import siren, siret, tva
from stdnum.it import codicefiscale, iva
from stdnum.pt import nif as portuguese_nif

from panel.contact.validation.text import Wrong, check_characters, compact

SHORTEST, LONGEST = 3, 30
_VAT_PREFIX = {"GR": "EL"}

Check = Callable[[str], str]


def clean_identification(value: str, country: str, contact_type: str) -> str:
    """The identification as it is stored: upper case, without separators where the country's form is known.

    `contact_type` is "individual" or "organization". Registrars demand a number of everybody (MrDomain manual
    5.3.1). Raises Wrong.
    """
    organization = contact_type == "organization"
    if not value:
        raise Wrong(_missing(country, organization))
    check_characters(value)
    if len(value) > LONGEST + 10:
        raise Wrong(_("Use at most %(limit)s characters for the identification.") % {"limit": LONGEST})
    if country == "ES":
        return _spanish(compact(value), organization)
    if country == "PT":
        number = compact(value).removeprefix("PT")
        return _checked(
            number, portuguese_nif.validate, _("This is not a valid Portuguese NIF, such as 501 964 843.")
        )
    if country == "IT":
        return _italian(compact(value), organization)
    if country == "FR" and organization:
        return _french(compact(value))
    if organization and _looks_like_vat(compact(value), country):
        return _vat(compact(value), country)
    return _other(value)


def clean_siren(value: str) -> str:
    """The nine digits of a French company. Raises Wrong."""
    return _checked(
        compact(value),
        siren.validate,
        _("This is not a valid SIREN: enter the nine digits of the company, for example 732 829 320."),
    )


def clean_siret(value: str) -> str:
    """The fourteen digits of a French company's establishment. Raises Wrong."""
    return _checked(
        compact(value),
        siret.validate,
        _(
            "This is not a valid SIRET: enter the fourteen digits of the establishment, "
            "for example 732 829 320 00074."
        ),
    )


def _missing(country: str, organization: bool) -> str:
    if country == "ES":
        example = "B64717838" if organization else "12345678Z"
        return _("Enter the NIF, for example %(example)s.") % {"example": example}
    if organization:
        return _("Enter the organization's tax, VAT or company number.")
    return _("Enter the number of an identity document: identity card, passport or tax number.")


def _checked(number: str, check: Check, message: str) -> str:
    try:
        check(number)
    except NumberError:
        raise Wrong(message) from None
    return number


def _spanish(number: str, organization: bool) -> str:
    if number.startswith("ES"):
        number = number[2:]
    if organization:
        return _checked(
            number,
            nif.validate,
            _("This is not a valid NIF: check its letter and digits. A company's looks like B64717838."),
        )
    if cif.is_valid(number):
        raise Wrong(
            _("This is an organization's number. Enter the person's DNI or NIE, or choose “organization”.")
        )
    return _checked(
        number,
        nif.validate,
        _("This is not a valid DNI or NIE: check its letter and digits, for example 12345678Z or X1234567L."),
    )


def _italian(number: str, organization: bool) -> str:
    if organization:
        digits = number.removeprefix("IT")
        if digits.isdigit():
            return _checked(
                digits,
                iva.validate,
                _("This is not a valid partita IVA, which has eleven digits such as 00743110157."),
            )
    message = _(
        "This is not a valid codice fiscale: check its letters and digits, for example RCCMNL83S18D969H."
    )
    return _checked(number, codicefiscale.validate, message)


def _french(number: str) -> str:
    message = _(
        "Enter the organization's SIREN (9 digits), SIRET (14 digits) or VAT number,"
        " for example 732829320 or FR83404833048."
    )
    if number.startswith("FR") or len(number) == 11:
        return _checked("FR" + number.removeprefix("FR"), tva.validate, message)
    return _checked(number, siret.validate if len(number) == 14 else siren.validate, message)


def _looks_like_vat(number: str, country: str) -> bool:
    return bool(re.fullmatch(rf"{_VAT_PREFIX.get(country, country)}[A-Z]?[0-9].*", number))


def _vat(number: str, country: str) -> str:
    module = stdnum.get_cc_module(country.lower(), "vat")
    if module is None:
        return _other(number)
    return _checked(
        number,
        module.validate,
        _("This is not a valid VAT number of %(country)s: check its digits.") % {"country": country},
    )


def _other(value: str) -> str:
    number = value.upper()
    if not SHORTEST <= len(number) <= LONGEST:
        raise Wrong(
            _("Use %(shortest)s to %(longest)s characters for the identification.")
            % {"shortest": SHORTEST, "longest": LONGEST}
        )
    if not all(character.isalnum() or character in " -./" for character in number):
        raise Wrong(_("Use only letters, digits, spaces, dots, dashes and slashes, for example AB-123456."))
    if not any(character.isdigit() for character in number):
        raise Wrong(_("An identification holds at least one digit, for example AB-123456."))
    return number
