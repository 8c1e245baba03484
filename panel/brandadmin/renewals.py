"""The names of the brand's customers that are due, and how each of them stands."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from panel.access.queries import brand_customers
from panel.access.rules import Permission, actor_of, requires
from panel.core.choices import BriefChoiceFilter
from panel.core.listing import Listing
from panel.core.tables import EMPTY, DateColumn, LinkColumn, PageOf
from panel.domain.queries import brand_domains_for
from panel.domain.renewal.coming import by_mode, kept, spread, weeks
from panel.domain.renewal.due import counted, due, last_told, needs
from panel.domain.renewal.due_tables import LOOKS, DueFilter, DueTable, brand_obstacle, span_of


class BrandDueTable(DueTable):
    """Names of the brand's customers. Needs `customer`."""

    customer = LinkColumn(gettext_lazy("Customer"), link=PageOf("brandadmin:customer", "customer.public_id"))
    told_at = DateColumn(gettext_lazy("Last reminder"), relative=True)

    def render_obstacle(self, value: str) -> str:
        """Without the registrar."""
        return brand_obstacle(value) if value else EMPTY


class BrandDueFilter(DueFilter):
    """Also by customer."""

    customer = BriefChoiceFilter(
        label=gettext_lazy("Customer"),
        empty_label=gettext_lazy("All customers"),
        queryset=lambda request: brand_customers(actor_of(request)),
    )


@requires(Permission.BRAND)
@require_safe
def renewals(request: HttpRequest) -> HttpResponseBase:
    """Names that are due, and the weeks ahead."""
    names = brand_domains_for(actor_of(request))
    days = span_of(request.GET.get("days", ""))
    rows = due(names, days, [need.account for need in needs(names, days) if need.is_short])
    listing = Listing(
        request,
        last_told(rows).select_related("customer"),
        table=BrandDueTable,
        filterset=BrandDueFilter,
        default_sort="expires",
        label=_("Names that are due"),
        placeholder=_("Search the names"),
    )
    if listing.wants_csv:
        return listing.csv("renewals")
    spans = weeks(timezone.localdate())
    situations = counted(rows)
    ahead = spread(kept(names), spans)
    context: dict[str, Any] = {
        "days": days,
        "counts": [(situation, *LOOKS[situation], number) for situation, number in situations.value.items()],
        "chart": [(span.short, by_mode(found)) for span, found in zip(spans, ahead.value, strict=True)],
        "counted_at": situations.at or ahead.at,
        "series": [_("Renew by themselves"), _("All others")],
    }
    return listing.render("brandadmin/renewals.html", context)
