"""Whom customers lend parts of their names."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panel.access.queries import brand_grants_for
from panel.access.rules import Permission, requires
from panel.brandadmin.domain import PAGES as NAMES
from panel.sharing.pages import SharingPages
from panel.sharing.tables import BrandGrantTable

PAGES = SharingPages(
    names=NAMES,
    grants=brand_grants_for,
    table=BrandGrantTable,
    audience="brand",
    may_grant=lambda actor: True,
)


@requires(Permission.BRAND)
@require_GET
def access(request: HttpRequest) -> HttpResponseBase:
    """Everybody to whom a customer lends something."""
    return PAGES.list(request)


@requires(Permission.BRAND)
@require_GET
def domain_access(request: HttpRequest, name: str) -> HttpResponseBase:
    """Who may do what with one name."""
    return PAGES.of_name(request, name)


@requires(Permission.BRAND)
@require_http_methods(["GET", "HEAD", "POST"])
def access_new(request: HttpRequest) -> HttpResponseBase:
    """Lend parts of a customer's names to somebody."""
    return PAGES.new(request)


@requires(Permission.BRAND)
@require_http_methods(["GET", "HEAD", "POST"])
def grant(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """What one person may do with one name; posting changes it."""
    return PAGES.grant(request, public_id)


@requires(Permission.BRAND)
@require_POST
def grant_revoke(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """End it at once."""
    return PAGES.revoke(request, public_id)


@requires(Permission.BRAND)
@require_POST
def grant_invite(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Send the invitation once more."""
    return PAGES.invite(request, public_id)
