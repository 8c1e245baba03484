"""Module domain (reference 2.5): reads. Orders, updates and hosts stand in files of their own."""

from __future__ import annotations

from collections.abc import Sequence

from registrar.errors import Conflict, InvalidRequest, NotSupported
from registrar.interface.domain import DomainModule, DomainReads
from registrar.netim import contact_mapping, domain_mapping, mapping
from registrar.netim.domain_base import NetimDomainBase
from registrar.netim.domain_host import NetimHosts
from registrar.netim.domain_order import NetimOrders
from registrar.netim.domain_update import NetimUpdates
from registrar.transport import reading, values
from registrar.types import (
    Availability,
    AvailabilityState,
    ContactRecord,
    DomainContacts,
    DomainDetail,
    DomainInfo,
    DomainPrices,
    DomainStatus,
    DomainSummary,
    Nameserver,
    NameserverSet,
    Page,
    RenewalMode,
    Verification,
)


class NetimReads(NetimDomainBase, DomainReads):
    """Six functions."""

    def check(self, name: str) -> Availability:
        return self._check([name])[0]

    def check_many(self, names: Sequence[str]) -> tuple[Availability, ...]:
        """As the contract: names of one extension, which must be one that is checked in bulk (HasMultipleCheck)."""
        extensions = {domain_mapping.tld_of(name.strip().rstrip(".").lower()) for name in names}
        if isinstance(names, str) or not names or len(extensions) > 1:
            raise InvalidRequest("give names of one extension", field="names")
        return self._check(names)

    def prices(self, name: str) -> DomainPrices:
        domain = values.domain_name(name)
        return self._client.fetch(
            "queryDomainPrice", {"domain": domain}, lambda data: domain_mapping.prices(data, domain)
        )

    def claimed(self, name: str) -> bool:
        return self._client.fetch(
            "queryDomainClaim", {"domain": values.domain_name(name)}, domain_mapping.claimed
        )

    def info(self, name: str) -> DomainInfo:
        return domain_mapping.info(self._read(values.domain_name(name)))

    def list(
        self,
        *,
        page: int = 1,
        page_length: int = 1000,
        name: str | None = None,
        word: str | None = None,
        tld: str | None = None,
        renewable: bool | None = None,
        include: DomainDetail | str | None = None,
        owner: str | None = None,
        tag: str | None = None,
        status: DomainStatus | str | None = None,
        owner_verification: Verification | None = None,
        renewal_mode: RenewalMode | None = None,
    ) -> Page[DomainSummary]:
        """As the contract: names and expiry only, by name, word and extension.

        The list comes as a whole; pages are cut here.
        """
        others = (renewable, include, owner, tag, status, owner_verification, renewal_mode)
        if any(value is not None for value in others):
            raise NotSupported("domain.list", "the registrar's list tells names and dates only")
        values.check_page(page, page_length)
        exact = values.domain_name(name) if name else ""
        part = (word or "").strip().lower()
        extension = (tld or "").strip().strip(".").lower()
        found = self._client.fetch(
            "queryDomainList", {"filter": _filter(exact, part, extension)}, domain_mapping.summaries
        )
        lines = [
            line
            for line in found
            if (not exact or line.name == exact) and part in line.name and extension in {"", line.tld}
        ]
        return reading.paged(lines, page, page_length)

    def contacts(self, name: str) -> DomainContacts:
        """As the contract, each contact read once. A role that is the reseller's own has no content."""
        found = self._read(values.domain_name(name))
        ids = {
            role: reading.text(found, f"id{role.capitalize()}", default="").strip()
            for role in ("owner", "admin", "tech", "billing")
        }
        records = {identifier: self._contact(identifier) for identifier in dict.fromkeys(ids.values())}
        our_own = frozenset(role for role, identifier in ids.items() if self._is_our_own(identifier))
        return DomainContacts(
            **{role: records[identifier] for role, identifier in ids.items()}, our_own=our_own
        )

    def nameserver_set(self, name: str) -> NameserverSet:
        """As the contract: `default` is whether the registrar's services on the name work (HasDNS4Service)."""
        found = self._read(values.domain_name(name))
        return NameserverSet(domain_mapping.nameservers(found), mapping.flag(found, "HasDNS4Service"))

    def nameservers(self, name: str) -> tuple[Nameserver, ...]:
        return self.nameserver_set(name).nameservers

    def auth_code(self, name: str) -> str:
        """As the contract. Raises Conflict where the registrar holds none: renew_auth_code() makes one."""
        found = self._read(values.domain_name(name))
        code = reading.text(found, "authID", default="").strip()
        if not code:
            raise Conflict("the registrar holds no auth code for the name", reason="no_auth_code")
        return code

    def whois(self, name: str) -> str:
        return self._client.fetch("domainWhois", {"domain": values.domain_name(name)}, mapping.text)

    def _contact(self, identifier: str) -> ContactRecord | None:
        if not identifier or self._is_our_own(identifier):
            return None
        return self._client.fetch(
            "contactInfo",
            {"idContact": identifier},
            lambda data: contact_mapping.record(data, identifier),
        )

    def _is_our_own(self, identifier: str) -> bool:
        return identifier.upper() == self._client.reseller

    def _check(self, names: Sequence[str]) -> tuple[Availability, ...]:
        """Every name's state, in their order; one that no registry can have is not sent."""
        domains = [_encoded(name) for name in names]
        asked = list(dict.fromkeys(domain for domain in domains if domain))
        found = self._ask(asked) if asked else {}
        return tuple(
            found[domain]
            if domain
            else Availability(name, domain_mapping.tld_of(name), AvailabilityState.INVALID)
            for name, domain in zip(names, domains, strict=True)
        )

    def _ask(self, domains: Sequence[str]) -> dict[str, Availability]:
        try:
            found = self._client.fetch(
                "domainCheck", {"domain": ";".join(domains)}, domain_mapping.availabilities
            )
        except InvalidRequest as error:
            # For several names it does not say which.
            if error.reason != "invalid_name" or len(domains) > 1:
                raise
            domain = domains[0]
            return {domain: Availability(domain, domain_mapping.tld_of(domain), AvailabilityState.INVALID)}
        if not set(domains) <= set(found):
            raise reading.unreadable("the reply leaves a name out")
        return found


class NetimDomain(NetimReads, NetimOrders, NetimUpdates, NetimHosts, DomainModule):
    """Thirty functions: 2.4 to 2.6 but for the extensions'."""


def _encoded(name: str) -> str:
    try:
        return values.domain_name(name)
    except InvalidRequest:
        return ""


def _filter(exact: str, part: str, extension: str) -> str:
    """The registrar's filter with its wildcard (reference 2.5); the result is filtered here all the same."""
    if exact:
        return exact
    if extension:
        return f"*.{extension}"
    return f"*{part}*" if part else "*"
