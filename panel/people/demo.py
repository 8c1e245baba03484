"""The people of the demo, shown on the sign-in page in demo mode only."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from panel.brand.models import Brand
from panel.people.models import Membership, Role, User

DEMO_PASSWORD = "nameward-demo"  # noqa: S105 - printed on the sign-in page of the demo


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A log-in of the demo and what it is good for."""

    email: str
    what: str


def demo_people(brand: Brand | None) -> list[DemoPerson]:
    """The demo's people who may sign in on the brand's hosts; nobody outside demo mode."""
    if not settings.DEMO or brand is None:
        return []
    here = Membership.objects.filter(customer__brand=brand, customer__is_active=True).select_related(
        "customer"
    )
    people = User.objects.filter(is_demo=True, is_active=True).order_by("pk")
    people = people.prefetch_related(Prefetch("memberships", here), "brand_memberships", "grants__customer")
    described = ((person, _describe(person, brand)) for person in people)
    return [DemoPerson(person.email, what) for person, what in described if what]


def _describe(person: User, brand: Brand) -> str:
    if brand.is_operator and person.is_staff:
        return _("Staff: the back office")
    if any(membership.brand_id == brand.pk for membership in person.brand_memberships.all()):
        return _("Runs the brand")
    for membership in person.memberships.all():
        if membership.role == Role.READER:
            return _("Customer %(name)s, read-only") % {"name": membership.customer}
        return _("Customer %(name)s") % {"name": membership.customer}
    # What is lent to people is of an app above: here is only who lends.
    for grant in person.grants.all():
        if grant.customer.brand_id == brand.pk:
            return _("Names shared by %(name)s") % {"name": grant.customer}
    return ""
