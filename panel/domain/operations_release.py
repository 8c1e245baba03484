"""Handing a name over to its registrant, who becomes the registrar's own customer: the name leaves the account."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from panel.domain.kind import DomainKind, mirrored, name_of
from panel.domain.models import Domain
from panel.domain.operations_end import BUSY_SECONDS
from panel.domain.planning import capability, plan_about, require, require_changeable
from panel.operation import remote
from panel.operation.facts import before_sending, read_first, remember
from panel.operation.models import Operation
from panel.operation.registry import Absent, Finding, Happened, Unclear, register
from panel.people.models import User
from registrar import errors, types

ACTIVE, AWAY = types.DomainStatus.ACTIVE, types.DomainStatus.TRANSFERRED_AWAY


@register
class ReleaseDomain(DomainKind):
    """Release a name. That it is not there any more proves it only together with what was read before it was sent."""

    name = "domain.release"
    methods = ("domain.release",)
    deadline = timedelta(days=10)
    calls = 3

    def order(self, operation: Operation, driver: Any) -> types.Outcome[None]:
        if before_sending(operation) is None:
            info: types.DomainInfo = read_first(lambda: driver.domains.info(name_of(operation)))
            if info.busy:
                said = f"something is under way: {info.raw_status}"
                raise errors.RateLimited(said, after=BUSY_SECONDS, reason="busy")
            remember(operation, status=str(info.status))
        outcome = driver.domains.release(name_of(operation))
        return types.Pending(outcome.reference) if isinstance(outcome, types.Pending) else types.Done(None)

    def poll(self, operation: Operation, driver: Any) -> types.Outcome[None]:
        if not remote.is_finished(driver, operation.reference, "release_failed"):
            return types.Pending(operation.reference)
        try:
            info: types.DomainInfo = driver.domains.info(name_of(operation))
        except errors.NotFound:
            return types.Done(None)
        if info.status == AWAY:
            return types.Done(None)
        if operation.reference or info.busy:
            # The registrar's word comes before its list does.
            return types.Pending(operation.reference)
        raise errors.NotFound(f"no release is under way any more: in the account as {info.raw_status}")

    def reconcile(self, operation: Operation, driver: Any) -> Finding:
        before = before_sending(operation)
        if before is None:
            return Absent("never sent: the look that comes first was not made")
        name = name_of(operation)
        running = remote.running(operation, driver, name, *self.methods)
        if running is not None:
            return running
        try:
            info: types.DomainInfo = driver.domains.info(name)
        except errors.NotFound:
            return self._gone(driver, name, before)
        if info.status == AWAY:
            return Happened(types.Done(None)) if before["status"] == ACTIVE else Unclear("it had left before")
        if info.busy:
            raise errors.Conflict(
                f"something is under way at the registrar: {info.raw_status}", reason="busy"
            )
        return Absent(f"in the account as {info.raw_status or info.status}")

    def _gone(self, driver: Any, name: str, before: dict[str, Any]) -> Finding:
        """Not in the account any more. One that somebody holds was released; one that is free was deleted."""
        state = driver.domains.check(name).state
        if before["status"] == ACTIVE and state == types.AvailabilityState.TAKEN:
            return Happened(types.Done(None))
        return Unclear(f"not in the account any more, where it was {before['status']}, and now {state}")

    def apply(self, operation: Operation, value: None) -> dict[str, Any]:
        domain = mirrored(operation)
        if domain is not None:
            domain.status, domain.synced_at = Domain.Status.TRANSFERRED_AWAY, Now()
            domain.save()
        return {}


def require_releasable(domain: Domain) -> None:
    """Raise NotOffered or NotNow unless the name can be handed to its registrant now."""
    require(domain.account, domain.tld_name, *ReleaseDomain.methods)
    require_changeable(domain)


def is_releasable(domain: Domain) -> bool:
    """Whether the registrar hands names of this extension to their registrants."""
    return capability(domain.account, domain.tld_name, ReleaseDomain.methods[0]).usable


@transaction.atomic
def plan_release(domain: Domain, *, actor: User | None) -> Operation:
    """Plan to hand the name to its registrant. Raises NotOffered, NotNow and AlreadyOpen."""
    require_releasable(domain)
    return plan_about(ReleaseDomain.name, domain, actor=actor, intent={}, payload={})
