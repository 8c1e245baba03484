"""Contacts by who may see them."""

from __future__ import annotations

from django.db.models import QuerySet

from panel.access.actor import Actor
from panel.access.scopes import customer_of, require_brand_admin, require_staff
from panel.contact.models import Contact


def contacts_for(actor: Actor) -> QuerySet[Contact]:
    """The contact book of the actor's customer."""
    return Contact.objects.filter(customer=customer_of(actor))


def brand_contacts_for(actor: Actor) -> QuerySet[Contact]:
    """The contacts of the customers of the brand that the actor runs."""
    require_brand_admin(actor)
    return Contact.objects.filter(customer__brand=actor.brand)


def office_contacts(actor: Actor) -> QuerySet[Contact]:
    """Every contact, for staff."""
    require_staff(actor)
    return Contact.objects.all()
