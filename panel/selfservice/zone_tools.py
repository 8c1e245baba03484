"""What can be done with a customer's zones beside editing: what is served, files, templates, many at once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_http_methods, require_safe

from panel.access.parts import Level, Part
from panel.access.rules import Permission, requires
from panel.dns import import_pages, many_pages, preset_pages, reset_pages, served_pages
from panel.selfservice.domains import PAGES


@requires(Permission.CUSTOMER_READ, part=Part.DNS_ZONE)
@require_http_methods(["GET", "HEAD", "POST"])
def served(request: HttpRequest, name: str) -> HttpResponseBase:
    """What the name's nameservers say; posting has them asked."""
    return served_pages.show(PAGES, request, name)


@requires(Permission.CUSTOMER_READ, part=Part.DNS_ZONE)
@require_safe
def presets(request: HttpRequest, name: str) -> HttpResponseBase:
    """Record templates for the zone."""
    return preset_pages.choice(PAGES, request, name)


@requires(Permission.CUSTOMER_WRITE, part=Part.DNS_ZONE, level=Level.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def preset(request: HttpRequest, name: str, slug: str) -> HttpResponseBase:
    """What a template comes to; posting makes a draft of it."""
    return preset_pages.one(PAGES, request, name, slug)


@requires(Permission.CUSTOMER_WRITE, part=Part.DNS_ZONE, level=Level.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """A zone file that becomes a draft."""
    return import_pages.read(PAGES, request, name)


@requires(Permission.CUSTOMER_READ, part=Part.DNS_ZONE)
@require_safe
def export(request: HttpRequest, name: str) -> HttpResponseBase:
    """The zone as a file."""
    return import_pages.write(PAGES, request, name)


@requires(Permission.CUSTOMER_WRITE, part=Part.DNS_ZONE, level=Level.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest, name: str) -> HttpResponseBase:
    """A zone without records, or with the default ones."""
    return reset_pages.reset(PAGES, request, name)


@requires(Permission.CUSTOMER_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: HttpRequest) -> HttpResponseBase:
    """One address in place of another, in many zones."""
    return many_pages.replace(PAGES, request)


@requires(Permission.CUSTOMER_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def preset_in_many(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One template in many zones."""
    return many_pages.preset(PAGES, request, slug)
