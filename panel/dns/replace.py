"""One address or host in place of another, wherever a zone has it. Pure functions."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from panel.dns import records
from panel.dns.lint.mail import is_spf
from registrar.types import DnsRecord, RecordType

_ADDRESS = {4: RecordType.A, 6: RecordType.AAAA}
# In SPF texts, by version: only whole addresses, never networks.
_MECHANISM = {4: "ip4:", 6: "ip6:"}


class BadPair(ValueError):
    """They cannot stand for each other. `field` is "old" or "new", `reason` "value", "kind" or "same"."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field, self.reason = field, reason


@dataclass(frozen=True, slots=True)
class Replacement:
    """`version` is that of addresses, 0 for host names (A-labels, no final dot)."""

    old: str
    new: str
    version: int = 0

    def applied(self, rows: Iterable[DnsRecord], zone: str) -> list[DnsRecord]:
        """The zone with the new one in the old one's place; what then would be there twice is there once.

        Addresses in SPF texts are replaced too. Nameservers of the zone itself are left alone: they are set with the
        name.
        """
        return list(dict.fromkeys(self._one(row, zone) for row in map(records.normal, rows)))

    def _one(self, row: DnsRecord, zone: str) -> DnsRecord:
        if self.version:
            if row.type == _ADDRESS[self.version] and row.value == self.old:
                return replace(row, value=self.new)
            if row.type == RecordType.TXT and is_spf(row.value):
                return replace(row, value=" ".join(self._terms(row.value)))
        elif row.type in records.HOSTS and not records.is_apex_ns(row, zone):
            before, space, target = row.value.rpartition(" ")
            if target == self.old:
                return replace(row, value=f"{before}{space}{self.new}")
        return row

    def _terms(self, text: str) -> Iterator[str]:
        word = _MECHANISM[self.version]
        for term in text.split(" "):
            sign = term[:1] if term[:1] in "+-~?" else ""
            if (
                term[len(sign) :].lower().startswith(word)
                and _address(term[len(sign) + len(word) :]) == self.old
            ):
                yield f"{sign}{word}{self.new}"
            else:
                yield term


def replacement(old: str, new: str) -> Replacement:
    """What is to be replaced by what: two addresses of one version, or two host names. Raises BadPair."""
    before, after = _address(old), _address(new)
    if before and after and ipaddress.ip_address(before).version != ipaddress.ip_address(after).version:
        raise BadPair("new", "kind")
    if bool(before) != bool(after):
        raise BadPair("new", "kind")
    if before and after:
        found = Replacement(before, after, ipaddress.ip_address(before).version)
    else:
        found = Replacement(_host(old, "old"), _host(new, "new"))
    if found.old == found.new:
        raise BadPair("new", "same")
    return found


def _address(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text.strip()))
    except ValueError:
        return ""


def _host(text: str, field: str) -> str:
    host = text.strip().lower().rstrip(".")
    if "." not in host or any(not label or len(label) > 63 for label in host.split(".")):
        raise BadPair(field, "value")
    if not all(letter.isalnum() or letter in "-_." for letter in host) or not host.isascii():
        raise BadPair(field, "value")
    if host.rpartition(".")[2].isdigit():
        raise BadPair(field, "value")
    return host
