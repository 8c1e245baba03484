"""A certificate in the formats of ssl/getinfo (manual 8.6)."""

from __future__ import annotations

import base64
import io
import zipfile
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    load_pem_private_key,
    pkcs7,
    pkcs12,
)

from registrar.sandbox.mrdomain.certificate_model import Certificate
from registrar.sandbox.mrdomain.codes import ApiError

FORMATS = ("pfx", "der", "p7b", "zip", "pem")


def _all(certificate: Certificate) -> list[x509.Certificate]:
    """The certificate and its chain."""
    return [x509.load_pem_x509_certificate(text.encode()) for text in (certificate.pem, *certificate.chain)]


def texts(certificate: Certificate) -> dict[str, Any]:
    """The PEM files; the key is the one that was sent with the order, or empty."""
    return {"sslCert": certificate.pem, "sslKey": certificate.key, "sslCertChain": list(certificate.chain)}


def fingerprints(certificate: Certificate) -> dict[str, Any]:
    """Digests as colon-separated pairs."""
    own = _all(certificate)[0]
    kinds = {"SHA1": hashes.SHA1(), "SHA256": hashes.SHA256(), "MD5": hashes.MD5()}
    return {"fingerprint": {name: own.fingerprint(kind).hex(":").upper() for name, kind in kinds.items()}}


def content(certificate: Certificate, kind: str, password: str) -> dict[str, Any]:
    """One of FORMATS. A pfx holds the private key, so that 5000 is raised where none was sent."""
    if kind == "pem":
        return _text("text/plain", "certificate.pem", certificate.pem)
    if kind == "p7b":
        data = pkcs7.serialize_certificates(_all(certificate), Encoding.PEM)
        return _text("text/plain", "certificate.p7b", data.decode())
    if kind == "der":
        data = _all(certificate)[0].public_bytes(Encoding.DER)
        return _bytes("application/x-x509-ca-cert", "certificate.der", data)
    if kind == "zip":
        return _bytes("application/zip", "certificate.zip", _zip(certificate))
    return _bytes("application/x-pkcs12", "certificate.pfx", _pfx(certificate, password))


def _text(kind: str, name: str, data: str) -> dict[str, Any]:
    return {"type": kind, "name": name, "base64encoded": False, "data": data}


def _bytes(kind: str, name: str, data: bytes) -> dict[str, Any]:
    return {"type": kind, "name": name, "base64encoded": True, "data": base64.b64encode(data).decode()}


def _zip(certificate: Certificate) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("certificate.crt", certificate.pem)
        archive.writestr("certificate.ca-crt", "".join(certificate.chain))
        if certificate.key:
            archive.writestr("certificate.key", certificate.key)
    return memory.getvalue()


def _pfx(certificate: Certificate, password: str) -> bytes:
    if not certificate.key:
        raise ApiError(5000, "The certificate was ordered without its key")
    key: Any = load_pem_private_key(certificate.key.encode(), None)
    own, *chain = _all(certificate)
    lock: KeySerializationEncryption = NoEncryption()
    if password:
        lock = BestAvailableEncryption(password.encode())
    return pkcs12.serialize_key_and_certificates(certificate.common_name.encode(), key, own, chain, lock)
