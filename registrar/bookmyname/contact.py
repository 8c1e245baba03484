"""Module contact: the five contact functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from registrar.bookmyname import mapping, request, table
from registrar.bookmyname.client import FAMILY, BookMyNameClient, Reply
from registrar.errors import InvalidRequest, NotSupported
from registrar.interface.contact import ContactModule
from registrar.tld import family_data, family_parameters, fields_for
from registrar.transport import reading, values
from registrar.types import (
    Contact,
    ContactRecord,
    ContactSummary,
    Done,
    Outcome,
    Page,
    Verification,
)


class BookMyNameContact(ContactModule):
    """Five functions. A contact's handle is its number here: domains name contacts by it."""

    def __init__(self, client: BookMyNameClient) -> None:
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
        """As the contract. The registrar wants a password for each contact: a random one that nobody keeps."""
        form = request.contact(contact, **self._looked_up(contact, tld, extra, demanded=is_owner))
        parameters = {"contact": {"passwd": request.new_password(), **form}}
        return Done(self._client.fetch("contact_create", parameters, mapping.contact_record))

    def update(
        self,
        handle: str,
        contact: Contact,
        *,
        tld: str = "",
        extra: Mapping[str, str] | None = None,
        domain: str = "",
    ) -> Outcome[ContactRecord]:
        """As the contract. The contact is read first, to send its settings along that our contacts do not know."""
        number = request.contact_number(handle)
        looked_up = self._looked_up(contact, tld, extra, demanded=False)
        shown: Mapping[str, Any] = values.read_before_write(
            lambda: self._client.fetch(
                "contact_info", {"handle": "", "id": number}, _about(number, mapping.fields)
            )
        )
        form = request.contact_update(contact, shown, **looked_up)
        parameters = {"id": number, "contact": form}
        return Done(self._client.fetch("contact_update", parameters, _about(number, mapping.contact_record)))

    def delete(self, handle: str) -> Outcome[None]:
        number = request.contact_number(handle)
        self._client.fetch("contact_delete", {"id": number}, _about(number, lambda reply: None))
        return Done(None)

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
        """As the contract. The whole list comes at once, and is filtered here.

        Should it be one of numbers only, each contact is read.
        """
        values.check_page(page, page_length)
        if verification is not None or designated_agent is not None:
            raise NotSupported("contact.list", "the registrar verifies no contacts and knows no agents")
        found = [self._line(line) for line in self._client.fetch("contact_list", {}, mapping.contact_list)]
        wanted = {"name": name, "email": email, "country": country, "identification": identification}
        return reading.paged([line for line in found if _fits(line, wanted)], page, page_length)

    def info(self, handle: str) -> ContactRecord:
        """As the contract. `handle` may also be the one that people see, such as PD86-FREE."""
        return self._client.fetch("contact_info", request.contact_key(handle), mapping.contact_shown)

    def _line(self, line: ContactSummary | str) -> ContactSummary:
        return mapping.contact_summary(self.info(line)) if isinstance(line, str) else line

    def _looked_up(
        self, contact: Contact, tld: str, extra: Mapping[str, str] | None, *, demanded: bool
    ) -> dict[str, Any]:
        """The registrar's numbers and keys for what a contact holds in our words. Sends no write."""
        request.check_contact(contact)
        fields = self._tld_fields(contact, tld, extra or {}, demanded)
        return {
            "country": table.country_id(self._client, contact.country),
            "region": table.region_id(self._client, contact.country, contact.state),
            "tld_fields": fields,
        }

    def _tld_fields(
        self, contact: Contact, tld: str, extra: Mapping[str, str], demanded: bool
    ) -> dict[str, str]:
        if extra and not tld:
            raise InvalidRequest("fields of an extension need its name", field="extra")
        if not extra and not (tld and demanded and fields_for(FAMILY, tld)):
            return {}
        fields = family_parameters(FAMILY, tld, extra, contact.type)
        data = family_data(FAMILY)
        neutral = {key: name for name, key in data.keys.items()}
        countries = {
            key: table.country_id(self._client, fields[key], neutral[key])
            for key in data.country_keys
            if key in fields
        }
        return fields | countries


def _about(number: str, read: Any) -> Any:
    """`read` of a reply about a contact, and the certainty that it is about this one."""

    def check(reply: Reply) -> Any:
        if reply.retval != int(number):
            raise reading.unreadable("the reply is about another contact")
        return read(reply)

    return check


def _fits(line: ContactSummary, wanted: Mapping[str, str | None]) -> bool:
    """`name` finds a part, everything else the whole; capitals are no difference."""
    for field, value in wanted.items():
        shown = getattr(line, field).casefold()
        if value and (value.casefold() not in shown if field == "name" else value.casefold() != shown):
            return False
    return True
