"""Whom a customer lends parts of its names, and what others lend to whoever is signed in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panel.access.grants import lent_to
from panel.access.parts import OWNERS
from panel.access.queries import grants_for
from panel.access.rules import Permission, actor_of, requires
from panel.core.listing import Listing
from panel.selfservice.domains import PAGES as NAMES
from panel.sharing.pages import SharingPages
from panel.sharing.tables import GrantTable, LentFilter, LentTable

PAGES = SharingPages(
    names=NAMES,
    grants=grants_for,
    table=GrantTable,
    audience="customer",
    may_grant=lambda actor: actor.can_grant,
)


@requires(Permission.SIGNED_IN)
@require_GET
def shared(request: HttpRequest) -> HttpResponseBase:
    """Every name of which something is lent to whoever is signed in."""
    listing = Listing(
        request,
        lent_to(actor_of(request)).select_related("domain", "customer"),
        table=LentTable,
        filterset=LentFilter,
        default_sort="name",
        label=_("Shared with me"),
        empty="sharing/part/nothing.html",
    )
    if listing.wants_csv:
        return listing.csv("shared")
    return listing.render("sharing/shared.html")


@requires(Permission.CUSTOMER_READ)
@require_GET
def access(request: HttpRequest) -> HttpResponseBase:
    """Everybody to whom the customer lends something."""
    return PAGES.list(request)


@requires(Permission.CUSTOMER_READ, part=OWNERS)
@require_GET
def domain_access(request: HttpRequest, name: str) -> HttpResponseBase:
    """Who may do what with one name."""
    return PAGES.of_name(request, name)


@requires(Permission.CUSTOMER_OWNER)
@require_http_methods(["GET", "HEAD", "POST"])
def access_new(request: HttpRequest) -> HttpResponseBase:
    """Lend parts of names to somebody."""
    return PAGES.new(request)


@requires(Permission.CUSTOMER_READ)
@require_http_methods(["GET", "HEAD", "POST"])
def grant(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """What one person may do with one name; only an owner changes it."""
    return PAGES.grant(request, public_id)


@requires(Permission.CUSTOMER_OWNER)
@require_POST
def grant_revoke(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """End it at once."""
    return PAGES.revoke(request, public_id)


@requires(Permission.CUSTOMER_OWNER)
@require_POST
def grant_invite(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Send the invitation once more."""
    return PAGES.invite(request, public_id)
