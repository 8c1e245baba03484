"""DNS data as records have it: the value without its priority, hosts without a final dot."""

from __future__ import annotations

import ipaddress
from typing import Any

import dns.name
import dns.rdata
import dns.rdatatype

_ADDRESSES = (dns.rdatatype.A, dns.rdatatype.AAAA)
_HOSTS = (dns.rdatatype.CNAME, dns.rdatatype.NS, dns.rdatatype.PTR)


def host(name: dns.name.Name) -> str:
    """A name in A-labels and small letters without its final dot."""
    return name.to_text(omit_final_dot=True).lower()


def value_of(data: Any) -> tuple[str, int | None]:
    """Value and priority of a record's data. Raises ValueError for what is no text.

    Types that records do not know come as zone files write them.
    """
    kind = data.rdtype
    if kind in _ADDRESSES:
        return str(ipaddress.ip_address(data.address)), None
    if kind in _HOSTS:
        return host(data.target), None
    if kind == dns.rdatatype.MX:
        return host(data.exchange), int(data.preference)
    if kind == dns.rdatatype.SRV:
        return f"{data.weight} {data.port} {host(data.target)}", int(data.priority)
    if kind == dns.rdatatype.CAA:
        return f'{data.flags} {data.tag.decode("ascii")} "{data.value.decode("utf-8")}"', None
    if kind == dns.rdatatype.TXT:
        return b"".join(data.strings).decode("utf-8"), None
    return data.to_text(), None
