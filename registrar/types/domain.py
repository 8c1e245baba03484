"""Domain names: their availability, their orders and what a registrar holds of them.

Names are A-labels in lower case without a final dot.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from registrar.types.contact import ContactRecord, Verification
from registrar.types.outcome import Price


class AvailabilityState(StrEnum):
    """What a check says of a name. UNKNOWN: the registrar could not find out, ask again later."""

    AVAILABLE = "available"
    PREMIUM = "premium"
    TAKEN = "taken"
    UNSUPPORTED = "unsupported"
    MAINTENANCE = "maintenance"
    INVALID = "invalid"
    UNKNOWN = "unknown"


class DomainStatus(StrEnum):
    """Where a name stands in its life, in the neutral words of every family."""

    REGISTERING = "registering"
    REGISTRATION_CANCELLED = "registration_cancelled"
    TRANSFERRING = "transferring"
    TRANSFER_CANCELLED = "transfer_cancelled"
    INACTIVE = "inactive"
    ACTIVE = "active"
    RENEWING = "renewing"
    GRACE = "grace"
    REDEMPTION = "redemption"
    PENDING_DELETE = "pending_delete"
    ON_HOLD = "on_hold"
    TRANSFERRED_AWAY = "transferred_away"
    DELETED = "deleted"
    UNKNOWN = "unknown"


class RenewalMode(StrEnum):
    """What the registrar does when the name expires."""

    AUTOMATIC = "automatic"
    MANUAL = "manual"
    LET_EXPIRE = "let_expire"
    UNKNOWN = "unknown"


class TransferStatus(StrEnum):
    """Where a transfer in stands."""

    NOT_STARTED = "not_started"
    QUEUED = "queued"
    AUTH_CODE_SENT = "auth_code_sent"
    AUTH_CODE_NEEDED = "auth_code_needed"
    TAG_NEEDED = "tag_needed"
    DATA_NEEDED = "data_needed"
    CANCELLED = "cancelled"
    COMPLETED = "completed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Availability:
    """The answer of a check. `price` is the cost of one year, where the registrar told it."""

    name: str
    tld: str
    state: AvailabilityState
    price: Price | None = None


@dataclass(frozen=True, slots=True)
class TransferCheck:
    """Whether a name can be transferred in; `reasons` are the registrar's words when not."""

    name: str
    tld: str
    possible: bool
    reasons: tuple[str, ...] = ()
    price: Price | None = None


@dataclass(frozen=True, slots=True)
class Nameserver:
    """A nameserver of a domain, in its order from 1.

    `asked_as` is the name by which it is set, where the registrar answers with another one of its own.
    """

    name: str
    order: int = 0
    ipv4: str = ""
    ipv6: str = ""
    asked_as: str = ""


@dataclass(frozen=True, slots=True)
class GlueRecord:
    """A host object below a domain. `others` are further addresses, where a family takes several."""

    name: str
    ipv4: str = ""
    ipv6: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DnssecKey:
    """A delegation signer entry."""

    key_tag: int
    algorithm: int
    digest_type: int
    digest: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class DnsKey:
    """The DNSKEY record from which a registry may compute delegation signer entries. `public_key` is base64."""

    flags: int
    protocol: int
    algorithm: int
    public_key: str


@dataclass(frozen=True, slots=True)
class NameserverSet:
    """The nameservers of a domain.

    `default` is True while they are the registrar's own, None when it did not say.
    """

    nameservers: tuple[Nameserver, ...]
    default: bool | None = None

    def is_set_to(self, names: Iterable[str]) -> bool:
        """Whether these are the nameservers that were asked for, in whatever order."""
        wanted = {name.lower().rstrip(".") for name in names}
        left = set(wanted)
        for server in self.nameservers:
            known = {server.name.lower().rstrip("."), server.asked_as.lower().rstrip(".")} & wanted
            if not known:
                return False
            left -= known
        return not left


@dataclass(frozen=True, slots=True)
class Dnssec:
    """The signed state of a domain and its delegation signer entries."""

    active: bool
    keys: tuple[DnssecKey, ...] = ()


@dataclass(frozen=True, slots=True)
class DomainService:
    """The hosting that belongs to a domain. `status` is the registrar's word."""

    name: str
    type: str
    product_key: str
    status: str
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """Something that happened to a domain, in the registrar's words. `at` is UTC, see the family's QUIRKS."""

    at: datetime
    title: str
    message: str
    ip: str = ""
    user: str = ""


@dataclass(frozen=True, slots=True)
class DeletedDomain:
    """A domain that the account held once."""

    name: str
    tld: str
    deleted_on: date | None = None
    info: str = ""


@dataclass(frozen=True, slots=True)
class DomainContacts:
    """The contacts of a domain by role. A role that the registrar did not tell is None.

    So is one of the roles in `our_own`: there stands the account itself, of which there is no contact to be read.
    """

    owner: ContactRecord | None = None
    admin: ContactRecord | None = None
    tech: ContactRecord | None = None
    billing: ContactRecord | None = None
    our_own: frozenset[str] = frozenset()


class DomainDetail(StrEnum):
    """What a domain list can bring along with each line."""

    INFO = "info"
    CONTACTS = "contacts"
    NAMESERVERS = "nameservers"
    SERVICE = "service"
    GLUE_RECORDS = "glue_records"


@dataclass(frozen=True, slots=True)
class DomainSummary:
    """A line of a registrar's domain list. What follows `expires_on` is None unless it was asked for."""

    name: str
    tld: str
    remote_id: str
    status: DomainStatus
    raw_status: str
    expires_on: date | None = None
    contacts: DomainContacts | None = None
    nameservers: tuple[Nameserver, ...] | None = None
    default_nameservers: bool | None = None
    info: DomainInfo | None = None
    service: DomainService | None = None
    glue_records: tuple[GlueRecord, ...] | None = None


@dataclass(frozen=True, slots=True)
class DomainInfo:
    """General information of one domain. A flag that is None is not offered for the name.

    `busy` is True while something about the name is under way at registrar or registry, None where nobody tells.
    """

    name: str
    tld: str
    remote_id: str
    status: DomainStatus
    raw_status: str
    expires_on: date | None = None
    created_on: date | None = None
    renewable: bool | None = None
    renewal_mode: RenewalMode = RenewalMode.UNKNOWN
    modification_lock: bool | None = None
    transfer_lock: bool | None = None
    whois_privacy: bool | None = None
    whois_visible: bool | None = None
    auth_code_readable: bool | None = None
    has_service: bool | None = None
    tag: str = ""
    owner_verification: Verification = Verification.UNKNOWN
    transfer_status: TransferStatus | None = None
    renewable_from: date | None = None
    renewable_until: date | None = None
    restorable_until: date | None = None
    signed: bool | None = None
    hosts_zone: bool | None = None
    busy: bool | None = None
