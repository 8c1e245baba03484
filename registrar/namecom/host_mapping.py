"""Bodies of the six host calls: all of it ASSUMPTION "host-bodies", and kept here alone so that it can be replaced.

The manual names the calls and not what they hold, and no public client was found that makes them. The words are those
of the registrar's later API for the same thing.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from typing import Any

from registrar.transport import reading
from registrar.types import GlueRecord

_HOSTNAME = "hostname"
_ADDRESSES = "ips"
_ADDRESS = "ip_address"
_HOSTS = "hosts"


def created(host: str, addresses: list[str]) -> dict[str, Any]:
    """What host/create takes."""
    return {_HOSTNAME: host, _ADDRESSES: addresses}


def deleted(host: str) -> dict[str, Any]:
    """What host/delete takes."""
    return {_HOSTNAME: host}


def with_address(host: str, address: str) -> dict[str, Any]:
    """What host/add_ip and host/remove_ip take."""
    return {_HOSTNAME: host, _ADDRESS: address}


def hosts(data: Mapping[str, Any]) -> tuple[GlueRecord, ...]:
    """What host/list and host/sync answer."""
    return tuple(
        record(reading.domain_name(item, _HOSTNAME), list(reading.texts(item, _ADDRESSES)))
        for item in reading.items(data, _HOSTS)
    )


def record(name: str, addresses: list[str]) -> GlueRecord:
    """A host: its first address of each version, and the others."""
    first: dict[int, str] = {}
    others = []
    for text in addresses:
        try:
            address = ipaddress.ip_address(text.strip())
        except ValueError:
            raise reading.unreadable(_ADDRESSES) from None
        if address.version in first:
            others.append(str(address))
        else:
            first[address.version] = str(address)
    return GlueRecord(name, first.get(4, ""), first.get(6, ""), tuple(others))


def addresses(glue: GlueRecord) -> list[str]:
    """Every address of a host."""
    return [address for address in (glue.ipv4, glue.ipv6, *glue.others) if address]
