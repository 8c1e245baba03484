"""What the contact form shows for each country: the provinces to choose from, and how a postal code looks."""

from __future__ import annotations

from django.utils.translation import gettext as _

from panel.contact.validation.phone import example_phone
from panel.contact.validation.postal import POSTAL_FORMATS, WITHOUT_POSTAL_CODES
from panel.contact.validation.region import SPANISH_PROVINCES, STATES


def provinces(country: str) -> list[tuple[str, str]]:
    """The fixed list of a country's states or provinces as (stored value, shown), or nothing."""
    if country == "ES":
        return [(name, name) for name in sorted(SPANISH_PROVINCES.values(), key=_sortable)]
    return sorted(STATES.get(country, {}).items(), key=lambda item: item[1])


def _sortable(name: str) -> str:
    return name.replace("Á", "A")


def province_label(country: str) -> str:
    """What the country calls it."""
    return {
        "ES": _("Province"),
        "IT": _("Province"),
        "CA": _("Province or territory"),
        "US": _("State"),
        "FR": _("Region or department"),
        "GB": _("County"),
        "DE": _("State (Land)"),
        "CH": _("Canton"),
    }.get(country, _("State or province"))


def postal_code_label(country: str) -> str:
    """What the country calls it."""
    return {"US": _("ZIP code"), "GB": _("Postcode"), "IE": _("Eircode")}.get(country, _("Postal code"))


def postal_code_help(country: str) -> str:
    """How one looks there."""
    if country in WITHOUT_POSTAL_CODES:
        return _("This country has no postal codes: enter 00000.")
    known = POSTAL_FORMATS.get(country)
    return _("For example %(example)s") % {"example": known.example} if known else ""


def phone_help(country: str) -> str:
    """How a telephone number is written."""
    return _("With the country code, for example %(example)s") % {"example": example_phone(country)}


def identification_label(country: str, *, organization: bool) -> str:
    """What number the registries want of somebody from there."""
    if country == "ES":
        return _("NIF of the organization") if organization else _("NIF, NIE or passport")
    if country == "FR" and organization:
        return _("SIREN, SIRET or VAT number")
    if country == "IT":
        return _("Tax code or VAT number") if organization else _("Tax code (codice fiscale)")
    return _("Tax or company number") if organization else _("Identity card, passport or tax number")
