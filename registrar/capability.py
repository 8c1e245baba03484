"""What a family's API can do, as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Support(StrEnum):
    """How far an operation is supported.

    MANUAL means: possible, but by a person in the registrar's own panel.
    """

    FULL = "full"
    PARTIAL = "partial"
    MANUAL = "manual"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Capability:
    """One line of a family's table. `operation` is module.method; `tlds` None means every extension."""

    operation: str
    support: Support
    note: str = ""
    tlds: frozenset[str] | None = None

    @property
    def usable(self) -> bool:
        """True when a driver's method may be called."""
        return self.support in {Support.FULL, Support.PARTIAL}


class CapabilityTable:
    """The capabilities of one family, looked up by operation and extension."""

    def __init__(self, rows: Iterable[Capability]) -> None:
        self._rows: dict[str, list[Capability]] = {}
        for row in rows:
            self._rows.setdefault(row.operation, []).append(row)

    def __iter__(self) -> Iterator[Capability]:
        for rows in self._rows.values():
            yield from rows

    def find(self, operation: str, tld: str | None = None) -> Capability:
        """The row for an operation: one that names the extension wins over the general one.

        An operation that the table does not know is Support.NONE.
        """
        rows = self._rows.get(operation, [])
        for row in rows:
            if tld is not None and row.tlds is not None and tld.lower().lstrip(".") in row.tlds:
                return row
        for row in rows:
            if row.tlds is None:
                return row
        return Capability(operation, Support.NONE, "not offered by this registrar's API")
