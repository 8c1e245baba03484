"""What is bought for domain names, and what a registrar answers to it. Names are A-labels in lower case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from registrar.types.contact import Contact, ContactType
from registrar.types.domain import DomainStatus, GlueRecord, TransferStatus
from registrar.types.outcome import Price


@dataclass(frozen=True, slots=True)
class DomainOrder:
    """A registration. Contacts are handles at the registrar, or content; `years` None is the shortest period.

    `nameservers` empty means the registrar's parking. `extra` holds neutral TLD fields (registrar.tld) by
    name; with an owner's handle, `owner_type` saves the driver from reading the contact to know which of them
    are asked. `launch_phase` is the registrar's code of a phase before general availability, `dns_template` the
    template of a zone that it hosts, `whois_privacy` buys that service along, `glue` tells the addresses of nameservers
    below the name itself: InvalidRequest where a family has none.
    """

    name: str
    owner: str | Contact
    years: int | None = None
    nameservers: tuple[str, ...] = ()
    admin: str | Contact | None = None
    tech: str | Contact | None = None
    billing: str | Contact | None = None
    premium: bool = False
    extra: Mapping[str, str] = field(default_factory=dict)
    owner_type: ContactType | None = None
    launch_phase: str = ""
    dns_template: str = ""
    whois_privacy: bool = False
    glue: tuple[GlueRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class TransferOrder:
    """A transfer in. `keep_nameservers` wins over `nameservers`; empty nameservers mean parking.

    `change_owner` also hands the name to `owner` (a trade), where the family can do both at once.
    """

    name: str
    owner: str | Contact
    auth_code: str = field(default="", repr=False)
    nameservers: tuple[str, ...] = ()
    keep_nameservers: bool = True
    admin: str | Contact | None = None
    tech: str | Contact | None = None
    billing: str | Contact | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
    owner_type: ContactType | None = None
    change_owner: bool = False


@dataclass(frozen=True, slots=True)
class InternalTransferOrder:
    """A pull of a name from another account at the same registrar; the registrant stays.

    Without an `auth_code` both accounts are asked by e-mail.
    """

    name: str
    admin: str
    tech: str
    billing: str
    auth_code: str = field(default="", repr=False)
    nameservers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisteredDomain:
    """What a registrar answers to a registration, transfer or renewal.

    `charged` is what it took from the balance; `transfer_status` is where a transfer stands, where that was told.
    """

    name: str
    tld: str
    remote_id: str
    status: DomainStatus
    raw_status: str
    expires_on: date | None = None
    years: int | None = None
    charged: Price | None = None
    in_promo: bool = False
    transfer_status: TransferStatus | None = None


class ItemKind(StrEnum):
    """What an item of a combined order buys."""

    CREATE = "create"
    RENEW = "renew"
    WHOIS_PRIVACY = "whois_privacy"
    WHOIS_PRIVACY_RENEWAL = "whois_privacy_renewal"
    BACKORDER = "backorder"


@dataclass(frozen=True, slots=True)
class OrderItem:
    """One item of a combined order. `registration` is needed for CREATE, `years` for everything but a backorder."""

    kind: ItemKind
    name: str
    years: int | None = None
    registration: DomainOrder | None = None
    whois_privacy: bool = False


@dataclass(frozen=True, slots=True)
class ItemResult:
    """What became of one item: `messages` are the registrar's words.

    `look_first` marks a failure that may mean that the thing is there already, perhaps from this very order: read
    the object before believing that it failed.
    """

    kind: ItemKind | None
    name: str
    succeeded: bool
    charged: Price | None = None
    years: int | None = None
    messages: tuple[str, ...] = ()
    look_first: bool = False


@dataclass(frozen=True, slots=True)
class DomainPrices:
    """What a registrar charges for one name; an action that is None is not offered or not told."""

    name: str
    currency: str
    create: Decimal | None = None
    renew: Decimal | None = None
    transfer: Decimal | None = None
    trade: Decimal | None = None
    restore: Decimal | None = None
    premium: bool | None = None
