"""The registrars that the sandbox imitates: one row each, at a fixed distance from the base port."""

from __future__ import annotations

from typing import NamedTuple

from registrar.sandbox.family import Family
from registrar.sandbox.mrdomain.family import MrDomain


class Row(NamedTuple):
    """A family and its port, counted from the control port."""

    offset: int
    family: type[Family]


ROWS: tuple[Row, ...] = (Row(1, MrDomain),)
