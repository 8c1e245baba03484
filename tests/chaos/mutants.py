"""Deliberate bugs, to see that the tests find them. Only tests/chaos and its pytest plugin ever switch one on.

Each is what somebody might write in good faith. CHAOS_MUTANT names the one that a process shall suffer from; nothing of
the product reads it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

VARIABLE = "CHAOS_MUTANT"
Patch = Callable[[Any, str, Any], None]


def blind_resend(patch: Patch) -> None:
    """An unknown outcome is sent again without a look at the registrar."""
    from panel.operation import engine
    from panel.operation.states import State

    def resend(operation: Any, kind: Any) -> None:
        engine.end_attempt(operation, "absent")
        engine.move(operation.pk, State.QUEUED, sources=[State.UNKNOWN], attempt=operation.attempt, due_in=0)

    patch(engine, "_reconcile", resend)


def record_before_call(patch: Patch) -> None:
    """The success is written down before the registrar is asked."""
    from panel.operation import engine
    from panel.operation.states import State

    submit = engine._submit

    def hasty(operation: Any, kind: Any) -> None:
        if operation.kind == "domain.create":
            engine.end_attempt(operation, "done")
            engine.move(operation.pk, State.SUCCEEDED, sources=[State.SENDING], attempt=operation.attempt)
        submit(operation, kind)

    patch(engine, "_submit", hasty)


def no_fencing(patch: Patch) -> None:
    """What a worker brings back is recorded whoever holds the operation by now."""
    from panel.operation import engine

    move = engine.move

    def unfenced(operation_id: int, to: Any, **named: Any) -> Any:
        named.pop("attempt", None)
        named.pop("sources", None)
        return move(operation_id, to, **named)

    patch(engine, "move", unfenced)
    patch(engine, "_still_claimed", lambda operation: True)


def retry_on_timeout(patch: Patch) -> None:
    """A request without an answer is sent once more at once."""
    from registrar import errors
    from registrar.transport.http import HttpClient

    post = HttpClient.post

    def twice(self: Any, *args: Any, **named: Any) -> Any:
        try:
            return post(self, *args, **named)
        except errors.OutcomeUnknown:
            return post(self, *args, **named)

    patch(HttpClient, "post", twice)


def pending_is_done(patch: Patch) -> None:
    """ "Accepted" is taken for "done"."""
    from panel.operation import engine
    from registrar.types import Done, Pending

    record = engine.record_outcome

    def optimistic(operation: Any, kind: Any, outcome: Any) -> bool:
        if isinstance(outcome, Pending):
            outcome = Done(outcome.value)
        return record(operation, kind, outcome)

    patch(engine, "record_outcome", optimistic)


def lease_by_own_clock(patch: Patch) -> None:
    """The lease ends by the clock of the worker that took it."""
    from django.utils import timezone

    from panel.operation import engine

    patch(engine, "from_now", lambda seconds: timezone.now() + timedelta(seconds=seconds))


def ledger_outside(patch: Patch) -> None:
    """The money is booked after the transaction that made the operation final."""
    from panel.operation import engine, registry

    settle, run = registry.settle, engine.run
    owed: list[Any] = []

    def later(operation: Any) -> None:
        owed.append(operation)

    def run_then_settle(operation_id: int) -> Any:
        owed.clear()
        served = run(operation_id)
        for operation in owed:
            settle(operation)
        return served

    patch(registry, "settle", later)
    patch(engine, "run", run_then_settle)


def delete_on_missing(patch: Patch) -> None:
    """A name that one listing does not show is deleted."""
    from django.db.models import QuerySet

    from panel.domain.models import Domain

    update = QuerySet.update

    def harsh(self: Any, **fields: Any) -> int:
        if self.model is Domain and fields.get("missing_since"):
            return int(self.delete()[0])
        return int(update(self, **fields))

    patch(QuerySet, "update", harsh)


def one_proof(patch: Patch) -> None:
    """One look that shows nothing is proof enough to send again."""
    from panel.operation import looks

    patch(looks, "PROOFS_OF_ABSENCE", 1)


def exists_is_failure(patch: Patch) -> None:
    """ "It exists already" is a final no, even where it is the echo of our own request."""
    from panel.operation import engine, facts

    patch(facts, "ECHOES", frozenset())
    patch(engine, "FINAL_NO", engine.FINAL_NO + engine.LOOK_FIRST)
    patch(engine, "LOOK_FIRST", ())


MUTANTS: dict[str, Callable[[Patch], None]] = {
    mutant.__name__: mutant
    for mutant in (
        blind_resend, record_before_call, no_fencing, retry_on_timeout, pending_is_done, lease_by_own_clock,
        ledger_outside, delete_on_missing, one_proof, exists_is_failure,
    )
}  # fmt: skip


def apply_named() -> None:
    """Make this process suffer from the bug that CHAOS_MUTANT names, if any. Raises KeyError for an unknown name."""
    name = os.environ.get(VARIABLE, "")
    if name:
        MUTANTS[name](setattr)
