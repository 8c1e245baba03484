"""What became of each record of a change, as far as the zone has been read since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from panel.dns import mirror, records
from panel.dns.merging import Change, between
from panel.dns.models import Version, Zone
from panel.operation.models import Operation
from panel.operation.states import State
from registrar.types import DnsRecord


@dataclass(frozen=True, slots=True)
class Result:
    """One change of an operation. `made` None: nobody knows yet. `half`: the old record is gone, and nothing came."""

    change: Change
    made: bool | None
    half: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """The results of an operation. `base` is the zone that it started from, `wanted` what it was to become."""

    operation: Operation
    results: tuple[Result, ...]
    base: tuple[DnsRecord, ...]
    wanted: tuple[DnsRecord, ...]

    @property
    def made(self) -> int:
        """How many changes were made."""
        return sum(1 for result in self.results if result.made)

    @property
    def is_known(self) -> bool:
        """Whether the zone was read since, so that the results say something."""
        return bool(self.results) and all(result.made is not None for result in self.results)

    @property
    def is_partway(self) -> bool:
        """Whether it stopped in the middle: some of it was made, and not all."""
        over = self.operation.is_final and self.operation.state != State.SUCCEEDED
        begun = any(result.made or result.half for result in self.results)
        return over and self.is_known and begun and self.made < len(self.results)


def outcome_of(operation: Operation, zone: Zone) -> Outcome:
    """What became of a change of the zone. One that restores defaults knows of no records."""
    wanted = tuple(records.from_kept(row) for row in operation.payload.get("records", ()))
    number = operation.payload.get("base") or 0
    version = Version.objects.filter(zone=zone, number=number).first()
    if version is None:
        return Outcome(operation, (), (), wanted)
    base = tuple(mirror.records_of(version))
    changes = between(base, wanted, zone.domain.name)
    if operation.state == State.SUCCEEDED:
        found = tuple(Result(change, True) for change in changes)
    elif _read_since(zone, operation.finished_at or operation.updated_at):
        there = mirror.records_of(zone)
        rows, known = {records.row_of(record): record for record in there}, set(there)
        found = tuple(_result(change, rows, known) for change in changes)
    else:
        found = tuple(Result(change, None) for change in changes)
    return Outcome(operation, found, base, wanted)


def _read_since(zone: Zone, moment: datetime) -> bool:
    return zone.read_at is not None and zone.read_at >= moment


def _result(change: Change, rows: dict[str, DnsRecord], there: set[DnsRecord]) -> Result:
    gone = change.old is not None and change.old not in there
    if change.new is None:
        return Result(change, gone)
    found = rows.get(records.row_of(change.new))
    made = found is not None and change.new.ttl in (None, found.ttl)
    return Result(change, made, half=gone and not made)
