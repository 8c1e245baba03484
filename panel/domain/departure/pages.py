"""The page of names that went, alike for every audience."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from panel.access.rules import actor_of
from panel.core.listing import Listing
from panel.core.tables import Table
from panel.domain.departure.models import Departure
from panel.domain.departure.tables import DepartureFilter, is_restorable


def gone(
    request: HttpRequest, rows: QuerySet[Departure], table: type[Table], prefix: str
) -> HttpResponseBase:
    """The list, newest first; `prefix` stands before the names of the audience's routes."""
    may_restore = bool(prefix) or actor_of(request).can_change
    listing = Listing(
        request, rows, table=table, filterset=DepartureFilter, default_sort="-left_on",
        label=_("Names that are gone"), placeholder=_("Part of the name"), empty="domains/part/none_gone.html",
        row_actions="domains/part/gone_actions.html",
    )  # fmt: skip
    if listing.wants_csv:
        return listing.csv("gone")
    for row in listing.page.rows:
        restores = may_restore and is_restorable(row)
        row.restore_url = reverse(f"{prefix}domain-restore", args=[row.name]) if restores else ""
    context = {"crumbs": [{"label": _("Domains"), "url": reverse(f"{prefix}domains")}]}
    return listing.render("domains/gone.html", context)
