"""DNS servers of a domain: which were sent, whether they are valid, and AFNIC's ZoneCheck of them."""

from __future__ import annotations

import ipaddress
import re
from typing import NamedTuple

from registrar.sandbox.bookmyname.codes import Refusal
from registrar.sandbox.names import InvalidName, to_ascii

ON_CREATE, ON_UPDATE = 4, 13
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")


class Sent(NamedTuple):
    """DNS servers by position (of those sent only; "" for an emptied one) and glue addresses by host name."""

    hosts: dict[int, str]
    glue: dict[str, str]


def is_address(text: str) -> bool:
    """True for an IPv4 or IPv6 address."""
    try:
        return bool(ipaddress.ip_address(text))
    except ValueError:
        return False


def host_name(text: str) -> str:
    """A host name as A-label; "" for what is none."""
    try:
        name = to_ascii(text)
    except InvalidName:
        return ""
    labels = name.split(".")
    return name if len(labels) > 1 and all(map(_LABEL.fullmatch, labels)) else ""


def read(sent: dict[str, str], most: int) -> Sent:
    """ns0, ns1... up to `most`; later ones are ignored. Raises -7 for a malformed name or address.

    ASSUMPTION: the manual spells the key of a glue address ipns0 in PHP and ips2 in Perl; both are taken.
    """
    hosts: dict[int, str] = {}
    glue: dict[str, str] = {}
    for number in range(most):
        text = sent.get(f"ns{number}")
        if text is None:
            continue
        hosts[number] = host_name(text) if text else ""
        address = sent.get(f"ipns{number}") or sent.get(f"ips{number}") or ""
        if (text and not hosts[number]) or (address and not is_address(address)):
            raise Refusal(-7)
        if text and address:
            glue[hosts[number]] = address
    return Sent(hosts, glue)


def merged(before: list[str], sent: dict[int, str]) -> list[str]:
    """ASSUMPTION: as other keys, positions that are not sent keep their server; an empty text removes one."""
    slots = dict(enumerate(before)) | sent
    return [slots[number] for number in sorted(slots) if slots[number]]


def inside(host: str, domain: str) -> bool:
    """True for a server that needs a glue record: its name is within the domain."""
    return host == domain or host.endswith("." + domain)


def fails(hosts: list[str], word: str) -> bool:
    """True if the sandbox's ZoneCheck finds a server whose name begins with `word`."""
    return any(host.startswith(word) for host in hosts)
