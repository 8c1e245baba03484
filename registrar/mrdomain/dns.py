"""Module service, its DNS part (manual 7.40 to 7.47)."""

from __future__ import annotations

from collections.abc import Sequence

from registrar.errors import InvalidRequest, NotSupported
from registrar.interface.dns import DnsModule
from registrar.mrdomain import dns_mapping, mapping, request
from registrar.mrdomain.client import MrDomainClient
from registrar.mrdomain.entity import Entities
from registrar.types import DnsRecord, Done, Outcome, Page, RecordType


class MrDomainDns(DnsModule):
    """Eight actions. The zone of a domain belongs to its service, which bears the domain's name."""

    types = dns_mapping.TYPES

    def __init__(self, client: MrDomainClient) -> None:
        self._client = client
        self._records = Entities(client, "dns", dns_mapping.record)

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
        """As the contract (manual 7.40); the registrar filters."""
        if type is not None and type not in self.types:
            raise InvalidRequest(f"the registrar has no {type} records", field="type")
        filters = {"filterType": None if type is None else type.value, "filterValue": value or None}
        return self._records.list(_zone(domain), page, page_length, word, filters)

    def info(self, domain: str, identifier: str) -> DnsRecord:
        return self._records.info(_zone(domain), identifier)

    def create(self, domain: str, record: DnsRecord) -> Outcome[DnsRecord]:
        """As the contract (manual 7.42). The registrar has no code of its own for a record that is there: Conflict."""
        zone = _zone(domain)
        parameters = dns_mapping.parameters(record, zone)
        return Done(
            self._records.create(
                zone,
                parameters,
                lambda found: (found.name, found.type.value) == (parameters["name"], parameters["type"]),
            )
        )

    def update(self, domain: str, record: DnsRecord) -> Outcome[DnsRecord]:
        """As the contract (manual 7.43). Name and type stay; they say how the value is written."""
        zone = _zone(domain)
        parameters = dns_mapping.parameters(record, zone)
        del parameters["name"], parameters["type"]
        return Done(self._records.update(zone, record.identifier, parameters))

    def delete(self, domain: str, record: DnsRecord) -> Outcome[None]:
        """As the contract (manual 7.44), by the identifier."""
        self._records.delete(_zone(domain), record.identifier)
        return Done(None)

    def replace(self, domain: str, records: Sequence[DnsRecord]) -> Outcome[None]:
        """As the contract (manual 7.46). Raises InvalidRequest for no record at all."""
        zone = _zone(domain)
        return self._whole("service/dnssetzone", zone, {"dnsZoneData": dns_mapping.zone(records, zone)})

    def restore(self, domain: str, *, template: str = "") -> Outcome[None]:
        """As the contract (manual 7.45). Raises NotSupported for a template: the API has none."""
        if template:
            raise NotSupported("dns.restore", "the registrar restores its own default records only")
        return self._whole("service/dnsrestore", _zone(domain), {})

    def delete_all(self, domain: str) -> Outcome[None]:
        """As the contract (manual 7.47)."""
        return self._whole("service/dnsdeleteall", _zone(domain), {})

    def _whole(self, action: str, zone: str, parameters: dict[str, str]) -> Outcome[None]:
        self._client.fetch(action, {"serviceName": zone, **parameters}, mapping.nothing)
        return Done(None)


def _zone(domain: str) -> str:
    return request.domain_name(domain, "domain")
