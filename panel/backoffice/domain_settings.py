"""What staff change about a name, for its customer or for nobody."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panel.access.rules import Permission, requires
from panel.backoffice.domain import PAGES
from panel.domain.history import pages as history_pages
from panel.domain.tags import pages as tag_pages


@requires(Permission.STAFF)
@require_POST
def turn(request: HttpRequest, name: str, setting: str) -> HttpResponseBase:
    """Turn one of the name's switches on or off."""
    return PAGES.turn(request, name, setting)


@requires(Permission.STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def nameservers(request: HttpRequest, name: str) -> HttpResponseBase:
    """Choose which servers answer for the name."""
    return PAGES.nameservers(request, name)


@requires(Permission.STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def contacts(request: HttpRequest, name: str) -> HttpResponseBase:
    """Choose who answers for the name, from its customer's book."""
    return PAGES.contacts(request, name)


@requires(Permission.STAFF)
@reauthentication_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def auth_code(request: HttpRequest, name: str) -> HttpResponseBase:
    """Have the auth code read, and show it once; who saw it is kept."""
    return PAGES.auth_code(request, name)


@requires(Permission.STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: HttpRequest, name: str) -> HttpResponseBase:
    """Renew the name from its customer's wallet at the list price; one of nobody without a price."""
    return PAGES.renew(request, name)


@requires(Permission.STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def tags(request: HttpRequest, name: str) -> HttpResponseBase:
    """Write which of its customer's tags the name bears."""
    return tag_pages.tags(PAGES, request, name)


@requires(Permission.STAFF)
@require_safe
def history(request: HttpRequest, name: str) -> HttpResponseBase:
    """Everything that happened to the name."""
    return history_pages.history(PAGES, request, name, "staff")


@requires(Permission.STAFF)
@require_POST
def history_read(request: HttpRequest, name: str) -> HttpResponseBase:
    """Have what the registrar wrote down about the name read."""
    return history_pages.history(PAGES, request, name, "staff")
