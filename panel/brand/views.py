"""The brand's look."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_response_headers

from panel.brand.theme import stylesheet


def theme(request: HttpRequest) -> HttpResponse:
    """The brand's colors as custom properties."""
    brand = request.brand  # type: ignore[attr-defined]
    response = HttpResponse(stylesheet(brand.hue, brand.chroma), content_type="text/css")
    patch_response_headers(response, 3600)
    return response
