"""The brand at a glance."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from panel.access.queries import brand_customers
from panel.access.rules import Permission, actor_of, requires
from panel.billing.queries import brand_orders_for
from panel.domain.queries import brand_domains_for, expiring, figures

LATEST = 8
SOON_DAYS = 30


@requires(Permission.BRAND)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Figures, what expires soon, and the latest orders of the brand's customers."""
    actor = actor_of(request)
    names = brand_domains_for(actor)
    return render(
        request,
        "brandadmin/dashboard.html",
        {
            "customers": brand_customers(actor).count(),
            "figures": figures(names, within_days=SOON_DAYS),
            "soon": expiring(names, SOON_DAYS)
            .select_related("customer")
            .order_by("expires_on", "pk")[:LATEST],
            "orders": brand_orders_for(actor).select_related("customer")[:LATEST],
        },
    )
