"""A change of many names of the brand's customers at once, and the jobs of those who run the brand."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panel.access.rules import Permission, requires
from panel.brandadmin.tables import BrandDomainFilter
from panel.domain.bulk.pages import BulkPages
from panel.domain.bulk.queries import brand_jobs_for
from panel.domain.bulk.tables import BrandItemTable, BrandJobTable, BrandRenewalTable
from panel.domain.queries import brand_domains_for

PAGES = BulkPages(
    audience="brand",
    prefix="brandadmin:",
    names=brand_domains_for,
    jobs=brand_jobs_for,
    filterset=BrandDomainFilter,
    item_table=BrandItemTable,
    renewal_table=BrandRenewalTable,
    job_table=BrandJobTable,
)


@requires(Permission.BRAND)
@require_GET
def jobs(request: HttpRequest) -> HttpResponseBase:
    """Every job of the brand's people."""
    return PAGES.list(request)


@requires(Permission.BRAND)
@require_http_methods(["GET", "HEAD", "POST"])
def job_new(request: HttpRequest) -> HttpResponseBase:
    """What would happen to the chosen names. Changes nothing."""
    return PAGES.new(request)


@requires(Permission.BRAND)
@require_POST
def job_start(request: HttpRequest) -> HttpResponseBase:
    """Start what was seen."""
    return PAGES.start(request)


@requires(Permission.BRAND)
@require_GET
def job(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """How far a job has come."""
    return PAGES.job(request, public_id)


@requires(Permission.BRAND)
@require_POST
def job_cancel(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Stop what has not begun."""
    return PAGES.cancel(request, public_id)
