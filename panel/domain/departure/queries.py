"""Names that went, by who may see them."""

from __future__ import annotations

from django.db.models import QuerySet

from panel.access.actor import Actor
from panel.access.scopes import customer_of, require_brand_admin, require_staff
from panel.domain.departure.models import Departure

_GONE = Departure.objects.filter(came_back_at=None).select_related("domain__account", "customer", "operation")


def departures_for(actor: Actor) -> QuerySet[Departure]:
    """The names that went from the actor's customer."""
    return _GONE.all().filter(customer=customer_of(actor))


def brand_departures_for(actor: Actor) -> QuerySet[Departure]:
    """The names that went from the customers of the brand that the actor runs."""
    require_brand_admin(actor)
    return _GONE.all().filter(customer__brand=actor.brand)


def office_departures(actor: Actor) -> QuerySet[Departure]:
    """Every name that went, also those that were never here, for staff."""
    require_staff(actor)
    return _GONE.all().select_related("domain__account", "customer", "operation", "account")
