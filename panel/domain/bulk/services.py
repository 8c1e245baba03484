"""Accepting a job, stopping it, and seeing that some worker plans it."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.db.models.functions import Now

from panel.access.actor import Actor
from panel.brand.models import Brand
from panel.core import broker
from panel.domain.bulk.preview import Outcome, Preview, Verdict
from panel.domain.models import BulkItem, BulkJob, Domain
from panel.operation.clock import from_now
from panel.people.models import Customer

PLAN_TASK = "panel.domain.tasks.plan_bulk"
WAKE_EVERY_SECONDS = 15
BATCH = 2000

# Jobs that no worker is planning: none ever claimed it, or its claim has lapsed.
FREE = Q(busy_until__isnull=True) | Q(busy_until__lt=Now())

_STATES = {
    Outcome.READY: BulkItem.State.PENDING,
    Outcome.UNCHANGED: BulkItem.State.UNCHANGED,
    Outcome.REFUSED: BulkItem.State.REFUSED,
}


class NothingToDo(Exception):
    """It can be done to none of the names."""


def start(
    seen: Preview,
    *,
    key: str,
    actor: Actor,
    customer: Customer | None,
    brand: Brand | None = None,
    retry_of: BulkJob | None = None,
) -> BulkJob:
    """Accept what was seen as one job and ask a worker to plan it. The same key gives the first job again.

    It is the `customer`'s or the `brand`'s, or the staff's. Plans nothing itself: ten thousand names are some inserts,
    and SQLite is kept from others for no longer than they take. Raises NothingToDo.
    """
    if not seen.numbers[Outcome.READY]:
        raise NothingToDo
    job = BulkJob(
        customer=customer,
        brand=brand,
        actor=actor.user,
        impersonator=actor.user.impersonated_by,
        action=seen.action,
        values=seen.values,
        key=key,
        total=len(seen.rows),
        retry_of=retry_of,
        woken_at=Now(),
    )
    items = [_item(domain, verdict) for domain, verdict in seen.rows]
    try:
        with transaction.atomic():
            job.save(force_insert=True)
            for item in items:
                item.job = job
            BulkItem.objects.bulk_create(items, batch_size=BATCH)
            transaction.on_commit(lambda: send(job.pk))
    except IntegrityError:
        return BulkJob.objects.get(key=key)
    return job


def _item(domain: Domain, verdict: Verdict) -> BulkItem:
    priced = verdict.price is not None and domain.customer is not None
    return BulkItem(
        domain=domain,
        customer_id=domain.customer_id,
        name=domain.name,
        state=_STATES[verdict.outcome],
        reason=verdict.reason if verdict.outcome == Outcome.REFUSED else "",
        note=verdict.note,
        price=verdict.price,
        currency=domain.customer.currency if priced and domain.customer else "",
        expires_on=domain.expires_on,
    )


def cancel(job: BulkJob) -> int:
    """Leave the names alone that no worker has planned yet. Returns how many; what is planned goes on."""
    with transaction.atomic():
        pending = BulkItem.objects.filter(job=job, state=BulkItem.State.PENDING)
        stopped = pending.update(state=BulkItem.State.CANCELLED)
        if stopped:
            BulkJob.objects.filter(pk=job.pk).update(cancelled_at=Now())
    return stopped


def send(job_pk: int) -> bool:
    """Hand a job to the workers. A broker that is away costs time: the clock finds the job again."""
    return broker.send(PLAN_TASK, job_pk)


def wake_if_due(job: BulkJob) -> bool:
    """Ask again for a job that is not planned, that nobody plans and nobody was asked to lately."""
    asked_lately = Q(woken_at__gte=from_now(-WAKE_EVERY_SECONDS))
    idle = BulkJob.objects.filter(FREE, pk=job.pk, planned_at__isnull=True).exclude(asked_lately)
    # Looked at first: on SQLite even an update of nothing waits until the workers write nothing, and a page that
    # follows a job asks every two seconds.
    if not idle.exists() or idle.update(woken_at=Now()) != 1:
        return False
    transaction.on_commit(lambda: send(job.pk))
    return True


def wake_forgotten() -> int:
    """Ask again for every job whose message was lost or whose worker died. Returns how many."""
    unplanned = BulkJob.objects.filter(FREE, planned_at__isnull=True).order_by("pk")
    return sum(wake_if_due(job) for job in unplanned)
