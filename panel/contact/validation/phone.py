"""Telephone numbers: people write them in many ways, registrars take +CC.NUMBER (MrDomain manual 5.3.1)."""

from __future__ import annotations

import phonenumbers
from django.utils.translation import gettext as _

from panel.contact.validation.text import Wrong, check_characters

_FALLBACK_EXAMPLE = "+34 612 34 56 78"
_LONGEST_INPUT = 60


def clean_phone(value: str, country: str) -> str:
    """The number as +CC.NUMBER. Without a country code it is read as a number of `country`. Raises Wrong."""
    check_characters(value)
    for candidate in _readings(value):
        number = _parsed(candidate, country)
        if number is not None and phonenumbers.is_valid_number(number):
            if number.extension:
                raise Wrong(_("Enter the number without an extension: registries cannot store one."))
            return f"+{number.country_code}.{phonenumbers.national_significant_number(number)}"
    raise Wrong(
        _("Enter a complete telephone number with its country code, for example %(example)s.")
        % {"example": example_phone(country)}
    )


def _readings(value: str) -> list[str]:
    # 00 means "international" nearly everywhere; nobody expects it to depend on the country picked.
    digits = value.lstrip("( ")
    return [f"+{digits[2:]}", value] if digits.startswith("00") else [value]


def _parsed(value: str, country: str) -> phonenumbers.PhoneNumber | None:
    if len(value) > _LONGEST_INPUT:
        return None
    try:
        return phonenumbers.parse(value, country or None)
    except phonenumbers.NumberParseException:
        return None


def example_phone(country: str) -> str:
    """A mobile number of the country as people write it; a Spanish one where none is known."""
    number = (
        phonenumbers.example_number_for_type(country, phonenumbers.PhoneNumberType.MOBILE)
        if country
        else None
    )
    if number is None:
        return _FALLBACK_EXAMPLE
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
