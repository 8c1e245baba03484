"""The registrar's two tables of numbers: it knows countries and regions by numbers of its own.

Only one row is documented (country 1, FRANCE). The tables are therefore read once per process and endpoint, and
their names are matched with those of ISO 3166.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence

import pycountry

from registrar.bookmyname import mapping
from registrar.bookmyname.client import BookMyNameClient
from registrar.bookmyname.country import country_code, words
from registrar.errors import InvalidRequest
from registrar.transport import values
from registrar.types import TableRow

# Where a postal address is not complete without a state (assumption "region-where-postal").
_WITH_REGION = frozenset({"AU", "CA", "US"})

_tables: dict[tuple[str, str], tuple[TableRow, ...]] = {}
_lock = threading.Lock()


def country_id(client: BookMyNameClient, code: str, field: str = "country") -> str:
    """The registrar's number of a country. Raises InvalidRequest(field) where its table has no such country.

    Called before a write: an answer that is lost raises NotSent.
    """
    for row in _rows(client, "api_paysid"):
        if country_code(row.name) == code.strip().upper():
            return row.code
    raise InvalidRequest(f"the registrar's table has no country {code!r}", field=field)


def region_id(client: BookMyNameClient, country: str, state: str) -> str:
    """The registrar's number of a state, where addresses of the country need one; else, or if not found, empty.

    Called before a write: an answer that is lost raises NotSent.
    """
    if country.upper() not in _WITH_REGION or not state.strip():
        return ""
    subdivision = pycountry.subdivisions.get(code=f"{country.upper()}-{state.strip().upper()}")
    wanted = words(subdivision.name if subdivision else state)
    found = [row.code for row in _rows(client, "api_regionid") if words(row.name) == wanted]
    return found[0] if len(found) == 1 else ""


def _rows(client: BookMyNameClient, function: str) -> Sequence[TableRow]:
    """One of the two tables, read once for all accounts of an endpoint."""
    key = (client.endpoint, function)
    with _lock:
        known = _tables.get(key)
    if known is None:
        known = values.read_before_write(lambda: client.fetch(function, {}, mapping.table))
        with _lock:
            _tables[key] = known
    return known
