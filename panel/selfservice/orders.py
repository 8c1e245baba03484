"""Orders, and the live list of their names."""

from __future__ import annotations

from hashlib import blake2s
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from panel.access.rules import Permission, actor_of, requires
from panel.billing.models import Order
from panel.billing.order_table import OrderFilter, OrderTable
from panel.billing.orders import lines_of, progress_of, with_progress
from panel.billing.queries import orders_for
from panel.core.listing import Listing
from panel.operation.states import State
from panel.operation.words import describe

STOP_POLLING = 286


@requires(Permission.CUSTOMER_READ)
@require_safe
def orders(request: HttpRequest) -> HttpResponseBase:
    """Every order, newest first."""
    listing = Listing(
        request,
        with_progress(orders_for(actor_of(request))).prefetch_related("lines"),
        table=OrderTable,
        filterset=OrderFilter,
        default_sort="-placed",
        label=_("Orders"),
        placeholder=_("Search a name or an order"),
        empty="orders/part/empty.html",
    )
    if listing.wants_csv:
        return listing.csv("orders")
    return listing.render("orders/list.html")


@requires(Permission.CUSTOMER_READ)
@require_safe
def order(request: HttpRequest, public_id: str) -> HttpResponse:
    """One order: each name with what happens to it now; asked for again until all is settled."""
    found = get_object_or_404(orders_for(actor_of(request)).select_related("placed_by"), public_id=public_id)
    context = _context(found)
    if not request.htmx or request.htmx.boosted:  # type: ignore[attr-defined]
        return render(request, "orders/order.html", context)
    if context["progress"].is_final:
        return render(request, "orders/order.html#names", context, status=STOP_POLLING)
    if request.GET.get("seen") == context["seen"]:
        return HttpResponse(status=204)
    return render(request, "orders/order.html#names", context)


def _context(found: Order) -> dict[str, Any]:
    lines = lines_of(found)
    words = [describe(line.operation) for line in lines]
    told = [(line.pk, said) for line, said in zip(lines, words, strict=True)]
    rows = [
        {"line": line, "words": said, "state": State(line.operation.state)}
        for line, said in zip(lines, words, strict=True)
    ]
    return {
        "order": found,
        "rows": rows,
        "progress": progress_of(lines),
        "seen": blake2s(repr(told).encode(), digest_size=8).hexdigest(),
    }
