"""What staff see and change of a name's hosting, for its customer or for nobody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panel.access.rules import Permission, actor_of, requires
from panel.backoffice.domain import PAGES
from panel.domain.queries import office_domains
from panel.hosting import pages, plan_list, plan_pages
from panel.hosting.queries import plans_of
from panel.hosting.tables import OfficePlanTable


@requires(Permission.STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest, name: str) -> HttpResponseBase:
    """The plan, how full it is, and the servers that belong to it."""
    return plan_pages.overview(PAGES, request, name)


@requires(Permission.STAFF)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def items(request: HttpRequest, name: str, slug: str) -> HttpResponseBase:
    """All mailboxes, forwards, FTP users, databases, subdomains or redirects, and a form for one more."""
    return pages.items(PAGES, request, name, slug)


@requires(Permission.STAFF)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, name: str, slug: str, public_id: str) -> HttpResponseBase:
    """One of them: change it, or delete it."""
    return pages.item(PAGES, request, name, slug, public_id)


@requires(Permission.STAFF)
@require_POST
def parking(request: HttpRequest, name: str) -> HttpResponseBase:
    """Show the waiting page, or not."""
    return plan_pages.parking(PAGES, request, name)


@requires(Permission.STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, name: str) -> HttpResponseBase:
    """Buy a plan, renew it, enlarge it, and set how it runs."""
    return plan_pages.plan(PAGES, request, name)


@requires(Permission.STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def log(request: HttpRequest, name: str) -> HttpResponseBase:
    """The web server's error log, and a search in it."""
    return plan_pages.log(PAGES, request, name)


@requires(Permission.STAFF)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def builder(request: HttpRequest, name: str) -> HttpResponseBase:
    """An address that logs into the site builder, given once."""
    return plan_pages.builder(PAGES, request, name)


@requires(Permission.STAFF)
@require_safe
def plans(request: HttpRequest) -> HttpResponseBase:
    """Every hosting plan, with how it stands."""
    found = plans_of(office_domains(actor_of(request))).select_related("domain__customer", "domain__account")
    return plan_list.plans(request, found, OfficePlanTable)
