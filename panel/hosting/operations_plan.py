"""Buying, renewing and exchanging a plan, which cost money; and its switches, which are compared with what shows."""

from __future__ import annotations

from abc import abstractmethod
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from panel.domain.kind import DomainKind, mirrored, name_of
from panel.domain.operations_renew import AUTOMATIC_FROM, Moved, moved
from panel.domain.renewal.years import later
from panel.hosting import mirror
from panel.hosting.models import Plan
from panel.hosting.reading import read_after
from panel.operation.facts import before_sending, never_executed, read_first, remember
from panel.operation.models import Operation
from panel.operation.registry import Absent, Finding, Happened, Unclear, register
from panel.operation.states import Lane
from registrar import errors, types

COMING = (types.HostingStatus.STARTING, types.HostingStatus.UNKNOWN)


class PlanKind(DomainKind):
    """Something that is done to a plan. Its value is the plan as it is afterwards."""

    calls = 2
    deadline = timedelta(days=3)

    def failed(self, operation: Operation) -> None:
        if operation.sends and operation.reason != "given_up":
            read_after(operation)

    def progress(self, operation: Operation, value: types.HostingPlan) -> None:
        domain = mirrored(operation)
        if domain is not None:
            mirror.keep_plan(domain, value)

    def apply(self, operation: Operation, value: types.HostingPlan | None) -> dict[str, Any]:
        domain = mirrored(operation)
        if domain is not None and value is not None:
            mirror.keep_plan(domain, value)
        # Limits, servers and the rest follow with it.
        read_after(operation)
        charged = value.charged if value is not None else None
        return {"charged": str(charged.amount), "currency": charged.currency} if charged else {}


@register
class CreatePlan(PlanKind):
    """Buy a plan. It is ours when the name has one of this product and had none before the first send."""

    name = "hosting.create_plan"
    methods = ("hosting.create",)
    lane = Lane.MONEY

    def order(self, operation: Operation, driver: Any) -> types.Outcome[types.HostingPlan]:
        if before_sending(operation) is None:
            remember(operation, there=read_first(lambda: _info(operation, driver)) is not None)
        before = before_sending(operation)
        if before is not None and before["there"]:
            raise errors.Refused(f"{name_of(operation)} has a plan already", reason="already_there")
        outcome: types.Outcome[types.HostingPlan] = driver.hosting.create(
            name_of(operation), operation.payload["product"], years=operation.payload["years"]
        )
        return outcome

    def poll(self, operation: Operation, driver: Any) -> types.Outcome[types.HostingPlan]:
        found: types.HostingPlan = driver.hosting.info(name_of(operation))
        return _settled(found)

    def reconcile(self, operation: Operation, driver: Any) -> Finding:
        before = before_sending(operation)
        if before is None:
            return Absent("never sent: the look that comes first was not made")
        found = _info(operation, driver)
        if found is None:
            return Absent(f"{name_of(operation)} has no plan")
        if before["there"] or never_executed(operation):
            return Absent(f"a plan {found.product_key} of somebody else")
        if found.product_key and found.product_key != operation.payload["product"]:
            return Unclear(f"a plan {found.product_key}, ordered {operation.payload['product']}")
        return Happened(_settled(found))


@register
class RenewPlan(PlanKind):
    """Prolong a plan from the expiry that its customer saw: nothing is sent when it moved since."""

    name = "hosting.renew_plan"
    methods = ("hosting.renew",)
    lane = Lane.MONEY

    def order(self, operation: Operation, driver: Any) -> types.Outcome[types.HostingPlan]:
        shown = read_first(lambda: driver.hosting.info(name_of(operation)).expires_on)
        if shown != _start(operation):
            raise errors.Guarded(f"expires on {shown}, not {_start(operation)}", reason="expiry_differs")
        outcome: types.Outcome[types.HostingPlan] = driver.hosting.renew(
            name_of(operation), years=operation.payload["years"]
        )
        return outcome

    def poll(self, operation: Operation, driver: Any) -> types.Outcome[types.HostingPlan]:
        found: types.HostingPlan = driver.hosting.info(name_of(operation))
        how = _how(operation, found)
        if how is Moved.AS_ORDERED and found.status != types.HostingStatus.RENEWING:
            return types.Done(found)
        if how is Moved.OTHERWISE:
            raise errors.NotFound(f"expires on {found.expires_on}, was {_start(operation)}")
        return types.Pending(operation.reference, found)

    def reconcile(self, operation: Operation, driver: Any) -> Finding:
        found: types.HostingPlan = driver.hosting.info(name_of(operation))
        how = _how(operation, found)
        seen = f"expires on {found.expires_on}, was {_start(operation)} ({found.raw_status})"
        renewing = found.status == types.HostingStatus.RENEWING
        if how is Moved.NOT and not renewing:
            return Absent(seen)
        if never_executed(operation):
            return Absent(f"{seen}, and no request of ours got through")
        if how is Moved.NOT:
            return Happened(types.Pending(found.name, found))
        if how is Moved.OTHERWISE:
            return Unclear(f"{seen}, ordered {operation.payload['years']} years")
        if operation.payload["renewal_mode"] == types.RenewalMode.AUTOMATIC and _may_be_theirs(operation):
            return Unclear(f"{seen}, the registrar may have renewed it by itself")
        return Happened(types.Pending(found.name, found) if renewing else types.Done(found))

    def apply(self, operation: Operation, value: types.HostingPlan | None) -> dict[str, Any]:
        result = super().apply(operation, value)
        until = value.expires_on if value is not None else None
        expected = until or later(_start(operation), operation.payload["years"])
        return {**result, "expires_on": expected.isoformat()}


@register
class UpgradePlan(PlanKind):
    """Exchange a plan for a higher product. It is done when the registrar shows the new one."""

    name = "hosting.upgrade_plan"
    methods = ("hosting.upgrade",)
    lane = Lane.MONEY

    def order(self, operation: Operation, driver: Any) -> types.Outcome[types.HostingPlan]:
        shown = read_first(lambda: driver.hosting.info(name_of(operation)).product_key)
        if shown != operation.payload["before"]:
            raise errors.Guarded(f"the plan is {shown}, not {operation.payload['before']}", reason="conflict")
        outcome: types.Outcome[types.HostingPlan] = driver.hosting.upgrade(
            name_of(operation), operation.payload["product"]
        )
        return outcome

    def poll(self, operation: Operation, driver: Any) -> types.Outcome[types.HostingPlan]:
        found: types.HostingPlan = driver.hosting.info(name_of(operation))
        if found.product_key == operation.payload["product"]:
            return _settled(found)
        return types.Pending(operation.reference, found)

    def reconcile(self, operation: Operation, driver: Any) -> Finding:
        found: types.HostingPlan = driver.hosting.info(name_of(operation))
        if found.product_key == operation.payload["before"]:
            return Absent(f"the plan is {found.product_key} still")
        if never_executed(operation):
            return Absent(f"the plan is {found.product_key}, and no request of ours got through")
        if found.product_key == operation.payload["product"]:
            return Happened(_settled(found))
        return Unclear(f"the plan is {found.product_key}, ordered {operation.payload['product']}")


class PlanSwitch(PlanKind):
    """One setting of a plan. Put in place twice it is the same."""

    deadline = timedelta(days=1)

    @abstractmethod
    def shown(self, operation: Operation, driver: Any) -> Any:
        """What the registrar shows of the setting now. Raises `registrar.errors`."""

    @abstractmethod
    def record(self, operation: Operation, plan: Plan) -> None:
        """Write the wanted setting into the mirror's row, which is saved afterwards."""

    def poll(self, operation: Operation, driver: Any) -> types.Outcome[None]:
        done = self.shown(operation, driver) == operation.payload["value"]
        return types.Done(None) if done else types.Pending(operation.reference)

    def reconcile(self, operation: Operation, driver: Any) -> Finding:
        shown = self.shown(operation, driver)
        if shown == operation.payload["value"]:
            return Happened(types.Done(None))
        return Absent(f"it is {shown}")

    def apply(self, operation: Operation, value: Any) -> dict[str, Any]:
        domain = mirrored(operation)
        plan = Plan.objects.filter(domain=domain).first() if domain is not None else None
        if plan is not None:
            self.record(operation, plan)
            plan.save()
        return {}


@register
class SetPlanRenewalMode(PlanSwitch):
    """What the registrar does by itself when the plan expires."""

    name = "hosting.plan_renewal_mode"
    methods = ("hosting.set_renewal_mode",)

    def order(self, operation: Operation, driver: Any) -> types.Outcome[Any]:
        mode = types.RenewalMode(operation.payload["value"])
        outcome: types.Outcome[Any] = driver.hosting.set_renewal_mode(name_of(operation), mode)
        return outcome

    def shown(self, operation: Operation, driver: Any) -> Any:
        return str(driver.hosting.info(name_of(operation)).renewal_mode)

    def record(self, operation: Operation, plan: Plan) -> None:
        plan.renewal_mode = operation.payload["value"]


@register
class SetPhp(PlanSwitch):
    """Which PHP the plan's pages run with."""

    name = "hosting.php"
    methods = ("hosting.set_php_version",)

    def order(self, operation: Operation, driver: Any) -> types.Outcome[Any]:
        outcome: types.Outcome[Any] = driver.hosting.set_php_version(
            name_of(operation), operation.payload["value"]
        )
        return outcome

    def shown(self, operation: Operation, driver: Any) -> Any:
        return driver.hosting.php(name_of(operation)).version

    def record(self, operation: Operation, plan: Plan) -> None:
        version = operation.payload["value"]
        # The wording of the old one would mislead: the next reading brings that of the new one.
        plan.php = {**plan.php, "version": version, "name": ""}


@register
class SetParking(PlanSwitch):
    """Show the plan's waiting page, or not."""

    name = "hosting.parking"
    methods = ("hosting.set_parking",)

    def order(self, operation: Operation, driver: Any) -> types.Outcome[Any]:
        outcome: types.Outcome[Any] = driver.hosting.set_parking(
            name_of(operation), operation.payload["value"]
        )
        return outcome

    def shown(self, operation: Operation, driver: Any) -> Any:
        return driver.hosting.parking(name_of(operation))

    def record(self, operation: Operation, plan: Plan) -> None:
        plan.parking = operation.payload["value"]


def _info(operation: Operation, driver: Any) -> types.HostingPlan | None:
    try:
        found: types.HostingPlan = driver.hosting.info(name_of(operation))
    except errors.NotFound:
        return None
    return found


def _settled(found: types.HostingPlan) -> types.Outcome[types.HostingPlan]:
    return types.Pending(found.name, found) if found.status in COMING else types.Done(found)


def _start(operation: Operation) -> date:
    return date.fromisoformat(operation.payload["from"])


def _how(operation: Operation, found: types.HostingPlan) -> Moved:
    if found.expires_on is None:
        raise errors.UnreadableReply(f"the plan of {found.name} is shown without an expiry")
    return moved(_start(operation), found.expires_on, operation.payload["years"])


def _may_be_theirs(operation: Operation) -> bool:
    """Whether the registrar's own renewal would look the same: it renews by itself, and the time had come."""
    return timezone.now().date() >= _start(operation) - AUTOMATIC_FROM
