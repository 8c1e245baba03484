"""Module certificate (reference 2.12, 3.23 and 3.24)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from registrar.errors import Conflict, InvalidRequest
from registrar.interface.certificate import CertificateModule
from registrar.netim import mapping, request
from registrar.netim.client import NetimClient
from registrar.netim.outcome import afterwards, nothing, seek, settle
from registrar.transport import reading, values
from registrar.types import (
    Certificate,
    CertificateFiles,
    CertificateOrder,
    CertificateStatus,
    OperationRecord,
    OperationStatus,
    Outcome,
    RenewalMode,
    ValidationMethod,
)

T = TypeVar("T")

# The reference knows no words: these are the ones that cannot mean anything else. Any other is UNKNOWN, and kept.
STATUS: Mapping[str, CertificateStatus] = {
    "PENDING": CertificateStatus.PROCESSING,
    "VALID": CertificateStatus.VALID,
    "ACTIVE": CertificateStatus.VALID,
    "EXPIRED": CertificateStatus.EXPIRED,
    "REVOKED": CertificateStatus.CANCELLED,
    "CANCELLED": CertificateStatus.CANCELLED,
}
# Reference 2.12: whose address may confirm a name, and the only period of a renewal.
MAILBOXES = frozenset({"admin", "administrator", "hostmaster", "webmaster", "postmaster"})
RENEWAL_YEARS = 1

_PRODUCT = re.compile(r"[A-Za-z0-9_.-]{1,20}")
_IDENTIFIER = re.compile(r"SSL-[0-9A-Za-z]+-[0-9A-Za-z]+")


class NetimCertificate(CertificateModule):
    """Six functions. There is no list: whoever orders must keep the id, which the registrar tells by e-mail."""

    def __init__(self, client: NetimClient) -> None:
        self._client = client

    def info(self, certificate_id: str) -> Certificate:
        return self._info(certificate_id, certificate)

    def files(self, certificate_id: str) -> CertificateFiles:
        """As the contract. Raises Conflict while there is none."""
        found = self._info(certificate_id, certificate_files)
        if not found.certificate:
            raise Conflict("the certificate is not issued", reason="not_issued")
        return found

    def create(self, order: CertificateOrder) -> Outcome[Certificate]:
        """As the contract. One way to validate every name; contacts and keys are not part of the order.

        The certificate's id is empty where the operation does not tell it: in its message, or as the object of the
        pending one (an assumption, see QUIRKS.md).
        """
        if not _PRODUCT.fullmatch(order.product_id):
            raise InvalidRequest(f"not a product: {order.product_id!r}", field="product_id")
        arguments = {
            "prod": order.product_id,
            "duration": values.years(order.years, request.YEARS),
            "CSRInfo": _csr(order),
            "validation": _validation(order),
        }
        found = self._client.fetch("sslCreate", arguments, mapping.operation)
        name = order.subject.common_name if order.subject else ""
        known = _unread(self._new_identifier(found), name, order.product_id)
        return settle(found, lambda: self._afterwards(known), known)

    def renew(self, certificate_id: str, order: CertificateOrder) -> Outcome[Certificate]:
        """As the contract, by one year: of the order nothing else is asked."""
        if order.years not in {None, RENEWAL_YEARS}:
            raise InvalidRequest("a certificate is renewed by one year", field="years")
        return self._change("sslRenew", certificate_id, {"duration": RENEWAL_YEARS})

    def reissue(self, certificate_id: str, order: CertificateOrder) -> Outcome[Certificate]:
        arguments = {"CSRInfo": _csr(order), "validation": _validation(order)}
        return self._change("sslReIssue", certificate_id, arguments)

    def revoke(self, certificate_id: str) -> Outcome[None]:
        arguments = {"IDSSL": _identifier(certificate_id)}
        return settle(self._client.fetch("sslRevoke", arguments, mapping.operation), nothing)

    def set_renewal_mode(self, certificate_id: str, mode: RenewalMode) -> Outcome[None]:
        """As the contract: AUTOMATIC or MANUAL."""
        arguments = {
            "IDSSL": _identifier(certificate_id),
            "codePref": "auto_renew",
            "value": request.renewal(mode),
        }
        return settle(self._client.fetch("sslSetPreference", arguments, mapping.operation), nothing)

    def _info(self, certificate_id: str, read: Callable[[Mapping[str, Any]], T]) -> T:
        identifier = _identifier(certificate_id)
        return seek(
            lambda: self._client.fetch(
                "sslInfo", {"IDSSL": identifier}, lambda data: read(_about(data, identifier))
            )
        )

    def _new_identifier(self, found: OperationRecord) -> str:
        told = _IDENTIFIER.search(found.message)
        if told or found.status is not OperationStatus.PENDING:
            return told[0] if told else ""
        none: tuple[OperationRecord, ...] = ()
        pending = afterwards(
            lambda: self._client.fetch("queryOpePending", {}, mapping.pending_operations), none
        )
        subjects = [line.subject for line in pending if line.reference == found.reference]
        return next((subject for subject in subjects if _IDENTIFIER.fullmatch(subject)), "")

    def _change(
        self, function: str, certificate_id: str, arguments: Mapping[str, Any]
    ) -> Outcome[Certificate]:
        identifier = _identifier(certificate_id)
        known = _unread(identifier)
        found = self._client.fetch(function, {"IDSSL": identifier, **arguments}, mapping.operation)
        return settle(found, lambda: self._afterwards(known), known)

    def _afterwards(self, known: Certificate) -> Certificate:
        if not known.certificate_id:
            return known
        return afterwards(lambda: self.info(known.certificate_id), known)


def certificate(data: Mapping[str, Any]) -> Certificate:
    """StructSSLInfo (reference 3.24)."""
    raw = reading.text(data, "status", default="").strip()
    names = mapping.texts(data.get("commonName"), "commonName")
    return Certificate(
        certificate_id=reading.required(data, "IDSSL"),
        common_name=next(iter(names), ""),
        status=STATUS.get(raw.upper(), CertificateStatus.UNKNOWN),
        raw_status=raw,
        product_id=reading.text(data, "prod", default=""),
        alternative_names=names[1:] + mapping.texts(data.get("alternativeNames"), "alternativeNames"),
        created_on=reading.day(data, "dateEmission") or reading.day(data, "dateCreation"),
        expires_on=reading.day(data, "dateExpiration"),
    )


def certificate_files(data: Mapping[str, Any]) -> CertificateFiles:
    """The certificate and its key, where the registrar made it."""
    return CertificateFiles(
        certificate=reading.text(data, "certificate", default="").strip(),
        key=reading.text(data, "privateKey", default="").strip(),
    )


def _about(data: Any, identifier: str) -> Mapping[str, Any]:
    found = mapping.struct(data)
    if reading.required(found, "IDSSL") != identifier:
        raise reading.unreadable("the reply is about another certificate")
    return found


def _unread(identifier: str, name: str = "", product_id: str = "") -> Certificate:
    return Certificate(identifier, name, CertificateStatus.UNKNOWN, "", product_id)


def _identifier(value: str) -> str:
    if not _IDENTIFIER.fullmatch(value):
        raise InvalidRequest(f"not the id of a certificate: {value!r}", field="certificate_id")
    return value


def _csr(order: CertificateOrder) -> dict[str, Any]:
    """StructCSR (reference 3.23): a request, or everything that one is made of."""
    for field in ("admin", "tech", "organization"):
        if getattr(order, field) is not None:
            raise InvalidRequest("the registrar takes no contacts for a certificate", field=field)
    if order.key:
        raise InvalidRequest("the registrar takes no key: it makes one, or never sees it", field="key")
    if bool(order.csr.strip()) == (order.subject is not None):
        raise InvalidRequest("give a request, or the subject of one", field="csr")
    if order.subject is None:
        if order.alternative_names:
            raise InvalidRequest("the request holds its names already", field="alternative_names")
        return {"CSR": order.csr.strip()}
    subject = order.subject
    names = [subject.common_name, *subject.alternative_names, *order.alternative_names]
    encoded = [_name(name) for name in names]
    return {
        "Country": subject.country.strip().upper(),
        "City": values.filled(subject.city, "city"),
        "Region": values.filled(subject.state, "state"),
        "Organisation": values.filled(subject.organization, "organization"),
        "Department": subject.unit.strip(),
        "EmailAddress": values.filled(subject.email, "email"),
        "CommonName": encoded[:1],
        "AlternativeNames": encoded[1:],
    }


def _name(name: str) -> str:
    wildcard = "*." if name.strip().startswith("*.") else ""
    return wildcard + values.domain_name(name.strip().removeprefix("*."), "common_name")


def _validation(order: CertificateOrder) -> str:
    """One word for all names (reference 2.12): dns, file, or email with an address for each domain."""
    methods = set(order.validation.values()) or {ValidationMethod.DNS}
    if len(methods) > 1:
        raise InvalidRequest("the registrar validates every name in one way", field="validation")
    method = methods.pop()
    if method is ValidationMethod.MAIL:
        return f"email:{','.join(_emails(order))}"
    if order.emails:
        raise InvalidRequest("addresses are for validation by e-mail", field="emails")
    if method is ValidationMethod.HTTPS:
        raise InvalidRequest("the registrar looks for its file by HTTP", field="validation")
    return "dns" if method is ValidationMethod.DNS else "file"


def _emails(order: CertificateOrder) -> list[str]:
    emails = [email.strip().lower() for email in order.emails]
    if not emails or any(
        email.partition("@")[0] not in MAILBOXES or "." not in email.partition("@")[2] for email in emails
    ):
        raise InvalidRequest(f"give addresses that begin with {', '.join(sorted(MAILBOXES))}", field="emails")
    return emails
