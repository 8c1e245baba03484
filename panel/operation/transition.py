"""The one function through which an operation changes its state."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import structlog
from django.db import transaction
from django.db.models.functions import Now

from panel.core.rows import only
from panel.core.text import storable
from panel.operation import registry
from panel.operation.causes import noted
from panel.operation.clock import from_now
from panel.operation.models import Event, Operation
from panel.operation.states import FINAL, TRANSITIONS, State
from panel.people.models import User

log = structlog.get_logger(__name__)


class IllegalTransition(ValueError):
    """The table in `states` has no such way."""


def move(
    operation_id: int,
    to: State,
    *,
    sources: Iterable[State] | None = None,
    attempt: int | None = None,
    due_in: float | None = None,
    reason: str = "",
    note: str = "",
    actor: User | None = None,
    **fields: Any,
) -> Operation | None:
    """Change the state by a conditional UPDATE, write the event, settle what became final; all or nothing.

    `sources` are the states it may come from (default: all from which the table allows `to`); `attempt` fences: the
    operation must still be at that number; `due_in` is when it is due next, in seconds. Returns the operation, or None
    when somebody else was first. Raises IllegalTransition for a way that the table does not have.
    """
    allowed = {state for state, targets in TRANSITIONS.items() if to in targets}
    wanted = set(sources) if sources is not None else allowed
    if not wanted <= allowed:
        raise IllegalTransition(f"{sorted(wanted - allowed)} -> {to}")
    # Whoever calls this within a transaction wants all of it or nothing.
    with transaction.atomic(savepoint=False):
        rows = Operation.objects.select_for_update().filter(pk=operation_id, state__in=wanted)
        if attempt is not None:
            rows = rows.filter(attempt=attempt)
        before = only(rows)
        if before is None:
            log.info("operation_move_lost", operation_pk=operation_id, to=to, attempt=attempt)
            return None
        changes: dict[str, Any] = {
            "state": to,
            "updated_at": Now(),
            "lease_until": None,
            "woken_at": None,
            "reason": reason,
            "next_check_at": None if due_in is None else from_now(due_in),
            **fields,
        }
        if note:
            changes |= noted(before, note)
        if actor is not None:
            # A person's words are no cause that others could share.
            changes["cause"] = ""
        if to in FINAL:
            # Nothing will be sent any more, so nothing needs the secrets any more.
            changes |= {"finished_at": Now(), "secrets": {}}
        guard = Operation.objects.filter(pk=operation_id, state=before.state, attempt=before.attempt)
        if guard.update(**changes) != 1:
            return None
        # What settles the money asks for these.
        around = ("customer", "brand", "actor") if to in FINAL else ()
        operation = Operation.objects.select_related(*around).get(pk=operation_id)
        Event.objects.create(
            operation=operation,
            from_state=before.state,
            to_state=to,
            attempt=operation.attempt,
            reason=reason,
            note=storable(note),
            actor=actor,
            impersonator=actor.impersonated_by if actor is not None else None,
        )
        if to in FINAL:
            _finish(operation)
        elif to == State.ATTENTION and operation.kind in registry.kinds():
            registry.kind_for(operation.kind).undecided(operation)
    log.info("operation_moved", operation=operation.public_id, kind=operation.kind, to=to, reason=reason)
    return operation


def _finish(operation: Operation) -> None:
    if operation.state != State.SUCCEEDED:
        registry.kind_for(operation.kind).failed(operation)
    registry.settle(operation)
    for dependent in operation.dependents.filter(state=State.PLANNED):
        release(dependent, operation)


def release(planned: Operation, first: Operation) -> Operation | None:
    """Let an operation follow the end of the one it depends on. Its time runs from now: it could not start before."""
    if first.state != State.SUCCEEDED:
        return move(
            planned.pk,
            State.FAILED,
            sources=[State.PLANNED],
            reason="dependency_failed",
            note=f"{first.public_id} {first.state}: {first.note}",
        )
    return move(
        planned.pk,
        State.QUEUED,
        sources=[State.PLANNED],
        due_in=0,
        reason="dependency_done",
        deadline_at=from_now(registry.kind_for(planned.kind).deadline.total_seconds()),
    )
