"""Health, metrics, and the pages for when something went wrong."""

from __future__ import annotations

import hmac
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from panel.core.health import Check, checks


def healthz(request: HttpRequest) -> HttpResponse:
    """The process lives."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """The panel can work: database, broker, beat and the age of the oldest due operation. 503 when it cannot."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        results = [Check("database", True), *(check() for check in checks())]
    except DatabaseError as error:
        results = [Check("database", False, type(error).__name__)]
    ok = all(result.ok for result in results if result.required)
    body: dict[str, Any] = {
        "ready": ok,
        "checks": {result.name: {"ok": result.ok, "detail": result.detail} for result in results},
    }
    return JsonResponse(body, status=200 if ok else 503)


def favicon(request: HttpRequest) -> HttpResponse:
    """The icon, for whatever asks for it by its old address instead of reading the page."""
    return redirect(static("img/favicon.svg"))


def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus, for who knows the token."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not hmac.compare_digest(given, settings.METRICS_TOKEN):
        raise Http404
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return _error(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or that came from elsewhere."""
    return render(request, "csrf.html", status=403)


def _error(request: HttpRequest, status: int) -> HttpResponse:
    # A page for an error must not need what may be broken: no context processor, no database.
    from django.template.loader import render_to_string

    context = {"request_id": getattr(request, "id", ""), "brand": getattr(request, "brand", None)}
    return HttpResponse(render_to_string(f"{status}.html", context), status=status)
