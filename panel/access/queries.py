"""Customers by who may see them."""

from __future__ import annotations

from django.db.models import Count, F, QuerySet

from panel.access.actor import Actor
from panel.access.models import Grant, Impersonation
from panel.access.scopes import customer_of, require_brand_admin, require_staff
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


def grants_for(actor: Actor) -> QuerySet[Grant]:
    """What the actor's customer lends, the latest first."""
    return _kept(Grant.objects.filter(customer=customer_of(actor)))


def brand_grants_for(actor: Actor) -> QuerySet[Grant]:
    """What the customers of the brand that the actor runs lend."""
    require_brand_admin(actor)
    return _kept(Grant.objects.filter(customer__brand=actor.brand))


def office_grants(actor: Actor) -> QuerySet[Grant]:
    """What any customer lends, for staff."""
    require_staff(actor)
    return _kept(Grant.objects.all())


def _kept(grants: QuerySet[Grant]) -> QuerySet[Grant]:
    """Those that were not taken back, also where they wait or are past their last day."""
    rows = grants.filter(revoked_at=None, domain__customer=F("customer"))
    return rows.select_related("domain", "user", "customer__brand")


def grants_on(domain_pk: int) -> QuerySet[Grant]:
    """What is lent of one name, by whose name it is."""
    return _kept(Grant.objects.filter(domain=domain_pk)).order_by("email")


def with_holdings(customers: QuerySet[Customer]) -> QuerySet[Customer]:
    """The customers with `domain_count`, the number of their names."""
    return customers.annotate(domain_count=Count("domains", distinct=True))
