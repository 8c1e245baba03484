"""The report of renewals: every name that is due, how it stands, and when the names of all expire."""

from __future__ import annotations

from typing import Any

import django_filters
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from panel.access.actor import Actor
from panel.access.queries import office_customers
from panel.access.rules import Permission, actor_of, requires
from panel.account.queries import office_accounts
from panel.backoffice.queries import office_brands
from panel.core.choices import BriefChoiceFilter
from panel.core.listing import Listing
from panel.core.tables import Column, DateColumn, DomainColumn, PageOf
from panel.core.templatetags.formatting import format_money
from panel.domain.queries import office_domains
from panel.domain.renewal.coming import by_mode, kept, spread, weeks
from panel.domain.renewal.due import DEFAULT_SPAN, counted, due, last_told, needs
from panel.domain.renewal.due_tables import LOOKS, DueFilter, DueTable, span_of


class OfficeDueTable(DueTable):
    """Names of all customers. Needs `account`, `customer` and its brand."""

    name = DomainColumn(
        gettext_lazy("Name"),
        title=True,
        sort="name",
        link=PageOf("office:domain", "name"),
    )
    customer = Column(
        gettext_lazy("Customer"),
        accessor="customer__name",
        sort="customer__name",
        default=gettext_lazy("nobody yet"),
    )
    brand = Column(gettext_lazy("Brand"), accessor="customer__brand__name", shown=False)
    account = Column(gettext_lazy("Account"), accessor="account__label")
    told_at = DateColumn(gettext_lazy("Last reminder"), relative=True, shown=False)


class OfficeDueFilter(DueFilter):
    """Also by brand, account and customer."""

    brand = django_filters.ModelChoiceFilter(
        field_name="customer__brand",
        label=gettext_lazy("Brand"),
        empty_label=gettext_lazy("All brands"),
        queryset=lambda request: office_brands(actor_of(request)),
    )
    account = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Account"),
        empty_label=gettext_lazy("All accounts"),
        queryset=lambda request: office_accounts(actor_of(request)),
    )
    customer = BriefChoiceFilter(
        label=gettext_lazy("Customer"),
        empty_label=gettext_lazy("All customers"),
        null_label=gettext_lazy("Without a customer"),
        queryset=lambda request: office_customers(actor_of(request)),
    )


@requires(Permission.STAFF)
def renewals(request: HttpRequest) -> HttpResponseBase:
    """Names that are due, and the weeks ahead."""
    names = office_domains(actor_of(request))
    days = span_of(request.GET.get("days", ""))
    funds = needs(names, days)
    rows = due(names, days, [need.account for need in funds if need.is_short])
    listing = Listing(
        request,
        last_told(rows).select_related("account", "customer__brand"),
        table=OfficeDueTable,
        filterset=OfficeDueFilter,
        default_sort="expires",
        label=_("Names that are due"),
        placeholder=_("Part of the name"),
    )
    if listing.wants_csv:
        return listing.csv("renewals")
    spans = weeks(timezone.localdate())
    situations = counted(rows)
    ahead = spread(kept(names), spans)
    context: dict[str, Any] = {
        "days": days,
        "counts": [(situation, *LOOKS[situation], number) for situation, number in situations.value.items()],
        "short": [need for need in funds if need.is_short],
        "chart": [(span.short, by_mode(found)) for span, found in zip(spans, ahead.value, strict=True)],
        "counted_at": situations.at or ahead.at,
        "series": [_("Renew by themselves"), _("All others")],
    }
    return listing.render("office/renewals.html", context)


def missing_money(actor: Actor) -> list[tuple[str, str, str]]:
    """Accounts whose balance does not reach for what renews by itself before long: title, text and address."""
    found = []
    for need in needs(office_domains(actor), DEFAULT_SPAN):
        if need.is_short:
            title = _("%(account)s lacks money for its renewals") % {"account": need.label}
            text = ngettext(
                "One name renews by itself there for about %(cost)s; the balance is %(balance)s.",
                "%(number)s names renew by themselves there for about %(cost)s; the balance is %(balance)s.",
                need.number,
            ) % {
                "number": need.number,
                "cost": format_money(need.cost, need.currency),
                "balance": format_money(need.balance, need.currency),
            }
            found.append((title, text, f"{reverse('office:renewals')}?account={need.account}"))
    return found
