"""Requests, keys and orders of certificates, for the tests of MrDomain's sandbox."""

from __future__ import annotations

import functools
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID

DAY = 86400
SUBJECT = {
    "commonName": "www.lighthouse.com",
    "organizationName": "Lighthouse SL",
    "organizationalUnitName": "Lamps",
    "countryName": "ES",
    "stateOrProvinceName": "Madrid",
    "localityName": "Madrid",
    "emailAddress": "info@lighthouse.com",
}


@functools.cache
def own_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def request_for(name: str, key: Any = None) -> str:
    """A signing request in PEM."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)] if name else [])
    key = key or own_key()
    digest = None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    signed = x509.CertificateSigningRequestBuilder().subject_name(subject).sign(key, digest)
    return signed.public_bytes(Encoding.PEM).decode()


def pem_of(key: Any) -> str:
    return str(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())


def order(api: Any, name: str = "www.lighthouse.com", product: int = 55, **more: Any) -> Any:
    """A certificate that has just been ordered, as the reply has it."""
    contact = {"adminContactID": api.state()["contacts"][0]["contactID"]}
    sent = {"csrData": request_for(name), "productID": product, **contact, **more}
    return api.ok("ssl/create", **sent)["ssl"]


def issued(api: Any, name: str = "www.lighthouse.com", product: int = 55, **more: Any) -> int:
    """The number of a certificate that is valid."""
    number = int(order(api, name, product, **more)["certificateID"])
    api.control("POST", "/settle")
    return number


def status(api: Any, number: int) -> str:
    return str(api.ok("ssl/getinfo", certificateID=number)["status"])
