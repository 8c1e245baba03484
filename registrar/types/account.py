"""What an account at a registrar is, sells and costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class AccountInfo:
    """The account itself. `balance` and `threshold` are None where the API does not tell."""

    name: str
    user: str
    currency: str
    balance: Decimal | None = None
    threshold: Decimal | None = None
    ip: str = ""


@dataclass(frozen=True, slots=True)
class ZoneAction:
    """What one action costs in an extension. `price` is for one year, or for the act where it buys no time."""

    price: Decimal
    years: tuple[int, ...]
    in_promo: bool = False


@dataclass(frozen=True, slots=True)
class Zone:
    """An extension that the account sells. An action that is None is not offered, or not told.

    `trade` is a change of owner, `restore` brings a deleted name back. `auth_code_required` is None where the registrar
    does not tell.
    """

    tld: str
    parent: str
    auth_code_required: bool | None
    requirements: str = ""
    create: ZoneAction | None = None
    renew: ZoneAction | None = None
    transfer: ZoneAction | None = None
    trade: ZoneAction | None = None
    restore: ZoneAction | None = None


@dataclass(frozen=True, slots=True)
class Promotion:
    """A price for a time. Exactly one of `tld` and `product` is not empty."""

    reference: str
    action: str
    price: Decimal
    starts_at: datetime
    ends_at: datetime
    tld: str = ""
    product: str = ""


@dataclass(frozen=True, slots=True)
class ExtensionInfo:
    """What a registrar says of an extension. Days; a flag that is None was not told.

    `renew_after` is how long after the expiry a renewal is still possible, `restore_after` how long after the
    deletion a restore is.
    """

    tld: str
    country: str = ""
    create_years: tuple[int, ...] = ()
    renew_years: tuple[int, ...] = ()
    renew_before: int | None = None
    renew_after: int | None = None
    restore_after: int | None = None
    auth_code_required: bool | None = None
    transfer_lock: bool | None = None
    automatic_renewal: bool | None = None
    whois_privacy: bool | None = None
    dns_test: bool | None = None
    dnssec: bool | None = None
    currency: str = ""
    create: Decimal | None = None
    renew: Decimal | None = None
    transfer: Decimal | None = None
    trade: Decimal | None = None
    restore: Decimal | None = None
    notes: str = ""
