"""Subdivisions of the countries for which the registrar wants one (reference 3.2), by ISO 3166-2.

The registrar takes what stands behind the hyphen: "CA" for California, "RM" for Rome.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import pycountry

from registrar.errors import InvalidRequest

COUNTRIES = frozenset({"AU", "BR", "CA", "IE", "IT", "JP", "MX", "GB", "US"})


def code(country: str, state: str) -> str:
    """The subdivision's code for a country (two letters, upper case); empty for countries without one.

    `state` is a code ("CA" or "US-CA") or a name ("California"). Raises InvalidRequest(state) for anything else, and
    for nothing where the registrar wants one.
    """
    if country not in COUNTRIES:
        return ""
    wanted = state.strip()
    codes, names = _subdivisions(country)
    written = wanted.upper().removeprefix(f"{country}-")
    if written in codes:
        return written
    found = names.get(_folded(wanted), frozenset())
    if len(found) != 1:
        raise InvalidRequest(f"state must be a subdivision of {country}", field="state")
    return next(iter(found))


def name(country: str, area: str) -> str:
    """The name of a subdivision, or the code itself where ISO 3166-2 does not have it."""
    return _subdivisions(country)[0].get(area.strip().upper(), area) if country in COUNTRIES else area


@cache
def _subdivisions(country: str) -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    """Names by code, and codes by name. Several may share a short name: then it names none of them."""
    codes: dict[str, str] = {}
    full: dict[str, set[str]] = {}
    short: dict[str, set[str]] = {}
    for subdivision in pycountry.subdivisions.get(country_code=country):
        area = subdivision.code.partition("-")[2]
        codes[area] = subdivision.name
        full.setdefault(_folded(subdivision.name), set()).add(area)
        # "London, City of", "Valle d'Aosta [Val d'Aoste]", "México (State)": known by their first words.
        short.setdefault(_folded(re.split(r"[,\[(/]", subdivision.name)[0]), set()).add(area)
    return codes, {key: frozenset(areas) for key, areas in (short | full).items()}


def _folded(text: str) -> str:
    """Without accents, case and double spaces."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join(plain.casefold().split())
