"""Lists of registrar accounts and of the calls made through them."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panel.account.families import can, family_label
from panel.account.models import Account, AccountState, Exchange
from panel.account.queries import LINE
from panel.core.cells import amount_of_money
from panel.core.tables import BadgeColumn, Column, DateColumn, LinkColumn, MoneyColumn, PageOf, Table


def account_badge(account: Account) -> tuple[str, str, str]:
    """An account's condition: tone, word, icon."""
    if account.state == AccountState.STOPPED:
        return "danger", _("Stopped"), "plug-zap"
    if account.state == AccountState.PAUSED:
        return "neutral", _("Paused"), "pause"
    if account.failures >= 3:
        return "warning", _("Not answering"), "cloud-off"
    return "success", _("Working"), "plug"


def account_url(account: Account) -> str:
    """The account's page in the back office."""
    return reverse("office:account", args=[account.public_id])


class AccountTable(Table):
    """Registrar accounts."""

    label = LinkColumn(gettext_lazy("Name"), title=True, sort="label", link=account_url)
    state = BadgeColumn(gettext_lazy("State"), badge=account_badge)
    family = Column(gettext_lazy("Registrar"), sort="family")
    balance = MoneyColumn(gettext_lazy("Balance"), sort="balance", empty_values=())
    warn_below = MoneyColumn(gettext_lazy("Warn below"))
    refreshed_at = DateColumn(gettext_lazy("Last read"), sort="refreshed_at", relative=True)
    domain_count = Column(gettext_lazy("Domains"), numeric=True, empty_values=())
    open_count = Column(gettext_lazy("Open operations"), numeric=True, empty_values=())
    endpoint = Column(gettext_lazy("Address"), shown=False)

    def render_family(self, value: str) -> str:
        return family_label(value)

    def render_balance(self, record: Account) -> Any:
        if record.balance is None:
            told = can(record, "account.info")
            words = _("Not read yet") if told else _("Not told by its API")
            return format_html('<span class="muted">{}</span>', words)
        return amount_of_money(record.balance, record.currency)

    def value_balance(self, record: Account) -> Any:
        return record.balance


def exchange_badge(exchange: Exchange) -> tuple[str, str]:
    """How a call went: tone and word."""
    if exchange.error:
        return "warning", exchange.error
    return "success", _("Answered")


class ExchangeTable(Table):
    """Archived calls. Needs `operation`."""

    reads = (*LINE, "operation__label")

    action = LinkColumn(
        gettext_lazy("Call"),
        title=True,
        sort="action",
        link=PageOf("office:exchange", "pk"),
    )
    at = DateColumn(gettext_lazy("When"), sort="at", time=True)
    outcome = BadgeColumn(gettext_lazy("Outcome"), badge=exchange_badge)
    milliseconds = Column(gettext_lazy("Milliseconds"), numeric=True, sort="milliseconds")
    operation = Column(gettext_lazy("Operation"), accessor="operation__label")


class ExchangeFilter(django_filters.FilterSet):
    """Archived calls by name, account and outcome."""

    q = django_filters.CharFilter(field_name="action", lookup_expr="icontains")
    failed = django_filters.ChoiceFilter(
        label=gettext_lazy("Outcome"),
        empty_label=gettext_lazy("All outcomes"),
        choices=[("no", gettext_lazy("Answered")), ("yes", gettext_lazy("Failed"))],
        method="by_outcome",
    )

    def by_outcome(self, queryset: QuerySet[Exchange], name: str, value: Any) -> QuerySet[Exchange]:
        """Calls that went well, or did not."""
        return queryset.filter(error="") if value == "no" else queryset.exclude(error="")
