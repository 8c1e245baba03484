"""The zone's kind of operation: a whole zone in place of the one that is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from panel.dns import drafts, mirror, records
from panel.dns.operations_read import read_after
from panel.dns.zones import read_zone
from panel.domain.kind import Look, SettingKind, mirrored, name_of
from panel.domain.models import Domain
from panel.domain.planning import capability, plan_about, require, require_changeable
from panel.domain.refusals import BadValue
from panel.domain.steps import Step, carry_out, has_begun, mark_of
from panel.operation import remote
from panel.operation.facts import before_sending, read_first, remember
from panel.operation.models import Operation
from panel.operation.registry import Finding, Unclear, register
from panel.people.models import User
from registrar import errors, types

AT_ONCE = "dns.replace"
ONE_BY_ONE = ("dns.create", "dns.delete")


@register
class SetZone(SettingKind):
    """A wanted zone, whole or record by record as the registrar takes it, from the zone that its editor saw."""

    name = "dns.zone"
    methods = (AT_ONCE, *ONE_BY_ONE)

    def order(self, operation: Operation, driver: Any) -> types.Outcome[None]:
        zone, wanted = name_of(operation), _wanted(operation)
        shown = read_first(lambda: read_zone(driver, zone))
        if before_sending(operation) is None:
            seen = operation.payload["seen"]
            if seen and seen != mark_of(map(records.line, shown)):
                raise errors.Guarded("the zone is not any more as it was shown", reason="zone_moved")
        found = records.compared(shown, wanted, zone)
        if driver.supports(AT_ONCE).usable:
            return self._replace(operation, driver, shown, found)
        blocking = records.blocking(found.surplus, found.missing)
        first = set(blocking)
        others = [record for record in found.surplus if record not in first]
        steps = [_deletion(driver, zone, record) for record in blocking]
        steps += [_creation(driver, zone, record) for record in found.missing]
        steps += [_deletion(driver, zone, record) for record in others]
        return carry_out(operation, map(records.line, shown), steps)

    def _replace(
        self,
        operation: Operation,
        driver: Any,
        shown: Sequence[types.DnsRecord],
        found: records.Difference,
    ) -> types.Outcome[None]:
        zone, wanted = name_of(operation), _wanted(operation)
        remember(operation, mark=mark_of(map(records.line, shown)))
        if found.is_none:
            return types.Done(None)
        if not records.keeps_apex(wanted, zone):
            wanted += [record for record in shown if records.is_apex_ns(record, zone)]
        outcome: types.Outcome[None] = driver.dns.replace(zone, wanted)
        return outcome

    def send(self, operation: Operation, driver: Any) -> types.Outcome[Any]:
        return self.order(operation, driver)

    def look(self, operation: Operation, driver: Any) -> Look:
        zone = name_of(operation)
        shown = read_zone(driver, zone)
        found = records.compared(shown, _wanted(operation), zone)
        # A zone that goes as a whole is never half there: somebody else has changed it.
        piecemeal = not driver.supports(AT_ONCE).usable
        begun = piecemeal and has_begun(operation, map(records.line, shown))
        return Look(found.is_none, str(found), begun=begun)

    def poll(self, operation: Operation, driver: Any) -> types.Outcome[None]:
        """Every record may be an operation of its own: only the zone tells that all of them are over."""
        if not remote.is_finished(driver, operation.reference, "refused_by_registry"):
            return types.Pending(operation.reference)
        shown = self.look(operation, driver)
        if shown.as_wanted:
            return types.Done(None)
        if remote.running(operation, driver, name_of(operation), *self.methods) is not None:
            return types.Pending(operation.reference)
        raise errors.NotFound(f"no change is under way any more: {shown.seen}")

    def reconcile(self, operation: Operation, driver: Any) -> Finding:
        """A change of one record that is under way proves nothing of the others: it is waited for."""
        running = remote.running(operation, driver, name_of(operation), *self.methods)
        if isinstance(running, Unclear):
            return running
        if running is not None:
            raise errors.Conflict("records of the zone are being changed", reason="busy")
        return super().reconcile(operation, driver)

    def apply(self, operation: Operation, value: None) -> dict[str, Any]:
        """The zone is as it was wanted; what was left to the registrar is read afterwards."""
        domain = mirrored(operation)
        if domain is None:
            return {}
        zone = mirror.record_applied(operation, domain, _wanted(operation))
        if operation.actor is not None:
            drafts.applied(zone, operation.actor)
        read_after(operation)
        return {"version": zone.serial}

    def failed(self, operation: Operation) -> None:
        """The zone may be another one than was believed, or half changed: it is read again."""
        if operation.sends:
            read_after(operation)


def _wanted(operation: Operation) -> list[types.DnsRecord]:
    return [records.from_kept(row) for row in operation.payload["records"]]


def _creation(driver: Any, zone: str, record: types.DnsRecord) -> Step:
    return lambda: driver.dns.create(zone, record)


def _deletion(driver: Any, zone: str, record: types.DnsRecord) -> Step:
    return lambda: driver.dns.delete(zone, record)


@transaction.atomic
def plan_zone(
    domain: Domain,
    wanted: Sequence[types.DnsRecord],
    *,
    actor: User | None,
    seen: Sequence[types.DnsRecord] | None = None,
    base: int = 0,
    key: str = "",
) -> Operation:
    """Plan a whole zone in place of the one that is there; with `seen`, only while it still is the one that was shown.

    `base` is the number of the version that was shown, for telling afterwards what became of each record.
    Raises NotOffered, NotNow, BadValue(records or value) and AlreadyOpen.
    """
    at_once = capability(domain.account, domain.tld_name, AT_ONCE).usable
    for method in (AT_ONCE,) if at_once else ONE_BY_ONE:
        require(domain.account, domain.tld_name, method)
    require_changeable(domain)
    try:
        rows = [records.normal(record) for record in wanted]
    except ValueError:
        raise BadValue("value") from None
    lines, names = [records.line(row) for row in rows], [row.name for row in rows]
    outside = [name for name in names if name != domain.name and not name.endswith(f".{domain.name}")]
    if not wanted or outside or len(set(lines)) != len(lines):
        raise BadValue("records")
    return plan_about(
        SetZone.name,
        domain,
        actor=actor,
        intent={"records": sorted(lines)},
        payload={
            "records": [records.kept(row) for row in rows],
            "seen": mark_of(map(records.line, seen)) if seen is not None else "",
            "base": base,
        },
        key=key,
    )
