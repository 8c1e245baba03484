"""Module dns (manual, DNS Actions)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from registrar.errors import InvalidRequest, NotFound
from registrar.interface.dns import DnsModule
from registrar.namecom import dns_mapping
from registrar.namecom.client import NameComClient
from registrar.namecom.holding import Holding, nothing, settled
from registrar.transport import reading, values
from registrar.types import DnsRecord, Done, Outcome, Page, RecordType


class NameComDns(DnsModule):
    """Three calls. A record cannot be changed: add the new one and delete the old one, in the order that suits."""

    types = dns_mapping.TYPES
    minimum_ttl = dns_mapping.MINIMUM_TTL

    def __init__(self, client: NameComClient) -> None:
        self._holding = Holding(client)

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
        """As the contract (manual, List DNS Records). The zone comes as a whole and is filtered and paged here."""
        values.check_page(page, page_length)
        part = word.strip().lower() if word else ""
        found = [
            record
            for record in self._records(_zone(domain))
            if part in record.name and type in (None, record.type) and value in (None, "", record.value)
        ]
        return reading.paged(found, page, page_length)

    def info(self, domain: str, identifier: str) -> DnsRecord:
        """As the contract, out of the whole list."""
        zone = _zone(domain)
        found = next((record for record in self._records(zone) if record.identifier == identifier), None)
        if found is None:
            raise NotFound(f"no record {identifier} in {zone}", reason="record")
        return found

    def create(self, domain: str, record: DnsRecord) -> Outcome[DnsRecord]:
        """As the contract (manual, Create DNS Record)."""
        zone = _zone(domain)
        parameters = dns_mapping.parameters(record, zone)
        full = f"{parameters['hostname']}.{zone}".removeprefix(".")

        def same(data: Mapping[str, Any]) -> DnsRecord:
            found = dns_mapping.record(data)
            if (found.name, found.type) != (full, record.type):
                raise reading.unreadable("the reply is about another record")
            return found

        return Done(self._holding.fetch("dns/create", zone, parameters, same))

    def delete(self, domain: str, record: DnsRecord) -> Outcome[None]:
        """As the contract (manual, Delete DNS Record), by the identifier."""
        zone, identifier = _zone(domain), record.identifier
        if not identifier:
            raise InvalidRequest("a record is deleted by its identifier", field="identifier")
        settled(
            lambda: self._holding.fetch("dns/delete", zone, {"record_id": identifier}, nothing),
            lambda: all(known.identifier != identifier for known in self._records(zone)),
            "record",
        )
        return Done(None)

    def _records(self, zone: str) -> tuple[DnsRecord, ...]:
        return self._holding.fetch("dns/list", zone, {}, dns_mapping.records)


def _zone(domain: str) -> str:
    return values.domain_name(domain, "domain")
