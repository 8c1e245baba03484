"""The contract of module domain: reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from registrar.interface.base import Module
from registrar.types import (
    Availability,
    DeletedDomain,
    Dnssec,
    DomainContacts,
    DomainDetail,
    DomainInfo,
    DomainPrices,
    DomainService,
    DomainStatus,
    DomainSummary,
    GlueRecord,
    HistoryEntry,
    Nameserver,
    NameserverSet,
    Page,
    RenewalMode,
    TransferCheck,
    Verification,
)


class DomainReads(Module):
    """Reads of module domain. `list_includes` are the details that list() can bring along."""

    noun: ClassVar[str] = "domain"
    list_includes: ClassVar[frozenset[DomainDetail]] = frozenset()

    def check(self, name: str) -> Availability:
        """Whether a name can be registered.

        An unsupported, closed or invalid name is a state, not an exception.
        """
        raise self.lacking("check")

    def check_many(self, names: Sequence[str]) -> tuple[Availability, ...]:
        """As check(), for several names in one call, in their order.

        Raises InvalidRequest(names) for more, or for another mixture, than the family checks at once.
        """
        raise self.lacking("check_many")

    def prices(self, name: str) -> DomainPrices:
        """What the registrar charges for this very name: the way to learn the prices of a premium name."""
        raise self.lacking("prices")

    def claimed(self, name: str) -> bool:
        """Whether the trademark clearinghouse holds a claim on the name."""
        raise self.lacking("claimed")

    def check_transfer(self, name: str) -> TransferCheck:
        """Whether a name can be transferred in."""
        raise self.lacking("check_transfer")

    def info(self, name: str) -> DomainInfo:
        """General information. Raises NotFound for a name that is not in the account."""
        raise self.lacking("info")

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
        """Domains of the account.

        `name` is exact, `word` a part; `owner` a contact handle; `include` adds a detail of `list_includes`. A
        family whose list does not tell the status says DomainStatus.UNKNOWN with an empty raw_status. Raises
        NotSupported for a filter or detail that the family does not have.
        """
        raise self.lacking("list")

    def contacts(self, name: str) -> DomainContacts:
        """The four contacts."""
        raise self.lacking("contacts")

    def nameserver_set(self, name: str) -> NameserverSet:
        """The nameservers in their order, and whether they are the registrar's own."""
        raise self.lacking("nameserver_set")

    def nameservers(self, name: str) -> tuple[Nameserver, ...]:
        """The nameservers in their order."""
        raise self.lacking("nameservers")

    def glue_records(self, name: str) -> tuple[GlueRecord, ...]:
        """Host objects below the name."""
        raise self.lacking("glue_records")

    def dnssec(self, name: str) -> Dnssec:
        """Delegation signer entries."""
        raise self.lacking("dnssec")

    def auth_code(self, name: str) -> str:
        """The code that allows a transfer away. A secret: never log it."""
        raise self.lacking("auth_code")

    def service(self, name: str) -> DomainService | None:
        """The hosting that belongs to the name, or None."""
        raise self.lacking("service")

    def whois(self, name: str) -> str:
        """The public whois text."""
        raise self.lacking("whois")

    def history(self, name: str, *, page: int = 1, page_length: int = 1000) -> Page[HistoryEntry]:
        """What the registrar recorded about the name."""
        raise self.lacking("history")

    def deleted(self, *, page: int = 1, page_length: int = 1000) -> Page[DeletedDomain]:
        """Names that have left the account."""
        raise self.lacking("deleted")
