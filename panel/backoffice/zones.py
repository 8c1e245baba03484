"""The DNS records of a name, for staff."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panel.access.rules import Permission, requires
from panel.backoffice.domain import PAGES
from panel.dns import draft_pages, plan_pages, version_pages, zone_pages


@requires(Permission.STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def zone(request: HttpRequest, name: str) -> HttpResponseBase:
    """The records of the name; posting has them read anew."""
    return zone_pages.zone(PAGES, request, name)


@requires(Permission.STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, name: str) -> HttpResponseBase:
    """One record, to be added or changed."""
    return draft_pages.record(PAGES, request, name)


@requires(Permission.STAFF)
@require_POST
def drop(request: HttpRequest, name: str) -> HttpResponseBase:
    """Delete a record in the draft."""
    return draft_pages.drop(PAGES, request, name)


@requires(Permission.STAFF)
@require_POST
def restore(request: HttpRequest, name: str) -> HttpResponseBase:
    """Take back what the draft does to a record."""
    return draft_pages.restore(PAGES, request, name)


@requires(Permission.STAFF)
@require_POST
def discard(request: HttpRequest, name: str) -> HttpResponseBase:
    """Forget the draft."""
    return draft_pages.discard(PAGES, request, name)


@requires(Permission.STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, name: str) -> HttpResponseBase:
    """What the draft would do; posting applies it."""
    return plan_pages.review(PAGES, request, name)


@requires(Permission.STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, name: str) -> HttpResponseBase:
    """What was changed elsewhere meanwhile."""
    return plan_pages.decide(PAGES, request, name)


@requires(Permission.STAFF)
@require_POST
def again(request: HttpRequest, name: str) -> HttpResponseBase:
    """Finish a change that stopped in the middle, or take it back."""
    return plan_pages.again(PAGES, request, name)


@requires(Permission.STAFF)
@require_safe
def versions(request: HttpRequest, name: str) -> HttpResponseBase:
    """Every state in which the zone was."""
    return version_pages.versions(PAGES, request, name)


@requires(Permission.STAFF)
@require_POST
def undo(request: HttpRequest, name: str) -> HttpResponseBase:
    """Make a draft that takes the zone back to a version."""
    return version_pages.undo(PAGES, request, name)
