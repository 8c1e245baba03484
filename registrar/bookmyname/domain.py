"""Module domain: reads. Orders and updates stand in files of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from registrar.bookmyname import domain_mapping, mapping
from registrar.bookmyname.client import BookMyNameClient, Reply
from registrar.bookmyname.domain_order import BookMyNameOrders
from registrar.bookmyname.domain_update import BookMyNameUpdates
from registrar.errors import AlreadyExists, InvalidRequest, NotFound, NotSupported, Refused
from registrar.interface.domain import DomainModule, DomainReads
from registrar.transport import reading, values
from registrar.types import (
    Availability,
    AvailabilityState,
    ContactRecord,
    DomainContacts,
    DomainDetail,
    DomainInfo,
    DomainStatus,
    DomainSummary,
    Nameserver,
    NameserverSet,
    Page,
    RenewalMode,
    Verification,
)

T = TypeVar("T")

# What domain_check says of a name that cannot be registered: an error to the registrar, a state to us.
_CHECK_STATES: Mapping[str, AvailabilityState] = {
    "-1/-2": AvailabilityState.TAKEN,
    "-1/-3": AvailabilityState.UNSUPPORTED,
    "-1/-4": AvailabilityState.TAKEN,
    "-1/-5": AvailabilityState.INVALID,
}


class BookMyNameReads(DomainReads):
    """Four functions."""

    def __init__(self, client: BookMyNameClient) -> None:
        self._client = client

    def check(self, name: str) -> Availability:
        """As the contract, by domain_check. For many names see tools.quick_check()."""
        try:
            domain = values.domain_name(name)
        except InvalidRequest:
            return Availability(name, values.tld(name), AvailabilityState.INVALID)
        state = AvailabilityState.AVAILABLE
        try:
            self._client.fetch("domain_check", {"domain": domain}, _available)
        except (AlreadyExists, InvalidRequest, Refused) as error:
            if error.code not in _CHECK_STATES:
                raise
            state = _CHECK_STATES[error.code]
        return Availability(domain, values.tld(domain), state)

    def check_many(self, names: Sequence[str]) -> tuple[Availability, ...]:
        """As the contract, by domain_multicheck: one label in as many of the registrar's extensions as wanted."""
        domains, label = values.one_label(names)
        free = self._client.fetch("domain_multicheck", {"domain": label}, domain_mapping.tld_map)
        states = {True: AvailabilityState.AVAILABLE, False: AvailabilityState.TAKEN}
        return tuple(
            Availability(domain, tld, states[free[tld]] if tld in free else AvailabilityState.UNSUPPORTED)
            for domain, tld in ((domain, values.tld(domain)) for domain in domains)
        )

    def info(self, name: str) -> DomainInfo:
        return self._read(name, domain_mapping.info)

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
        """As the contract. The list tells names and expiry dates only, comes at once, and is filtered here."""
        values.check_page(page, page_length)
        for value in (renewable, include, owner, tag, status, owner_verification, renewal_mode):
            if value is not None:
                raise NotSupported("domain.list", "the registrar's list tells names and dates only")
        exact = values.domain_name(name) if name else None
        found = self._client.fetch("domain_list", {}, domain_mapping.summaries)
        lines = [
            line
            for line in found
            if (exact is None or line.name == exact)
            and (not word or word.casefold() in line.name)
            and (not tld or line.tld == tld.lower().strip("."))
        ]
        return reading.paged(lines, page, page_length)

    def contacts(self, name: str) -> DomainContacts:
        """As the contract: domain_info, and one contact_info for each different contact.

        A role whose contact the account may not see is None.
        """
        numbers = self._read(name, domain_mapping.contact_ids)
        records = {number: self._contact(number) for number in dict.fromkeys(numbers.values())}
        # The account's own is a contact like any other here.
        return DomainContacts(
            **{role: records[number] for role, number in numbers.items()}, our_own=frozenset()
        )

    def nameserver_set(self, name: str) -> NameserverSet:
        return self._read(name, domain_mapping.nameserver_set)

    def nameservers(self, name: str) -> tuple[Nameserver, ...]:
        return self.nameserver_set(name).nameservers

    def auth_code(self, name: str) -> str:
        """As the contract, from domain_info. Raises Refused("no_auth_code") for a name that has none."""
        code = self._read(name, domain_mapping.auth_code)
        if not code:
            raise Refused("the name has no auth code", reason="no_auth_code")
        return code

    def _read(self, name: str, read: Callable[[Reply], T]) -> T:
        domain = values.domain_name(name)
        return self._client.fetch("domain_info", {"domain": domain}, domain_mapping.about(domain, read))

    def _contact(self, number: str) -> ContactRecord | None:
        try:
            return self._client.fetch("contact_info", {"handle": "", "id": number}, mapping.contact_shown)
        except NotFound:
            return None


class BookMyNameDomain(BookMyNameReads, BookMyNameOrders, BookMyNameUpdates, DomainModule):
    """Twelve functions."""


def _available(reply: Reply) -> None:
    if reply.retval != 1:
        raise reading.unreadable("a check that succeeds with a strange number")
