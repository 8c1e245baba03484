"""What a look at the registrar proves, and what follows: sent again only after absence was proved twice."""

from __future__ import annotations

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from panel.core.text import storable
from panel.operation.causes import noted
from panel.operation.clock import from_now, jittered, paced
from panel.operation.models import Attempt, Operation
from panel.operation.registry import Absent, Unclear
from panel.operation.states import PROOFS_OF_ABSENCE, Purpose, State
from panel.operation.transition import move
from registrar import errors

log = structlog.get_logger(__name__)

# Looks that show something, and prove nothing: more of them would show the same.
MOST_UNCLEAR = 6
# Said by a registrar about an object that may be ours from an earlier try: look before believing it.
LOOK_FIRST = (errors.AlreadyExists, errors.Conflict, errors.NotFound)
# A no to what was sent for the first time; to a second send it proves nothing of the first.
FINAL_NO = (errors.NotSupported, errors.InvalidRequest, errors.Refused)
LOOKED_INTO = {error.__name__ for error in (*LOOK_FIRST, *FINAL_NO, errors.Guarded)}


@transaction.atomic
def record_absence(operation: Operation, finding: Absent) -> None:
    """A look that proved absence: the first asks for a second, the second decides."""
    end_attempt(operation, "absent", finding.seen)
    proofs = operation.absences + 1
    if proofs < PROOFS_OF_ABSENCE:
        mine = Operation.objects.filter(pk=operation.pk, attempt=operation.attempt, state=State.UNKNOWN)
        mine.update(
            absences=proofs,
            **noted(operation, finding.seen),
            lease_until=None,
            woken_at=None,
            next_check_at=from_now(jittered(settings.OPERATION_QUARANTINE_SECONDS)),
        )
    elif was_accepted(operation):
        # The registrar took it, and perhaps money for it: a second order would be a second execution.
        move(
            operation.pk, State.ATTENTION, sources=[State.UNKNOWN], attempt=operation.attempt,
            reason="vanished", note=finding.seen,
        )  # fmt: skip
    elif not finding.begun and (refused := refused_as(operation)):
        move(
            operation.pk, State.FAILED, sources=[State.UNKNOWN], attempt=operation.attempt,
            reason=refused, note=finding.seen,
        )  # fmt: skip
    else:
        move(
            operation.pk, State.QUEUED, sources=[State.UNKNOWN], attempt=operation.attempt, due_in=0,
            reason="did_not_happen", note=finding.seen, absences=0, setbacks=0,
        )  # fmt: skip


def was_accepted(operation: Operation) -> bool:
    """Whether the registrar accepted the last send, whatever became of it since."""
    steps = operation.events.filter(to_state__in=[State.SENDING, State.WAITING]).order_by("-pk")
    return steps.values_list("to_state", flat=True).first() == State.WAITING


def refused_as(operation: Operation) -> str:
    """The reason with which the last send was answered by something to be looked into, else empty.

    The operation's own reason may have been overwritten since, by a lapsed lease or a person's second look.
    """
    sent = operation.attempts.filter(purpose=Purpose.SUBMIT).order_by("-number").first()
    if sent is None or sent.outcome not in LOOKED_INTO:
        return ""
    said = operation.events.filter(attempt=sent.number, from_state=State.SENDING).order_by("-pk").first()
    return said.reason if said else ""


@transaction.atomic
def look_later(operation: Operation, state: State, why: Exception | Unclear, *, pace: float) -> None:
    """A look that told nothing: try again at a growing distance until the deadline, then ask a person."""
    if isinstance(why, Unclear):
        outcome, seen = "unclear", why.seen
    else:
        outcome, seen = type(why).__name__, storable(why)
        if not isinstance(why, errors.RegistrarError):
            log.error("operation_look_crashed", operation=operation.public_id, exc_info=why)
    end_attempt(operation, outcome, seen)
    mine = Operation.objects.filter(pk=operation.pk, attempt=operation.attempt, state=state)
    late = mine.filter(deadline_at__lt=Now()).exists()
    if late or operation.attempts.filter(outcome="unclear").count() >= MOST_UNCLEAR:
        move(
            operation.pk,
            State.ATTENTION,
            sources=[state],
            attempt=operation.attempt,
            reason="deadline" if late else "nothing_proved",
            note=seen,
        )
        return
    if isinstance(why, Unclear):
        mine.update(absences=0)
    mine.update(
        next_check_at=from_now(paced(pace * 2 ** min(operation.setbacks, 4))),
        setbacks=F("setbacks") + 1,
        **noted(operation, seen),
        lease_until=None,
        woken_at=None,
    )


def end_attempt(operation: Operation, outcome: str, message: str = "") -> None:
    """Note how the operation's running attempt ended; what is over already stays as it was."""
    Attempt.objects.filter(operation=operation, number=operation.attempt, ended_at__isnull=True).update(
        ended_at=Now(), outcome=outcome, message=storable(message, 2000)
    )
