"""Who is asking: the person, for which customer, under which brand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from panel.access.grants import enters_as_delegate, lent_to
from panel.access.models import Grant, Impersonation
from panel.access.parts import LOOK, NOTHING, WHOLE, Level, Need, Part, Rights
from panel.brand.models import Brand
from panel.core.conditions import Has
from panel.people.models import BrandMembership, Customer, Role, User
from panel.people.queries import memberships_for


@dataclass(frozen=True, slots=True)
class Actor:
    """The asker of a request. Every query of an audience app starts from one.

    With `impersonation` a member of the staff acts as the person. `is_delegate`: parts of other customers' names are
    lent to the person here. `need` and `rights` are set in a view of a name that declared a part of it: what it needs,
    and what the person may do about that name.
    """

    user: User
    brand: Brand
    customer: Customer | None = None
    role: str = ""
    is_staff: bool = False
    is_brand_admin: bool = False
    impersonation: Impersonation | None = None
    is_delegate: bool = False
    need: Need | None = None
    rights: Rights | None = None

    @property
    def can_buy(self) -> bool:
        """True when the person may spend the customer's money and change its names."""
        return self.customer is not None and self.role in (Role.OWNER, Role.MANAGER)

    @property
    def can_change(self) -> bool:
        """The same right, where a page is about changes rather than money."""
        return self.can_buy

    @property
    def can_grant(self) -> bool:
        """True when the person may decide who else may do what."""
        return self.customer is not None and self.role == Role.OWNER

    @property
    def standing_rights(self) -> Rights:
        """What the person may do about the names of the customer for whom they act."""
        if self.can_change:
            return WHOLE
        return LOOK if self.customer is not None else NOTHING

    def rights_to(self, name: str) -> Rights:
        """What the person may do about a name (A-label), if it is the customer's own or lent to the person.

        At most one query; whether the name is the customer's own is for a scope to say.
        """
        grant = _of(self, name) if self.is_delegate else None
        return self.standing_rights if grant is None else grant.rights

    def may(self, part: Part, level: Level, domain: Any) -> bool:
        """Whether the person may read or change a part of a domain of the mirror."""
        if self.customer is not None and domain.customer_id == self.customer.pk:
            return self.standing_rights.may(part, level)
        rights = self.rights_to(domain.name)
        return rights.lent and rights.may(part, level)


def _of(actor: Actor, name: str) -> Grant | None:
    """What is lent of a name, which an address may give as U-label too."""
    asked = Q(domain__name=name) | Q(domain__unicode_name=name)
    return lent_to(actor).filter(asked).first()


def _further(user: User, brand: Brand) -> dict[str, Has]:
    """Whether the person runs the brand, and whether anything at all is lent to the person: few are such."""
    return {
        "runs_brand": Has(BrandMembership, user=user.pk, brand=brand.pk),
        "may_have_lent": Has(Grant, user=user.pk, revoked_at=None),
    }


def actor_for(user: User, brand: Brand, customer_pk: int | None = None) -> Actor | None:
    """The actor of a signed-in person on a brand's host, or None when they have no business there."""
    if not user.is_active:
        return None
    memberships = list(memberships_for(user, brand).annotate(**_further(user, brand)))
    chosen = next((item for item in memberships if item.customer_id == customer_pk), None)
    chosen = chosen or (memberships[0] if memberships else None)
    is_staff = brand.is_operator and user.is_staff
    # What else there is for the person comes with the memberships, where there are any: one query less at each request.
    found: Any = chosen or User.objects.filter(pk=user.pk).annotate(**_further(user, brand)).get()
    is_brand_admin = found.runs_brand
    is_delegate = found.may_have_lent and enters_as_delegate(user, brand)
    if chosen is None and not is_staff and not is_brand_admin and not is_delegate:
        return None
    return Actor(
        user=user,
        brand=brand,
        customer=chosen.customer if chosen else None,
        role=chosen.role if chosen else "",
        is_staff=is_staff,
        is_brand_admin=is_brand_admin,
        is_delegate=is_delegate,
    )
