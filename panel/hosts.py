"""The host name decides the brand; the URLconf decides the audience."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound

from panel.brand.services import brand_for_host

HEALTH_PATHS = frozenset({"/healthz", "/readyz", "/metrics"})


def brand_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Set `request.brand`; hosts that belong to nobody get a bare 404, hosts of brands never see the back office."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path in HEALTH_PATHS:
            return get_response(request)
        host = (
            request.get_host().rsplit(":", 1)[0]
            if not request.get_host().endswith("]")
            else request.get_host()
        )
        brand = brand_for_host(host.lower())
        if brand is None:
            return HttpResponseNotFound(
                "Nothing is served under this host name.\n", content_type="text/plain"
            )
        request.brand = brand  # type: ignore[attr-defined]
        request.urlconf = "panel.urls" if brand.is_operator else "panel.urls_brand"
        return get_response(request)

    return middleware
