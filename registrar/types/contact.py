"""People and organizations behind a domain."""

from __future__ import annotations

from dataclasses import dataclass
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

    `organization_type` is the Spanish government's code, needed for organizations in Spain only.
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


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """A contact as a registrar holds it, under its handle."""

    handle: str
    contact: Contact
    verification: Verification = Verification.UNKNOWN
    designated_agent: bool | None = None
    nic_handle: str = ""


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
