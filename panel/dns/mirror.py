"""Keeping zones as registrars show them, and every state that they were in as a version."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models.functions import Now

from panel.dns import records
from panel.dns.models import Version, Zone
from panel.domain.models import Domain
from panel.domain.steps import mark_of
from panel.operation.models import Operation
from panel.operation.states import State
from panel.people.models import User
from registrar.types import DnsRecord

# The kinds that change zones.
OURS = ("dns.zone", "dns.restore")


def records_of(state: Zone | Version) -> list[DnsRecord]:
    """The records of a zone or of one of its versions, in reading order."""
    return [records.unpacked(row) for row in state.records]


def mark(found: Iterable[DnsRecord]) -> str:
    """What tells this state of a zone from any other one, whatever the order of its records."""
    return mark_of(map(records.line, found))


def record_reading(domain: Domain, shown: Sequence[DnsRecord] | None, operation: Operation) -> Zone:
    """Keep what the registrar showed of a name's zone; None where it has none. Call it inside a transaction.

    What was read before a change of ours was applied says nothing of what there is now, and is not kept.
    """
    zone = _locked(domain)
    begun = operation.attempts.order_by("number").values_list("started_at", flat=True).last()
    since = begun or operation.created_at
    if zone.versions.filter(at__gt=since, source=Version.Source.APPLIED).exists():
        return zone
    if shown is None:
        Zone.objects.filter(pk=zone.pk).update(
            hosted=False, records=[], mark="", read_at=Now(), updated_at=Now()
        )
        zone.refresh_from_db()
        return zone
    rows = _rows(shown)
    new_mark = mark(map(records.unpacked, rows))
    if zone.serial and new_mark != zone.mark and _is_filled_in(zone, shown):
        # What we had left to the registrar (ttl, priority) is told by now: the same version, complete.
        Version.objects.filter(zone=zone, number=zone.serial).update(
            records=rows, mark=new_mark, count=len(rows)
        )
    elif not zone.serial or new_mark != zone.mark:
        zone.serial = _add_version(zone, rows, new_mark, source=_why_changed(zone))
    _write(zone, rows, new_mark, read_at=Now(), hosted=True)
    return zone


def record_applied(operation: Operation, domain: Domain, wanted: Sequence[DnsRecord]) -> Zone:
    """Keep a zone that was put in place of the one that was there. Call it inside a transaction; twice does no harm."""
    zone = _locked(domain)
    if Version.objects.filter(operation=operation).exists():
        return zone
    if not records.keeps_apex(wanted, domain.name):
        wanted = [*wanted, *(row for row in records_of(zone) if records.is_apex_ns(row, domain.name))]
    rows = _rows(wanted)
    new_mark = mark(map(records.unpacked, rows))
    zone.serial = _add_version(
        zone, rows, new_mark, source=Version.Source.APPLIED, operation=operation, actor=operation.actor
    )
    _write(zone, rows, new_mark, hosted=True)
    return zone


def _locked(domain: Domain) -> Zone:
    Zone.objects.get_or_create(domain=domain)
    return Zone.objects.select_for_update(of=("self",)).get(domain=domain)


def _rows(found: Iterable[DnsRecord]) -> list[records.Packed]:
    return [records.packed(row) for row in sorted(map(records.normal, found), key=records.place_of)]


def _is_filled_in(zone: Zone, shown: Sequence[DnsRecord]) -> bool:
    """Whether the zone is still what we applied, but for what we had left open."""
    current = Version.objects.filter(zone=zone, number=zone.serial, source=Version.Source.APPLIED)
    return current.exists() and records.compared(shown, records_of(zone), zone.domain.name).is_none


def _why_changed(zone: Zone) -> Version.Source:
    """Where a state comes from that we did not apply."""
    if not zone.serial:
        return Version.Source.READ
    known_since = zone.versions.filter(number=zone.serial).values_list("at", flat=True).get()
    ours = Operation.objects.filter(subject=zone.domain.subject, kind__in=OURS, sends__gt=0)
    ours = ours.filter(updated_at__gte=known_since).exclude(state=State.SUCCEEDED)
    # A change that found another zone than was shown has touched nothing.
    begun = ours.exclude(reason="zone_moved").exists()
    return Version.Source.PARTWAY if begun else Version.Source.ELSEWHERE


def _add_version(
    zone: Zone,
    rows: list[records.Packed],
    new_mark: str,
    *,
    source: Version.Source,
    operation: Operation | None = None,
    actor: User | None = None,
) -> int:
    version = Version.objects.create(
        zone=zone, number=zone.serial + 1, source=source, records=rows, mark=new_mark, count=len(rows),
        operation=operation, actor=actor, at=Now(),
    )  # fmt: skip
    return version.number


def _write(zone: Zone, rows: list[records.Packed], new_mark: str, **fields: Any) -> None:
    Zone.objects.filter(pk=zone.pk).update(
        records=rows, mark=new_mark, serial=zone.serial, updated_at=Now(), **fields
    )
    zone.refresh_from_db()
