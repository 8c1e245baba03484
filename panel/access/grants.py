"""What is lent at this moment, as queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from panel.access.models import Grant
from panel.access.parts import Level, Need
from panel.brand.models import Brand
from panel.people.models import User

if TYPE_CHECKING:
    from panel.access.actor import Actor


def standing_grants() -> QuerySet[Grant]:
    """Every grant that counts now: accepted, not over, not taken back, and the name still the granting customer's."""
    in_time = Q(until=None) | Q(until__gte=timezone.localdate())
    return Grant.objects.filter(
        in_time,
        user__isnull=False,
        revoked_at=None,
        customer__is_active=True,
        domain__customer=F("customer"),
    )


def lent_to(actor: Actor) -> QuerySet[Grant]:
    """What is lent to the actor on this brand's hosts; not of the names of the customer for whom the actor acts."""
    grants = standing_grants().filter(user=actor.user, customer__brand=actor.brand)
    return grants if actor.customer is None else grants.exclude(customer=actor.customer)


def reaching(need: Need) -> Q:
    """The grants that meet a need."""
    levels = (Level.READ, Level.WRITE) if need.level == Level.READ else (need.level,)
    found = Q(pk__in=[])
    for part in need.parts:
        for level in levels:
            found |= Q(**{f"levels__{part.value}": level.value})
    return found


def lent_on(user_pk: int, brand: Brand) -> QuerySet[Grant]:
    """What is lent to a person on the brand's hosts."""
    return standing_grants().filter(user=user_pk, customer__brand=brand)


def enters_as_delegate(user: User, brand: Brand) -> bool:
    """Whether something is lent to the person on the brand's hosts."""
    return lent_on(user.pk, brand).exists()
