"""Who belongs where."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q, QuerySet

from panel.brand.models import Brand
from panel.people.models import Customer, Membership, Role, User


def memberships_for(user: User, brand: Brand) -> QuerySet[Membership]:
    """The person's memberships that count on the brand's hosts, oldest first."""
    return (
        Membership.objects.filter(user=user, customer__brand=brand, customer__is_active=True)
        .select_related("customer")
        .order_by("pk")
    )


_reasons: list[Callable[[User, Brand], bool]] = []


def also_enters(reason: Callable[[User, Brand], bool]) -> None:
    """Let in also whom `reason(user, brand)` says has business there: for apps above this one."""
    if reason not in _reasons:
        _reasons.append(reason)


def may_enter(user: User, brand: Brand) -> bool:
    """True when the person has any business on the brand's hosts."""
    if not user.is_active:
        return False
    if brand.is_operator and user.is_staff:
        return True
    own = Q(memberships__customer__brand=brand, memberships__customer__is_active=True)
    if User.objects.filter(own | Q(brand_memberships__brand=brand), pk=user.pk).exists():
        return True
    return any(reason(user, brand) for reason in _reasons)


def who_acts_for(customer: Customer) -> list[User]:
    """The people who may buy and change for the customer and can sign in, owners first, then who came first."""
    rows = Membership.objects.filter(
        customer=customer, role__in=(Role.OWNER, Role.MANAGER), user__is_active=True
    )
    members = sorted(rows.select_related("user").order_by("pk"), key=lambda member: member.role != Role.OWNER)
    return [member.user for member in members]
