"""The list of what an account sells."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panel.account.handkept import keeps_by_hand, written_years
from panel.account.models import Account, Action, Cost, Tld
from panel.core.cells import amount_of_money
from panel.core.tables import Column, DateColumn, LinkColumn, Table
from panel.core.templatetags.formatting import to_ulabel


def extension_url(tld: Tld) -> str:
    """Where an extension's costs are entered, or where its market is shown when a registrar tells them."""
    if keeps_by_hand(tld.account):
        return reverse("office:catalogue-extension", args=[tld.account.public_id, tld.name])
    return reverse("office:market-extension", args=[tld.name])


class CatalogueTable(Table):
    """Extensions with their costs. Needs `costs` prefetched and the account selected."""

    tld = LinkColumn(
        gettext_lazy("Extension"),
        accessor="name",
        title=True,
        sort="name",
        link=lambda row: extension_url(row),
    )
    create = Column(gettext_lazy("Registration"), accessor="pk", numeric=True)
    renew = Column(gettext_lazy("Renewal"), accessor="pk", numeric=True)
    transfer = Column(gettext_lazy("Transfer"), accessor="pk", numeric=True)
    privacy = Column(gettext_lazy("WHOIS privacy"), accessor="pk", numeric=True, shown=False)
    years = Column(gettext_lazy("Years"), accessor="pk")
    seen_at = DateColumn(gettext_lazy("Last seen"), sort="seen_at", relative=True, shown=False)

    def render_tld(self, record: Tld) -> Any:
        return format_html(
            '<a href="{}" translate="no">.{}</a>', extension_url(record), to_ulabel(record.name)
        )

    def value_tld(self, record: Tld) -> str:
        return record.name

    def render_create(self, record: Tld) -> Any:
        return _shown(record, Action.CREATE)

    def value_create(self, record: Tld) -> Any:
        return getattr(_cost(record, Action.CREATE), "amount", "")

    def render_renew(self, record: Tld) -> Any:
        return _shown(record, Action.RENEW)

    def value_renew(self, record: Tld) -> Any:
        return getattr(_cost(record, Action.RENEW), "amount", "")

    def render_transfer(self, record: Tld) -> Any:
        return _shown(record, Action.TRANSFER)

    def value_transfer(self, record: Tld) -> Any:
        return getattr(_cost(record, Action.TRANSFER), "amount", "")

    def render_privacy(self, record: Tld) -> Any:
        return _shown(record, Action.PRIVACY)

    def value_privacy(self, record: Tld) -> Any:
        return getattr(_cost(record, Action.PRIVACY), "amount", "")

    def render_years(self, record: Tld) -> str:
        return self.value_years(record) or "–"

    def value_years(self, record: Tld) -> str:
        cost = _cost(record, Action.CREATE) or _cost(record, Action.RENEW)
        return written_years(cost.years) if cost else ""


def _cost(tld: Tld, action: str) -> Cost | None:
    return next((cost for cost in tld.costs.all() if cost.action == action), None)


def _shown(tld: Tld, action: str) -> Any:
    cost = _cost(tld, action)
    return amount_of_money(cost.amount, cost.currency) if cost else "–"


class CatalogueFilter(django_filters.FilterSet):
    """Extensions by letters, and whether they can be registered."""

    q = django_filters.CharFilter(method="search")
    sold = django_filters.ChoiceFilter(
        label=gettext_lazy("Sold"),
        empty_label=gettext_lazy("Sold or not"),
        choices=[("yes", gettext_lazy("With a cost")), ("no", gettext_lazy("Without a cost"))],
        method="by_sold",
    )

    def search(self, queryset: QuerySet[Tld], name: str, value: str) -> QuerySet[Tld]:
        """Extensions with these letters."""
        return queryset.filter(name__contains=value.strip().lower().lstrip("."))

    def by_sold(self, queryset: QuerySet[Tld], name: str, value: str) -> QuerySet[Tld]:
        """With a cost of a registration, or without."""
        costs = Exists(Cost.objects.filter(tld=OuterRef("pk"), action=Action.CREATE))
        return queryset.filter(costs) if value == "yes" else queryset.filter(~costs)


def catalogue_words(account: Account) -> str:
    """Where the costs of an account come from."""
    if keeps_by_hand(account):
        return _(
            "The registrar's API tells no costs: they are entered here, in %(currency)s for one year."
        ) % {"currency": account.currency}
    return _("Read from the registrar, in %(currency)s for one year.") % {"currency": account.currency}
