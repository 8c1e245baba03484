"""Module contact (manual chapter 6)."""

from __future__ import annotations

from collections.abc import Mapping

from registrar.errors import InvalidRequest
from registrar.interface.contact import ContactModule
from registrar.mrdomain import mapping, request
from registrar.mrdomain.client import MrDomainClient
from registrar.types import Contact, ContactRecord, ContactSummary, Done, Outcome, Page, Verification


class MrDomainContact(ContactModule):
    """Four actions."""

    def __init__(self, client: MrDomainClient) -> None:
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
        """As the contract (manual 6.1): any contact may be a registrant, and TLD fields travel in the order."""
        if extra:
            raise InvalidRequest("the registrar takes these fields with the order", field="extra")
        return Done(self._client.fetch("contact/create", request.contact(contact), mapping.contact_record))

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
        parameters = {
            **request.page(page, page_length),
            "name": name,
            "email": email,
            "country": country.upper() if country else None,
            "identNumber": identification,
            "verificationstatus": _verification(verification),
            # In a filter, empty text would read as no filter at all.
            "daaccepted": None if designated_agent is None else str(int(designated_agent)),
        }
        return self._client.fetch("contact/list", parameters, mapping.contact_summaries)

    def info(self, handle: str) -> ContactRecord:
        parameters = {"contactID": request.handle(handle), "infoType": "data"}
        return self._client.fetch("contact/getinfo", parameters, mapping.contact_record)

    def resend_verification(self, handle: str) -> Outcome[None]:
        parameters = {"contactID": request.handle(handle)}
        self._client.fetch("contact/resendverificationmail", parameters, mapping.contact_summary)
        return Done(None)


def _verification(value: Verification | None) -> str | None:
    return None if value is None else request.word(mapping.VERIFICATION, value, "verification")
