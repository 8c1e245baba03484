"""The sweep: every few seconds it finds what is due, stale or forgotten. It needs no message to have arrived."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from panel.operation import registry
from panel.operation.clock import FREE, from_now, jittered
from panel.operation.models import Attempt, Heartbeat, Operation
from panel.operation.states import FINAL, PROOFS_OF_ABSENCE, State
from panel.operation.transition import move, release

BATCH = 500
LAST_LOOK_SECONDS = 3600


def recover(quarantine: float) -> int:
    """Operations whose worker died in the middle of a send become unknown. Returns how many."""
    lapsed = Operation.objects.filter(state=State.SENDING, lease_until__lt=Now())
    count = 0
    for pk, attempt in lapsed.values_list("pk", "attempt")[:BATCH]:
        with transaction.atomic():
            if move(
                pk,
                State.UNKNOWN,
                sources=[State.SENDING],
                attempt=attempt,
                due_in=jittered(quarantine),
                reason="lease_lapsed",
                note="The worker did not come back from its call.",
                absences=0,
            ):
                _close_attempts(pk)
                count += 1
    return count


def overdue() -> int:
    """Operations past their deadline without an answer go to a person, never into silence; mere readings just end.

    What is unknown gets its look first, unless nobody can look.
    """
    count = 0
    unlooked = Q(state=State.UNKNOWN) & (
        Q(deadline_at__lt=from_now(-LAST_LOOK_SECONDS)) | ~Q(account__state="active")
    )
    late = Operation.objects.filter(
        FREE,
        Q(state__in=[State.QUEUED, State.WAITING]) | unlooked,
        deadline_at__lt=Now(),
    )
    for pk, kind, state, attempt in late.values_list("pk", "kind", "state", "attempt")[:BATCH]:
        known = registry.kinds().get(kind)
        end = State.FAILED if known is not None and known.repeatable else State.ATTENTION
        # What is queued was never sent, or is proved not to have happened.
        proved: dict[str, Any] = {"absences": PROOFS_OF_ABSENCE} if state == State.QUEUED else {}
        with transaction.atomic():
            if move(
                pk,
                end,
                sources=[State(state)],
                attempt=attempt,
                reason="deadline",
                note="The deadline passed.",
                **proved,
            ):
                _close_attempts(pk)
                count += 1
    return count


def _close_attempts(operation_pk: int) -> None:
    lost = Attempt.objects.filter(operation_id=operation_pk, ended_at__isnull=True)
    lost.update(ended_at=Now(), outcome="lease_lapsed")


def release_planned() -> int:
    """Operations whose dependency ended while nobody told them."""
    count = 0
    forgotten = Operation.objects.filter(state=State.PLANNED, depends_on__state__in=FINAL)
    for operation in forgotten.select_related("depends_on")[:BATCH]:
        assert operation.depends_on is not None
        if release(operation, operation.depends_on):
            count += 1
    return count


def beat(name: str, **detail: object) -> None:
    """Note that a periodic job ran, by the database's clock."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": Now(), "detail": detail})
