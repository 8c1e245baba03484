"""The worker's half: claim, call, record.

A claim is a conditional UPDATE that raises the attempt number and takes a lease by the database's clock; it commits
before anything is sent. What the registrar answers is recorded only if the attempt number is still the claimed one, so
a worker that was paused past its lease can record nothing. Every function here is safe to run 0, 1 or n times.
"""

from __future__ import annotations

import os
import socket
import threading
from typing import Any

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Now

from panel.core.rows import only
from panel.core.text import storable
from panel.operation import registry
from panel.operation.clock import FREE, backoff, from_now, jittered, paced
from panel.operation.facts import never_executed
from panel.operation.handing import has_room
from panel.operation.looks import FINAL_NO, LOOK_FIRST, end_attempt, look_later, record_absence
from panel.operation.models import Attempt, Event, Operation
from panel.operation.polling import still_pending
from panel.operation.registry import Absent, CameToNothing, ClaimLapsed, Finding, Happened, Kind
from panel.operation.states import MOST_SENDS, PROOFS_OF_ABSENCE, Purpose, State, WaitingFor
from panel.operation.transition import move
from registrar import errors
from registrar.types import Done, Outcome, Pending

log = structlog.get_logger(__name__)

PURPOSES = {State.QUEUED: Purpose.SUBMIT, State.WAITING: Purpose.POLL, State.UNKNOWN: Purpose.RECONCILE}
ACCOUNT_TROUBLE = (errors.AuthenticationFailed, errors.PermissionDenied)


def worker_name() -> str:
    """Which worker this is, for the attempt's record."""
    return f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident() % 100000}"


def run(operation_id: int) -> Operation | None:
    """Do what the operation is due for, if it is due and nobody else does it. Returns it as it was claimed, or None."""
    claimed = claim(operation_id)
    if claimed is None:
        return None
    operation, purpose = claimed
    structlog.contextvars.bind_contextvars(operation=operation.public_id, attempt=operation.attempt)
    try:
        kind = registry.kind_for(operation.kind)
        {Purpose.SUBMIT: _submit, Purpose.POLL: _poll, Purpose.RECONCILE: _reconcile}[purpose](
            operation, kind
        )
    finally:
        structlog.contextvars.unbind_contextvars("operation", "attempt")
    return operation


def claim(operation_id: int) -> tuple[Operation, Purpose] | None:
    """Take the operation for this worker.

    None when it is not due, not open, somebody else's, or when its account rests or is busy enough.
    """
    with transaction.atomic():
        rows = Operation.objects.filter(
            FREE, pk=operation_id, state__in=list(PURPOSES), next_check_at__lte=Now()
        )
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True, of=("self",))
        at_work = rows.filter(account__state="active").exclude(account__retry_after__gt=Now())
        operation = only(at_work.select_related("account"))
        if operation is None or not has_room(operation):
            return None
        purpose = PURPOSES[State(operation.state)]
        before, number = operation.attempt, operation.attempt + 1
        lease: dict[str, Any] = {
            "attempt": number,
            "lease_until": from_now(settings.OPERATION_LEASE_SECONDS),
            "updated_at": Now(),
        }
        if purpose == Purpose.SUBMIT:
            # A mere reading is bounded by its deadline alone.
            if operation.sends >= MOST_SENDS and not registry.kind_for(operation.kind).repeatable:
                move(
                    operation.pk, State.ATTENTION, sources=[State.QUEUED], reason="sent_too_often",
                    absences=PROOFS_OF_ABSENCE,
                )  # fmt: skip
                return None
            lease |= {"state": State.SENDING, "sends": F("sends") + 1, "waiting_for": WaitingFor.NOTHING}
        elif purpose == Purpose.POLL:
            # Were this worker to die, the next poll comes at the usual pace all the same.
            lease |= {"asked_at": Now(), "next_check_at": from_now(paced(settings.OPERATION_POLL_SECONDS))}
        guard = Operation.objects.filter(FREE, pk=operation.pk, state=operation.state, attempt=before)
        if guard.update(**lease) != 1:
            return None
        if before:
            lost = Attempt.objects.filter(operation=operation, ended_at__isnull=True)
            lost.update(ended_at=Now(), outcome="lease_lapsed")
        Attempt.objects.create(operation=operation, number=number, purpose=purpose, worker=worker_name())
        operation.attempt = number
        if purpose == Purpose.SUBMIT:
            Event.objects.create(
                operation=operation, from_state=State.QUEUED, to_state=State.SENDING, attempt=number
            )
            operation.state, operation.sends = State.SENDING, operation.sends + 1
            operation.waiting_for = WaitingFor.NOTHING
        return operation, purpose


def _submit(operation: Operation, kind: Kind) -> None:
    try:
        with registry.open_driver(operation, Purpose.SUBMIT) as driver:
            if not _still_claimed(operation):
                raise ClaimLapsed
            outcome = kind.submit(operation, driver)
        record_outcome(operation, kind, outcome)
    except ClaimLapsed:
        log.warning("operation_claim_lapsed", operation=operation.public_id)
    except errors.RegistrarError as error:
        record_refusal(operation, kind, error)
    except Exception as error:
        # Our own mistake, at a moment when the request may have left: nobody knows, so it is looked into.
        log.exception("operation_crashed", operation=operation.public_id)
        _to_unknown(operation, kind, f"crashed: {type(error).__name__}", outcome="crashed")


def _still_claimed(operation: Operation) -> bool:
    """Whether the lease still runs: a worker that slept through it must not send what others count as never sent."""
    return Operation.objects.filter(
        pk=operation.pk, attempt=operation.attempt, state=State.SENDING, lease_until__gt=Now()
    ).exists()


def _poll(operation: Operation, kind: Kind) -> None:
    try:
        with registry.open_driver(operation, Purpose.POLL) as driver:
            # One list of the account's unfinished operations answers for all that are due.
            listed = still_pending(operation, driver)
            outcome = Pending(operation.reference) if listed else kind.poll(operation, driver)
        record_outcome(operation, kind, outcome)
    except CameToNothing as error:
        with transaction.atomic():
            end_attempt(operation, "refused", storable(error))
            move(
                operation.pk, State.FAILED, sources=[State.WAITING], attempt=operation.attempt,
                reason=error.reason, note=storable(error),
            )  # fmt: skip
    except errors.NotFound as error:
        with transaction.atomic():
            end_attempt(operation, "not_found", storable(error))
            move(
                operation.pk, State.UNKNOWN, sources=[State.WAITING], attempt=operation.attempt,
                due_in=jittered(settings.OPERATION_QUARANTINE_SECONDS), reason="vanished", absences=0,
                note=storable(error),
            )  # fmt: skip
    except Exception as error:
        look_later(operation, State.WAITING, error, pace=settings.OPERATION_POLL_SECONDS)


def _reconcile(operation: Operation, kind: Kind) -> None:
    if kind.repeatable:
        with transaction.atomic():
            end_attempt(operation, "repeatable")
            move(
                operation.pk, State.QUEUED, sources=[State.UNKNOWN], attempt=operation.attempt,
                due_in=backoff(operation.setbacks), reason="read_again",
            )  # fmt: skip
        return
    try:
        with registry.open_driver(operation, Purpose.RECONCILE) as driver:
            finding: Finding = kind.reconcile(operation, driver)
        if isinstance(finding, Happened):
            record_outcome(operation, kind, finding.outcome)
            return
    except Exception as error:
        look_later(operation, State.UNKNOWN, error, pace=settings.OPERATION_QUARANTINE_SECONDS)
        return
    if isinstance(finding, Absent):
        record_absence(operation, finding)
    else:
        look_later(operation, State.UNKNOWN, finding, pace=settings.OPERATION_QUARANTINE_SECONDS)


def record_outcome(operation: Operation, kind: Kind, outcome: Outcome[Any]) -> bool:
    """Record a registrar's yes under the claimed attempt. False when the claim is no longer this worker's."""
    with transaction.atomic():
        if isinstance(outcome, Pending):
            return _record_pending(operation, kind, outcome)
        assert isinstance(outcome, Done)
        mine = Operation.objects.select_for_update().filter(pk=operation.pk, state=operation.state)
        if not mine.filter(attempt=operation.attempt).values_list("pk", flat=True)[:1]:
            return False
        # Were the mirror to fail, nothing is recorded, and the truth is looked up again.
        result = kind.apply(operation, outcome.value)
        moved = move(
            operation.pk,
            State.SUCCEEDED,
            sources=[State(operation.state)],
            attempt=operation.attempt,
            waiting_for=WaitingFor.NOTHING,
            result=result,
        )
        end_attempt(operation, "done")
        return moved is not None


def _record_pending(operation: Operation, kind: Kind, outcome: Pending[Any]) -> bool:
    due_in = paced(settings.OPERATION_POLL_SECONDS)
    if operation.state == State.WAITING:
        mine = Operation.objects.filter(pk=operation.pk, attempt=operation.attempt, state=State.WAITING)
        changed = mine.update(
            next_check_at=from_now(due_in), lease_until=None, woken_at=None, setbacks=0, updated_at=Now()
        )
        if changed != 1:
            return False
    elif not move(
        operation.pk,
        State.WAITING,
        sources=[State(operation.state)],
        attempt=operation.attempt,
        due_in=due_in,
        reference=outcome.reference,
        setbacks=0,
        absences=0,
        waiting_for=WaitingFor.NOTHING,
        asked_at=Now(),
    ):
        return False
    if outcome.value is not None:
        kind.progress(operation, outcome.value)
    end_attempt(operation, "pending")
    return True


@transaction.atomic
def record_refusal(operation: Operation, kind: Kind, error: errors.RegistrarError) -> None:
    """Record what a failed send means, by the error's verdict."""
    name, note = type(error).__name__, storable(error)
    end_attempt(operation, name, note)
    back: dict[str, Any] = {
        "sources": [State.SENDING],
        "attempt": operation.attempt,
        "note": note,
        "reason": _reason(error),
    }
    if error.verdict == errors.Verdict.UNKNOWN:
        _to_unknown(operation, kind, note, outcome=name)
    elif isinstance(error, errors.InsufficientFunds):
        move(
            operation.pk, State.QUEUED, **back, due_in=jittered(600), waiting_for=WaitingFor.FUNDS,
            sends=F("sends") - 1,
        )  # fmt: skip
    elif isinstance(error, ACCOUNT_TROUBLE):
        move(
            operation.pk, State.QUEUED, **back, due_in=0, waiting_for=WaitingFor.ACCOUNT, sends=F("sends") - 1
        )  # fmt: skip
    elif isinstance(error, errors.RateLimited | errors.NotSent):
        wait = getattr(error, "after", None) or backoff(operation.setbacks)
        move(
            operation.pk, State.QUEUED, **back, due_in=wait, waiting_for=WaitingFor.REGISTRAR,
            setbacks=F("setbacks") + 1, sends=F("sends") - 1,
        )  # fmt: skip
    elif _is_looked_into(operation, kind, error):
        move(operation.pk, State.UNKNOWN, **back, due_in=0, absences=0)
    elif isinstance(error, FINAL_NO + LOOK_FIRST):
        move(operation.pk, State.FAILED, **back)
    else:
        _to_unknown(operation, kind, note, outcome=name)


def _is_looked_into(operation: Operation, kind: Kind, error: errors.RegistrarError) -> bool:
    """Whether a no has to be looked into: it may be the echo of an earlier send, whatever its words.

    A final no to a second send says nothing of the first one, which may have taken effect in the meantime.
    """
    if kind.repeatable:
        return False
    return isinstance(error, LOOK_FIRST) or (isinstance(error, FINAL_NO) and not never_executed(operation))


def _reason(error: errors.RegistrarError) -> str:
    if isinstance(error, (errors.Refused, errors.Guarded)):
        return error.reason
    words = {
        errors.NotSupported: "not_supported", errors.InvalidRequest: "invalid_request",
        errors.AuthenticationFailed: "authentication_failed", errors.PermissionDenied: "permission_denied",
        errors.NotFound: "not_found", errors.AlreadyExists: "already_exists", errors.Conflict: "conflict",
        errors.InsufficientFunds: "insufficient_funds", errors.RateLimited: "rate_limited",
        errors.NotSent: "not_sent",
    }  # fmt: skip
    return next((word for error_class, word in words.items() if isinstance(error, error_class)), "unknown")


@transaction.atomic
def _to_unknown(operation: Operation, kind: Kind, note: str, *, outcome: str) -> None:
    end_attempt(operation, outcome, note)
    rest = backoff(operation.setbacks) if kind.repeatable else jittered(settings.OPERATION_QUARANTINE_SECONDS)
    move(
        operation.pk,
        State.UNKNOWN,
        sources=[State.SENDING],
        attempt=operation.attempt,
        due_in=rest,
        reason="outcome_unknown",
        note=note,
        absences=0,
        setbacks=F("setbacks") + 1 if kind.repeatable else 0,
    )
