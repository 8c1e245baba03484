"""Reading a zone through a driver."""

from __future__ import annotations

from typing import Any

from registrar import types


def read_zone(driver: Any, zone: str) -> list[types.DnsRecord]:
    """Every record of a zone. Raises `registrar.errors`."""
    found: list[types.DnsRecord] = []
    page = 1
    while True:
        listing: types.Page[types.DnsRecord] = driver.dns.list(zone, page=page)
        found += listing.items
        if listing.is_last:
            return found
        page += 1
