"""Orders, and the live list of their names."""

from __future__ import annotations

from hashlib import blake2s
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from panel.access.rules import Permission, actor_of, requires
from panel.billing.models import Order
from panel.billing.orders import lines_of, progress_of, with_progress
from panel.billing.queries import orders_for
from panel.core.listing import Listing
from panel.core.tables import BadgeColumn, Column, DateColumn, LinkColumn, MoneyColumn, Table
from panel.operation.states import State
from panel.operation.words import describe

STOP_POLLING = 286


def order_badge(order: Any) -> tuple[str, str, str]:
    """An order's state, from the counts of `with_progress`."""
    if order.ended < order.names:
        words = _("%(done)d of %(names)d active") % {"done": order.done, "names": order.names}
        return ("pending", words, "loader")
    if order.done == order.names:
        return ("success", _("All active"), "circle-check")
    if order.done:
        words = _("%(done)d of %(names)d active") % {"done": order.done, "names": order.names}
        return ("warning", words, "circle-alert")
    return ("danger", _("Not registered"), "circle-x")


class OrderTable(Table):
    """The list of orders."""

    public_id = LinkColumn(
        gettext_lazy("Order"), title=True, link=lambda order: reverse("order", args=[order.public_id])
    )
    placed = DateColumn(gettext_lazy("Placed"), accessor="created_at", sort="created_at", time=True)
    names = Column(gettext_lazy("Names"))
    state = BadgeColumn(gettext_lazy("State"), badge=order_badge)
    total = MoneyColumn(gettext_lazy("Total"), sort="total")

    def render_names(self, record: Any) -> str:
        first = record.lines.all()[0].name if record.names else ""
        if record.names < 2:
            return first
        others = record.names - 1
        more = ngettext("%(name)s and %(count)d more", "%(name)s and %(count)d more", others)
        return more % {"name": first, "count": others}


@requires(Permission.CUSTOMER_READ)
@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    """Every order, newest first."""
    listing = Listing(
        request,
        with_progress(orders_for(actor_of(request))).prefetch_related("lines"),
        table=OrderTable,
        default_sort="-placed",
        label=_("Orders"),
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
    rows = [
        {"line": line, "words": describe(line.operation), "state": State(line.operation.state)}
        for line in lines
    ]
    told = [(row["line"].pk, row["words"]) for row in rows]
    return {
        "order": found,
        "rows": rows,
        "progress": progress_of(lines),
        "seen": blake2s(repr(told).encode(), digest_size=8).hexdigest(),
    }
