"""What a customer changes about a name: its switches, its nameservers, its contacts, its term."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panel.access.parts import OWNERS, Level, Part, part_of_switch
from panel.access.rules import Permission, requires
from panel.domain.history import pages as history_pages
from panel.domain.tags import pages as tag_pages
from panel.selfservice.domains import PAGES


@requires(Permission.CUSTOMER_WRITE, part=part_of_switch)
@require_POST
def turn(request: HttpRequest, name: str, slug: str) -> HttpResponseBase:
    """Turn one of the name's switches on or off."""
    return PAGES.turn(request, name, slug)


@requires(Permission.CUSTOMER_WRITE, part=Part.NAMESERVERS, level=Level.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def nameservers(request: HttpRequest, name: str) -> HttpResponseBase:
    """Choose which servers answer for the name."""
    return PAGES.nameservers(request, name)


@requires(Permission.CUSTOMER_WRITE, part=Part.CONTACTS, level=Level.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def contacts(request: HttpRequest, name: str) -> HttpResponseBase:
    """Choose who answers for the name beside its registrant."""
    return PAGES.contacts(request, name)


@requires(Permission.CUSTOMER_WRITE, personal=True, part=Part.AUTH_CODE, level=Level.READ)
@reauthentication_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def auth_code(request: HttpRequest, name: str) -> HttpResponseBase:
    """Have the auth code read, and show it once to whoever has just proved who they are."""
    return PAGES.auth_code(request, name)


@requires(Permission.CUSTOMER_WRITE, part=OWNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest, name: str) -> HttpResponseBase:
    """Renew the name from the customer's wallet."""
    return PAGES.renew(request, name)


@requires(Permission.CUSTOMER_WRITE, part=OWNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def tags(request: HttpRequest, name: str) -> HttpResponseBase:
    """Write which tags the name bears."""
    return tag_pages.tags(PAGES, request, name)


@requires(Permission.CUSTOMER_READ, part=OWNERS)
@require_safe
def history(request: HttpRequest, name: str) -> HttpResponseBase:
    """Everything that happened to the name."""
    return history_pages.history(PAGES, request, name, "customer")


@requires(Permission.CUSTOMER_WRITE, part=OWNERS)
@require_POST
def history_read(request: HttpRequest, name: str) -> HttpResponseBase:
    """Have the registry's own records of the name read."""
    return history_pages.history(PAGES, request, name, "customer")
