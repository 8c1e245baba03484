"""The contract of module tool: everything without an effect that belongs to no object."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from registrar.interface.base import Module
from registrar.types import Availability, DnsAnswer, Hello, Idn, Suggestion, TableRow, ZoneCheck


class ToolModule(Module):
    """Every method reads, and raises any class of registrar.errors."""

    noun: ClassVar[str] = "tool"

    def hello(self) -> Hello:
        """Test the credentials and the way to the API."""
        raise self.lacking("hello")

    def quick_check(self, name: str) -> Availability:
        """Whether a name can be registered, by the registrar's light protocol made for many such questions."""
        raise self.lacking("quick_check")

    def idn(self, text: str) -> Idn:
        """Both writings of a word or name, in the registrar's own conversion."""
        raise self.lacking("idn")

    def suggest(
        self, word: str, *, language: str = "en", tlds: Sequence[str] = ("com", "net")
    ) -> tuple[Suggestion, ...]:
        """Names built around a word, each with its availability."""
        raise self.lacking("suggest")

    def table(self, kind: str) -> tuple[TableRow, ...]:
        """One of the registrar's code tables: "countries", "regions", "es_juridic"."""
        raise self.lacking("table")

    def dig(self, query: str, type: str, nameserver: str) -> DnsAnswer:
        """Ask a DNS server, seen from the registrar."""
        raise self.lacking("dig")

    def zone_check(self, name: str, nameservers: Sequence[str]) -> ZoneCheck:
        """Whether these DNS servers (two or more) fulfil the conditions of the name's extension."""
        raise self.lacking("zone_check")
