"""Our types as parameters of module ssl (manual chapter 8).

Raises InvalidRequest with the neutral field before anything is sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from registrar.errors import InvalidRequest
from registrar.mrdomain import pem, request
from registrar.mrdomain.certificate_mapping import METHOD
from registrar.types import CertificateOrder, Contact, CsrSubject, ValidationMethod


def name(value: str, field: str) -> str:
    """A name that a certificate may bear, as A-labels; its first label may be "*"."""
    cleaned = value.strip()
    if cleaned.startswith("*."):
        return f"*.{request.domain_name(cleaned[2:], field)}"
    return request.domain_name(cleaned, field)


def subject(found: CsrSubject) -> dict[str, str]:
    """What a request is made of (manual 8.2)."""
    if found.alternative_names:
        raise InvalidRequest(
            "alternative names go into the order, not the request", field="alternative_names"
        )
    if len(found.country.strip()) != 2 or not found.country.strip().isalpha():
        raise InvalidRequest("country must be two letters", field="country")
    if "@" not in found.email:
        raise InvalidRequest("email is not an address", field="email")
    return {
        "commonName": name(found.common_name, "common_name"),
        "organizationName": request.line(found.organization, "organization"),
        "organizationalUnitName": request.line(found.unit, "unit"),
        "countryName": found.country.strip().upper(),
        "stateOrProvinceName": request.line(found.state, "state"),
        "localityName": request.line(found.city, "city"),
        "emailAddress": request.line(found.email, "email"),
    }


def signed(order: CertificateOrder) -> dict[str, str]:
    """Request, key, names and how each of them is validated (manual 8.7.2): create, renew and reissue alike."""
    if order.subject is not None:
        raise InvalidRequest("have the request made first, by create_csr", field="subject")
    csr = pem.request(order.csr)
    common = name(csr.common_name, "csr")
    names = _alternative_names(order, common)
    methods = {name(asked, "validation"): method for asked, method in order.validation.items()}
    if strangers := methods.keys() - {common, *names}:
        raise InvalidRequest(f"not in the certificate: {', '.join(sorted(strangers))}", field="validation")
    parameters = {"csrData": csr.text}
    if order.key:
        parameters["keyData"] = pem.check_key(order.key, csr.key)
    parameters["validationMethod"] = _method(common, methods, order.emails)
    for number, found in enumerate(names, 1):
        parameters[f"alt_name_{number}"] = found
        parameters[f"alt_validation_{number}"] = _method(found, methods, order.emails)
    return parameters


def _alternative_names(order: CertificateOrder, common: str) -> list[str]:
    if isinstance(order.alternative_names, str):
        raise InvalidRequest("alternative names must be a list", field="alternative_names")
    names = [name(found, "alternative_names") for found in order.alternative_names]
    if len(set(names)) != len(names):
        raise InvalidRequest("an alternative name stands there twice", field="alternative_names")
    # The registrar counts the common name among those of a certificate, but not among those to be given.
    return [found for found in names if found != common]


def _method(found: str, methods: Mapping[str, ValidationMethod], emails: Sequence[str]) -> str:
    method = methods.get(found, ValidationMethod.DNS)
    if method is not ValidationMethod.MAIL:
        return request.word(METHOD, method, "validation")
    zone = found.removeprefix("*.")
    for email in emails:
        domain = email.rpartition("@")[2].lower()
        if "@" in email and (zone == domain or zone.endswith(f".{domain}")):
            return address(email, "emails")
    raise InvalidRequest(f"{found} needs an address to be validated by mail", field="emails")


def method(wanted: ValidationMethod, email: str) -> str:
    """One method as the registrar takes it: a word, or the address itself for validation by mail (8.11)."""
    if wanted is ValidationMethod.MAIL:
        return address(email, "email")
    if email:
        raise InvalidRequest("an address is for validation by mail only", field="email")
    return request.word(METHOD, wanted, "method")


def address(email: str, field: str) -> str:
    """An e-mail address."""
    text = request.line(email, field)
    local, at, domain = text.rpartition("@")
    if not local or not at or " " in text:
        raise InvalidRequest("email is not an address", field=field)
    return f"{local}@{request.domain_name(domain, field)}"


def contacts(order: CertificateOrder) -> dict[str, str]:
    """Who asks (manual 8.7.1): each a handle or its content; the admin is required."""
    if not order.admin:
        raise InvalidRequest("an order needs an admin contact", field="admin")
    parameters: dict[str, str] = {}
    roles: tuple[tuple[str, str, str | Contact | None], ...] = (
        ("admin", "adminContact", order.admin),
        ("tech", "techContact", order.tech),
        ("organization", "orgContact", order.organization),
    )
    for role, prefix, value in roles:
        if isinstance(value, Contact):
            parameters |= request.contact(value, prefix)
        elif value is not None:
            parameters[f"{prefix}ID"] = request.handle(value, role)
    return parameters
