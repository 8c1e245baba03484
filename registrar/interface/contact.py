"""The contract of module contact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from registrar.interface.base import Module
from registrar.types import Contact, ContactRecord, ContactSummary, Outcome, Page, Verification


class ContactModule(Module):
    """Contacts of the account. Every method raises any class of registrar.errors."""

    noun: ClassVar[str] = "contact"

    def create(
        self,
        contact: Contact,
        *,
        is_owner: bool = True,
        tld: str = "",
        extra: Mapping[str, str] | None = None,
        domain: str = "",
    ) -> Outcome[ContactRecord]:
        """Create a contact and return it under its handle.

        `is_owner` says whether it is to be a registrant, where the family makes a difference. `extra` holds the
        neutral fields that the extension `tld` asks, for families that keep them with the contact
        (Family.extra_with); `domain` is the name that they are for, where the family keeps some of them by name.
        Raises InvalidRequest(field) before anything is sent.
        """
        raise self.lacking("create")

    def update(
        self,
        handle: str,
        contact: Contact,
        *,
        tld: str = "",
        extra: Mapping[str, str] | None = None,
        domain: str = "",
    ) -> Outcome[ContactRecord]:
        """Change a contact's content. `tld`, `extra` and `domain` as in create().

        Raises NotFound, and Refused where the identity of a registrant may not change.
        """
        raise self.lacking("update")

    def delete(self, handle: str) -> Outcome[None]:
        """Delete a contact. Raises NotFound, and Conflict while a domain uses it."""
        raise self.lacking("delete")

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
        """Contacts of the account, filtered. `name` finds a part of a name or organization.

        Raises NotSupported for a filter that the family does not have.
        """
        raise self.lacking("list")

    def info(self, handle: str) -> ContactRecord:
        """One contact. Raises NotFound."""
        raise self.lacking("info")

    def resend_verification(self, handle: str) -> Outcome[None]:
        """Have the verification e-mail sent again. Raises NotFound, Conflict."""
        raise self.lacking("resend_verification")
