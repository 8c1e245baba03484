"""What a customer has beside the name itself: mailboxes, forwards, files, databases, and the plan they lie in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panel.access.parts import OWNERS, Part
from panel.access.rules import Permission, actor_of, requires
from panel.domain.queries import domains_for
from panel.hosting import pages, plan_list, plan_pages
from panel.hosting.desk import PARTS, part_of
from panel.hosting.queries import plans_of
from panel.hosting.tables import PlanTable
from panel.selfservice.domains import PAGES


@requires(Permission.CUSTOMER_READ, part=PARTS)
@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest, name: str) -> HttpResponseBase:
    """The plan, how full it is, and the servers that belong to it."""
    return plan_pages.overview(PAGES, request, name)


@requires(Permission.CUSTOMER_READ, part=part_of)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def items(request: HttpRequest, name: str, slug: str) -> HttpResponseBase:
    """All mailboxes, forwards, FTP users, databases, subdomains or redirects, and a form for one more."""
    return pages.items(PAGES, request, name, slug)


@requires(Permission.CUSTOMER_READ, part=part_of)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, name: str, slug: str, public_id: str) -> HttpResponseBase:
    """One of them: change it, or delete it."""
    return pages.item(PAGES, request, name, slug, public_id)


@requires(Permission.CUSTOMER_READ, part=Part.PARKING)
@require_POST
def parking(request: HttpRequest, name: str) -> HttpResponseBase:
    """Show the waiting page, or not."""
    return plan_pages.parking(PAGES, request, name)


@requires(Permission.CUSTOMER_WRITE, part=OWNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, name: str) -> HttpResponseBase:
    """Buy a plan, renew it, enlarge it, and set how it runs."""
    return plan_pages.plan(PAGES, request, name)


@requires(Permission.CUSTOMER_READ, part=Part.FTP)
@require_http_methods(["GET", "HEAD", "POST"])
def log(request: HttpRequest, name: str) -> HttpResponseBase:
    """The web server's error log, and a search in it."""
    return plan_pages.log(PAGES, request, name)


@requires(Permission.CUSTOMER_WRITE, personal=True, part=OWNERS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def builder(request: HttpRequest, name: str) -> HttpResponseBase:
    """An address that logs into the site builder, given once."""
    return plan_pages.builder(PAGES, request, name)


@requires(Permission.CUSTOMER_READ)
@require_safe
def plans(request: HttpRequest) -> HttpResponseBase:
    """Every hosting plan, with how it stands."""
    return plan_list.plans(request, plans_of(domains_for(actor_of(request))), PlanTable)
