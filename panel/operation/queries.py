"""Operations by who may see them."""

from __future__ import annotations

from django.db.models import QuerySet
from django.db.models.functions import Now

from panel.access.actor import Actor
from panel.access.scopes import customer_of, require_brand_admin, require_staff
from panel.operation.models import Operation
from panel.operation.states import OPEN, State

# What a timeline needs of each operation.
TOLD = ("events__actor", "events__impersonator")
# What describe() needs of a planned one. Few wait for another: joined, it would be half of what is read of each.
WAITED_FOR = "depends_on"


def operations_for(actor: Actor) -> QuerySet[Operation]:
    """The operations of the actor's customer."""
    rows = Operation.objects.filter(customer=customer_of(actor))
    return rows.select_related("brand").prefetch_related(WAITED_FOR)


def brand_operations_for(actor: Actor) -> QuerySet[Operation]:
    """The operations of the customers of the brand that the actor runs."""
    require_brand_admin(actor)
    return Operation.objects.filter(customer__brand=actor.brand).select_related("brand", "customer")


def office_operations(actor: Actor) -> QuerySet[Operation]:
    """Every operation, for staff."""
    require_staff(actor)
    return Operation.objects.select_related("brand", "customer", "account", "actor", "impersonator")


def about(operations: QuerySet[Operation], subject: str) -> QuerySet[Operation]:
    """Those of a scope's operations that are about one subject, with what a timeline needs, newest first."""
    return operations.filter(subject=subject).prefetch_related(*TOLD).order_by("-pk")


def still_open(operations: QuerySet[Operation]) -> QuerySet[Operation]:
    """Those of a scope's operations to which something may still happen."""
    return operations.filter(state__in=sorted(OPEN))


def due(operations: QuerySet[Operation]) -> QuerySet[Operation]:
    """Those of a scope's operations that a worker should look at now, whether one does already or not."""
    return operations.filter(
        state__in=[State.QUEUED, State.WAITING, State.UNKNOWN],
        next_check_at__lte=Now(),
        account__state="active",
    )
