"""Calling a transfer off that was handed in already, where the registrar's API can."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from panel.domain.kind import Look, SettingKind, name_of
from panel.domain.operations_transfer import CALL_OFF, TransferDomain
from panel.domain.planning import capability, plan_intent, require
from panel.domain.refusals import NotNow
from panel.operation.facts import read_first
from panel.operation.models import Operation
from panel.operation.registry import register
from panel.operation.states import State
from panel.people.models import User
from registrar import errors, types

METHOD = "operation.cancel"


@register
class CallTransferOff(SettingKind):
    """Cancel the registrar's operation by which a name was to come. What it shows of that operation proves it.

    The money and the name are the affair of the operation that ordered the transfer: its next look finds it cancelled.
    """

    name = CALL_OFF
    methods = (METHOD,)
    calls = 2

    def send(self, operation: Operation, driver: Any) -> types.Outcome[Any]:
        reference = operation.payload["reference"]
        record: types.OperationRecord = read_first(lambda: driver.operations.info(reference))
        if record.status != types.OperationStatus.PENDING:
            raise errors.Guarded(f"it is over: {record.raw_status}", reason="conflict")
        outcome: types.Outcome[Any] = driver.operations.cancel(reference)
        return outcome

    def look(self, operation: Operation, driver: Any) -> Look:
        record: types.OperationRecord = driver.operations.info(operation.payload["reference"])
        cancelled = record.status == types.OperationStatus.CANCELLED
        return Look(cancelled, f"the transfer {record.reference} is {record.raw_status}")

    def apply(self, operation: Operation, value: None) -> dict[str, Any]:
        return {}

    def failed(self, operation: Operation) -> None:
        """Nothing is believed of the name here."""


def can_call_off(transfer: Operation, tld_name: str) -> bool:
    """Whether a transfer that was handed in can still be called off. Needs its `account`."""
    handed_in = transfer.state == State.WAITING and bool(transfer.reference)
    return handed_in and capability(transfer.account, tld_name, METHOD).usable


@transaction.atomic
def plan_call_off(transfer: Operation, *, actor: User | None) -> Operation:
    """Plan to call a transfer off that was handed in. Raises NotOffered, NotNow("too_late") and AlreadyOpen."""
    assert transfer.kind == TransferDomain.name
    tld_name = transfer.payload["tld"]
    require(transfer.account, tld_name, METHOD)
    if not can_call_off(transfer, tld_name):
        raise NotNow("too_late")
    return plan_intent(
        CALL_OFF,
        name_of(transfer),
        account=transfer.account,
        customer=transfer.customer,
        actor=actor,
        intent={"reference": transfer.reference},
        payload={"tld": tld_name, "reference": transfer.reference},
        starts_from={},
    )
