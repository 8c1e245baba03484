"""A change of many names of whatever customer at once, and every job of anybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panel.access.rules import Permission, requires
from panel.backoffice.tables import OfficeDomainFilter
from panel.domain.bulk.pages import BulkPages
from panel.domain.bulk.queries import office_jobs
from panel.domain.bulk.tables import OfficeItemTable, OfficeJobTable, OfficeRenewalTable
from panel.domain.queries import office_domains

PAGES = BulkPages(
    audience="staff",
    prefix="office:",
    names=office_domains,
    jobs=office_jobs,
    filterset=OfficeDomainFilter,
    item_table=OfficeItemTable,
    renewal_table=OfficeRenewalTable,
    job_table=OfficeJobTable,
)


@requires(Permission.STAFF)
@require_GET
def jobs(request: HttpRequest) -> HttpResponseBase:
    """Every job, of customers and of the staff."""
    return PAGES.list(request)


@requires(Permission.STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def job_new(request: HttpRequest) -> HttpResponseBase:
    """What would happen to the chosen names. Changes nothing."""
    return PAGES.new(request)


@requires(Permission.STAFF)
@require_POST
def job_start(request: HttpRequest) -> HttpResponseBase:
    """Start what was seen."""
    return PAGES.start(request)


@requires(Permission.STAFF)
@require_GET
def job(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """How far a job has come."""
    return PAGES.job(request, public_id)


@requires(Permission.STAFF)
@require_POST
def job_cancel(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Stop what has not begun."""
    return PAGES.cancel(request, public_id)
