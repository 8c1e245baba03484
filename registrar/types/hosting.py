"""Hosting that belongs to a domain: plans, mailboxes, aliases, FTP, databases, subdomains and redirects.

Passwords go in and never come out: where an API returns one, the driver drops it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from registrar.types.domain import RenewalMode
from registrar.types.outcome import Price


class HostingStatus(StrEnum):
    """Where a plan stands."""

    STARTING = "starting"
    ACTIVE = "active"
    INACTIVE = "inactive"
    RENEWING = "renewing"
    RENEWABLE = "renewable"
    UNKNOWN = "unknown"


class RedirectType(StrEnum):
    """How a redirect answers. ADDRESS points the name to an IP address, PARKING to the registrar's page."""

    PERMANENT = "permanent"
    TEMPORARY = "temporary"
    FRAME = "frame"
    ADDRESS = "address"
    PARKING = "parking"


class BuildState(StrEnum):
    """Whether what was ordered is in place."""

    INSTALLED = "installed"
    WAITING = "waiting"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class HostingPlan:
    """A hosting plan. `name` is its domain; `type` the registrar's wording of the product `product_key`."""

    name: str
    type: str
    product_key: str
    status: HostingStatus
    raw_status: str
    expires_on: date | None = None
    created_on: date | None = None
    renewable: bool | None = None
    renewal_mode: RenewalMode = RenewalMode.UNKNOWN
    charged: Price | None = None


@dataclass(frozen=True, slots=True)
class Meter:
    """How much of something is used. `maximum` None is unlimited or not told; `unit` "bytes", "files" or empty."""

    used: int
    maximum: int | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class HostingServers:
    """Where a plan's services answer: host names, paths and web addresses; empty where there is none."""

    ftp: str = ""
    ftp_path: str = ""
    ftp_web: str = ""
    smtp: str = ""
    pop3: str = ""
    imap: str = ""
    webmail: str = ""
    database: str = ""
    database_admin: str = ""


@dataclass(frozen=True, slots=True)
class PhpVersions:
    """The PHP of a plan. `name` is its wording; `available` are the versions that may be set."""

    enabled: bool
    version: str = ""
    name: str = ""
    available: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FtpAccount:
    """An FTP account. `quota` is in bytes, None where it is unlimited or not told."""

    identifier: str
    name: str
    path: str
    quota: int | None = None


@dataclass(frozen=True, slots=True)
class Database:
    """A database and its user. `external_access` None where the registrar did not say."""

    identifier: str
    name: str
    user: str
    external_access: bool | None = None


@dataclass(frozen=True, slots=True)
class SubdomainCertificate:
    """A certificate to install. `key` is a secret: never logged, never returned."""

    certificate: str
    chain: str
    path: str
    key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Subdomain:
    """A subdomain of a plan. `certificate` is what is installed, without its key."""

    identifier: str
    name: str
    path: str
    certificate: SubdomainCertificate | None = None


@dataclass(frozen=True, slots=True)
class Redirect:
    """A redirect from a name or address to another.

    `title` is that of a frame; `identifier` is empty where the registrar has none, then `origin` names it.
    """

    origin: str
    destination: str
    type: RedirectType
    identifier: str = ""
    title: str = ""
    state: BuildState = BuildState.UNKNOWN


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A mailbox by its address. `usage` and `quota` are in bytes."""

    identifier: str
    address: str
    usage: int | None = None
    quota: int | None = None


@dataclass(frozen=True, slots=True)
class MailAlias:
    """Mail to `address` goes to `targets`; `*@domain` catches everything. `identifier` may be empty, as above."""

    address: str
    targets: tuple[str, ...]
    identifier: str = ""
    state: BuildState = BuildState.UNKNOWN
