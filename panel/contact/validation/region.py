"""States and provinces: the fixed lists of Spain, the United States and Canada; free text elsewhere."""

from __future__ import annotations

import unicodedata

from django.utils.translation import gettext as _

from panel.contact.validation.text import Wrong, check_words

# By the first two digits of the postal code, 01 to 52; other spellings in use follow the official name.
_SPAIN = """
Álava|Araba|Araba/Álava;Albacete;Alicante|Alacant;Almería;Ávila;Badajoz;
Illes Balears|Islas Baleares|Baleares|Balears;Barcelona;Burgos;Cáceres;Cádiz;
Castellón|Castelló|Castellón de la Plana;Ciudad Real;Córdoba;A Coruña|La Coruña|Coruña;Cuenca;
Girona|Gerona;Granada;Guadalajara;Gipuzkoa|Guipúzcoa;Huelva;Huesca;Jaén;León;Lleida|Lérida;
La Rioja|Rioja;Lugo;Madrid|Comunidad de Madrid;Málaga;Murcia|Región de Murcia;Navarra|Nafarroa;
Ourense|Orense;Asturias|Principado de Asturias|Oviedo;Palencia;Las Palmas|Palmas;Pontevedra;
Salamanca;Santa Cruz de Tenerife|Tenerife|S.C. Tenerife;Cantabria|Santander;Segovia;Sevilla;Soria;
Tarragona;Teruel;Toledo;Valencia|València;Valladolid;Bizkaia|Vizcaya;Zamora;Zaragoza;Ceuta;Melilla
"""

_UNITED_STATES = """
AL Alabama;AK Alaska;AZ Arizona;AR Arkansas;CA California;CO Colorado;CT Connecticut;DE Delaware;
DC District of Columbia;FL Florida;GA Georgia;HI Hawaii;ID Idaho;IL Illinois;IN Indiana;IA Iowa;
KS Kansas;KY Kentucky;LA Louisiana;ME Maine;MD Maryland;MA Massachusetts;MI Michigan;MN Minnesota;
MS Mississippi;MO Missouri;MT Montana;NE Nebraska;NV Nevada;NH New Hampshire;NJ New Jersey;
NM New Mexico;NY New York;NC North Carolina;ND North Dakota;OH Ohio;OK Oklahoma;OR Oregon;
PA Pennsylvania;RI Rhode Island;SC South Carolina;SD South Dakota;TN Tennessee;TX Texas;UT Utah;
VT Vermont;VA Virginia;WA Washington;WV West Virginia;WI Wisconsin;WY Wyoming;AS American Samoa;
GU Guam;MP Northern Mariana Islands;PR Puerto Rico;VI Virgin Islands;AA Armed Forces Americas;
AE Armed Forces Europe;AP Armed Forces Pacific
"""

_CANADA = """
AB Alberta;BC British Columbia;MB Manitoba;NB New Brunswick;NL Newfoundland and Labrador;
NS Nova Scotia;NT Northwest Territories;NU Nunavut;ON Ontario;PE Prince Edward Island;QC Quebec;
SK Saskatchewan;YT Yukon
"""


def _plain(name: str) -> str:
    """Without accents, case and punctuation, to recognize a name however it is typed."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(character for character in decomposed if character.isalnum())


def _entries(table: str) -> list[str]:
    return [entry.strip() for entry in table.split(";")]


SPANISH_PROVINCES: dict[str, str] = {
    f"{number:02}": entry.split("|")[0] for number, entry in enumerate(_entries(_SPAIN), start=1)
}
_SPANISH_SPELLINGS = {
    _plain(spelling): entry.split("|")[0] for entry in _entries(_SPAIN) for spelling in entry.split("|")
}
STATES: dict[str, dict[str, str]] = {
    country: {entry[:2]: entry[3:] for entry in _entries(table)}
    for country, table in (("US", _UNITED_STATES), ("CA", _CANADA))
}
_STATE_SPELLINGS = {
    country: {_plain(spelling): code for code, name in states.items() for spelling in (code, name)}
    for country, states in STATES.items()
}
_STATE_EXAMPLES = {"US": ("CA", "California"), "CA": ("ON", "Ontario")}


def province_for_postal_code(postal_code: str) -> str | None:
    """The Spanish province of a postal code ("28013" is in Madrid), or None when there is none."""
    code = postal_code.strip()
    if len(code) != 5 or not (code.isascii() and code.isdigit()):
        return None
    return SPANISH_PROVINCES.get(code[:2])


def clean_state(value: str, country: str, postal_code: str) -> str:
    """The state or province: in Spain by name, in the United States and Canada by two letters. Raises Wrong.

    In Spain an empty one is filled in from the postal code, and one that contradicts it is refused.
    """
    if country == "ES":
        return _spanish_province(value, province_for_postal_code(postal_code))
    if not value:
        raise Wrong(_("Enter the state or province. If your country has none, repeat the city."))
    if country in STATES:
        code = _STATE_SPELLINGS[country].get(_plain(value))
        if code is None:
            short, name = _STATE_EXAMPLES[country]
            raise Wrong(
                _("Enter the state or province by two letters or by name, such as %(short)s or %(name)s.")
                % {"short": short, "name": name}
            )
        return code
    return check_words("state", value, "Toscana")


def _spanish_province(value: str, by_postal_code: str | None) -> str:
    if not value:
        if by_postal_code is None:
            raise Wrong(_("Enter the province, for example %(example)s.") % {"example": "Madrid"})
        return by_postal_code
    province = _SPANISH_SPELLINGS.get(_plain(value))
    if province is None:
        raise Wrong(
            _("This is not one of the 52 provinces of Spain. Enter one by name, for example %(example)s.")
            % {"example": by_postal_code or "Madrid"}
        )
    if by_postal_code is not None and province != by_postal_code:
        raise Wrong(
            _("The postal code belongs to %(right)s, not to %(given)s. Correct one of the two.")
            % {"right": by_postal_code, "given": province}
        )
    return province
