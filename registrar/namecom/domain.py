"""Module domain (manual, Domain Actions): reads. Orders and updates stand in files of their own."""

from __future__ import annotations

from collections.abc import Sequence

from registrar.errors import NotFound, NotSupported
from registrar.interface.domain import DomainModule, DomainReads
from registrar.namecom import availability, domain_mapping, glue, mapping
from registrar.namecom.client import NameComClient
from registrar.namecom.domain_order import NameComOrders
from registrar.namecom.domain_update import NameComUpdates
from registrar.namecom.holding import Holding, now
from registrar.transport import reading, values
from registrar.types import (
    Availability,
    AvailabilityState,
    DomainContacts,
    DomainDetail,
    DomainInfo,
    DomainPrices,
    DomainStatus,
    DomainSummary,
    GlueRecord,
    Nameserver,
    NameserverSet,
    Page,
    RenewalMode,
    Verification,
)


class NameComReads(DomainReads):
    """Four calls; domain/get tells everything about one name."""

    def __init__(self, client: NameComClient) -> None:
        self._client = client
        self._holding = Holding(client)
        self._hosts = glue.Hosts(self._holding)

    def check(self, name: str) -> Availability:
        """As the contract (manual, Check Domain Availability). Prices are in USD."""
        return availability.check(self._client, name)

    def check_many(self, names: Sequence[str]) -> tuple[Availability, ...]:
        """As the contract: one label in several extensions. Raises InvalidRequest(names) for different labels."""
        return availability.check_many(self._client, names)

    def prices(self, name: str) -> DomainPrices:
        """As the contract: of a free name what its registration costs, of one in the account its renewal."""
        domain = values.domain_name(name)
        (found,) = availability.check_many(self._client, [domain])
        if found.state is AvailabilityState.AVAILABLE:
            create = found.price.amount if found.price else None
            return DomainPrices(domain, mapping.CURRENCY, create=create)
        try:
            renew = domain_mapping.renewal_price(self._holding.get(domain))
        except NotFound:
            renew = None
        return DomainPrices(domain, mapping.CURRENCY, renew=renew.amount if renew else None)

    def info(self, name: str) -> DomainInfo:
        """As the contract (manual, Retrieve Domain)."""
        domain = values.domain_name(name)
        return domain_mapping.info(domain, self._holding.get(domain), now())

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
        """As the contract (manual, List Domains). The list comes as a whole, is sorted and cut into pages here.

        Raises NotSupported for what its lines do not tell: every filter but `name`, `word` and `tld`.
        """
        others = (renewable, include, owner, tag, status, owner_verification, renewal_mode)
        if any(other is not None for other in others):
            raise NotSupported("domain.list", "the list can be filtered by name, word and extension only")
        values.check_page(page, page_length)
        exact = values.domain_name(name) if name else None
        part = word.strip().lower() if word else ""
        ending = tld.strip().lower().strip(".") if tld else None
        lines = [
            domain_mapping.line(domain, data)
            for domain, data in sorted(self._holding.names().items())
            if exact in (None, domain) and part in domain and ending in (None, values.tld(domain))
        ]
        return reading.paged(lines, page, page_length)

    def contacts(self, name: str) -> DomainContacts:
        """As the contract (manual, Retrieve Domain)."""
        return domain_mapping.contacts(self._holding.get(values.domain_name(name)))

    def nameserver_set(self, name: str) -> NameserverSet:
        """As the contract (manual, Retrieve Domain)."""
        return domain_mapping.nameserver_set(self._holding.get(values.domain_name(name)))

    def nameservers(self, name: str) -> tuple[Nameserver, ...]:
        """As the contract."""
        return self.nameserver_set(name).nameservers

    def glue_records(self, name: str) -> tuple[GlueRecord, ...]:
        """As the contract (manual, List Host Records)."""
        return self._hosts.all(values.domain_name(name))


class NameComDomain(NameComReads, NameComOrders, NameComUpdates, DomainModule):
    """Sixteen calls."""
