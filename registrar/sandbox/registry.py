"""The registrars that the sandbox imitates: one row each, at a fixed distance from the base port."""

from __future__ import annotations

from socketserver import BaseRequestHandler
from typing import NamedTuple

from registrar.sandbox.bookmyname.dasserver import DasHandler
from registrar.sandbox.bookmyname.family import BookMyName
from registrar.sandbox.family import Family
from registrar.sandbox.mrdomain.family import MrDomain
from registrar.sandbox.namecom.family import NameCom
from registrar.sandbox.netim.family import Netim


class Row(NamedTuple):
    """A family and its port, counted from the control port."""

    offset: int
    family: type[Family]


class LineRow(NamedTuple):
    """A line protocol that a family serves beside its API, on a port of its own.

    The handler's class attribute `family` is set to the family of the running world.
    """

    offset: int
    name: str
    family: type[Family]
    handler: type[BaseRequestHandler]


ROWS: tuple[Row, ...] = (Row(1, MrDomain), Row(2, Netim), Row(3, BookMyName), Row(4, NameCom))
LINE_ROWS: tuple[LineRow, ...] = (LineRow(5, "das", BookMyName, DasHandler),)
# Where all of the zones are served.
DNS_OFFSET = 6
