"""Drafts: what a person is about to change in a zone. Everything that edits a zone goes through these functions.

A draft belongs to one zone and one person, lies in the database, and starts from the version of the zone that was shown
when it began. Nothing in it is at the registrar before it is applied (`panel.dns.applying`). For whoever feeds one:

- `working(zone, user)`: the zone as it would become, to be shown; reads only.
- `draft_from(zone, records, user=...)`: a wanted set of records in place of whatever the draft had: a zone file, a
  template, an older version.
- `put()`, `drop()`, `restore()`: one record.
- `discard()`: nothing is to be changed any more.

Rows are named by `panel.dns.records.row_of`: a record that is there keeps its row while the draft changes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db import transaction

from panel.dns import mirror, records
from panel.dns.merging import Change, Conflict, between, changed, filled, merged
from panel.dns.models import Draft, Version, Zone
from panel.people.models import User
from registrar.types import DnsRecord


class NotRead(LookupError):
    """Nobody knows yet what is in the zone, so nothing can be changed."""


class NoSuchRow(LookupError):
    """There is no such record, in the zone or in the draft."""


class FixedRecord(ValueError):
    """A nameserver of the zone itself: it is set with the name."""


class Twice(ValueError):
    """The record is there already."""


@dataclass(frozen=True, slots=True)
class Working:
    """A zone with a person's changes in it. `moved`: they began with an older state, and were carried over."""

    zone: Zone
    base: tuple[DnsRecord, ...]
    changes: tuple[Change, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    moved: bool = False

    @property
    def wanted(self) -> list[DnsRecord]:
        """The zone as it would become."""
        return changed(self.base, self.changes)

    def wanted_at(self, name: str) -> list[DnsRecord]:
        """The records that a name would have."""
        near = [item for item in self.changes if item.concerns(name)]
        names = {name, *(item.old.name for item in near if item.old is not None)}
        found = changed((record for record in self.base if record.name in names), near)
        return [record for record in found if record.name == name]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to apply and nothing to decide."""
        return not self.changes and not self.conflicts

    def find(self, row: str) -> tuple[DnsRecord | None, Change | None]:
        """The record that is there in this row, and the change of it. Raises NoSuchRow."""
        change = next((item for item in self.changes if item.row == row), None)
        if change is not None:
            return change.old, change
        for record in self.base:
            if records.row_of(record) == row:
                return record, None
        raise NoSuchRow(row)


def working(zone: Zone, user: User) -> Working:
    """The zone with the person's draft in it, carried over to the zone's present state. Reads only."""
    return _working(zone, _found(zone, user))


def put(zone: Zone, user: User, record: DnsRecord, *, row: str = "") -> Working:
    """Add a record, or put it in place of the one in `row`. What it leaves open stays as it is.

    Raises NotRead, NoSuchRow, Twice and FixedRecord, and ValueError for an address that is none.
    """
    with transaction.atomic():
        now = _opened(zone, user)
        old, change = now.find(row) if row else (None, None)
        new = records.normal(record)
        for one in (new, old):
            _refuse_fixed(one, zone)
        new = filled(new, old)
        others = [item for item in now.changes if item is not change]
        if new != old:
            _refuse_twice(new, now, [*others, Change(old, None)] if old else others)
            others.append(Change(old, new))
        return _keep(now, user, others)


def drop(zone: Zone, user: User, row: str) -> Working:
    """Delete a record; one that the draft has added is just forgotten. Raises NotRead, NoSuchRow and FixedRecord."""
    with transaction.atomic():
        now = _opened(zone, user)
        old, change = now.find(row)
        _refuse_fixed(old, zone)
        others = [item for item in now.changes if item is not change]
        return _keep(now, user, [*others, Change(old, None)] if old is not None else others)


def restore(zone: Zone, user: User, row: str) -> Working:
    """Forget the change of one record. Raises NotRead, NoSuchRow, and Twice where something has taken its place."""
    with transaction.atomic():
        now = _opened(zone, user)
        old, change = now.find(row)
        others = [item for item in now.changes if item is not change]
        if old is not None and change is not None:
            _refuse_twice(old, now, [*others, Change(old, None)])
        return _keep(now, user, others)


def draft_from(zone: Zone, wanted: Iterable[DnsRecord], *, user: User) -> Working:
    """Make the draft so that the zone becomes exactly these records, whatever the draft had before.

    Nameservers of the zone itself stay as they are: they are set with the name, so those among `wanted` are left out.
    What a record leaves open (ttl, priority) stays as it is, or is the registrar's choice. Raises NotRead, and
    ValueError for an address that is none.
    """
    with transaction.atomic():
        now = _opened(zone, user)
        name = zone.domain.name
        fixed = [record for record in now.base if records.is_apex_ns(record, name)]
        others = [record for record in map(records.normal, wanted) if not records.is_apex_ns(record, name)]
        changes = between(now.base, list(dict.fromkeys([*fixed, *others])), name)
        # Without nameservers of its own in the zone, those that are left out are not compared; with, they are equal.
        return _keep(replace(now, conflicts=()), user, changes)


def decide(zone: Zone, user: User, mine: Iterable[str]) -> Working:
    """Settle every conflict: what the person wanted for the rows `mine`, for all others what there is now."""
    with transaction.atomic():
        now = _opened(zone, user)
        chosen, changes = set(mine), list(now.changes)
        there = {records.row_of(record): record for record in now.base}
        taken = {change.old for change in changes}
        for conflict in now.conflicts:
            if conflict.row not in chosen:
                continue
            theirs = there.get(records.row_of(conflict.theirs)) if conflict.theirs is not None else None
            old = theirs if theirs not in taken else None
            if (old or conflict.mine.new) and old != conflict.mine.new:
                changes.append(Change(old, conflict.mine.new))
                taken.add(old)
        return _keep(replace(now, conflicts=()), user, changes)


def discard(zone: Zone, user: User) -> None:
    """Forget everything that the person was about to change."""
    Draft.objects.filter(zone=zone, user=user).delete()


def applied(zone: Zone, user: User) -> None:
    """The person's draft has become the zone. What was added to it since then stays a draft."""
    with transaction.atomic():
        if Draft.objects.filter(zone=zone, user=user).exists():
            now = _opened(zone, user)
            _keep(now, user, now.changes)


# --- how it is kept -------------------------------------------------------------------------------------------------


def _working(zone: Zone, draft: Draft | None) -> Working:
    base = tuple(mirror.records_of(zone))
    if draft is None:
        return Working(zone, base)
    changes = tuple(_change(pair) for pair in draft.changes)
    conflicts = tuple(Conflict(_change([old, new]), _record(theirs)) for old, new, theirs in draft.conflicts)
    if draft.base.number == zone.serial:
        return Working(zone, base, changes, conflicts)
    found = merged(mirror.records_of(draft.base), base, changes, zone.domain.name)
    # What somebody else has made of a record while a person was still deciding about it.
    asked = {conflict.row for conflict in found.conflicts}
    waiting = tuple(conflict for conflict in conflicts if conflict.row not in asked)
    return Working(zone, base, found.changes, (*waiting, *found.conflicts), moved=True)


def _opened(zone: Zone, user: User) -> Working:
    """As working(), with the zone and the draft locked until the transaction ends. Raises NotRead."""
    locked = Zone.objects.select_for_update(of=("self",)).select_related("domain").get(pk=zone.pk)
    if not locked.serial or not locked.hosted:
        raise NotRead(str(locked))
    return _working(locked, _found(locked, user))


def _found(zone: Zone, user: User) -> Draft | None:
    """The person's draft. The records that it began with are read only where the zone has moved since."""
    drafts = Draft.objects.filter(zone=zone, user=user).select_related("base").defer("base__records")
    return drafts.first()


def _keep(now: Working, user: User, changes: Sequence[Change]) -> Working:
    """Write the draft; one without anything in it goes."""
    if len({change.row for change in changes}) != len(changes):
        # Something has taken the place of a record that was to go: they are one change.
        changes = between(now.base, changed(now.base, changes), now.zone.domain.name)
    now = replace(now, changes=tuple(changes), moved=False)
    if now.is_empty:
        discard(now.zone, user)
        return now
    base = Version.objects.filter(zone=now.zone, number=now.zone.serial).values_list("pk", flat=True).get()
    Draft.objects.update_or_create(
        zone=now.zone,
        user=user,
        defaults={
            "base_id": base,
            "changes": [[_packed(item.old), _packed(item.new)] for item in now.changes],
            "conflicts": [
                [_packed(item.mine.old), _packed(item.mine.new), _packed(item.theirs)]
                for item in now.conflicts
            ],
        },
    )
    return now


def _refuse_fixed(record: DnsRecord | None, zone: Zone) -> None:
    if record is not None and records.is_apex_ns(record, zone.domain.name):
        raise FixedRecord(record.value)


def _refuse_twice(record: DnsRecord, now: Working, changes: Sequence[Change]) -> None:
    said = (record.name, record.type, record.value)
    others = replace(now, changes=tuple(changes)).wanted_at(record.name)
    if any((other.name, other.type, other.value) == said for other in others):
        raise Twice(record.value)


def _change(pair: Sequence[records.Packed | None]) -> Change:
    old, new = pair
    return Change(_record(old), _record(new))


def _record(row: records.Packed | None) -> DnsRecord | None:
    return None if row is None else records.unpacked(row)


def _packed(record: DnsRecord | None) -> records.Packed | None:
    return None if record is None else records.packed(record)
