"""Columns, search and filters of order lists."""

from __future__ import annotations

from typing import Any

import django_filters
import idna
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from panel.billing.models import Order, OrderLine
from panel.core.tables import BadgeColumn, Column, DateColumn, LinkColumn, MoneyColumn, PageOf, Table
from panel.core.templatetags.formatting import to_ulabel

STATES = [
    ("open", gettext_lazy("On their way")),
    ("done", gettext_lazy("All active")),
    ("failed", gettext_lazy("With names not registered")),
]


class OrderFilter(django_filters.FilterSet):
    """Search by a name or an order's id, and the state. Filters orders that have `with_progress`."""

    q = django_filters.CharFilter(method="search")
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), empty_label=gettext_lazy("All states"), choices=STATES, method="by_state"
    )

    class Meta:
        model = Order
        fields: list[str] = []

    def search(self, orders: QuerySet[Order], _name: str, value: str) -> QuerySet[Order]:
        words = value.strip().lower()
        asked = Q(name__contains=words)
        try:
            asked |= Q(name__contains=idna.encode(words, uts46=True).decode())
        except (idna.IDNAError, UnicodeError):
            pass
        # Apart from the counts of names: a join would count only the names that match.
        matching = OrderLine.objects.filter(asked).values("order")
        return orders.filter(Q(public_id__startswith=words) | Q(pk__in=matching))

    def by_state(self, orders: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        kept = {
            "open": Q(ended__lt=F("names")),
            "done": Q(done=F("names")),
            "failed": Q(ended=F("names"), done__lt=F("names")),
        }
        return orders.filter(kept[value])


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

    public_id = LinkColumn(gettext_lazy("Order"), title=True, link=PageOf("order", "public_id"))
    placed = DateColumn(gettext_lazy("Placed"), accessor="created_at", sort="created_at", time=True)
    names = Column(gettext_lazy("Names"))
    state = BadgeColumn(gettext_lazy("State"), badge=order_badge)
    total = MoneyColumn(gettext_lazy("Total"), sort="total")

    def render_names(self, record: Any) -> str:
        first = to_ulabel(record.lines.all()[0].name) if record.names else ""
        if record.names < 2:
            return first
        others = record.names - 1
        more = ngettext("%(name)s and %(count)d more", "%(name)s and %(count)d more", others)
        return more % {"name": first, "count": others}
