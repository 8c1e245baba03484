"""Deleting a name, and bringing a deleted one back."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from panel.domain.kind import DomainKind, Look, SettingKind, mirrored, name_of, refresh_after
from panel.domain.models import Domain
from panel.domain.planning import capability, plan_about, refuse_while, require
from panel.domain.refusals import NoPrice, NotNow
from panel.operation import remote
from panel.operation.facts import before_sending, read_first, remember
from panel.operation.models import Operation
from panel.operation.registry import Absent, Finding, Happened, Unclear, register
from panel.operation.states import Lane
from panel.people.models import User
from registrar import errors, types

# The house's beat for asking again.
BUSY_SECONDS = 600.0
DELETABLE = frozenset({Domain.Status.ACTIVE, Domain.Status.GRACE})
# What a name that was in good standing comes to by nothing but a deletion.
DELETED = frozenset(
    {types.DomainStatus.REDEMPTION, types.DomainStatus.PENDING_DELETE, types.DomainStatus.DELETED}
)
# A name in one of these does not go away by itself before its date.
LASTING = frozenset({types.DomainStatus.ACTIVE, types.DomainStatus.UNKNOWN})
RESTORED = frozenset(
    {
        types.DomainStatus.ACTIVE,
        types.DomainStatus.RENEWING,
        types.DomainStatus.ON_HOLD,
        types.DomainStatus.GRACE,
    }
)


@register
class DeleteDomain(DomainKind):
    """Give a name up. That it is not there proves it only together with what was read just before it was sent."""

    name = "domain.delete"
    methods = ("domain.delete",)
    deadline = timedelta(days=10)
    calls = 3

    def order(self, operation: Operation, driver: Any) -> types.Outcome[types.DomainInfo | None]:
        if before_sending(operation) is None:
            info: types.DomainInfo = read_first(lambda: driver.domains.info(name_of(operation)))
            if info.busy:
                said = f"something is under way: {info.raw_status}"
                raise errors.RateLimited(said, after=BUSY_SECONDS, reason="busy")
            expiry = info.expires_on.isoformat() if info.expires_on else ""
            remember(operation, status=str(info.status), expires_on=expiry)
        outcome = driver.domains.delete(name_of(operation))
        return types.Pending(outcome.reference) if isinstance(outcome, types.Pending) else types.Done(None)

    def poll(self, operation: Operation, driver: Any) -> types.Outcome[types.DomainInfo | None]:
        if not remote.is_finished(driver, operation.reference, "delete_failed"):
            return types.Pending(operation.reference)
        try:
            info: types.DomainInfo = driver.domains.info(name_of(operation))
        except errors.NotFound:
            return types.Done(None)
        if info.status in DELETED - {types.DomainStatus.PENDING_DELETE}:
            return types.Done(info)
        said = bool(operation.reference) and driver.supports("operation.info").usable
        if said or info.busy or info.status == types.DomainStatus.PENDING_DELETE:
            return types.Pending(operation.reference)
        raise errors.NotFound(f"no deletion is under way any more: in the account as {info.raw_status}")

    def reconcile(self, operation: Operation, driver: Any) -> Finding:
        before = before_sending(operation)
        if before is None:
            return Absent("never sent: the look that comes first was not made")
        running = remote.running(operation, driver, name_of(operation), *self.methods)
        if running is not None:
            return running
        try:
            info: types.DomainInfo = driver.domains.info(name_of(operation))
        except errors.NotFound:
            return self._gone(operation, driver, before)
        if info.status not in DELETED:
            if info.busy:
                raise errors.Conflict(
                    f"something is under way at the registrar: {info.raw_status}", reason="busy"
                )
            return Absent(f"in the account as {info.raw_status or info.status}")
        if before["status"] != types.DomainStatus.ACTIVE:
            return Unclear(f"in the account as {info.raw_status}, which it may have come to by itself")
        if info.busy:
            return Happened(types.Pending(""))
        return Happened(types.Done(info))

    def _gone(self, operation: Operation, driver: Any, before: dict[str, Any]) -> Finding:
        """Not in the account any more. A name that is free was deleted; one that somebody holds may have left."""
        name = name_of(operation)
        if before["status"] not in LASTING or not _outlives(before["expires_on"]):
            return Unclear(
                f"not in the account any more, where it was {before['status']}: it may have run out"
            )
        state = driver.domains.check(name).state
        if state in (types.AvailabilityState.AVAILABLE, types.AvailabilityState.PREMIUM):
            return Happened(types.Done(None))
        return Unclear(f"not in the account any more, and {state}: deleted, or gone to another registrar")

    def apply(self, operation: Operation, value: types.DomainInfo | None) -> dict[str, Any]:
        domain = mirrored(operation)
        restorable = capability(operation.account, operation.payload["tld"], "domain.restore").usable
        if domain is not None:
            domain.status = str(value.status) if value is not None else Domain.Status.DELETED
            domain.raw_status = value.raw_status if value is not None else domain.raw_status
            domain.synced_at = Now()
            domain.save()
        if restorable:
            # Where a deleted name can be brought back, the registrar still shows it, and until when.
            refresh_after(operation)
        return {}


def _outlives(expires_on: str) -> bool:
    """Whether a name that expires then cannot have run out by itself yet."""
    return bool(expires_on) and expires_on >= timezone.now().date().isoformat()


@register
class RestoreDomain(SettingKind):
    """Bring a deleted name back from redemption."""

    name = "domain.restore"
    methods = ("domain.restore",)
    lane = Lane.MONEY
    deadline = timedelta(days=10)

    def send(self, operation: Operation, driver: Any) -> types.Outcome[Any]:
        outcome: types.Outcome[Any] = driver.domains.restore(name_of(operation))
        return outcome

    def look(self, operation: Operation, driver: Any) -> Look:
        try:
            info: types.DomainInfo = driver.domains.info(name_of(operation))
        except errors.NotFound as error:
            return Look(False, f"not in the account any more: {error}")
        return Look(info.status in RESTORED, f"in the account as {info.raw_status}", bool(info.busy))

    def record(self, operation: Operation, domain: Domain) -> None:
        domain.status = Domain.Status.ACTIVE


def require_deletable(domain: Domain) -> None:
    """Raise NotOffered or NotNow unless the name can be given up now."""
    require(domain.account, domain.tld_name, "domain.delete")
    if domain.status not in DELETABLE:
        raise NotNow("not_deletable")
    if domain.modification_lock:
        raise NotNow("locked")


def require_restorable(domain: Domain) -> None:
    """Raise NotOffered or NotNow unless the name can be brought back now."""
    require(domain.account, domain.tld_name, "domain.restore")
    if domain.status != Domain.Status.REDEMPTION:
        raise NotNow("not_restorable")


@transaction.atomic
def plan_delete(domain: Domain, *, actor: User | None, key: str = "") -> Operation:
    """Plan to give a name up, at once. Raises NotOffered, NotNow, and AlreadyOpen also while it is being restored."""
    require_deletable(domain)
    # What undid the other would make it look as if it had never happened, and be sent once more.
    refuse_while(domain, RestoreDomain.name)
    expiry = domain.expires_on.isoformat() if domain.expires_on else ""
    return plan_about(DeleteDomain.name, domain, actor=actor, intent={"from": expiry}, payload={}, key=key)


@transaction.atomic
def plan_restore(domain: Domain, *, actor: User | None, price: Decimal | None, key: str = "") -> Operation:
    """Plan to bring a name back at `price`, which is held; zero is free of charge.

    Raises NotOffered, NotNow, NoPrice, ledger.NotEnoughMoney, and AlreadyOpen also while it is being deleted.
    """
    require_restorable(domain)
    refuse_while(domain, DeleteDomain.name)
    if price is None and domain.customer is not None:
        raise NoPrice
    return plan_about(RestoreDomain.name, domain, actor=actor, intent={}, payload={}, price=price, key=key)
