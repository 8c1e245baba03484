"""Who owns a customer's name, bringing it back, giving it up; privacy that is bought."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_http_methods, require_POST

from panel.access.parts import OWNERS, Part
from panel.access.rules import Permission, requires
from panel.domain import owner_pages, privacy_pages
from panel.selfservice.domains import PAGES


@requires(Permission.CUSTOMER_WRITE, part=OWNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def owner(request: HttpRequest, name: str) -> HttpResponseBase:
    """Hand the name to another registrant."""
    return owner_pages.owner(PAGES, request, name)


@requires(Permission.CUSTOMER_WRITE, part=OWNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: HttpRequest, name: str) -> HttpResponseBase:
    """Bring the name back from redemption."""
    return owner_pages.restore(PAGES, request, name)


@requires(Permission.CUSTOMER_WRITE, part=OWNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, name: str) -> HttpResponseBase:
    """Give the name up, or keep it after all."""
    return owner_pages.delete(PAGES, request, name)


@requires(Permission.CUSTOMER_WRITE, part=Part.OWNER_CONTACT)
@require_POST
def confirm(request: HttpRequest, name: str) -> HttpResponseBase:
    """Have the registrant asked once more to confirm their details."""
    return owner_pages.confirm(PAGES, request, name)


@requires(Permission.CUSTOMER_WRITE, part=OWNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def privacy(request: HttpRequest, name: str) -> HttpResponseBase:
    """Buy privacy from the customer's wallet, where it is sold by the year."""
    return privacy_pages.privacy(PAGES, request, name)
