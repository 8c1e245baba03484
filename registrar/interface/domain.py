"""The contract of module domain.

Names go in as A-labels or U-labels and come out as A-labels. Every method raises any class of
registrar.errors; a value that can be judged here raises InvalidRequest(field) before anything is sent. An
update returns Done with the domain's line as the registrar shows it afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import ClassVar

from registrar.interface.base import Module
from registrar.types import (
    Availability,
    Contact,
    DeletedDomain,
    Dnssec,
    DnssecKey,
    DomainContacts,
    DomainDetail,
    DomainInfo,
    DomainOrder,
    DomainService,
    DomainStatus,
    DomainSummary,
    GlueRecord,
    HistoryEntry,
    Nameserver,
    NameserverSet,
    Outcome,
    Page,
    RegisteredDomain,
    RenewalMode,
    TransferCheck,
    TransferOrder,
    Verification,
)


class DomainReads(Module):
    """Reads of module domain."""

    noun: ClassVar[str] = "domain"

    def check(self, name: str) -> Availability:
        """Whether a name can be registered.

        An unsupported, closed or invalid name is a state, not an exception.
        """
        raise self.lacking("check")

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

        `name` is exact, `word` a part; `owner` a contact handle; `include` adds a detail.
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


class DomainOrders(Module):
    """Writes that may cost money."""

    noun: ClassVar[str] = "domain"

    def create(self, order: DomainOrder) -> Outcome[RegisteredDomain]:
        """Register. Done when the name is active, Pending(reference=remote id) until then.

        Raises AlreadyExists, InsufficientFunds, Refused(reason) and the rest of the tree.
        """
        raise self.lacking("create")

    def transfer(self, order: TransferOrder) -> Outcome[RegisteredDomain]:
        """Transfer in. Done when the name is active, Pending(reference=remote id) until then."""
        raise self.lacking("transfer")

    def transfer_restart(self, name: str, auth_code: str | None = None) -> Outcome[DomainSummary]:
        """Start a stopped transfer again, with another auth code if one is given."""
        raise self.lacking("transfer_restart")

    def renew(
        self, name: str, *, current_expiry: date, years: int | None = None
    ) -> Outcome[RegisteredDomain]:
        """Renew by `years` (None: the shortest period).

        Done when the expiry moved past `current_expiry`, else Pending.

        `current_expiry` must come from the registrar, read just before: it is the guard against renewing
        twice.
        """
        raise self.lacking("renew")


class DomainUpdates(Module):
    """Writes that cost nothing."""

    noun: ClassVar[str] = "domain"

    def set_nameservers(self, name: str, nameservers: Sequence[str] = ()) -> Outcome[DomainSummary]:
        """Set 2 to 7 nameservers; none means the registrar's own."""
        raise self.lacking("set_nameservers")

    def set_contacts(
        self,
        name: str,
        *,
        owner: str | Contact | None = None,
        admin: str | Contact | None = None,
        tech: str | Contact | None = None,
        billing: str | Contact | None = None,
        extra: Mapping[str, str] | None = None,
    ) -> Outcome[DomainSummary]:
        """Set contacts by handle or content. A role that is None stays as it is."""
        raise self.lacking("set_contacts")

    def create_glue(self, name: str, glue: GlueRecord) -> Outcome[tuple[GlueRecord, ...]]:
        """Create a host object below the name; returns all of them."""
        raise self.lacking("create_glue")

    def update_glue(self, name: str, glue: GlueRecord) -> Outcome[tuple[GlueRecord, ...]]:
        """Change the addresses of a host object; returns all of them."""
        raise self.lacking("update_glue")

    def delete_glue(self, name: str, host: str) -> Outcome[tuple[GlueRecord, ...]]:
        """Delete a host object; returns those that remain."""
        raise self.lacking("delete_glue")

    def add_dnssec_key(self, name: str, key: DnssecKey) -> Outcome[Dnssec]:
        """Add a delegation signer entry; returns all of them."""
        raise self.lacking("add_dnssec_key")

    def delete_dnssec_key(self, name: str, key: DnssecKey) -> Outcome[Dnssec]:
        """Delete a delegation signer entry; returns those that remain."""
        raise self.lacking("delete_dnssec_key")

    def set_transfer_lock(self, name: str, locked: bool) -> Outcome[DomainSummary]:
        """Allow or forbid transfers away."""
        raise self.lacking("set_transfer_lock")

    def set_modification_lock(self, name: str, locked: bool) -> Outcome[DomainSummary]:
        """Allow or forbid every change."""
        raise self.lacking("set_modification_lock")

    def set_whois_privacy(self, name: str, private: bool) -> Outcome[DomainSummary]:
        """Hide the owner behind the registrar's privacy service, or not."""
        raise self.lacking("set_whois_privacy")

    def set_whois_visible(self, name: str, visible: bool) -> Outcome[DomainSummary]:
        """Show the owner's data in whois, or not."""
        raise self.lacking("set_whois_visible")

    def set_renewal_mode(self, name: str, mode: RenewalMode) -> Outcome[DomainSummary]:
        """What the registrar does when the name expires."""
        raise self.lacking("set_renewal_mode")

    def set_tag(self, name: str, tag: str) -> Outcome[DomainSummary]:
        """Set the name's tags, separated by commas."""
        raise self.lacking("set_tag")

    def resend_verification(self, name: str) -> Outcome[DomainSummary]:
        """Have the owner's verification e-mail sent again."""
        raise self.lacking("resend_verification")


class DomainModule(DomainReads, DomainOrders, DomainUpdates):
    """Everything about domain names."""
