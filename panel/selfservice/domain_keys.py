"""A customer's name beyond its line: hosts below it, its keys, and what the public directory says."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_http_methods

from panel.access.parts import Part
from panel.access.rules import Permission, requires
from panel.domain import delegation_pages
from panel.selfservice.domains import PAGES


@requires(Permission.CUSTOMER_READ, part=Part.GLUE_RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
def glue(request: HttpRequest, name: str) -> HttpResponseBase:
    """Addresses of nameservers that bear the name themselves."""
    return delegation_pages.glue(PAGES, request, name)


@requires(Permission.CUSTOMER_READ, part=Part.DNSSEC)
@require_http_methods(["GET", "HEAD", "POST"])
def dnssec(request: HttpRequest, name: str) -> HttpResponseBase:
    """The keys that prove answers about the name."""
    return delegation_pages.dnssec(PAGES, request, name)


@requires(Permission.CUSTOMER_READ, part=Part.OTHER_OPTIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def whois(request: HttpRequest, name: str) -> HttpResponseBase:
    """What the public directory says of the name."""
    return delegation_pages.publicity(PAGES, request, name)
