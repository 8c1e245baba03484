"""Who is asking: the person, for which customer, under which brand."""

from __future__ import annotations

from dataclasses import dataclass

from panel.access.models import Impersonation
from panel.brand.models import Brand
from panel.people.models import Customer, Role, User
from panel.people.queries import memberships_for


@dataclass(frozen=True, slots=True)
class Actor:
    """The asker of a request. Every query of an audience app starts from one.

    With `impersonation` a member of the staff acts as the person.
    """

    user: User
    brand: Brand
    customer: Customer | None = None
    role: str = ""
    is_staff: bool = False
    is_brand_admin: bool = False
    impersonation: Impersonation | None = None

    @property
    def can_buy(self) -> bool:
        """True when the person may spend the customer's money and change its names."""
        return self.customer is not None and self.role in (Role.OWNER, Role.MANAGER)

    @property
    def can_change(self) -> bool:
        """The same right, where a page is about changes rather than money."""
        return self.can_buy


def actor_for(user: User, brand: Brand, customer_pk: int | None = None) -> Actor | None:
    """The actor of a signed-in person on a brand's host, or None when they have no business there."""
    if not user.is_active:
        return None
    memberships = list(memberships_for(user, brand))
    chosen = next((item for item in memberships if item.customer_id == customer_pk), None)
    chosen = chosen or (memberships[0] if memberships else None)
    is_staff = brand.is_operator and user.is_staff
    is_brand_admin = user.brand_memberships.filter(brand=brand).exists()
    if chosen is None and not is_staff and not is_brand_admin:
        return None
    return Actor(
        user=user,
        brand=brand,
        customer=chosen.customer if chosen else None,
        role=chosen.role if chosen else "",
        is_staff=is_staff,
        is_brand_admin=is_brand_admin,
    )
