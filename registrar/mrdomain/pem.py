"""Looks at keys, requests and certificates in PEM before they are sent. No error repeats what it looked at."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes, PublicKeyTypes
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from registrar.errors import InvalidRequest

_BROKEN = (ValueError, TypeError, UnsupportedAlgorithm)


@dataclass(frozen=True, slots=True)
class Request:
    """A signing request: its text, and the common name that it asks for."""

    text: str
    common_name: str
    key: PublicKeyTypes


def request(text: str) -> Request:
    """A signing request that is whole and signed by its own key. Raises InvalidRequest(field="csr")."""
    found = _public(text, "csr")
    try:
        csr = x509.load_pem_x509_csr(found.encode("ascii"))
        if not csr.is_signature_valid:
            raise InvalidRequest("the request is not signed by its own key", field="csr")
        names = csr.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
        key = csr.public_key()
    except _BROKEN:
        raise InvalidRequest("not a certificate signing request in PEM", field="csr") from None
    if not names:
        raise InvalidRequest("the request has no common name", field="csr")
    return Request(found, str(names[0].value), key)


def check_key(text: str, key: PublicKeyTypes, field: str = "key") -> str:
    """A private key without a password that belongs to `key`, stripped. Raises InvalidRequest(field)."""
    if _private(text, field).public_key() != key:
        raise InvalidRequest("the private key belongs to something else", field=field)
    return text.strip()


def check_certificate(certificate: str, key: str, chain: str) -> None:
    """A certificate, its private key and its chain, together. Raises InvalidRequest(field="certificate")."""
    field = "certificate"
    try:
        found = x509.load_pem_x509_certificate(_public(certificate, field).encode("ascii"))
        x509.load_pem_x509_certificates(_public(chain, field).encode("ascii"))
        public = found.public_key()
    except _BROKEN:
        raise InvalidRequest("not a certificate with its chain in PEM", field=field) from None
    check_key(key, public, field)


def _public(text: str, field: str) -> str:
    # A key pasted beside a request would leave the house in a field that no record masks.
    if "PRIVATE KEY" in text:
        raise InvalidRequest("a private key is where it must not be", field=field)
    if not text.isascii():
        raise InvalidRequest("not in PEM", field=field)
    return text.strip()


def _private(text: str, field: str) -> PrivateKeyTypes:
    try:
        return load_pem_private_key(text.strip().encode("ascii"), password=None)
    except _BROKEN:
        raise InvalidRequest("not a private key in PEM without a password", field=field) from None
