"""The organization types of Spain's government that MrDomain asks for (manual 5.3.1, es_juridic in 3.4).

The manual prints the names of 39, 47 and 59 only. The other codes are those that the registrar's own plug-in
picks by the first letter of the tax number (manual notes, section 6); their labels say what it stands for.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from panel.contact.validation.text import compact

SPANISH_ORGANIZATION_TYPES: dict[str, str | Promise] = {
    "612": _("Limited company (S.L.)"),
    "524": _("Public limited company (S.A.)"),
    "47": _("Association"),
    "59": _("Sports association"),
    "566": _("Cooperative"),
    "554": _("Civil partnership"),
    "150": _("Community of property or undivided estate"),
    "560": _("General partnership"),
    "562": _("Limited partnership"),
    "39": _("Economic interest grouping"),
    "717": _("Temporary joint venture (U.T.E.)"),
    "164": _("Religious order or institution"),
    "747": _("Local authority"),
    "746": _("Public body"),
    "436": _("State or regional administration"),
    "713": _("Foreign organization, or its establishment in Spain"),
    "1": _("Natural person"),
    "877": _("Other"),
}

_BY_FIRST_LETTER = {
    "A": "524",
    "B": "612",
    "C": "560",
    "D": "562",
    "E": "150",
    "F": "566",
    "G": "47",
    "J": "554",
    "N": "713",
    "P": "747",
    "Q": "746",
    "R": "164",
    "S": "436",
    "U": "717",
    "V": "877",
    "W": "713",
}
_NATURAL_PERSON = "KLMXYZ0123456789"
OTHER = "877"

# Types that share a first letter with the suggested one: choosing them is no contradiction.
_ALSO_FITS = {"47": {"59"}, "877": {"39"}}


def suggest_organization_type(identification: str) -> str:
    """The likely type for a Spanish tax number, by its first letter; empty when there is no number."""
    number = compact(identification).removeprefix("ES")
    if not number:
        return ""
    if number[0] in _NATURAL_PERSON:
        return "1"
    return _BY_FIRST_LETTER.get(number[0], OTHER)


def fits_identification(organization_type: str, identification: str) -> bool:
    """Whether the type agrees with the first letter of the tax number. "Other" always does."""
    suggested = suggest_organization_type(identification)
    if not suggested or organization_type == OTHER:
        return True
    return organization_type == suggested or organization_type in _ALSO_FITS.get(suggested, set())
