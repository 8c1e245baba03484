"""Changes of a zone as pairs of records, and what becomes of them when the zone has moved meanwhile. Pure functions."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from panel.dns import records
from registrar.types import DnsRecord, RecordType

PRIORITIZED = frozenset({RecordType.MX, RecordType.SRV})
# What registrars take where none is told; one of them wants to be told.
USUAL_PRIORITY = 10


@dataclass(frozen=True, slots=True)
class Change:
    """A record in place of another one. Without `old` it is added, without `new` deleted."""

    old: DnsRecord | None
    new: DnsRecord | None

    @property
    def kind(self) -> str:
        """ "add", "change" or "delete"."""
        if self.old is None:
            return "add"
        return "delete" if self.new is None else "change"

    @property
    def record(self) -> DnsRecord:
        """The record that it is about: the new one, or the one that goes."""
        found = self.new or self.old
        assert found is not None
        return found

    def concerns(self, name: str) -> bool:
        """Whether a record of the name goes or comes."""
        return any(record is not None and record.name == name for record in (self.old, self.new))

    @property
    def row(self) -> str:
        """What names it: the row of the record that is there, or of the one that comes."""
        found = self.old or self.new
        assert found is not None
        return records.row_of(found)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A change whose old record is not any more as it was: `theirs` is what it has become, None for gone."""

    mine: Change
    theirs: DnsRecord | None

    @property
    def row(self) -> str:
        """What names it."""
        return self.mine.row


@dataclass(frozen=True, slots=True)
class Merged:
    """Changes carried over to another state of the zone."""

    changes: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]


def changed(base: Iterable[DnsRecord], changes: Iterable[Change]) -> list[DnsRecord]:
    """The zone that the changes make of `base`: in its order, what is added at the end."""
    instead: dict[DnsRecord, deque[DnsRecord | None]] = defaultdict(deque)
    added = []
    for change in changes:
        if change.old is not None:
            instead[change.old].append(change.new)
        elif change.new is not None:
            added.append(change.new)
    found: list[DnsRecord] = []
    for record in base:
        waiting = instead.get(record)
        new = waiting.popleft() if waiting else record
        if new is not None:
            found.append(new)
    # The same record twice is one.
    return list(dict.fromkeys([*found, *added]))


def between(base: Sequence[DnsRecord], wanted: Sequence[DnsRecord], zone: str) -> list[Change]:
    """The changes that take one zone to another one, those of the same name and type as a record in place of another.

    A wanted record that leaves ttl or priority open is the one that is there, whatever they are. Nameservers of the
    zone itself are no part of it where the wanted zone names none.
    """
    found = records.compared(base, wanted, zone)
    missing = list(map(records.normal, found.missing))
    # A name may have thousands of records of one type: none is looked for among all of them.
    saying: dict[tuple[str, str, str], deque[int]] = defaultdict(deque)
    for number, new in enumerate(missing):
        saying[new.name, new.type, new.value].append(number)
    changes, rest = [], []
    taken: set[int] = set()
    for old in map(records.normal, found.surplus):
        # First those that say the same, with another ttl or priority.
        same = saying[old.name, old.type, old.value]
        if same:
            taken.add(same[0])
            changes.append(Change(old, filled(missing[same.popleft()], old)))
        else:
            rest.append(old)
    coming: dict[tuple[str, str], deque[DnsRecord]] = defaultdict(deque)
    for number, new in enumerate(missing):
        if number not in taken:
            coming[new.name, new.type].append(new)
    for old in rest:
        waiting = coming[old.name, old.type]
        changes.append(Change(old, filled(waiting.popleft(), old)) if waiting else Change(old, None))
    changes += [Change(None, filled(new, None)) for waiting in coming.values() for new in waiting]
    return sorted(changes, key=lambda change: records.place_of(change.record))


def filled(new: DnsRecord, old: DnsRecord | None) -> DnsRecord:
    """What the new one leaves open is as it was; a priority that is nowhere told is the usual one."""
    ttl = old.ttl if new.ttl is None and old is not None else new.ttl
    priority = old.priority if new.priority is None and old is not None else new.priority
    if priority is None and new.type in PRIORITIZED:
        priority = USUAL_PRIORITY
    return replace(new, ttl=ttl, priority=priority)


def merged(
    base: Sequence[DnsRecord], current: Sequence[DnsRecord], changes: Iterable[Change], zone: str
) -> Merged:
    """Carry changes of `base` over to `current`, in which somebody else has changed something.

    What has come about by itself is dropped. A change of a record that is not any more as it was is a conflict: nobody
    but the person who wants it can say whether it still makes sense.
    """
    left = Counter(current)
    moves = {change.old: change.new for change in between(base, current, zone) if change.old is not None}
    there = {records.row_of(record): record for record in current}
    kept: list[Change] = []
    conflicts: list[Conflict] = []
    for change in changes:
        if change.old is not None and left[change.old]:
            left[change.old] -= 1
            kept.append(change)
            continue
        theirs = moves.get(change.old) if change.old is not None else None
        if change.new is None:
            if theirs is not None:
                conflicts.append(Conflict(change, theirs))
            continue
        same = there.get(records.row_of(change.new))
        if same is not None and change.new.ttl in (None, same.ttl):
            continue
        if change.old is None and same is None:
            kept.append(change)
        else:
            conflicts.append(Conflict(change, same or theirs))
    return Merged(tuple(kept), tuple(conflicts))
