"""Jobs by who may see them, and what became of their names: told by the operations, never copied from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.db.models.enums import TextChoices
from django.utils.translation import gettext_lazy as _

from panel.access.actor import Actor
from panel.access.scopes import customer_of, require_brand_admin, require_staff
from panel.domain.models import BulkItem, BulkJob
from panel.operation.states import State

ItemState = BulkItem.State


class Result(TextChoices):
    """What became of one name of a job, or is becoming of it."""

    WAITING = "waiting", _("Waits for its turn")
    UNDER_WAY = "under-way", _("Under way")
    ATTENTION = "attention", _("One of us is looking at it")
    DONE = "done", _("Done")
    UNCHANGED = "unchanged", _("Already so")
    FAILED = "failed", _("Failed")
    REFUSED = "refused", _("Cannot be done")
    CANCELLED = "cancelled", _("Cancelled")


# Where the item itself says it all.
_BY_ITEM = {
    ItemState.PENDING: Result.WAITING,
    ItemState.DONE: Result.DONE,
    ItemState.UNCHANGED: Result.UNCHANGED,
    ItemState.REFUSED: Result.REFUSED,
    ItemState.CANCELLED: Result.CANCELLED,
}
_BY_OPERATION = {
    State.SUCCEEDED: Result.DONE,
    State.FAILED: Result.FAILED,
    State.CANCELLED: Result.FAILED,
    State.ATTENTION: Result.ATTENTION,
}
LIVE = frozenset({Result.WAITING, Result.UNDER_WAY})
# What can be tried again.
NOT_DONE = frozenset({Result.FAILED, Result.REFUSED})


def result_of(item_state: str, operation_state: str | None) -> Result:
    """The result of an item in this state, whose operation is in that one."""
    if item_state != ItemState.PLANNED:
        return _BY_ITEM[ItemState(item_state)]
    if operation_state is None:
        return Result.UNDER_WAY
    return _BY_OPERATION.get(State(operation_state), Result.UNDER_WAY)


def jobs_for(actor: Actor) -> QuerySet[BulkJob]:
    """The jobs of the actor's customer."""
    return BulkJob.objects.filter(customer=customer_of(actor)).select_related("actor", "customer", "retry_of")


def brand_jobs_for(actor: Actor) -> QuerySet[BulkJob]:
    """The jobs that the people who run the actor's brand started; those of its customers are their own."""
    require_brand_admin(actor)
    return BulkJob.objects.filter(brand=actor.brand).select_related("actor", "retry_of")


def office_jobs(actor: Actor) -> QuerySet[BulkJob]:
    """Every job, of customers, of brands' people and of the staff, for staff."""
    require_staff(actor)
    return BulkJob.objects.select_related("actor", "customer", "brand", "retry_of")


def with_result(items: QuerySet[BulkItem]) -> QuerySet[BulkItem]:
    """The items with `result`, what became of them."""
    own = [When(state=state, then=Value(result.value)) for state, result in _BY_ITEM.items()]
    followed = [
        When(operation__state=state, then=Value(result.value)) for state, result in _BY_OPERATION.items()
    ]
    result = Case(*own, *followed, default=Value(Result.UNDER_WAY.value), output_field=CharField())
    return items.annotate(result=result)


def items_of(job: BulkJob) -> QuerySet[BulkItem]:
    """A job's names with their results, and what a list needs of their operations."""
    return with_result(job.items.select_related("operation__brand", "operation__depends_on", "customer"))


def not_done(jobs: QuerySet[BulkJob]) -> QuerySet[BulkItem]:
    """The items of jobs that failed or were refused."""
    failed = Q(state=ItemState.PLANNED, operation__state__in=[State.FAILED, State.CANCELLED])
    return BulkItem.objects.filter(Q(state=ItemState.REFUSED) | failed, job__in=jobs)


def counts(jobs: Iterable[BulkJob]) -> dict[int, Counter[Result]]:
    """How many names came to which result, by job; one query for all of them."""
    found: dict[int, Counter[Result]] = {job.pk: Counter() for job in jobs}
    rows = (
        BulkItem.objects.filter(job__in=list(found))
        .order_by()
        .values("job_id", "state", followed=F("operation__state"))
        .annotate(number=Count("pk"))
    )
    for row in rows:
        found[row["job_id"]][result_of(row["state"], row["followed"])] += row["number"]
    return found
