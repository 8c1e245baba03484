"""Module tool (manual chapter 3)."""

from __future__ import annotations

from collections.abc import Sequence

from registrar.errors import InvalidRequest
from registrar.interface.tool import ToolModule
from registrar.mrdomain import mapping, request
from registrar.mrdomain.client import MrDomainClient
from registrar.types import DnsAnswer, Hello, Idn, Suggestion, TableRow, ZoneCheck

# Manual 3.3 to 3.5.
LANGUAGES = ("es", "en", "zh", "fr", "de", "kr", "pt", "tr")
SUGGESTED_TLDS = ("com", "net", "tv", "cc")
TABLES = ("countries", "es_juridic")
QUERY_TYPES = ("A", "AAAA", "ANY", "CNAME", "MX", "NS", "SOA", "TXT", "CAA")


class MrDomainTool(ToolModule):
    """Six actions."""

    def __init__(self, client: MrDomainClient) -> None:
        self._client = client

    def hello(self) -> Hello:
        return self._client.fetch("tool/hello", {}, mapping.hello)

    def idn(self, text: str) -> Idn:
        return self._client.fetch("tool/idnconverter", {"query": _filled(text, "text")}, mapping.idn)

    def suggest(
        self, word: str, *, language: str = "en", tlds: Sequence[str] = ("com", "net")
    ) -> tuple[Suggestion, ...]:
        """As the contract; `language` is one of LANGUAGES, `tlds` of SUGGESTED_TLDS (manual 3.3)."""
        for tld in tlds:
            _one_of(tld, SUGGESTED_TLDS, "tlds")
        parameters = {
            "query": _filled(word, "word"),
            "language": _one_of(language, LANGUAGES, "language"),
            "tlds": ",".join(tlds),
        }
        return self._client.fetch("tool/domainsuggests", parameters, mapping.suggestions)

    def table(self, kind: str) -> tuple[TableRow, ...]:
        return self._client.fetch(
            "tool/gettable", {"tableType": _one_of(kind, TABLES, "kind")}, mapping.table
        )

    def dig(self, query: str, type: str, nameserver: str) -> DnsAnswer:
        """As the contract (manual 3.5): one of QUERY_TYPES, and a nameserver by name or address."""
        parameters = {
            "query": _filled(query, "query"),
            "type": _one_of(type.upper(), QUERY_TYPES, "type"),
            "nameserver": _filled(nameserver, "nameserver"),
        }
        return self._client.fetch("tool/dig", parameters, mapping.dns_answer)

    def zone_check(self, name: str, nameservers: Sequence[str]) -> ZoneCheck:
        if len(nameservers) < 2:
            raise InvalidRequest("give two nameservers or more", field="nameservers")
        parameters = {
            "domain": request.domain_name(name),
            "nameservers": ",".join(request.domain_name(server, "nameservers") for server in nameservers),
        }
        return self._client.fetch("tool/zonecheck", parameters, mapping.zone_check)


def _filled(value: str, field: str) -> str:
    if not value.strip():
        raise InvalidRequest(f"{field} is empty", field=field)
    return value.strip()


def _one_of(value: str, known: Sequence[str], field: str) -> str:
    if value not in known:
        raise InvalidRequest(f"{field} must be one of {', '.join(known)}", field=field)
    return value
