"""A page of a registrar's list, kept: what is new is added, what differs is changed, what is the same is not written.

Databases differ in how rows are compared and written at once (`storing_copy`, `storing_rows`); what is done with them
is here, and the same.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

import structlog
from django.db import DatabaseError, connection, transaction

from panel.account.models import Account, SyncRun
from panel.account.runs import Listing, Tally
from panel.contact.models import ContactHandle, handle_of
from panel.contact.sync import store_records
from panel.domain.drift import book
from panel.domain.drift.models import Sighting
from panel.domain.passes.lines import Details, Lines, lines_of
from panel.domain.queries import ROLES
from registrar import types

log = structlog.get_logger(__name__)

# Contacts that one turn of a pass remembers, so that those of many names are looked at once.
MOST_REMEMBERED = 20_000


@dataclass(slots=True)
class Compared:
    """A page beside the mirror: keys of rows that are as the page says, and names by what they are otherwise.

    `changed` are keys by name: of rows that differ, or of which an item is open.
    """

    same: list[int] = field(default_factory=list)
    changed: dict[str, int] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)


class Writer(Protocol):
    """What a database brings to it. All of it runs in one transaction, page by page."""

    def __init__(self, account: Account, lines: Lines, asked_at: datetime) -> None: ...

    def compare(self) -> Compared:
        """The page beside the mirror."""
        ...

    def readings(self, changed: dict[str, int], servers: Any) -> list[book.Seen]:
        """What the page makes of these rows, which are locked: those that did not change meanwhile."""
        ...

    def write(self, names: Sequence[str]) -> tuple[list[int], int]:
        """Add and change rows: the keys of the added, and the number of the changed. Raises DatabaseError."""
        ...


def _writer() -> type[Writer]:
    if connection.vendor == "postgresql":
        from panel.domain.passes.storing_copy import Copying

        return Copying
    from panel.domain.passes.storing_rows import Saving

    return Saving


@dataclass(slots=True)
class Keeper:
    """Keeps the pages of one turn of a pass."""

    _known: dict[str, tuple[types.ContactRecord, int]] = field(default_factory=dict)

    def store(self, sync: SyncRun, listing: Listing[types.DomainSummary], details: Details) -> Tally:
        """Keep a page. Never raises for a line: what cannot be kept is counted and logged."""
        tally = Tally(seen=len(listing.items))
        details.handles = self._store_contacts(sync, details)
        lines = lines_of({item.name: item for item in listing.items}, details)
        writer = _writer()(sync.account, lines, listing.asked_at)
        found = writer.compare()
        for name in found.foreign:
            log.warning("sync_foreign", name=name, account=sync.account.label)
            tally.skipped += 1
        free = (
            book.quiet([*found.new, *found.changed], listing.asked_at)
            if found.new or found.changed
            else set()
        )
        changed = {name: key for name, key in found.changed.items() if name in free}
        readings = writer.readings(changed, details.nameservers) if changed else []
        names = [name for name in (*found.new, *changed) if name in free]
        added = _write(tally, names, writer.write)
        book.note(sync.account, readings)
        _remember(sync, array("q", [*found.same, *found.changed.values(), *added]))
        return tally

    def _store_contacts(self, sync: SyncRun, details: Details) -> dict[str, int]:
        """The keys of the contacts by handle. What this turn has kept already, and is the same, is not kept again."""
        found = {
            record.handle: record
            for contacts in details.contacts.values()
            for record in (getattr(contacts, role) for role in ROLES)
            if record is not None
        }
        unknown = [
            record
            for handle, record in found.items()
            if handle not in self._known or self._known[handle][0] != record
        ]
        if unknown:
            kept = _keep(sync.account, unknown)
            if len(self._known) > MOST_REMEMBERED:
                self._known.clear()
            for record in unknown:
                row = kept.get(handle_of(record))
                if row is not None:
                    self._known[record.handle] = (record, row.pk)
        return {handle: self._known[handle][1] for handle in found if handle in self._known}


def _keep(account: Account, records: list[types.ContactRecord]) -> dict[str, ContactHandle]:
    try:
        with transaction.atomic():
            return store_records(account, records)
    except DatabaseError as error:
        log.warning("sync_contacts_not_kept", error=type(error).__name__)
        return {}


def _write(
    tally: Tally, names: list[str], write: Callable[[Sequence[str]], tuple[list[int], int]]
) -> list[int]:
    """Write rows at once, or by halves where the database refuses one of them. Returns the keys of the added."""
    if not names:
        return []
    try:
        with transaction.atomic():
            added, changed = write(names)
    except DatabaseError:
        if len(names) == 1:
            log.warning("sync_line_not_kept", name=names[0])
            tally.skipped += 1
            return []
        half = len(names) // 2
        return _write(tally, names[:half], write) + _write(tally, names[half:], write)
    tally.added += len(added)
    tally.changed += changed
    return added


def _remember(sync: SyncRun, keys: array[int]) -> None:
    Sighting.objects.bulk_create(
        [Sighting(run=sync, page=sync.next_page, keys=keys.tobytes())],
        update_conflicts=True,
        unique_fields=["run", "page"],
        update_fields=["keys"],
    )
