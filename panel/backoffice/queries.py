"""Scopes of the staff over brands and members, and customers with their money."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Count, DecimalField, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from panel.access.actor import Actor
from panel.access.queries import office_customers
from panel.access.scopes import require_staff
from panel.billing.models import LedgerAccount
from panel.brand.models import Brand, BrandHost
from panel.domain.queries import office_domains
from panel.people.models import Customer, Membership


def office_members(actor: Actor) -> QuerySet[Membership]:
    """Every membership, for staff."""
    require_staff(actor)
    return Membership.objects.select_related("user", "customer")


def office_brands(actor: Actor) -> QuerySet[Brand]:
    """Every brand, the operator's first, for staff."""
    require_staff(actor)
    return Brand.objects.order_by("-is_operator", "name")


def customers_with_money(actor: Actor) -> QuerySet[Customer]:
    """Customers with `wallet`, `held` and `domain_count`, in one query."""

    def money(kind: str) -> Coalesce:
        rows = LedgerAccount.objects.filter(customer=OuterRef("pk"), type=kind, currency=OuterRef("currency"))
        output: DecimalField[Decimal, Decimal] = DecimalField(max_digits=14, decimal_places=2)
        return Coalesce(Subquery(rows.values("balance")[:1], output_field=output), Decimal("0.00"))

    names = office_domains(actor).order_by().filter(customer=OuterRef("pk")).values("customer")
    return (
        office_customers(actor)
        .select_related("brand")
        .annotate(
            wallet=money(LedgerAccount.Type.WALLET),
            held=money(LedgerAccount.Type.HELD),
            domain_count=Coalesce(
                Subquery(names.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0
            ),
        )
    )


def held_in_total(actor: Actor) -> list[tuple[str, Decimal]]:
    """What is reserved for operations under way, of all customers, by currency."""
    require_staff(actor)
    held = LedgerAccount.objects.filter(type=LedgerAccount.Type.HELD).order_by("currency")
    return list(held.values_list("currency").annotate(total=Sum("balance")))


def taken_hosts(names: list[str], brand: Brand) -> list[str]:
    """Those of the host names that another brand has."""
    return list(
        BrandHost.objects.filter(name__in=names).exclude(brand_id=brand.pk).values_list("name", flat=True)
    )
