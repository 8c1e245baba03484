"""Module domain: hosts below a name and DNSSEC (reference 2.4 and 2.6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from registrar.interface.domain import DomainReads, DomainUpdates
from registrar.netim import domain_mapping, request
from registrar.netim.domain_base import NetimDomainBase
from registrar.netim.outcome import afterwards
from registrar.transport import values
from registrar.types import DnsKey, Dnssec, DnssecKey, DomainSummary, GlueRecord, Outcome


class NetimHosts(NetimDomainBase, DomainReads, DomainUpdates):
    """Six functions."""

    def glue_records(self, name: str) -> tuple[GlueRecord, ...]:
        """As the contract. How the list's filter works is not documented: it is read whole, and filtered here."""
        domain = values.domain_name(name)
        return self._client.fetch(
            "queryHostList", {"filter": ""}, lambda data: domain_mapping.glue_records(data, domain)
        )

    def create_glue(self, name: str, glue: GlueRecord) -> Outcome[tuple[GlueRecord, ...]]:
        """As the contract, with any number of addresses of both kinds."""
        domain = values.domain_name(name)
        return self._glue("hostCreate", domain, request.glue(glue, domain), (glue,))

    def update_glue(self, name: str, glue: GlueRecord) -> Outcome[tuple[GlueRecord, ...]]:
        """As the contract: the addresses replace those that the host has."""
        domain = values.domain_name(name)
        return self._glue("hostUpdate", domain, request.glue(glue, domain), (glue,))

    def delete_glue(self, name: str, host: str) -> Outcome[tuple[GlueRecord, ...]]:
        domain = values.domain_name(name)
        return self._glue("hostDelete", domain, {"host": values.host(host, domain)}, ())

    def dnssec(self, name: str) -> Dnssec:
        """As the contract. Which keys the registrar's own map has is not documented: see QUIRKS.md."""
        return domain_mapping.dnssec(self._read(values.domain_name(name)))

    def set_signed(self, name: str, signed: bool) -> Outcome[DomainSummary]:
        return self._change("domainSetDNSsec", name, value=signed)

    def set_dnssec_keys(
        self, name: str, keys: Sequence[DnssecKey], *, dns_key: DnsKey | None = None
    ) -> Outcome[Dnssec]:
        """As the contract, for a name on other nameservers: digests of one key, and that key."""
        domain = values.domain_name(name)
        known = Dnssec(active=True, keys=tuple(keys))
        return self._operate(
            "domainSetDNSSecExt",
            {"domain": domain, **request.dnssec(keys, dns_key)},
            lambda: afterwards(lambda: self._signed_with(domain, known), known),
            known,
        )

    def _signed_with(self, domain: str, known: Dnssec) -> Dnssec:
        """What the registrar shows now; the keys are those that were sent where it shows none that can be read."""
        found = domain_mapping.dnssec(self._read(domain))
        return Dnssec(found.active, found.keys or known.keys)

    def _glue(
        self, function: str, domain: str, arguments: Mapping[str, Any], known: tuple[GlueRecord, ...]
    ) -> Outcome[tuple[GlueRecord, ...]]:
        return self._operate(
            function, arguments, lambda: afterwards(lambda: self.glue_records(domain), known)
        )
