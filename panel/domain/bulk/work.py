"""The worker's half of a job: planning its names, a few in each transaction.

Safe to run never, once or many times, by any number of workers: a chunk's items are locked while they are planned, each
leaves `pending` in the transaction that plans it, and its operation carries the item in its key.
"""

from __future__ import annotations

import time

import structlog
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models.functions import Now

from panel.billing import ledger
from panel.domain.bulk.action import Action, Books, Deed
from panel.domain.bulk.actions import action_of
from panel.domain.bulk.preview import note_of
from panel.domain.bulk.services import FREE, send
from panel.domain.models import BulkItem, BulkJob, Domain
from panel.domain.refusals import CannotDo, Unchanged
from panel.operation import handing
from panel.operation.clock import from_now
from panel.operation.models import Operation
from panel.operation.services import AlreadyOpen

log = structlog.get_logger(__name__)

CHUNK = 10
LEASE_SECONDS = 60
# After this a worker gives other work a turn and asks for itself again.
TURN_SECONDS = 5.0
# Whoever waits to write to SQLite looks again after a tenth of a second at the latest, and stands in no line: without
# this a worker would write again before anybody else has seen that the way was free.
OTHERS_TURN_SECONDS = 0.12
State = BulkItem.State


def work(job_pk: int, *, chunks: int | None = None) -> None:
    """Plan what is pending of a job for one turn, at most so many chunks, then ask for the next turn."""
    if BulkJob.objects.filter(FREE, pk=job_pk, planned_at__isnull=True).update(busy_until=_lease()) != 1:
        return
    try:
        goes_on = _turn(job_pk, chunks)
    finally:
        BulkJob.objects.filter(pk=job_pk).update(busy_until=None)
    handing.hand_out()
    if goes_on:
        BulkJob.objects.filter(pk=job_pk).update(woken_at=Now())
        send(job_pk)


def _turn(job_pk: int, chunks: int | None) -> bool:
    """Whether something is left for another turn."""
    job = BulkJob.objects.select_related("actor").get(pk=job_pk)
    action, until, done = action_of(job), time.monotonic() + TURN_SECONDS, 0
    while _plan_chunk(job, action) == CHUNK:
        done += 1
        if done == chunks:
            return True
        if connection.vendor == "sqlite":
            time.sleep(OTHERS_TURN_SECONDS)
        if time.monotonic() > until:
            return True
        BulkJob.objects.filter(pk=job_pk).update(busy_until=_lease())
    # Others may still hold some of the last ones: whoever comes after them notes the end.
    rest = BulkItem.objects.filter(job=job_pk, state=State.PENDING)
    if not rest.exists():
        BulkJob.objects.filter(pk=job_pk, planned_at__isnull=True).update(planned_at=Now())
    return False


def _lease() -> object:
    return from_now(LEASE_SECONDS)


def _plan_chunk(job: BulkJob, action: Action) -> int:
    """Plan the next few names, all in one transaction. Returns how many it took."""
    with handing.crowd(), transaction.atomic():
        pending = BulkItem.objects.filter(job=job, state=State.PENDING).order_by("pk")
        items = list(pending.select_for_update(skip_locked=True, of=("self",))[:CHUNK])
        domains = _domains(items)
        books = Books({domain.tld_name for domain in domains.values()})
        without_money: set[int | None] = set()
        for item in items:
            domain = domains.get(item.domain_id or 0)
            if item.customer_id in without_money:
                continue
            if domain is None or domain.customer_id != item.customer_id:
                _settle(item, State.REFUSED, "gone")
            elif _plan_one(Deed(item, domain, job.asker), action, books) is Short:
                without_money.add(item.customer_id)
                _refuse_rest(job, item.customer_id)
    return len(items)


def _domains(items: list[BulkItem]) -> dict[int, Domain]:
    around = ("account", "customer__brand", "owner", "admin", "tech", "billing")
    return Domain.objects.select_related(*around).in_bulk(
        [item.domain_id for item in items if item.domain_id]
    )


class Short:
    """The customer's wallet does not cover it."""


def _plan_one(deed: Deed, action: Action, books: Books) -> type[Short] | None:
    item = deed.item
    try:
        with transaction.atomic():
            operation = action.carry_out(deed, books)
    except Unchanged:
        _settle(item, State.UNCHANGED)
    except CannotDo as refusal:
        _settle(item, State.REFUSED, refusal.reason, note_of(refusal))
    except AlreadyOpen:
        _settle(item, State.REFUSED, action.busy)
    except ledger.NotEnoughMoney:
        return Short
    except (OperationalError, InterfaceError):
        # The database's trouble is nobody's answer: the whole chunk is tried again later.
        raise
    except Exception:
        # One name that cannot be planned must not keep thousands of others from it.
        log.exception("bulk_item_failed", job=item.job_id, name=item.name)
        _settle(item, State.REFUSED, "went_wrong")
    else:
        _settle(item, State.DONE if operation is None else State.PLANNED, operation=operation)
    return None


def _settle(
    item: BulkItem, state: State, reason: str = "", note: str = "", operation: Operation | None = None
) -> None:
    mine = BulkItem.objects.filter(pk=item.pk, state=State.PENDING)
    mine.update(state=state, reason=reason, note=note, operation=operation)


def _refuse_rest(job: BulkJob, customer_id: int | None) -> None:
    """Once the money does not suffice, what comes later in the order is not tried: the most urgent was paid."""
    rest = BulkItem.objects.filter(job=job, customer=customer_id, state=State.PENDING)
    rest.update(state=State.REFUSED, reason="not_enough_money")
