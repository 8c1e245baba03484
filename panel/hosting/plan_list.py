"""The list of hosting plans, for every audience."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from panel.core.listing import Listing
from panel.hosting.models import Plan
from panel.hosting.tables import PlanFilter, PlanTable


def plans(request: HttpRequest, found: QuerySet[Plan], table: type[PlanTable]) -> HttpResponseBase:
    """The plans of a scope, with how they stand and what is nearest to its limit."""
    listing = Listing(
        request,
        found,
        table=table,
        filterset=PlanFilter,
        default_sort="name",
        label=_("Hosting plans"),
        placeholder=_("Part of the name"),
        empty="hosting/no_plans.html",
    )
    if listing.wants_csv:
        return listing.csv("hosting")
    return listing.render("hosting/plans.html")
