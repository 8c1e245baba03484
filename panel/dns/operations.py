"""The zone's kinds of operations: a zone in place of the one that is there, and the registrar's own in its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction

from panel.dns import drafts, mirror, records
from panel.dns.operations_read import read_after
from panel.dns.zones import read_zone
from panel.domain.kind import Look, SettingKind, mirrored, name_of
from panel.domain.models import Domain
from panel.domain.planning import capability, plan_about, refuse_while, require, require_changeable
from panel.domain.refusals import BadValue, NotOffered
from panel.domain.steps import Step, carry_out, has_begun, mark_of
from panel.operation import remote
from panel.operation.facts import before_sending, read_first, remember
from panel.operation.models import Operation
from panel.operation.registry import Absent, Finding, Happened, Unclear, register
from panel.people.models import User
from registrar import errors, types
from registrar.zones import zone_rules

AT_ONCE = "dns.replace"
ONE_BY_ONE = ("dns.create", "dns.delete")
# One record of a zone that goes at once goes by itself, and all of them too, where the registrar has calls for that.
ALONE = ("dns.info", "dns.create", "dns.update", "dns.delete")
ALL_AWAY = "dns.delete_all"
DEFAULTS = "dns.restore"


class ZoneKind(SettingKind):
    """Something that is done to a whole zone."""

    def failed(self, operation: Operation) -> None:
        """The zone may be another one than was believed, or half changed: it is read again."""
        if operation.sends:
            read_after(operation)


@register
class SetZone(ZoneKind):
    """A wanted zone, whole or record by record as the registrar takes it, from the zone that its editor saw."""

    name = "dns.zone"
    methods = (AT_ONCE, *ONE_BY_ONE)

    def order(self, operation: Operation, driver: Any) -> types.Outcome[None]:
        zone, wanted = name_of(operation), _wanted(operation)
        shown = _as_it_was_seen(operation, driver)
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
        alone = send_alone(driver, zone, found)
        if alone is not None:
            return alone
        if not records.keeps_apex(wanted, zone):
            wanted += [record for record in shown if records.is_apex_ns(record, zone)]
        outcome: types.Outcome[None] = (
            driver.dns.replace(zone, wanted) if wanted else driver.dns.delete_all(zone)
        )
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


@register
class RestoreZone(ZoneKind):
    """The registrar's own records in place of all that there are. Which those are, only a reading afterwards tells."""

    name = "dns.restore"
    methods = (DEFAULTS,)

    def order(self, operation: Operation, driver: Any) -> types.Outcome[Any]:
        outcome = self.send(operation, driver)
        if isinstance(outcome, types.Pending):
            return outcome
        try:
            return types.Done(tuple(read_zone(driver, name_of(operation))))
        except errors.RegistrarError as error:
            # It was done, and what there is now is not known: looking once more tells.
            raise errors.OutcomeUnknown(f"restored, not read: {error.message}", code=error.code) from error

    def send(self, operation: Operation, driver: Any) -> types.Outcome[None]:
        shown = _as_it_was_seen(operation, driver)
        remember(operation, mark=mark_of(map(records.line, shown)))
        outcome: types.Outcome[None] = driver.dns.restore(name_of(operation))
        return outcome

    def look(self, operation: Operation, driver: Any) -> Look:
        return _moved(operation, read_zone(driver, name_of(operation)))

    def reconcile(self, operation: Operation, driver: Any) -> Finding:
        shown = tuple(read_zone(driver, name_of(operation)))
        found = _moved(operation, shown)
        return Happened(types.Done(shown)) if found.as_wanted else Absent(found.seen)

    def apply(self, operation: Operation, value: Any) -> dict[str, Any]:
        """What was read after it is the zone, and is read now where nobody has: drafts are carried over to it."""
        domain = mirrored(operation)
        if domain is None:
            return {}
        if value is None:
            read_after(operation)
            return {}
        return {"version": mirror.record_applied(operation, domain, value).serial}


def _as_it_was_seen(operation: Operation, driver: Any) -> Sequence[types.DnsRecord]:
    """The zone as it is. Raises Guarded(zone_moved) where, before the first send, it is not the one that was seen."""
    shown: Sequence[types.DnsRecord] = read_first(lambda: read_zone(driver, name_of(operation)))
    seen = operation.payload["seen"]
    if seen and before_sending(operation) is None and seen != mark_of(map(records.line, shown)):
        raise errors.Guarded("the zone is not any more as it was shown", reason="zone_moved")
    return shown


def _moved(operation: Operation, shown: Iterable[types.DnsRecord]) -> Look:
    """Whether the zone is another one than before the first send. Where it is not, doing it again does no harm."""
    moved = has_begun(operation, map(records.line, shown))
    return Look(moved, "the zone is another one" if moved else "the zone is as it was before")


def send_alone(driver: Any, zone: str, found: records.Difference) -> types.Outcome[Any] | None:
    """Change one record by itself, so that no other one is written; None where there is more to be done than that.

    Raises Guarded(zone_moved) where the registrar's identifier names another record by now.
    """
    old, new = (next(iter(side), None) for side in (found.surplus, found.missing))
    same = old is None or new is None or (records.normal(old).name, old.type) == (new.name, new.type)
    if max(len(found.surplus), len(found.missing)) > 1 or not same:
        return None
    if not all(driver.supports(method).usable for method in ALONE):
        return None
    outcome: types.Outcome[Any]
    if old is None:
        outcome = driver.dns.create(zone, new)
        return outcome
    try:
        there = read_first(lambda: driver.dns.info(zone, old.identifier))
    except errors.NotFound:
        there = None
    if there is None or records.line(there) != records.line(old):
        raise errors.Guarded("the record is not any more as it was shown", reason="zone_moved")
    if new is None:
        outcome = driver.dns.delete(zone, old)
    else:
        outcome = driver.dns.update(zone, replace(new, identifier=old.identifier))
    return outcome


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
    refuse_while(domain, RestoreZone.name)
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
    if outside or len(set(lines)) != len(lines):
        raise BadValue("records")
    if not wanted and at_once:
        require(domain.account, domain.tld_name, ALL_AWAY)
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


@transaction.atomic
def plan_restore(domain: Domain, *, actor: User | None, seen: Sequence[types.DnsRecord]) -> Operation:
    """Plan the registrar's own records in place of the zone, only while it still is the one that was shown (`seen`).

    Raises NotOffered, NotNow and AlreadyOpen.
    """
    rules = zone_rules(domain.account.family)
    if rules is None or not rules.has_defaults:
        raise NotOffered(DEFAULTS)
    require(domain.account, domain.tld_name, DEFAULTS)
    require_changeable(domain)
    refuse_while(domain, SetZone.name)
    payload = {"seen": mark_of(map(records.line, seen))}
    return plan_about(RestoreZone.name, domain, actor=actor, intent=payload, payload=payload)
