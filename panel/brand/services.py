"""Which brand answers on which host."""

from __future__ import annotations

import time
from dataclasses import dataclass
from threading import Lock
from urllib.parse import urlsplit

from django.conf import settings

from panel.brand.models import Brand, BrandHost

REMEMBERED_SECONDS = 10.0


@dataclass
class _Memory:
    """What this process remembers of the brands, so that a request costs no query for its brand."""

    brands: dict[str, Brand]
    until: float


_memory = _Memory({}, 0.0)
_lock = Lock()


def operator_brand() -> Brand:
    """The operator's own brand, made at first use."""
    brand, _created = Brand.objects.get_or_create(
        is_operator=True,
        defaults={
            "name": "Nameward",
            "slug": "nameward",
            "monogram": "N",
            "support_email": settings.DEFAULT_FROM_EMAIL,
            "sender_name": "Nameward",
        },
    )
    return brand


def brand_of(pk: int) -> Brand:
    """The brand as the database has it now: a request's own may be some seconds old."""
    return Brand.objects.get(pk=pk)


def address_of(brand: Brand) -> str:
    """Where the brand's panel is, without a final slash: for links in e-mails."""
    public = urlsplit(settings.PUBLIC_URL)
    host = None if brand.is_operator else brand.hosts.values_list("name", flat=True).first()
    if host is None:
        return settings.PUBLIC_URL.rstrip("/")
    return f"{public.scheme}://{host}" + (f":{public.port}" if public.port else "")


def forget_brands() -> None:
    """Read the brands again at the next request: they were changed."""
    with _lock:
        _memory.until = 0.0


def brand_for_host(host: str) -> Brand | None:
    """The brand that answers on `host` (without port), or None."""
    now = time.monotonic()
    if settings.TESTING or now >= _memory.until:
        brands = {row.name: row.brand for row in BrandHost.objects.select_related("brand")}
        brands |= dict.fromkeys(settings.OPERATOR_HOSTS, operator_brand())
        with _lock:
            _memory.brands, _memory.until = brands, now + REMEMBERED_SECONDS
    return _memory.brands.get(host)
