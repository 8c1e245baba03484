"""Asking a registrar once about all operations that it has not finished, where its API has a list of them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Now

from panel.operation.clock import FREE, from_now, paced
from panel.operation.handing import send
from panel.operation.models import Operation
from panel.operation.queries import due
from panel.operation.states import State
from registrar import types

MOST = 500


def still_pending(operation: Operation, driver: Any) -> bool:
    """Whether the account's list of unfinished operations shows this one; it then speaks for all others that are due.

    False when it does not, or when reading the list would not pay: then the operation itself is asked about. Not to be
    in the list proves nothing yet, so whatever is not is asked about by itself too. Raises `registrar.errors`.
    """
    if not operation.reference or not driver.supports("operation.pending").usable or _was_listed(operation):
        return False
    others = _reserve(operation)
    if not others:
        return False
    pending: tuple[types.OperationRecord, ...] = driver.operations.pending()
    shown = {record.reference for record in pending if record.status == types.OperationStatus.PENDING}
    for pk, reference, lane in others:
        if reference in shown:
            _postpone(pk)
        else:
            send(pk, lane)
    return operation.reference in shown


def _was_listed(operation: Operation) -> bool:
    """Whether the list was read for it in this round, and did not show it."""
    return Operation.objects.filter(_listed_lately(), pk=operation.pk).exists()


def _listed_lately() -> Q:
    return Q(listed_at__gt=from_now(-settings.OPERATION_POLL_FLOOR_SECONDS))


def _reserve(operation: Operation) -> list[tuple[int, str, str]]:
    """Ids, references and lanes of the account's other due operations: no other worker reads a list for them now."""
    waiting = due(Operation.objects.order_by()).filter(
        FREE, account_id=operation.account_id, state=State.WAITING
    )
    waiting = waiting.exclude(_listed_lately()).exclude(reference="")
    found = list(waiting.exclude(pk=operation.pk).values_list("pk", "reference", "lane")[:MOST])
    Operation.objects.filter(pk__in=[pk for pk, _reference, _lane in found]).update(listed_at=Now())
    return found


def _postpone(pk: int) -> None:
    """Ask about it again at the usual pace, unless somebody does so already."""
    Operation.objects.filter(FREE, pk=pk, state=State.WAITING).update(
        next_check_at=from_now(paced(settings.OPERATION_POLL_SECONDS)),
        asked_at=Now(),
        woken_at=None,
        setbacks=0,
    )
