"""Wanted states that some registrars take only piece by piece: a send makes what is missing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from panel.operation.facts import before_sending, remember
from panel.operation.models import Operation
from registrar import errors, types

Step = Callable[[], types.Outcome[Any]]


def mark_of(state: Iterable[str]) -> str:
    """A short mark of a state, whatever the order in which it is shown."""
    return hashlib.sha256("\n".join(sorted(state)).encode()).hexdigest()[:32]


def has_begun(operation: Operation, state: Iterable[str]) -> bool:
    """Whether what is shown is not any more what it was before the first step.

    The registrar may deny the very step that it has just made: then the no is not one to the whole.
    """
    before = before_sending(operation)
    return before is not None and before["mark"] != mark_of(state)


def carry_out(operation: Operation, state: Iterable[str], steps: Sequence[Step]) -> types.Outcome[None]:
    """Take the steps from `state`, the one that was just read, to the wanted one.

    A refusal is one of the whole only while nothing was changed, now or by an earlier send: otherwise it is
    OutcomeUnknown, so that somebody looks, and the rest is made or a person decides. Pending is what was accepted last.
    """
    mark = mark_of(state)
    untouched = (before_sending(operation) or remember(operation, mark=mark))["mark"] == mark
    reference: str | None = None
    for done, step in enumerate(steps):
        try:
            outcome = step()
        except errors.OutcomeUnknown:
            raise
        except errors.RegistrarError as error:
            if untouched and not done:
                raise
            made = f"{done} of {len(steps)} changes were made, then: {error}"
            raise errors.OutcomeUnknown(made, code=error.code, reason=error.reason) from error
        if isinstance(outcome, types.Pending):
            reference = outcome.reference
    return types.Done(None) if reference is None else types.Pending(reference)
