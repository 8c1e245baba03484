"""Contacts by who may see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from panel.access.actor import Actor
from panel.access.scopes import customer_of, require_brand_admin, require_staff
from panel.billing.models import Cart
from panel.contact.models import Contact, ContactHandle
from panel.operation.models import Operation
from panel.operation.states import OPEN
from panel.people.models import Customer


@dataclass(frozen=True, slots=True)
class Uses:
    """What needs a contact. Names that carry a copy of it (`domains`) do not keep it from being deleted."""

    in_cart: bool
    under_way: bool
    domains: int

    @property
    def keep(self) -> bool:
        """True while it cannot be deleted."""
        return self.in_cart or self.under_way


def contacts_for(actor: Actor) -> QuerySet[Contact]:
    """The contact book of the actor's customer."""
    return Contact.objects.filter(customer=customer_of(actor))


def contacts_on(handles: Iterable[ContactHandle | None], customer: Customer | None) -> QuerySet[Contact]:
    """Those of a customer's contacts whose copies at a registrar these are."""
    known = [handle.contact_id for handle in handles if handle is not None and handle.contact_id is not None]
    return Contact.objects.filter(customer=customer, pk__in=known)


def brand_contacts_for(actor: Actor) -> QuerySet[Contact]:
    """The contacts of the customers of the brand that the actor runs."""
    require_brand_admin(actor)
    return Contact.objects.filter(customer__brand=actor.brand)


def office_contacts(actor: Actor) -> QuerySet[Contact]:
    """Every contact, for staff."""
    require_staff(actor)
    return Contact.objects.all()


def similar_contact(
    customer: Customer, content: Mapping[str, str], *, other_than: Contact | None = None
) -> Contact | None:
    """A contact of the customer's book for the same number, or the same e-mail and name, or None."""
    named = Q(email__iexact=content["email"], last_name__iexact=content["last_name"])
    named &= Q(organization__iexact=content["organization"], first_name__iexact=content["first_name"])
    same = Q(identification__iexact=content["identification"], type=content["type"]) | named
    book = Contact.objects.filter(same, customer=customer).order_by("-pk")
    return (book.exclude(pk=other_than.pk) if other_than else book).first()


def uses_of(contact: Contact) -> Uses:
    """What still needs the contact."""
    handles = list(contact.handles.values_list("handle", flat=True))
    copying = Q(kind="contact.create", payload__contact_pk=contact.pk)
    registering = Q(kind="domain.create", payload__owner__in=handles) if handles else Q(pk=None)
    under_way = Operation.objects.filter(
        copying | registering, customer=contact.customer, state__in=sorted(OPEN)
    )
    return Uses(
        in_cart=Cart.objects.filter(registrant=contact).exists(),
        under_way=under_way.exists(),
        domains=contact.handles.filter(owned_domains__isnull=False).values("owned_domains").count(),
    )
