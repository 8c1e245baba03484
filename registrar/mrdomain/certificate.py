"""Module ssl (manual chapter 8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from registrar.errors import InvalidRequest
from registrar.interface.certificate import CertificateModule, CertificateReads, CertificateWrites
from registrar.mrdomain import certificate_mapping, certificate_request, pem, reading, request
from registrar.mrdomain.client import MrDomainClient
from registrar.types import (
    Certificate,
    CertificateFiles,
    CertificateFormat,
    CertificateOrder,
    CertificateProduct,
    CertificateStatus,
    CertificateValidation,
    Csr,
    CsrSubject,
    Done,
    Download,
    Outcome,
    Page,
    Pending,
    ValidationLevel,
    ValidationMethod,
)

T = TypeVar("T")


class MrDomainCertificateReads(CertificateReads):
    """Seven actions, with getinfo in its eight forms."""

    _client: MrDomainClient

    def decode_csr(self, csr: str) -> CsrSubject:
        """As the contract (manual 8.1)."""
        parameters = {"csrData": pem.request(csr).text}
        return self._client.fetch("ssl/csrdecode", parameters, certificate_mapping.subject)

    def create_csr(self, subject: CsrSubject) -> Csr:
        """As the contract (manual 8.2): without alternative names."""
        parameters = certificate_request.subject(subject)
        return self._client.fetch("ssl/csrcreate", parameters, certificate_mapping.csr)

    def products(
        self,
        *,
        page: int = 1,
        page_length: int = 1000,
        wildcard: bool | None = None,
        multi_domain: bool | None = None,
        trial: bool | None = None,
        level: ValidationLevel | None = None,
    ) -> Page[CertificateProduct]:
        """As the contract (manual 8.3)."""
        parameters = {
            **request.page(page, page_length),
            "wildcard": request.choice(wildcard),
            "multidomain": request.choice(multi_domain),
            "trial": request.choice(trial),
            "validationType": (
                None if level is None else request.word(certificate_mapping.LEVEL, level, "level")
            ),
        }
        return self._client.fetch("ssl/productlist", parameters, certificate_mapping.products)

    def product(self, product_id: str) -> CertificateProduct:
        parameters = {"productID": request.number(product_id, "product_id")}
        return self._client.fetch("ssl/productgetinfo", parameters, certificate_mapping.product)

    def list(
        self,
        *,
        page: int = 1,
        page_length: int = 1000,
        product_id: str | None = None,
        status: CertificateStatus | None = None,
        renewable: bool | None = None,
        common_name: str | None = None,
    ) -> Page[Certificate]:
        """As the contract (manual 8.5)."""
        parameters = {
            **request.page(page, page_length),
            "productID": request.number(product_id, "product_id") if product_id else None,
            "status": None if status is None else request.word(certificate_mapping.STATUS, status, "status"),
            "renewable": request.choice(renewable),
            "commonName": common_name or None,
        }
        return self._client.fetch("ssl/list", parameters, certificate_mapping.certificates)

    def info(self, certificate_id: str) -> Certificate:
        return self._info(certificate_id, "status", certificate_mapping.certificate)

    def files(self, certificate_id: str) -> CertificateFiles:
        """As the contract (manual 8.6)."""
        return self._info(certificate_id, "ssldata", certificate_mapping.files)

    def download(
        self, certificate_id: str, format: CertificateFormat, *, password: str | None = None
    ) -> Download:
        """As the contract (manual 8.6)."""
        if password is not None and format is not CertificateFormat.PFX:
            raise InvalidRequest("only a PFX takes a password", field="password")
        extra = {} if password is None else {"pfxpass": request.password(password)}
        return self._info(
            certificate_id, CertificateFormat(format).value, certificate_mapping.download, extra
        )

    def validation(self, certificate_id: str) -> CertificateValidation:
        """As the contract (manual 8.6)."""
        return self._info(certificate_id, "validationStatus", certificate_mapping.validation)

    def validation_emails(self, common_name: str) -> tuple[str, ...]:
        """As the contract (manual 8.11)."""
        parameters = {
            "commonName": certificate_request.name(common_name, "common_name"),
            "includeAlternativeMethods": request.choice(False),
        }
        return self._client.fetch(
            "ssl/getvalidationemails", parameters, certificate_mapping.validation_emails
        )

    def _info(
        self,
        certificate_id: str,
        kind: str,
        read: Callable[[Mapping[str, Any]], T],
        extra: Mapping[str, str] | None = None,
    ) -> T:
        number = request.number(certificate_id, "certificate_id")
        parameters = {"certificateID": number, "infoType": kind, **(extra or {})}
        return self._client.fetch("ssl/getinfo", parameters, _about(number, read))


class MrDomainCertificateWrites(CertificateWrites):
    """Six actions."""

    _client: MrDomainClient

    def create(self, order: CertificateOrder) -> Outcome[Certificate]:
        """As the contract (manual 8.7). The organization is required for OV and EV, which the registrar checks."""
        parameters = {
            "productID": request.number(order.product_id, "product_id"),
            "period": request.years(order.years),
            **certificate_request.signed(order),
            **certificate_request.contacts(order),
        }
        return _settled(self._client.fetch("ssl/create", parameters, certificate_mapping.ordered))

    def renew(self, certificate_id: str, order: CertificateOrder) -> Outcome[Certificate]:
        """As the contract (manual 8.8): all of the order but its product.

        The reply may name a certificate of another number: the reference is that one.
        """
        parameters = {
            "certificateID": request.number(certificate_id, "certificate_id"),
            "period": request.years(order.years),
            **certificate_request.signed(order),
            **certificate_request.contacts(order),
        }
        return _settled(self._client.fetch("ssl/renew", parameters, certificate_mapping.ordered))

    def reissue(self, certificate_id: str, order: CertificateOrder) -> Outcome[Certificate]:
        """As the contract (manual 8.9): request, key, names and their validation, nothing else of the order."""
        parameters = {
            "certificateID": request.number(certificate_id, "certificate_id"),
            **certificate_request.signed(order),
        }
        return _settled(self._client.fetch("ssl/reissue", parameters, certificate_mapping.certificate))

    def add_name(self, certificate_id: str, name: str) -> Outcome[Certificate]:
        """As the contract (manual 8.10): for certificates of several names."""
        parameters = {
            "certificateID": request.number(certificate_id, "certificate_id"),
            "extraSAN": certificate_request.name(name, "name"),
        }
        return _settled(self._client.fetch("ssl/multidomainaddsan", parameters, certificate_mapping.ordered))

    def set_validation_method(
        self, certificate_id: str, common_name: str, method: ValidationMethod, *, email: str = ""
    ) -> Outcome[Certificate]:
        """As the contract (manual 8.12): while it is in process or being reissued."""
        extra = {"validationMethod": certificate_request.method(method, email)}
        return Done(self._named("ssl/changevalidationmethod", certificate_id, common_name, extra))

    def resend_validation_email(self, certificate_id: str, common_name: str) -> Outcome[None]:
        """As the contract (manual 8.13)."""
        self._named("ssl/resendvalidationmail", certificate_id, common_name, {})
        return Done(None)

    def _named(
        self, action: str, certificate_id: str, common_name: str, extra: Mapping[str, str]
    ) -> Certificate:
        number = request.number(certificate_id, "certificate_id")
        parameters = {
            "certificateID": number,
            "commonName": certificate_request.name(common_name, "common_name"),
            **extra,
        }
        return self._client.fetch(action, parameters, _about(number, certificate_mapping.certificate))


class MrDomainCertificate(MrDomainCertificateReads, MrDomainCertificateWrites, CertificateModule):
    """Thirteen actions."""

    def __init__(self, client: MrDomainClient) -> None:
        self._client = client


def _about(number: str, read: Callable[[Mapping[str, Any]], T]) -> Callable[[Any], T]:
    """`read`, and the certainty that the reply speaks of certificate `number`."""

    def check(data: Any) -> T:
        found = reading.mapping(data, "responseData")
        if reading.required(found, "certificateID") != number:
            raise reading.unreadable("the reply is about another certificate")
        return read(found)

    return check


def _settled(found: Certificate) -> Outcome[Certificate]:
    return Done(found) if found.status is CertificateStatus.VALID else Pending(found.certificate_id, found)
