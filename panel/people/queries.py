"""Who belongs where."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from panel.brand.models import Brand
from panel.people.models import Membership, User


def memberships_for(user: User, brand: Brand) -> QuerySet[Membership]:
    """The person's memberships that count on the brand's hosts, oldest first."""
    return (
        Membership.objects.filter(user=user, customer__brand=brand, customer__is_active=True)
        .select_related("customer")
        .order_by("pk")
    )


def may_enter(user: User, brand: Brand) -> bool:
    """True when the person has any business on the brand's hosts."""
    if not user.is_active:
        return False
    if brand.is_operator and user.is_staff:
        return True
    own = Q(memberships__customer__brand=brand, memberships__customer__is_active=True)
    return User.objects.filter(own | Q(brand_memberships__brand=brand), pk=user.pk).exists()
