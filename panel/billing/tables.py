"""Columns, search and filters of the wallet's movements."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panel.billing.models import Entry
from panel.core.tables import Column, DateColumn, MoneyColumn, PartColumn, Table
from panel.core.templatetags.formatting import to_ulabel

Kind = Entry.Kind
# What a movement does to the wallet and to what is reserved.
EFFECTS = {
    Kind.TOP_UP: (1, 0),
    Kind.CORRECTION: (-1, 0),
    Kind.HOLD: (-1, 1),
    Kind.CAPTURE: (0, -1),
    Kind.RELEASE: (1, -1),
    Kind.RENEWED: (-1, 0),
}
ICONS = {
    Kind.TOP_UP: "arrow-down-left",
    Kind.CORRECTION: "pencil",
    Kind.HOLD: "lock",
    Kind.CAPTURE: "arrow-up-right",
    Kind.RELEASE: "undo-2",
    Kind.RENEWED: "calendar-plus",
}


def entry_words(entry: Entry) -> str:
    """A movement in plain words."""
    about = {"about": to_ulabel(entry.operation.label) if entry.operation else _about(entry)}
    return {
        Kind.TOP_UP: _("Topped up: %(about)s"),
        Kind.CORRECTION: _("Corrected: %(about)s"),
        Kind.HOLD: _("Reserved for %(about)s"),
        Kind.CAPTURE: _("Paid for %(about)s"),
        Kind.RELEASE: _("Given back: %(about)s did not come about"),
        Kind.RENEWED: _("Renewed by the registry: %(about)s"),
    }[Kind(entry.kind)] % about


def _about(entry: Entry) -> str:
    """What is told of an entry without an operation; a renewal's is its name."""
    return to_ulabel(entry.reason) if entry.kind == Kind.RENEWED else entry.reason


class EntryFilter(django_filters.FilterSet):
    """Search and kind."""

    q = django_filters.CharFilter(method="search")
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Movement"), empty_label=gettext_lazy("All movements"), choices=Kind.choices
    )

    class Meta:
        model = Entry
        fields: list[str] = []

    def search(self, queryset: QuerySet[Entry], _name: str, value: str) -> QuerySet[Entry]:
        """By what it was for, or by an id."""
        ids = Q(public_id=value) | Q(operation__public_id=value)
        return queryset.filter(ids | Q(reason__icontains=value) | Q(operation__label__icontains=value))


class EntryTable(Table):
    """A wallet's movements. Needs `operation__order_line__order`."""

    at = DateColumn(gettext_lazy("When"), time=True, sort="pk")
    what = PartColumn("wallet/what.html", gettext_lazy("What happened"), accessor="pk", title=True)
    order = PartColumn("wallet/order.html", gettext_lazy("Order"), accessor="pk")
    wallet = MoneyColumn(gettext_lazy("Wallet"), accessor="amount", tone="plain")
    reserved = MoneyColumn(gettext_lazy("Reserved"), accessor="amount", tone="plain")
    id = Column(gettext_lazy("Id"), accessor="public_id", shown=False)
    currency = Column(gettext_lazy("Currency"), shown=False)

    def value_what(self, record: Entry) -> str:
        """In plain words."""
        return entry_words(record)

    def value_order(self, record: Entry) -> str:
        """Its id."""
        order = order_of(record)
        return order.public_id if order else ""

    def render_wallet(self, record: Entry) -> Any:
        """What it did to the wallet."""
        return self._drawn("wallet", record, 0)

    def value_wallet(self, record: Entry) -> Decimal:
        """What it did to the wallet."""
        return record.amount * EFFECTS[Kind(record.kind)][0]

    def render_reserved(self, record: Entry) -> Any:
        """What it did to what is reserved."""
        return self._drawn("reserved", record, 1)

    def value_reserved(self, record: Entry) -> Decimal:
        """What it did to what is reserved."""
        return record.amount * EFFECTS[Kind(record.kind)][1]

    def _drawn(self, name: str, record: Entry, side: int) -> Any:
        sign = EFFECTS[Kind(record.kind)][side]
        column = self.base_columns[name]
        return column.render(record, record.amount * sign) if sign else ""


def order_of(entry: Entry) -> Any:
    """The order that the movement belongs to, or None."""
    line = getattr(entry.operation, "order_line", None) if entry.operation else None
    return line.order if line else None
