"""Operations that a registrar carries out in its own time, where its API shows them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from panel.operation.facts import never_executed
from panel.operation.models import Operation
from panel.operation.registry import CameToNothing, Finding, Happened, Unclear
from registrar import errors, types


def is_finished(driver: Any, reference: str, reason: str) -> bool:
    """Whether the registrar's operation is over and went well; the object itself then tells the rest.

    True where the registrar has no operations, or the reference was lost with its answer: then the object alone tells.
    Raises CameToNothing(reason) when it failed, UnreadableReply for a word that no manual has.
    """
    if not reference or not driver.supports("operation.info").usable:
        return True
    record: types.OperationRecord = driver.operations.info(reference)
    match record.status:
        case types.OperationStatus.DONE:
            return True
        case types.OperationStatus.PENDING:
            return False
        case types.OperationStatus.FAILED | types.OperationStatus.CANCELLED:
            said = record.message or record.raw_status
            raise CameToNothing(f"the registrar's operation {reference} ended: {said}", reason=reason)
        case _:
            raise errors.UnreadableReply(f"operation {reference} is {record.raw_status!r}")


def pending_about(driver: Any, subject: str) -> types.OperationRecord | None:
    """The registrar's unfinished operation about a name, host or contact, or None; None too where it shows none."""
    if not driver.supports("operation.pending").usable:
        return None
    pending: tuple[types.OperationRecord, ...] = driver.operations.pending()
    return next((record for record in pending if record.subject.lower() == subject.lower()), None)


def running(operation: Operation, driver: Any, subject: str, *methods: str) -> Finding | None:
    """What the registrar's list of unfinished operations proves; None where it has none that could be this one.

    `methods` are the calls of the contract that send this kind ("domain.renew"). Unfinished and of such a call: it
    happened, and is followed. Of a call that the registrar's word does not tell, or begun long before this was ordered:
    Unclear, since it may be this one. Raises Conflict("busy") when it cannot be, since no request of ours got through.
    """
    if not driver.supports("operation.pending").usable:
        return None
    for record in driver.operations.pending():
        if record.subject.lower() != subject.lower():
            continue
        if record.operation in methods and never_executed(operation):
            raise errors.Conflict(
                f"{record.kind} {record.reference} of somebody else is under way", reason="busy"
            )
        if record.operation in methods and not _is_older(record, operation):
            return Happened(types.Pending(record.reference))
        if record.operation in ("", *methods):
            return Unclear(
                f"{record.kind or 'an operation'} {record.reference} is under way since {record.at}"
            )
    return None


def _is_older(record: types.OperationRecord, operation: Operation) -> bool:
    # A day, since nobody says in which zone registrars write their times.
    return record.at is not None and record.at < operation.created_at - timedelta(days=1)
