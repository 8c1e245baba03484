"""Postal codes: how each country writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django_countries import countries

from panel.contact.validation.text import MAX_LENGTH, Wrong, check_characters, compact

NO_POSTAL_CODE = "00000"


@dataclass(frozen=True, slots=True)
class PostalFormat:
    """`pattern` matches the code without separators; its groups are joined by `separator`."""

    pattern: re.Pattern[str]
    example: str
    separator: str = ""


def _digits(count: int, example: str) -> PostalFormat:
    return PostalFormat(re.compile(rf"([0-9]{{{count}}})"), example)


def _parts(pattern: str, separator: str, example: str) -> PostalFormat:
    return PostalFormat(re.compile(pattern), example, separator)


POSTAL_FORMATS: dict[str, PostalFormat] = {
    "AD": _parts(r"(AD[1-7]00)", "", "AD500"),
    "AR": _parts(r"([A-HJ-NP-Z]?[0-9]{4}(?:[A-Z]{3})?)", "", "C1425DKF"),
    "AT": _parts(r"([1-9][0-9]{3})", "", "1010"),
    "AU": _digits(4, "2000"),
    "BE": _parts(r"([1-9][0-9]{3})", "", "1000"),
    "BG": _digits(4, "1000"),
    "BR": _parts(r"([0-9]{5})([0-9]{3})", "-", "01310-100"),
    "CA": _parts(r"([ABCEGHJ-NPRSTVXY][0-9][A-Z])([0-9][A-Z][0-9])", " ", "K1A 0B1"),
    "CH": _parts(r"([1-9][0-9]{3})", "", "8001"),
    "CN": _digits(6, "100000"),
    "CY": _digits(4, "1010"),
    "CZ": _parts(r"([0-9]{3})([0-9]{2})", " ", "110 00"),
    "DE": _digits(5, "10115"),
    "DK": _digits(4, "1050"),
    "EE": _digits(5, "10111"),
    "ES": _parts(r"((?:0[1-9]|[1-4][0-9]|5[0-2])[0-9]{3})", "", "28013"),
    "FI": _digits(5, "00100"),
    "FR": _parts(r"((?:0[1-9]|[1-8][0-9]|9[0-8])[0-9]{3})", "", "75001"),
    "GB": _parts(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})", " ", "SW1A 1AA"),
    "GF": _parts(r"(973[0-9]{2})", "", "97300"),
    "GP": _parts(r"(971[0-9]{2})", "", "97100"),
    "GR": _parts(r"([0-9]{3})([0-9]{2})", " ", "104 31"),
    "HR": _digits(5, "10000"),
    "HU": _digits(4, "1051"),
    "IE": _parts(r"([AC-FHKNPRTV-Y][0-9][0-9W])([0-9AC-FHKNPRTV-Y]{4})", " ", "D02 AF30"),
    "IN": _parts(r"([1-9][0-9]{5})", "", "110001"),
    "IS": _digits(3, "101"),
    "IT": _digits(5, "00184"),
    "JP": _parts(r"([0-9]{3})([0-9]{4})", "-", "100-0001"),
    "KR": _digits(5, "03187"),
    "LI": _parts(r"(94[89][0-9])", "", "9490"),
    "LT": _digits(5, "01100"),
    "LU": _digits(4, "1009"),
    "LV": _parts(r"(LV)?([0-9]{4})", "-", "LV-1010"),
    "MC": _parts(r"(980[0-9]{2})", "", "98000"),
    "MQ": _parts(r"(972[0-9]{2})", "", "97200"),
    "MT": _parts(r"([A-Z]{3})([0-9]{4})", " ", "VLT 1117"),
    "MX": _digits(5, "06000"),
    "NL": _parts(r"([1-9][0-9]{3})([A-Z]{2})", " ", "1012 JS"),
    "NO": _digits(4, "0150"),
    "NZ": _digits(4, "6011"),
    "PL": _parts(r"([0-9]{2})([0-9]{3})", "-", "00-950"),
    "PT": _parts(r"([1-9][0-9]{3})([0-9]{3})", "-", "1000-001"),
    "RE": _parts(r"(974[0-9]{2})", "", "97400"),
    "RO": _digits(6, "010011"),
    "RU": _digits(6, "101000"),
    "SE": _parts(r"([1-9][0-9]{2})([0-9]{2})", " ", "114 55"),
    "SG": _digits(6, "018956"),
    "SI": _digits(4, "1000"),
    "SK": _parts(r"([0-9]{3})([0-9]{2})", " ", "811 01"),
    "SM": _parts(r"(4789[0-9])", "", "47890"),
    "TR": _digits(5, "06100"),
    "UA": _digits(5, "01001"),
    "US": _parts(r"([0-9]{5})([0-9]{4})?", "-", "94103"),
    "VA": _parts(r"(00120)", "", "00120"),
    "YT": _parts(r"(976[0-9]{2})", "", "97600"),
    "ZA": _digits(4, "8001"),
}

_WITHOUT = """
AE AG AO AW BF BI BJ BS BW BZ CD CF CG CI CM DJ DM ER FJ GD GM GQ GY HK KI
KM KN ML MO MR NR NU QA RW SB SC SL SR ST SY TK TO TV UG VU YE ZW
"""
WITHOUT_POSTAL_CODES = frozenset(_WITHOUT.split())
_ON_ENVELOPES = {"DE": "D", "FR": "F", "LU": "L", "AT": "A", "BE": "B", "FI": "FIN"}
_ANYWHERE = re.compile(r"[0-9A-Z]([0-9A-Z -]{0,10}[0-9A-Z])?")


def clean_postal_code(value: str, country: str) -> str:
    """The code as its country writes it; any sane one where its format is not known. Raises Wrong."""
    if not value:
        raise Wrong(_missing(country))
    check_characters(value)
    known = POSTAL_FORMATS.get(country)
    if known is None:
        code = " ".join(value.upper().split())
        if len(code) > MAX_LENGTH["postal_code"] or not _ANYWHERE.fullmatch(code):
            raise Wrong(_("Enter the postal code in digits and letters without accents, for example 12345."))
        return code
    match = known.pattern.fullmatch(_without_country(compact(value), country))
    if match is None:
        raise Wrong(
            _("This is not a postal code of %(country)s. Write it like %(example)s.")
            % {"country": countries.name(country) or country, "example": known.example}
        )
    if country == "LV":
        return f"LV-{match[2]}"
    return known.separator.join(group for group in match.groups() if group)


def _without_country(code: str, country: str) -> str:
    # Envelopes carry D-10115 or LU-1009; registries do not want the country there.
    for prefix in (
        country,
        {"DE": "D", "FR": "F", "LU": "L", "AT": "A", "BE": "B", "FI": "FIN"}.get(country, ""),
    ):
        if prefix and country not in ("AD", "LV") and re.fullmatch(rf"{prefix}[0-9]{{3,6}}", code):
            return code.removeprefix(prefix)
    return code


def _missing(country: str) -> str:
    known = POSTAL_FORMATS.get(country)
    if known is not None:
        return _("Enter the postal code, for example %(example)s.") % {"example": known.example}
    if country in WITHOUT_POSTAL_CODES:
        return _(
            "Your country has no postal codes, but registries insist on one: please enter %(zeros)s."
        ) % {"zeros": NO_POSTAL_CODE}
    return _("Enter the postal code. If your country has none, enter %(zeros)s.") % {"zeros": NO_POSTAL_CODE}
