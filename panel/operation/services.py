"""Planning operations, waking the worker, and what people decide about them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Least

from panel.operation import registry
from panel.operation.clock import from_now
from panel.operation.handing import wake
from panel.operation.models import Event, Operation
from panel.operation.states import MOST_SENDS, OPEN, PROOFS_OF_ABSENCE, State
from panel.operation.transition import move
from panel.people.models import User

log = structlog.get_logger(__name__)


class AlreadyOpen(Exception):
    """The same thing is being done to the same subject already; `operation` is that one."""

    def __init__(self, operation: Operation) -> None:
        super().__init__(f"{operation.kind} of {operation.label} is already under way")
        self.operation = operation


def plan(
    kind: str,
    *,
    subject: str,
    label: str,
    account: Any,
    intent_key: str,
    payload: Mapping[str, Any],
    secrets: Mapping[str, Any] | None = None,
    starts_from: Mapping[str, Any] | None = None,
    customer: Any = None,
    brand: Any = None,
    actor: User | None = None,
    depends_on: Operation | None = None,
    price: Decimal | None = None,
    currency: str = "",
) -> Operation:
    """Write down an intent, inside the caller's transaction, and wake a worker once that commits.

    `intent_key` makes the same intent the same row: planning it again returns the first. With `depends_on` it stays
    planned until that operation succeeds. Raises AlreadyOpen when another intent of this kind is open for the subject.
    """
    known = registry.kind_for(kind)
    intent_key = _fitting(intent_key)
    existing = Operation.objects.filter(intent_key=intent_key).first()
    if existing is not None:
        return existing
    impersonator = actor.impersonated_by if actor is not None else None
    waits = depends_on is not None and depends_on.state != State.SUCCEEDED
    try:
        with transaction.atomic():
            operation = Operation.objects.create(
                kind=kind,
                lane=known.lane,
                subject=subject,
                label=label,
                account=account,
                intent_key=intent_key,
                payload=dict(payload),
                secrets=dict(secrets or {}),
                starts_from=dict(starts_from or {}),
                customer=customer,
                brand=brand or (customer.brand if customer else None),
                actor=actor,
                impersonator=impersonator,
                depends_on=depends_on,
                price=price,
                currency=currency,
                state=State.PLANNED,
            )
    except IntegrityError:
        same = Operation.objects.filter(intent_key=intent_key).first()
        if same is not None:
            return same
        rival = Operation.objects.filter(subject=subject, kind=kind, state__in=OPEN).first()
        if rival is None:
            raise
        raise AlreadyOpen(rival) from None
    Event.objects.create(operation=operation, to_state=State.PLANNED, actor=actor, impersonator=impersonator)
    Operation.objects.filter(pk=operation.pk).update(
        deadline_at=from_now(known.deadline.total_seconds()),
        promised_at=from_now(min(known.promise, known.deadline).total_seconds()),
    )
    if not waits:
        move(operation.pk, State.QUEUED, sources=[State.PLANNED], due_in=0)
    operation.refresh_from_db()
    wake(operation.pk)
    return operation


def _fitting(intent_key: str) -> str:
    """The key itself, or one of the allowed length that is as much its own: two intents never share a key."""
    longest = Operation._meta.get_field("intent_key").max_length
    assert longest is not None
    if len(intent_key) <= longest:
        return intent_key
    digest = hashlib.sha256(intent_key.encode()).hexdigest()[:40]
    return f"{intent_key[: longest - len(digest) - 1]}:{digest}"


def cancel(operation: Operation, *, actor: User | None, reason: str) -> bool:
    """Cancel what was never sent. False when it is too late: a request that may have left may still take effect."""
    with transaction.atomic():
        unsent = Operation.objects.select_for_update().filter(pk=operation.pk, sends=0).first()
        if unsent is None:
            return False
        moved = move(
            operation.pk,
            State.CANCELLED,
            sources=[State.PLANNED, State.QUEUED],
            attempt=unsent.attempt,
            actor=actor,
            reason="cancelled_by_person",
            note=reason,
        )
    return moved is not None


def send_again(operation: Operation, *, actor: User, reason: str, attempt: int | None = None) -> bool:
    """A person looked: it did not happen, send it once more. With `attempt`, only if nothing was tried since."""
    moved = move(
        operation.pk,
        State.QUEUED,
        sources=[State.ATTENTION],
        attempt=attempt,
        due_in=0,
        actor=actor,
        reason="did_not_happen",
        note=reason,
        setbacks=0,
        absences=0,
        # One more send for one more verdict, however many there were.
        sends=Least(F("sends"), Value(MOST_SENDS - 1)),
        deadline_at=from_now(registry.kind_for(operation.kind).deadline.total_seconds()),
    )
    if moved:
        wake(operation.pk)
    return moved is not None


def send_again_if_proved(operation: Operation, *, actor: User, reason: str) -> bool:
    """Send once more what came to a person with the proof that it had not happened. Needs no look at the registrar."""
    proved = Operation.objects.filter(
        pk=operation.pk, attempt=operation.attempt, absences__gte=PROOFS_OF_ABSENCE
    )
    return proved.exists() and send_again(operation, actor=actor, reason=reason, attempt=operation.attempt)


def look_again(operation: Operation, *, actor: User, reason: str) -> bool:
    """Have the worker look at the registrar once more. Safe at any time: looking changes nothing."""
    moved = move(
        operation.pk,
        State.UNKNOWN,
        sources=[State.ATTENTION],
        due_in=0,
        actor=actor,
        reason="look_again",
        note=reason,
        setbacks=0,
        absences=0,
        deadline_at=from_now(3600),
    )
    if moved:
        wake(operation.pk)
    return moved is not None


def retry_now(operation: Operation) -> bool:
    """Do not wait for the next try: a queued, waiting or unknown operation becomes due at once.

    Not the second proof of absence, which counts because of the time between the two, and not what the registrar was
    asked about less than OPERATION_POLL_FLOOR_SECONDS ago.
    """
    rested = Q(asked_at__isnull=True) | Q(asked_at__lt=from_now(-settings.OPERATION_POLL_FLOOR_SECONDS))
    hurried = Q(state=State.QUEUED) | Q(state=State.WAITING) & rested | Q(state=State.UNKNOWN, absences=0)
    due = Operation.objects.filter(hurried, pk=operation.pk)
    changed = due.update(next_check_at=from_now(0), woken_at=None) == 1
    if changed:
        wake(operation.pk)
    return changed


def it_happened(operation: Operation, *, actor: User, reason: str) -> bool:
    """A person looked: it did happen. The mirror follows, the money is captured.

    False when it is too late, or when the panel lacks what it must know to go on (look again instead).
    """
    try:
        return _vouched(operation, actor, reason)
    except registry.CannotVouch as error:
        log.warning("operation_not_vouched", operation=operation.public_id, why=str(error))
        return False


def _vouched(operation: Operation, actor: User, reason: str) -> bool:
    with transaction.atomic():
        moved = move(
            operation.pk,
            State.SUCCEEDED,
            sources=[State.ATTENTION],
            actor=actor,
            reason="did_happen",
            note=reason,
        )
        if moved is None:
            return False
        result = registry.kind_for(moved.kind).apply(moved, None)
        Operation.objects.filter(pk=moved.pk).update(result=result)
    return True


def give_up(operation: Operation, *, actor: User, reason: str) -> bool:
    """A person looked: it did not happen, and shall not. The money is released."""
    moved = move(
        operation.pk,
        State.FAILED,
        sources=[State.ATTENTION],
        actor=actor,
        reason="given_up",
        note=reason,
    )
    return moved is not None
