"""The names of countries: French or English, in capitals or not, with their ISO 3166-1 codes."""

from __future__ import annotations

import gettext
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

import pycountry

# What ISO 3166 does not say in either language, and people do.
_ALSO_KNOWN_AS: Mapping[str, str] = MappingProxyType(
    {
        "BIELORUSSIE": "BY",
        "BRUNEI": "BN",
        "CAPE VERDE": "CV",
        "GRANDE BRETAGNE": "GB",
        "ILES MINEURES DES ETATS UNIS": "UM",
        "ILES VIERGES AMERICAINES": "VI",
        "MACEDOINE": "MK",
        "RUSSIA": "RU",
        "SAINT MARTIN": "MF",
        "SWAZILAND": "SZ",
        "TURKEY": "TR",
        "UK": "GB",
        "USA": "US",
        "VATICAN": "VA",
        "VATICAN CITY": "VA",
    }
)
# Words that come and go in the names of countries.
_FILLERS = frozenset(
    (
        "AND",
        "D",
        "DE",
        "DES",
        "DU",
        "ET",
        "ILE",
        "ILES",
        "ISLAND",
        "ISLANDS",
        "L",
        "LA",
        "LE",
        "LES",
        "OF",
        "THE",
    )
)


def country_code(name: str) -> str:
    """The ISO 3166-1 code of a country's French or English name; empty for a name that is not known, or of two."""
    full, short = _index()
    found = _ALSO_KNOWN_AS.get(words(name)) or full.get(_essence(name)) or short.get(_essence(name))
    return found or ""


def words(name: str) -> str:
    """A name in capitals without accents and signs, so that two spellings of it are one."""
    plain = unicodedata.normalize("NFKD", name.upper())
    return " ".join(
        re.findall(r"[A-Z0-9]+", "".join(sign for sign in plain if not unicodedata.combining(sign)))
    )


def _essence(name: str) -> str:
    """The words of a name that matter, in no order of their own: registers turn names around at a comma."""
    return " ".join(sorted(word for word in words(name).split() if word not in _FILLERS))


@cache
def _index() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Names -> code: those that ISO gives, and those without what stands behind a comma or in brackets."""
    full: dict[str, set[str]] = {}
    short: dict[str, set[str]] = {}
    for code, name in _names():
        full.setdefault(_essence(name), set()).add(code)
        for shorter in (name.partition(",")[0], re.sub(r"\([^)]*\)", "", name)):
            short.setdefault(_essence(shorter), set()).add(code)
    return _clear(full), _clear(short)


def _clear(index: Mapping[str, set[str]]) -> Mapping[str, str]:
    """Without the names that two countries share."""
    return {name: next(iter(codes)) for name, codes in index.items() if len(codes) == 1}


def _names() -> Iterator[tuple[str, str]]:
    french = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=["fr"])
    for country in pycountry.countries:
        for kind in ("name", "common_name", "official_name"):
            name = getattr(country, kind, None)
            if name:
                yield country.alpha_2, name
                yield country.alpha_2, french.gettext(name)
