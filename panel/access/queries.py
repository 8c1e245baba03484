"""Customers by who may see them."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from panel.access.actor import Actor
from panel.access.models import Impersonation
from panel.access.scopes import require_brand_admin, require_staff
from panel.people.models import Customer


def brand_customers(actor: Actor) -> QuerySet[Customer]:
    """The customers of the brand that the actor runs."""
    require_brand_admin(actor)
    return Customer.objects.filter(brand=actor.brand)


def office_customers(actor: Actor) -> QuerySet[Customer]:
    """Every customer, for staff."""
    require_staff(actor)
    return Customer.objects.all()


def office_impersonations(actor: Actor) -> QuerySet[Impersonation]:
    """Who acted as whom, the latest first, for staff."""
    require_staff(actor)
    return Impersonation.objects.select_related("staff", "user")


def with_holdings(customers: QuerySet[Customer]) -> QuerySet[Customer]:
    """The customers with `domain_count`, the number of their names."""
    return customers.annotate(domain_count=Count("domains", distinct=True))
