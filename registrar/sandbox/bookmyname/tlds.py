"""The TLDs that the manual lists, with its example prices for a creation (EUR, without taxes)."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

_TABLE = """
com 5.00 gd; net 5.00 gd; org 5.00 gd; biz 5.00 gd; info 5.00 gd; name 5.00 gd; mobi 10.00 gd; eu 5.00 s; fr 5.00 sd
be 5.00 s; us 10.00 gd; cn 10.00 s; tw 15.00 s; asia 10.00 g
"""
# domain_multicheck's keys in the order of the manual's example: not the list above (.pro, but no .tw and .asia).
MULTICHECK = ("com", "net", "org", "biz", "info", "mobi", "pro", "name", "us", "eu", "be", "fr", "cn")
MAX_YEARS = 10


class Tld(NamedTuple):
    """An extension; flags: g generic, d answered by the DAS server of free.org, s a registry that takes longer."""

    name: str
    price: Decimal
    flags: str

    @property
    def delay(self) -> float:
        """How much longer than .com this registry takes."""
        return 2.5 if "s" in self.flags else 1.0

    @property
    def das(self) -> bool:
        return "d" in self.flags


TLDS: dict[str, Tld] = {
    name: Tld(name, Decimal(price), flags)
    for name, price, flags in (row.split() for row in _TABLE.strip().replace("\n", ";").split(";"))
}


def managed(name: str) -> Tld | None:
    """The extension of a domain name directly under a managed TLD; None for any other name."""
    label, _, tld = name.partition(".")
    return TLDS.get(tld) if label else None
