"""Where a brand's panel answers, for links in e-mails that staff send."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from panel.brand.models import Brand


def address_of(brand: Brand, request: HttpRequest) -> str:
    """Where the brand answers: its own host with the operator's scheme and port, or the operator's address."""
    host = None if brand.is_operator else brand.hosts.order_by("pk").first()
    if host is None:
        return str(settings.PUBLIC_URL) if brand.is_operator else request.build_absolute_uri("/")
    public = urlsplit(settings.PUBLIC_URL)
    port = f":{public.port}" if public.port else ""
    return f"{public.scheme}://{host.name}{port}"
