"""A change of many of the customer's names at once: its preview, its start, its progress."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panel.access.rules import Permission, requires
from panel.domain.bulk.pages import BulkPages
from panel.domain.bulk.queries import jobs_for
from panel.domain.bulk.tables import ItemTable, JobTable, RenewalTable
from panel.domain.filters import CustomerDomainFilter
from panel.domain.queries import domains_for

PAGES = BulkPages(
    audience="customer",
    prefix="",
    names=domains_for,
    jobs=jobs_for,
    filterset=CustomerDomainFilter,
    item_table=ItemTable,
    renewal_table=RenewalTable,
    job_table=JobTable,
)


@requires(Permission.CUSTOMER_READ)
@require_GET
def jobs(request: HttpRequest) -> HttpResponseBase:
    """Every job of the customer."""
    return PAGES.list(request)


@requires(Permission.CUSTOMER_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def job_new(request: HttpRequest) -> HttpResponseBase:
    """What would happen to the chosen names. Changes nothing."""
    return PAGES.new(request)


@requires(Permission.CUSTOMER_WRITE)
@require_POST
def job_start(request: HttpRequest) -> HttpResponseBase:
    """Start what was seen."""
    return PAGES.start(request)


@requires(Permission.CUSTOMER_READ)
@require_GET
def job(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """How far a job has come."""
    return PAGES.job(request, public_id)


@requires(Permission.CUSTOMER_WRITE)
@require_POST
def job_cancel(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Stop what has not begun."""
    return PAGES.cancel(request, public_id)
