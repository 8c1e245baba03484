"""What is wrong with a zone, or deserves a second look, before anything of it is sent. Pure functions."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace

from panel.dns.lint import change, mail, together, values
from panel.dns.lint.remark import ORDER, Level, Remark, Row, row_of
from panel.dns.lint.together import Zone
from registrar.types import DnsRecord, RecordType

__all__ = ["Level", "Remark", "check"]

ALL_TYPES = frozenset(RecordType)


def check(
    before: Iterable[DnsRecord],
    after: Iterable[DnsRecord],
    zone: str,
    *,
    hosted_types: Iterable[RecordType] = ALL_TYPES,
    minimum_ttl: int = 0,
) -> list[Remark]:
    """Remarks on taking a zone from `before` to `after`: errors first, then what needs a second yes, then warnings.

    `hosted_types` and `minimum_ttl` (seconds) are those of the registrar that keeps the zone. What was already so in
    `before` is marked `old`, and an error among it is a warning: it must not hold up the change of something else.
    The time is linear in the number of records.
    """
    hosted = frozenset(hosted_types)
    rows: dict[DnsRecord, Row] = {}
    was, will = _zone(before, zone, rows), _zone(after, zone, rows)
    found = list(_within(will, hosted, minimum_ttl))
    if found and was.rows:
        names = {remark.name for remark in found}
        known = {remark.key for remark in _within(was, hosted, minimum_ttl, names)}
        found = [_as_old(remark) if remark.key in known else remark for remark in found]
    found += change.remarks(was, will)
    return sorted(found, key=lambda remark: (ORDER[remark.level], remark.old))


def _zone(records: Iterable[DnsRecord], name: str, rows: dict[DnsRecord, Row]) -> Zone:
    """The zone for looking things up; most records are there before and after, and are read once."""
    found = []
    for record in records:
        row = rows.get(record)
        if row is None:
            row = rows[record] = row_of(record)
        found.append(row)
    return Zone(found, name)


def _within(
    zone: Zone, hosted: frozenset[RecordType], minimum_ttl: int, names: Container[str] | None = None
) -> Iterator[Remark]:
    """What is wrong in a zone; of these names only, where some are given."""
    for row in zone.rows:
        if names is not None and row.name not in names:
            continue
        yield from values.remarks(row, zone.name, hosted, minimum_ttl)
        if row.type == RecordType.TXT:
            yield from mail.remarks(row)
    yield from together.remarks(zone, names)


def _as_old(remark: Remark) -> Remark:
    level = Level.WARNING if remark.level == Level.ERROR else remark.level
    return replace(remark, level=level, old=True)
