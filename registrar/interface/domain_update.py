"""The contract of module domain: writes that cost nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from registrar.interface.base import Module
from registrar.types import (
    Contact,
    DnsKey,
    Dnssec,
    DnssecKey,
    DomainSummary,
    GlueRecord,
    Outcome,
    RenewalMode,
)


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

    def set_signed(self, name: str, signed: bool) -> Outcome[DomainSummary]:
        """Sign the zone that the registrar hosts, or stop signing it."""
        raise self.lacking("set_signed")

    def set_dnssec_keys(
        self, name: str, keys: Sequence[DnssecKey], *, dns_key: DnsKey | None = None
    ) -> Outcome[Dnssec]:
        """Set all delegation signer entries at once; `dns_key` where the family asks for the key itself."""
        raise self.lacking("set_dnssec_keys")

    def sync_glue(self, name: str) -> tuple[GlueRecord, ...]:
        """Have the registrar read the host objects from the registry again; returns them."""
        raise self.lacking("sync_glue")

    def renew_auth_code(self, name: str, *, to_registrant: bool = False) -> Outcome[None]:
        """Have a new auth code made; the old one is void. It goes to the registrant by e-mail where asked."""
        raise self.lacking("renew_auth_code")

    def set_membership(self, name: str, token: str) -> Outcome[None]:
        """Attach the registrant's membership of the extension's community."""
        raise self.lacking("set_membership")

    def set_note(self, name: str, note: str) -> Outcome[DomainSummary]:
        """Set a note that only the account sees."""
        raise self.lacking("set_note")

    def delete(self, name: str) -> Outcome[None]:
        """Delete a name now. Most registries keep it restorable for a while."""
        raise self.lacking("delete")

    def release(self, name: str) -> Outcome[None]:
        """Hand the name over to its registrant, who becomes the registrar's own customer."""
        raise self.lacking("release")

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
