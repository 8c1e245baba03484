"""The registrar's replies as our types: module ssl (manual chapter 8). Pure functions."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from registrar.errors import Conflict
from registrar.mrdomain import mapping, reading
from registrar.registry import FAMILIES
from registrar.types import (
    Certificate,
    CertificateFiles,
    CertificateProduct,
    CertificateStatus,
    CertificateValidation,
    Csr,
    CsrSubject,
    Download,
    NameValidation,
    Page,
    Price,
    ValidationLevel,
    ValidationMethod,
)

# Manual 8.14.1 to 8.14.3.
LEVEL: Mapping[str, ValidationLevel] = {
    "dv": ValidationLevel.DOMAIN,
    "ov": ValidationLevel.ORGANIZATION,
    "ev": ValidationLevel.EXTENDED,
}
STATUS: Mapping[str, CertificateStatus] = {
    "process": CertificateStatus.PROCESSING,
    "valid": CertificateStatus.VALID,
    "expired": CertificateStatus.EXPIRED,
    "renew": CertificateStatus.RENEWING,
    "reissue": CertificateStatus.REISSUING,
    "cancel": CertificateStatus.CANCELLED,
}
METHOD: Mapping[str, ValidationMethod] = {
    "mail": ValidationMethod.MAIL,
    "dns": ValidationMethod.DNS,
    "http": ValidationMethod.HTTP,
    "https": ValidationMethod.HTTPS,
}
# Products name no currency; it is the one of everything that the registrar sells.
_CURRENCY = FAMILIES["mrdomain"].currency
_DAYS = re.compile(r"([0-9]{1,4})(?: days?)?")


def subject(data: Mapping[str, Any]) -> CsrSubject:
    """What a request says (manual 8.1, 8.2)."""
    return CsrSubject(
        common_name=reading.text(data, "commonName", default=""),
        organization=reading.text(data, "organizationName", default=""),
        unit=reading.text(data, "organizationalUnitName", default=""),
        country=reading.text(data, "countryName", default="").upper(),
        state=reading.text(data, "stateOrProvinceName", default=""),
        city=reading.text(data, "localityName", default=""),
        email=reading.text(data, "emailAddress", default=""),
    )


def csr(data: Mapping[str, Any]) -> Csr:
    """ssl/csrcreate (manual 8.2): request and private key."""
    return Csr(subject(data), reading.required(data, "csrData"), reading.required(data, "csrKey"))


def product(data: Mapping[str, Any]) -> CertificateProduct:
    """One product (manual 8.3, 8.4). A trial has no prices."""
    create, create_years = _offer(data, "create")
    renew, renew_years = _offer(data, "renew")
    return CertificateProduct(
        product_id=reading.required(data, "productID"),
        name=reading.text(data, "productName"),
        brand=reading.text(data, "brandName", default=""),
        level=mapping.word(LEVEL, data, "validationType", ValidationLevel.UNKNOWN),
        multi_domain=bool(reading.maybe_boolean(data, "isMultiDomain")),
        wildcard=bool(reading.maybe_boolean(data, "isWildcard")),
        trial=bool(reading.maybe_boolean(data, "isTrial")),
        domains=reading.maybe_whole(data, "numDomains"),
        extra_domains=reading.maybe_whole(data, "sanMaxDomains"),
        key_bits=reading.maybe_whole(data, "keyLength"),
        trial_days=_days(data),
        create=create,
        create_years=create_years,
        renew=renew,
        renew_years=renew_years,
        extra_domain=None if reading.is_absent(data, "sanPrice") else _price(data, "sanPrice"),
    )


def _offer(data: Mapping[str, Any], key: str) -> tuple[Price | None, int | None]:
    # In both blocks the price stands under "create".
    price = mapping.optional(lambda found: _price(found, "create"), data, key)
    years = mapping.optional(lambda found: reading.maybe_whole(found, "years"), data, key)
    return price, years


def _price(data: Mapping[str, Any], key: str) -> Price:
    return Price(reading.number(data, key), _CURRENCY)


def _days(data: Mapping[str, Any]) -> int | None:
    """trialPeriod: a number of days by the table, "90 days" in the example."""
    if reading.is_absent(data, "trialPeriod"):
        return None
    found = _DAYS.fullmatch(reading.text(data, "trialPeriod").strip().lower())
    if not found:
        raise reading.unreadable("trialPeriod")
    return int(found[1])


def products(data: Mapping[str, Any]) -> Page[CertificateProduct]:
    """ssl/productlist (manual 8.3)."""
    return reading.page(data, "products", product)


def certificate(data: Mapping[str, Any]) -> Certificate:
    """A certificate (manual 8.5, 8.6, 8.9), its dates empty until it is issued."""
    raw = reading.required(data, "status")
    domains = "sanMaxDomains" if reading.is_absent(data, "numDomains") else "numDomains"
    return Certificate(
        certificate_id=reading.required(data, "certificateID"),
        common_name=reading.a_label(reading.required(data, "commonName")),
        status=STATUS.get(raw.lower(), CertificateStatus.UNKNOWN),
        raw_status=raw,
        product_id=reading.text(data, "productID", default=""),
        alternative_names=tuple(
            reading.a_label(name) for name in reading.texts(data.get("alternativeNames"), "alternativeNames")
        ),
        domains=reading.maybe_whole(data, domains),
        renewable=reading.maybe_boolean(data, "renewable"),
        created_on=reading.day(data, "tsCreate"),
        expires_on=reading.day(data, "tsExpir"),
        validation=mapping.optional(_validation, data, "validationData"),
    )


def certificates(data: Mapping[str, Any]) -> Page[Certificate]:
    """ssl/list (manual 8.5)."""
    return reading.page(data, "ssl", certificate)


def ordered(data: Mapping[str, Any]) -> Certificate:
    """A certificate that was paid for (manual 8.7, 8.8, 8.10): an object, where the table promises a list."""
    return replace(certificate(reading.one(data, "ssl")), charged=mapping.charged(data))


def validation(data: Mapping[str, Any]) -> CertificateValidation:
    """ssl/getinfo, validationStatus (manual 8.6). Raises Conflict where there is nothing to validate."""
    found = certificate(data).validation
    if found is None:
        raise Conflict("nothing is to be validated", reason="not_in_process")
    return found


def _validation(data: Mapping[str, Any]) -> CertificateValidation:
    return CertificateValidation(
        names=tuple(
            _name(name, reading.mapping(line, "dcv"))
            for name, line in reading.mapping(data.get("dcv", {}), "dcv").items()
        ),
        organization=reading.text(data, "organizationValidationStatus", default=""),
        brand=reading.text(data, "brandValidationStatus", default=""),
        message=reading.text(data, "message", default=""),
        external=reading.maybe_boolean(data, "externalValidation"),
    )


def _name(name: str, data: Mapping[str, Any]) -> NameValidation:
    return NameValidation(
        name=reading.a_label(reading.text(data, "domainName", default=name)),
        validated=reading.boolean(data, "validated"),
        method=METHOD.get(reading.text(data, "method", default="").lower()),
        check=_check(data),
    )


def _check(data: Mapping[str, Any]) -> Mapping[str, str]:
    """What is to be put where: an object for http and https, one text for dns and mail."""
    value = data.get("checkvalue")
    if isinstance(value, dict):
        return {key: reading.text(value, key, default="") for key in value}
    text = "" if value == [] else reading.text(data, "checkvalue", default="")
    return {"checkvalue": text} if text else {}


def files(data: Mapping[str, Any]) -> CertificateFiles:
    """ssl/getinfo, ssldata (manual 8.6). Raises Conflict for a certificate that is not issued yet."""
    if reading.is_absent(data, "sslCert"):
        raise Conflict("the certificate is not issued yet", reason="not_issued")
    chain = data.get("sslCertChain")
    parts = reading.texts(chain, "sslCertChain") if not isinstance(chain, str) else (chain,)
    prints = data.get("fingerprint") or {}
    return CertificateFiles(
        certificate=reading.required(data, "sslCert"),
        chain="\n".join(part.strip() for part in parts),
        fingerprint=reading.text(reading.mapping(prints, "fingerprint"), "SHA256", default=""),
        key=reading.text(data, "sslKey", default=""),
    )


def download(data: Mapping[str, Any]) -> Download:
    """ssl/getinfo in the formats of a file (manual 8.6). Raises Conflict as files()."""
    if not data.get("content"):
        raise Conflict("the certificate is not issued yet", reason="not_issued")
    content = reading.mapping(data["content"], "content")
    text = reading.text(content, "data")
    return Download(
        # A name for saving: whatever leads to another folder is cut off.
        name=re.split(r"[/\\]", reading.required(content, "name"))[-1],
        media_type=reading.text(content, "type", default="application/octet-stream"),
        content=_decoded(text) if reading.boolean(content, "base64encoded") else text.encode(),
    )


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise reading.unreadable("content/data") from None


def validation_emails(data: Mapping[str, Any]) -> tuple[str, ...]:
    """ssl/getvalidationemails (manual 8.11), without the methods that are no address."""
    methods = reading.texts(data.get("valMethods", []), "valMethods")
    return tuple(method for method in methods if "@" in method)
