"""The contract of module certificate: TLS certificates that the registrar sells."""

from __future__ import annotations

from typing import ClassVar

from registrar.interface.base import Module
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
    Download,
    Outcome,
    Page,
    RenewalMode,
    ValidationLevel,
    ValidationMethod,
)


class CertificateReads(Module):
    """Products, requests and what was ordered. Every method raises any class of registrar.errors."""

    noun: ClassVar[str] = "certificate"

    def decode_csr(self, csr: str) -> CsrSubject:
        """What a request (PEM) says."""
        raise self.lacking("decode_csr")

    def create_csr(self, subject: CsrSubject) -> Csr:
        """Have a request and its private key made by the registrar. The key is a secret."""
        raise self.lacking("create_csr")

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
        """Certificates on sale."""
        raise self.lacking("products")

    def product(self, product_id: str) -> CertificateProduct:
        """One product. Raises NotFound."""
        raise self.lacking("product")

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
        """Certificates of the account."""
        raise self.lacking("list")

    def info(self, certificate_id: str) -> Certificate:
        """One certificate. Raises NotFound."""
        raise self.lacking("info")

    def files(self, certificate_id: str) -> CertificateFiles:
        """The issued certificate and its chain, and its key where the registrar keeps it (a secret).

        Raises Conflict before it is issued.
        """
        raise self.lacking("files")

    def download(
        self, certificate_id: str, format: CertificateFormat, *, password: str | None = None
    ) -> Download:
        """The issued certificate as a file; `password` (a secret) protects a PFX. Raises Conflict as files()."""
        raise self.lacking("download")

    def validation(self, certificate_id: str) -> CertificateValidation:
        """What is still to be shown before it is issued. Raises Conflict once it is."""
        raise self.lacking("validation")

    def validation_emails(self, common_name: str) -> tuple[str, ...]:
        """Addresses to which a validation e-mail may be sent."""
        raise self.lacking("validation_emails")


class CertificateWrites(Module):
    """Orders and changes."""

    noun: ClassVar[str] = "certificate"

    def create(self, order: CertificateOrder) -> Outcome[Certificate]:
        """Order a certificate. Pending(reference) until it is issued."""
        raise self.lacking("create")

    def renew(self, certificate_id: str, order: CertificateOrder) -> Outcome[Certificate]:
        """Renew a certificate; of `order` what the family asks."""
        raise self.lacking("renew")

    def reissue(self, certificate_id: str, order: CertificateOrder) -> Outcome[Certificate]:
        """Have it issued again for another request; the names stay."""
        raise self.lacking("reissue")

    def revoke(self, certificate_id: str) -> Outcome[None]:
        """Revoke it, for good."""
        raise self.lacking("revoke")

    def add_name(self, certificate_id: str, name: str) -> Outcome[Certificate]:
        """Buy a further alternative name."""
        raise self.lacking("add_name")

    def set_validation_method(
        self, certificate_id: str, common_name: str, method: ValidationMethod, *, email: str = ""
    ) -> Outcome[Certificate]:
        """Validate a name in another way; `email` for ValidationMethod.MAIL."""
        raise self.lacking("set_validation_method")

    def resend_validation_email(self, certificate_id: str, common_name: str) -> Outcome[None]:
        """Have the validation e-mail of a name sent again."""
        raise self.lacking("resend_validation_email")

    def set_renewal_mode(self, certificate_id: str, mode: RenewalMode) -> Outcome[None]:
        """What the registrar does when it expires."""
        raise self.lacking("set_renewal_mode")


class CertificateModule(CertificateReads, CertificateWrites):
    """Everything about certificates."""
