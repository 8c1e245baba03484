"""The contract of module dns: the zone of a domain, where the registrar hosts it.

`domain` is a domain's name. Every method raises any class of registrar.errors: NotFound for a domain without
a zone at this registrar, InvalidRequest(field) before anything is sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from registrar.interface.base import Module
from registrar.types import DnsRecord, Outcome, Page, RecordType, SoaTimes


class DnsModule(Module):
    """Records and whole zones. `types` are those that the family takes, `minimum_ttl` in seconds."""

    noun: ClassVar[str] = "dns"
    types: ClassVar[frozenset[RecordType]] = frozenset()
    minimum_ttl: ClassVar[int] = 0

    def list(
        self,
        domain: str,
        *,
        page: int = 1,
        page_length: int = 1000,
        word: str | None = None,
        type: RecordType | None = None,
        value: str | None = None,
    ) -> Page[DnsRecord]:
        """Records of the zone. `word` finds a part of a name; a family that cannot filter filters here."""
        raise self.lacking("list")

    def info(self, domain: str, identifier: str) -> DnsRecord:
        """One record by its identifier. Raises NotFound."""
        raise self.lacking("info")

    def create(self, domain: str, record: DnsRecord) -> Outcome[DnsRecord]:
        """Add a record. Raises AlreadyExists for one that is there."""
        raise self.lacking("create")

    def update(self, domain: str, record: DnsRecord) -> Outcome[DnsRecord]:
        """Change value, ttl or priority of the record that has `record.identifier`."""
        raise self.lacking("update")

    def delete(self, domain: str, record: DnsRecord) -> Outcome[None]:
        """Delete a record: by its identifier where the family has one, else by name, type and value."""
        raise self.lacking("delete")

    def replace(self, domain: str, records: Sequence[DnsRecord]) -> Outcome[None]:
        """Put these records in place of the whole zone, at once."""
        raise self.lacking("replace")

    def restore(self, domain: str, *, template: str = "") -> Outcome[None]:
        """Put the registrar's default records, or those of a template of the account, in place of the zone."""
        raise self.lacking("restore")

    def delete_all(self, domain: str) -> Outcome[None]:
        """Delete every record."""
        raise self.lacking("delete_all")

    def set_soa(self, domain: str, times: SoaTimes) -> Outcome[None]:
        """Set the times of the zone's SOA record."""
        raise self.lacking("set_soa")
