"""Giving a name up after a time to think it over."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now

from panel.domain.end_models import PlannedDeletion
from panel.domain.models import Domain
from panel.domain.operations_end import plan_delete, require_deletable
from panel.domain.refusals import CannotDo
from panel.operation.clock import from_now
from panel.operation.services import AlreadyOpen
from panel.people.models import User

Outcome = PlannedDeletion.Outcome
AT_ONCE = 100


def cooling_off() -> timedelta:
    """How long a deletion waits for second thoughts."""
    return timedelta(hours=settings.DELETION_WAITS_HOURS)


def planned(domain: Domain) -> PlannedDeletion | None:
    """The deletion of the name for which time is running."""
    return domain.planned_deletions.filter(ended_at=None).first()


@transaction.atomic
def plan_farewell(domain: Domain, *, actor: User | None) -> PlannedDeletion:
    """Have the name deleted once the time to think is over; the one that is planned already is returned.

    Raises NotOffered and NotNow as plan_delete() would now.
    """
    require_deletable(domain)
    try:
        with transaction.atomic():
            return PlannedDeletion.objects.create(
                domain=domain,
                customer=domain.customer,
                asked_by=actor,
                impersonator=actor.impersonated_by if actor is not None else None,
                due_at=from_now(cooling_off().total_seconds()),
            )
    except IntegrityError:
        found = planned(domain)
        if found is None:
            raise
        return found


def keep(domain: Domain, *, actor: User | None) -> bool:
    """Keep a name that was to be deleted. False when nothing was planned any more: it may have been ordered by now."""
    open_ones = PlannedDeletion.objects.filter(domain=domain, ended_at=None)
    return bool(open_ones.update(ended_at=Now(), ended_by=actor, outcome=Outcome.KEPT))


def run() -> tuple[int, int]:
    """Order the deletions whose time has come. Returns how many were ordered, and how many refused."""
    ordered = refused = 0
    due = PlannedDeletion.objects.filter(ended_at=None, due_at__lte=Now()).order_by("due_at")
    for pk in list(due.values_list("pk", flat=True)[:AT_ONCE]):
        outcome = _order(pk)
        ordered += outcome == Outcome.ORDERED
        refused += outcome == Outcome.REFUSED
    return ordered, refused


@transaction.atomic
def _order(pk: int) -> str:
    """Order one, once: of two who come for it, one finds it locked or ended."""
    rows = PlannedDeletion.objects.filter(pk=pk, ended_at=None)
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True, of=("self",))
    row = rows.select_related("domain__account", "domain__customer", "asked_by", "impersonator").first()
    if row is None:
        return ""
    domain = row.domain
    if domain.customer_id != row.customer_id:
        return _end(row, Outcome.REFUSED, "another_customer")
    try:
        asker = row.asked_by.acted_by(row.impersonator) if row.asked_by is not None else None
        operation = plan_delete(domain, actor=asker, key=row.public_id)
    except AlreadyOpen:
        return ""
    except CannotDo as refusal:
        return _end(row, Outcome.REFUSED, reason=refusal.reason)
    row.operation = operation
    row.save(update_fields=["operation"])
    return _end(row, Outcome.ORDERED)


def _end(row: PlannedDeletion, outcome: str, reason: str = "") -> str:
    PlannedDeletion.objects.filter(pk=row.pk).update(ended_at=Now(), outcome=outcome, reason=reason)
    return outcome
