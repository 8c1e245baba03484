"""People to whom an account lends single domains at the registrar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class DomainPermission(StrEnum):
    """The sixteen things that may be lent, each on its own."""

    OWNER_CONTACT = "owner_contact"
    CONTACTS = "contacts"
    NAMESERVERS = "nameservers"
    GLUE_RECORDS = "glue_records"
    DNSSEC = "dnssec"
    TRANSFER_LOCK = "transfer_lock"
    AUTH_CODE = "auth_code"
    OTHER_OPTIONS = "other_options"
    FTP = "ftp"
    SUBDOMAINS = "subdomains"
    REDIRECTS = "redirects"
    PARKING = "parking"
    DNS_ZONE = "dns_zone"
    DATABASES = "databases"
    MAILBOXES = "mailboxes"
    MAIL_ALIASES = "mail_aliases"


class AccessLevel(StrEnum):
    """How far a permission goes. The auth code can never be written."""

    DISABLED = "disabled"
    READ = "read"
    WRITE = "write"


@dataclass(frozen=True, slots=True)
class AccessUser:
    """A person with a log-in of their own. `domains` is None in lists, which do not tell it."""

    username: str
    enabled: bool
    domains: Mapping[str, Mapping[DomainPermission, AccessLevel]] | None = field(default=None)
