"""People and organizations behind a domain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ContactType(StrEnum):
    """Who the contact is."""

    INDIVIDUAL = "individual"
    ORGANIZATION = "organization"


class Verification(StrEnum):
    """Whether the contact's data were verified."""

    VERIFIED = "verified"
    NOT_APPLICABLE = "not_applicable"
    IN_PROCESS = "in_process"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact's content. `phone` and `fax` as +CC.NUMBER; `country` ISO 3166-1 alpha-2.

    `organization_type` is the Spanish government's code, needed for organizations in Spain only. `language` is
    ISO 639-1, in which a registrar may write to the contact; empty leaves it to the driver.
    """

    type: ContactType
    first_name: str
    last_name: str
    email: str
    phone: str
    address: str
    postal_code: str
    city: str
    state: str
    country: str
    identification: str = ""
    organization: str = ""
    organization_type: str = ""
    fax: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """A contact as a registrar holds it, under its handle.

    `is_owner` tells whether it may be a registrant, None where the registrar makes no difference. `extra` holds
    the neutral TLD fields (registrar.tld) that the registrar keeps with the contact.
    """

    handle: str
    contact: Contact
    verification: Verification = Verification.UNKNOWN
    designated_agent: bool | None = None
    nic_handle: str = ""
    is_owner: bool | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ContactSummary:
    """A line of a registrar's contact list."""

    handle: str
    type: ContactType
    name: str
    email: str
    country: str
    identification: str = ""
    verification: Verification = Verification.UNKNOWN
    designated_agent: bool | None = None
    is_owner: bool | None = None
