"""TLS certificates that a registrar sells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from registrar.types.contact import Contact
from registrar.types.outcome import Price


class CertificateStatus(StrEnum):
    """Where a certificate stands."""

    PROCESSING = "processing"
    VALID = "valid"
    EXPIRED = "expired"
    RENEWING = "renewing"
    REISSUING = "reissuing"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


class ValidationLevel(StrEnum):
    """What the authority verifies."""

    DOMAIN = "domain"
    ORGANIZATION = "organization"
    EXTENDED = "extended"
    UNKNOWN = "unknown"


class ValidationMethod(StrEnum):
    """How control of a name is shown."""

    MAIL = "mail"
    DNS = "dns"
    HTTP = "http"
    HTTPS = "https"


class CertificateFormat(StrEnum):
    """Formats in which an issued certificate can be downloaded."""

    PEM = "pem"
    DER = "der"
    P7B = "p7b"
    PFX = "pfx"
    ZIP = "zip"


@dataclass(frozen=True, slots=True)
class CsrSubject:
    """What a certificate signing request is made of. `country` is ISO 3166-1 alpha-2."""

    common_name: str
    organization: str
    unit: str
    country: str
    state: str
    city: str
    email: str
    alternative_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Csr:
    """A request in PEM, and what it says. `key` is a secret in PEM, present only when it was made just now."""

    subject: CsrSubject
    pem: str = ""
    key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class CertificateProduct:
    """A product. `create` and `renew` are the price of its shortest period, `*_years` the longest of them."""

    product_id: str
    name: str
    brand: str
    level: ValidationLevel
    multi_domain: bool = False
    wildcard: bool = False
    trial: bool = False
    domains: int | None = None
    extra_domains: int | None = None
    key_bits: int | None = None
    trial_days: int | None = None
    create: Price | None = None
    create_years: int | None = None
    renew: Price | None = None
    renew_years: int | None = None
    extra_domain: Price | None = None


@dataclass(frozen=True, slots=True)
class NameValidation:
    """How far one name of a certificate is validated, and what is to be done for it, in the registrar's terms."""

    name: str
    validated: bool
    method: ValidationMethod | None = None
    check: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CertificateValidation:
    """The validation of a certificate that is not issued yet. The texts are the registrar's own words."""

    names: tuple[NameValidation, ...] = ()
    organization: str = ""
    brand: str = ""
    message: str = ""
    external: bool | None = None


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate that was ordered."""

    certificate_id: str
    common_name: str
    status: CertificateStatus
    raw_status: str
    product_id: str = ""
    alternative_names: tuple[str, ...] = ()
    domains: int | None = None
    renewable: bool | None = None
    created_on: date | None = None
    expires_on: date | None = None
    validation: CertificateValidation | None = None
    charged: Price | None = None


@dataclass(frozen=True, slots=True)
class CertificateFiles:
    """An issued certificate in PEM. `key` is a secret, empty where the registrar has none."""

    certificate: str
    chain: str = ""
    fingerprint: str = ""
    key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Download:
    """A file as the registrar names it. It may hold a private key: never logged."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class CertificateOrder:
    """A certificate to be made, from a request in PEM, or from `subject` where the registrar makes the request.

    `key` (PEM, a secret) may be left with the registrar. Contacts are handles or content. `validation` holds a
    method per name; a name that it does not hold is validated by DNS. `emails` are the addresses for
    ValidationMethod.MAIL where the family asks for them.
    """

    product_id: str = ""
    csr: str = ""
    subject: CsrSubject | None = None
    years: int | None = None
    key: str = field(default="", repr=False)
    admin: str | Contact | None = None
    tech: str | Contact | None = None
    organization: str | Contact | None = None
    alternative_names: tuple[str, ...] = ()
    validation: Mapping[str, ValidationMethod] = field(default_factory=dict)
    emails: tuple[str, ...] = ()
