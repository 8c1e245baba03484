"""Module contact (reference 2.3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from registrar.errors import InvalidRequest, NotSupported, Refused
from registrar.interface.contact import ContactModule
from registrar.netim import contact_mapping, mapping, request
from registrar.netim.client import NetimClient
from registrar.netim.outcome import afterwards, nothing, seek, settle
from registrar.transport import reading, values
from registrar.types import Contact, ContactRecord, ContactSummary, Done, Outcome, Page, Verification

T = TypeVar("T")


class NetimContact(ContactModule):
    """Six functions. A contact is a registrant (isOwner) or something else, for good."""

    def __init__(self, client: NetimClient) -> None:
        self._client = client

    def create(
        self,
        contact: Contact,
        *,
        is_owner: bool = True,
        tld: str = "",
        extra: Mapping[str, str] | None = None,
        domain: str = "",
    ) -> Outcome[ContactRecord]:
        """As the contract. The extension's fields are members of the contact, some of them by domain name."""
        members = contact_mapping.struct(contact, is_owner=is_owner)
        members |= _tld_members(contact, is_owner, tld, extra or {}, domain)
        handle = self._client.fetch("contactCreate", {"contact": members}, _handle)
        return Done(_known(handle, contact, members))

    def update(
        self,
        handle: str,
        contact: Contact,
        *,
        tld: str = "",
        extra: Mapping[str, str] | None = None,
        domain: str = "",
    ) -> Outcome[ContactRecord]:
        """As the contract. Read first, to know which of two functions it takes, and to keep what extensions asked.

        Raises Refused("identity") for another name of a registrant: that is a trade (domains.change_owner).
        """
        identifier = request.handle(handle)
        kept: Mapping[str, Any] = values.read_before_write(lambda: self._info(identifier, mapping.struct))
        is_owner = bool(mapping.flag(kept, "isOwner"))
        members = contact_mapping.struct(contact, is_owner=is_owner)
        new = _tld_members(contact, is_owner, tld, extra or {}, domain)
        if is_owner and not contact_mapping.same_identity(kept, members):
            raise Refused("a registrant's name changes by a trade only", reason="identity")
        own = {name: members.pop(name) for name in contact_mapping.EXTENSION_MEMBERS if name in members}
        members |= contact_mapping.merged(kept, own | new)
        if is_owner:
            members = {name: value for name, value in members.items() if name not in contact_mapping.IDENTITY}
        known = _known(handle, contact, members)
        found = self._client.fetch(
            "contactOwnerUpdate" if is_owner else "contactUpdate",
            {"idContact": identifier, "contact": members},
            mapping.operation,
        )
        return settle(found, lambda: afterwards(lambda: self.info(handle), known), known)

    def delete(self, handle: str) -> Outcome[None]:
        found = self._client.fetch("contactDelete", {"idContact": request.handle(handle)}, mapping.operation)
        return settle(found, nothing)

    def list(
        self,
        *,
        page: int = 1,
        page_length: int = 1000,
        name: str | None = None,
        email: str | None = None,
        country: str | None = None,
        identification: str | None = None,
        verification: Verification | None = None,
        designated_agent: bool | None = None,
    ) -> Page[ContactSummary]:
        """As the contract, by name only: the registrar's list tells neither addresses nor countries.

        It comes as a whole and is filtered here: which fields its own filter knows is not documented.
        """
        if any(
            value is not None for value in (email, country, identification, verification, designated_agent)
        ):
            raise NotSupported("contact.list", "the registrar's list tells names only")
        values.check_page(page, page_length)
        found = self._client.fetch("queryContactList", {"filter": "", "field": ""}, contact_mapping.summaries)
        wanted = (name or "").casefold()
        return reading.paged([line for line in found if wanted in line.name.casefold()], page, page_length)

    def info(self, handle: str) -> ContactRecord:
        identifier = request.handle(handle)
        return self._info(identifier, lambda data: contact_mapping.record(data, identifier))

    def _info(self, identifier: str, read: Callable[[Any], T]) -> T:
        return seek(lambda: self._client.fetch("contactInfo", {"idContact": identifier}, read))


def _tld_members(
    contact: Contact, is_owner: bool, tld: str, extra: Mapping[str, str], domain: str
) -> dict[str, Any]:
    name = values.domain_name(domain, "domain") if domain else ""
    extension = request.tld(tld) if tld else values.tld(name)
    if extra and not extension:
        raise InvalidRequest("for which extension are these fields?", field="tld")
    # Registrants are asked everything that the extension wants; others only what somebody gives.
    if not extension or not (is_owner or extra):
        return {}
    return contact_mapping.tld_members(extension, extra, contact.type, name)


def _known(handle: str, contact: Contact, members: Mapping[str, Any]) -> ContactRecord:
    """A contact as it was sent."""
    return ContactRecord(
        handle, contact, is_owner=bool(members["isOwner"]), extra=contact_mapping.neutral_fields(members)
    )


def _handle(data: Any) -> str:
    handle = mapping.text(data).strip()
    if not handle:
        raise reading.unreadable("no contact id")
    return handle
