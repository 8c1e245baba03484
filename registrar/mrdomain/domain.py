"""Module domain (manual chapter 5): reads. Orders and updates stand in files of their own."""

from __future__ import annotations

from registrar.errors import InvalidRequest, NotSupported, RateLimited, Refused
from registrar.interface.domain import DomainModule, DomainReads
from registrar.mrdomain import domain_mapping, mapping, request
from registrar.mrdomain.client import MrDomainClient
from registrar.mrdomain.domain_order import MrDomainOrders
from registrar.mrdomain.domain_update import MrDomainUpdates
from registrar.types import (
    Availability,
    AvailabilityState,
    DeletedDomain,
    Dnssec,
    DomainContacts,
    DomainDetail,
    DomainInfo,
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

# What domain/list and domain/getinfo call a detail (manual 5.12, 5.13).
_INFO_TYPES = {
    DomainDetail.INFO: "status",
    DomainDetail.CONTACTS: "contact",
    DomainDetail.NAMESERVERS: "nameservers",
    DomainDetail.SERVICE: "service",
    DomainDetail.GLUE_RECORDS: "gluerecords",
}
_CHECK_STATES = {
    "2001": AvailabilityState.INVALID,
    "2002": AvailabilityState.UNSUPPORTED,
    "2003": AvailabilityState.MAINTENANCE,
}


class MrDomainReads(DomainReads):
    """Eleven actions, with getinfo in five of its seven forms; the other two have actions of their own."""

    list_includes = frozenset(_INFO_TYPES)

    def __init__(self, client: MrDomainClient) -> None:
        self._client = client

    def check(self, name: str) -> Availability:
        """As the contract (manual 5.1).

        Mass checks get an account banned: cache, and never check to watch a name.
        """
        try:
            domain = request.domain_name(name)
        except InvalidRequest:
            return Availability(name, request.tld(name), AvailabilityState.INVALID)
        try:
            return self._client.fetch("domain/check", {"domain": domain}, domain_mapping.availability)
        except (InvalidRequest, RateLimited, Refused) as error:
            state = _CHECK_STATES.get(error.code)
            if state is None:
                raise
            return Availability(domain, request.tld(domain), state)

    def check_transfer(self, name: str) -> TransferCheck:
        parameters = {"domain": request.domain_name(name)}
        return self._client.fetch("domain/checkfortransfer", parameters, domain_mapping.transfer_check)

    def info(self, name: str) -> DomainInfo:
        parameters = {"domain": request.domain_name(name), "infoType": "status"}
        return self._client.fetch("domain/getinfo", parameters, domain_mapping.info)

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
        """As the contract (manual 5.12). `status` may also be one of the registrar's words.

        Raises NotSupported for `renewable` False: the registrar's filter knows only true.
        """
        if renewable is False:
            raise NotSupported("domain.list", "the registrar cannot list what is not renewable")
        parameters = {
            **request.page(page, page_length),
            "domain": request.domain_name(name) if name else None,
            "word": word,
            "tld": tld,
            "renewable": renewable,
            "infoType": _info_type(include),
            "owner": request.handle(owner, "owner") if owner else None,
            "tag": tag,
            "status": _status(status),
            "ownerverification": (
                None
                if owner_verification is None
                else request.word(mapping.VERIFICATION, owner_verification, "owner_verification")
            ),
            "renewalMode": (
                None
                if renewal_mode is None
                else request.word(domain_mapping.RENEWAL_MODE, renewal_mode, "renewal_mode")
            ),
        }
        return self._client.fetch("domain/list", parameters, domain_mapping.summaries)

    def contacts(self, name: str) -> DomainContacts:
        parameters = {"domain": request.domain_name(name), "infoType": "contact"}
        return self._client.fetch("domain/getinfo", parameters, domain_mapping.contacts)

    def nameserver_set(self, name: str) -> NameserverSet:
        parameters = {"domain": request.domain_name(name)}
        return self._client.fetch("domain/getnameservers", parameters, domain_mapping.nameserver_set)

    def nameservers(self, name: str) -> tuple[Nameserver, ...]:
        return self.nameserver_set(name).nameservers

    def glue_records(self, name: str) -> tuple[GlueRecord, ...]:
        parameters = {"domain": request.domain_name(name)}
        return self._client.fetch("domain/getgluerecords", parameters, domain_mapping.glue_records)

    def dnssec(self, name: str) -> Dnssec:
        parameters = {"domain": request.domain_name(name)}
        return self._client.fetch("domain/getdnssec", parameters, domain_mapping.dnssec)

    def auth_code(self, name: str) -> str:
        parameters = {"domain": request.domain_name(name)}
        return self._client.fetch("domain/getauthcode", parameters, domain_mapping.auth_code)

    def service(self, name: str) -> DomainService | None:
        parameters = {"domain": request.domain_name(name), "infoType": "service"}
        return self._client.fetch("domain/getinfo", parameters, domain_mapping.service)

    def whois(self, name: str) -> str:
        """As the contract (manual 5.21): names of the account only."""
        parameters = {"domain": request.domain_name(name)}
        return self._client.fetch("domain/whois", parameters, domain_mapping.whois)

    def history(self, name: str, *, page: int = 1, page_length: int = 1000) -> Page[HistoryEntry]:
        parameters = {"domain": request.domain_name(name), **request.page(page, page_length)}
        return self._client.fetch("domain/gethistory", parameters, domain_mapping.history)

    def deleted(self, *, page: int = 1, page_length: int = 1000) -> Page[DeletedDomain]:
        return self._client.fetch(
            "domain/listdeleted", request.page(page, page_length), domain_mapping.deleted
        )


class MrDomainDomain(MrDomainReads, MrDomainOrders, MrDomainUpdates, DomainModule):
    """Twenty-four actions."""


def _info_type(include: DomainDetail | str | None) -> str | None:
    if include is None:
        return None
    try:
        return _INFO_TYPES[DomainDetail(include)]
    except ValueError:
        raise InvalidRequest(f"a domain list cannot include {include!r}", field="include") from None


def _status(status: DomainStatus | str | None) -> str | None:
    if status is None or (not isinstance(status, DomainStatus) and status in domain_mapping.STATUS):
        return status
    words = [raw for raw, neutral in domain_mapping.STATUS.items() if neutral == status]
    if len(words) != 1:
        raise InvalidRequest(
            f"{status} stands for {len(words)} words of the registrar: {', '.join(words)}", field="status"
        )
    return words[0]
