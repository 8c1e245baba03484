"""Giving a transfer that stands still for want of a code another one, where the registrar's API can."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from panel.domain.kind import Look, SettingKind, name_of
from panel.domain.models import Domain
from panel.domain.planning import plan_about, require
from panel.domain.refusals import BadValue, NotNow, NotOffered
from panel.operation.facts import before_sending, read_first, remember
from panel.operation.models import Operation
from panel.operation.registry import Absent, Finding, register
from panel.people.models import User
from registrar import errors, types

WAITS = types.TransferStatus.AUTH_CODE_NEEDED


@register
class RestartTransfer(SettingKind):
    """Hand in another auth code. The wanted state is a transfer that does not wait for a code any more.

    That is all that can be proved: whose code got it going, no registrar tells, and how it ends the transfer itself
    will say. Only what waits for a code is restarted: what was cancelled meanwhile would be bought anew.
    """

    name = "domain.transfer_restart"
    methods = ("domain.transfer_restart",)

    def send(self, operation: Operation, driver: Any) -> types.Outcome[Any]:
        info = read_first(lambda: driver.domains.info(name_of(operation)))
        if info.transfer_status != WAITS:
            raise errors.Guarded(f"it waits for no code: {_shown(info)}", reason="conflict")
        remember(operation, transfer_status=str(info.transfer_status))
        driver.domains.transfer_restart(name_of(operation), operation.secrets["auth_code"])
        # Accepted. What becomes of the transfer is followed by the operation that ordered it.
        return types.Done(None)

    def reconcile(self, operation: Operation, driver: Any) -> Finding:
        if before_sending(operation) is None:
            return Absent("never sent: it waited for no code, or the look that comes first was not made")
        return super().reconcile(operation, driver)

    def look(self, operation: Operation, driver: Any) -> Look:
        info: types.DomainInfo = driver.domains.info(name_of(operation))
        return Look(info.transfer_status != WAITS, _shown(info), bool(info.busy))

    def record(self, operation: Operation, domain: Domain) -> None:
        if domain.status == Domain.Status.TRANSFERRING:
            domain.transfer_status = types.TransferStatus.AUTH_CODE_SENT


def _shown(info: types.DomainInfo) -> str:
    return f"the transfer is {info.transfer_status or 'not told of'}, the name {info.raw_status}"


def can_restart(domain: Domain) -> bool:
    """Whether a transfer stands still for want of a code, and the registrar takes another one."""
    if domain.status != Domain.Status.TRANSFERRING or domain.transfer_status != WAITS:
        return False
    try:
        require(domain.account, domain.tld_name, *RestartTransfer.methods)
    except NotOffered:
        return False
    return True


@transaction.atomic
def plan_transfer_restart(domain: Domain, auth_code: str, *, actor: User | None, key: str = "") -> Operation:
    """Plan to hand in another code for a transfer that waits for one; it costs nothing.

    Raises NotOffered, NotNow("not_waiting"), BadValue(auth_code) and AlreadyOpen.
    """
    require(domain.account, domain.tld_name, *RestartTransfer.methods)
    if not can_restart(domain):
        raise NotNow("not_waiting")
    code = auth_code.strip()
    if not code:
        raise BadValue("auth_code")
    return plan_about(
        RestartTransfer.name,
        domain,
        actor=actor,
        intent={"transfer": domain.remote_id},
        payload={},
        secrets={"auth_code": code},
        key=key,
    )
