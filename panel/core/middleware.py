"""A request id that a person can quote."""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

from panel.core.publicid import new_public_id

log = structlog.get_logger(__name__)
QUIET_PATHS = ("/static/", "/healthz", "/readyz", "/metrics")


def request_id_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Give each request an id: in the log, in the `X-Request-ID` header and on error pages."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.id = new_public_id("req")  # type: ignore[attr-defined]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request.id)  # type: ignore[attr-defined]
        started = time.monotonic()
        response = get_response(request)
        response["X-Request-ID"] = request.id  # type: ignore[attr-defined]
        if not request.path.startswith(QUIET_PATHS):
            log.info(
                "request",
                method=request.method,
                path=request.path,
                status=response.status_code,
                milliseconds=round((time.monotonic() - started) * 1000),
            )
        return response

    return middleware
