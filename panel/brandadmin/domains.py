"""The names of the brand's customers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from panel.access.rules import Permission, actor_of, requires
from panel.brandadmin.jobs import PAGES as JOB_PAGES
from panel.brandadmin.tables import BrandDomainFilter, BrandDomainTable
from panel.core.listing import Listing
from panel.domain.queries import brand_domains_for


@requires(Permission.BRAND)
@require_safe
def domain_list(request: HttpRequest) -> HttpResponseBase:
    """Every name, with its customer, state and expiry, and what can be done with many of them."""
    actor = actor_of(request)
    listing = Listing(
        request,
        brand_domains_for(actor).select_related("customer"),
        table=BrandDomainTable,
        filterset=BrandDomainFilter,
        default_sort="name",
        label=_("Domains"),
        placeholder=_("Search the names"),
        bulk="jobs/part/bar.html",
        bulk_url=reverse("brandadmin:job-new"),
        empty="brandadmin/part/no_domains.html",
    )
    if listing.wants_csv:
        return listing.csv("domains")
    return listing.render("brandadmin/domains.html", JOB_PAGES.offered(actor))
