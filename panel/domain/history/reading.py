"""Reading a registrar's own history of a name into rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from panel.core.text import storable
from panel.domain.history.models import RegistrarLine
from panel.domain.kind import mirrored, name_of
from panel.domain.models import Domain
from panel.domain.operations_read import Reading
from panel.operation.models import Operation
from panel.operation.registry import register
from registrar import types

PAGE = 1000
MOST_PAGES = 3


@register
class ReadHistory(Reading):
    """Read what the registrar itself wrote down about the name."""

    name = "domain.read_history"
    methods = ("domain.history",)
    calls = MOST_PAGES

    def submit(self, operation: Operation, driver: Any) -> types.Outcome[tuple[types.HistoryEntry, ...]]:
        found: list[types.HistoryEntry] = []
        for number in range(1, MOST_PAGES + 1):
            page = driver.domains.history(name_of(operation), page=number, page_length=PAGE)
            found += page.items
            if page.is_last:
                break
        return types.Done(tuple(found))

    def apply(self, operation: Operation, value: tuple[types.HistoryEntry, ...] | None) -> dict[str, Any]:
        domain = mirrored(operation)
        if domain is not None and value:
            keep_lines(domain, value)
        return {}


def keep_lines(domain: Domain, entries: Iterable[types.HistoryEntry]) -> None:
    """Add what is new among the lines; the registrar may have forgotten what it told before."""
    lines = [
        RegistrarLine(
            domain=domain,
            at=entry.at,
            title=storable(entry.title),
            message=storable(entry.message),
            who=storable(entry.user),
            address=storable(entry.ip)[:45],
            mark=_mark(entry),
        )
        for entry in entries
    ]
    RegistrarLine.objects.bulk_create(lines, batch_size=500, ignore_conflicts=True)


def _mark(entry: types.HistoryEntry) -> str:
    told = "\n".join((entry.at.isoformat(), entry.title, entry.message, entry.user))
    return hashlib.blake2s(told.encode(errors="replace"), digest_size=16).hexdigest()
