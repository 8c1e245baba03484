"""Orders and ledger entries by who may see them."""

from __future__ import annotations

from django.db.models import QuerySet

from panel.access.actor import Actor
from panel.access.scopes import customer_of, require_brand_admin, require_staff
from panel.billing.models import Entry, Order


def orders_for(actor: Actor) -> QuerySet[Order]:
    """The orders of the actor's customer."""
    return Order.objects.filter(customer=customer_of(actor))


def brand_orders_for(actor: Actor) -> QuerySet[Order]:
    """The orders of the customers of the brand that the actor runs."""
    require_brand_admin(actor)
    return Order.objects.filter(customer__brand=actor.brand)


def office_orders(actor: Actor) -> QuerySet[Order]:
    """Every order, for staff."""
    require_staff(actor)
    return Order.objects.all()


def entries_for(actor: Actor) -> QuerySet[Entry]:
    """The movements of the wallet of the actor's customer."""
    return Entry.objects.filter(customer=customer_of(actor))


def brand_entries_for(actor: Actor) -> QuerySet[Entry]:
    """The movements of the wallets of the brand's customers."""
    require_brand_admin(actor)
    return Entry.objects.filter(customer__brand=actor.brand)


def office_entries(actor: Actor) -> QuerySet[Entry]:
    """Every movement of money, for staff."""
    require_staff(actor)
    return Entry.objects.all()
