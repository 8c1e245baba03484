"""What an attempt knew, and what earlier ones came to: without both, what a look shows is no proof."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models.functions import Now

from panel.operation.models import Operation
from panel.operation.registry import ClaimLapsed
from panel.operation.states import Purpose, State
from registrar import errors

T = TypeVar("T")

# How a send ended that certainly had no effect: the names of the classes say so.
NOT_EXECUTED = frozenset(
    name
    for name, found in vars(errors).items()
    if isinstance(found, type)
    and issubclass(found, errors.RegistrarError)
    and found.verdict == errors.Verdict.NOT_EXECUTED
)
# What may be the echo of the very request that it answers: it was executed, and the registrar says that it is so.
ECHOES = frozenset(error.__name__ for error in (errors.AlreadyExists, errors.Conflict))


def remember(operation: Operation, **facts: Any) -> dict[str, Any]:
    """Keep what was read at the registrar before the first send, on record before anything leaves; returns it.

    What is kept already stays: a later send must not start from what an earlier one has done. `facts` are JSON, and no
    secrets. Raises ClaimLapsed when the operation is somebody else's by now.
    """
    known: dict[str, Any] | None = before_sending(operation)
    if known is not None:
        return known
    starts_from = {**operation.starts_from, "seen": facts}
    mine = Operation.objects.filter(
        pk=operation.pk, attempt=operation.attempt, state=State.SENDING, lease_until__gt=Now()
    )
    if mine.update(starts_from=starts_from) != 1:
        raise ClaimLapsed
    operation.starts_from = starts_from
    return facts


def read_first(read: Callable[[], T]) -> T:
    """A read that a send needs first. Where its answer is lost, the send was certainly not made: NotSent."""
    try:
        return read()
    except errors.OutcomeUnknown as error:
        raise errors.NotSent(f"a look before the send failed: {error.message}", code=error.code) from error


def before_sending(operation: Operation) -> dict[str, Any] | None:
    """What remember() kept. None proves, of a kind that always remembers, that nothing was ever sent."""
    return operation.starts_from.get("seen")


def never_executed(operation: Operation) -> bool:
    """Whether every send so far was answered in a way that proves that it had no effect."""
    sent = operation.attempts.filter(purpose=Purpose.SUBMIT)
    return not sent.exclude(outcome__in=NOT_EXECUTED - ECHOES).exists()
