"""Real keys, requests and certificates, signed by a throwaway authority: clients read them with their own tools."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtensionOID, NameOID

# Member of StructCSR -> attribute of a subject's name.
SUBJECT = {
    "Country": NameOID.COUNTRY_NAME,
    "City": NameOID.LOCALITY_NAME,
    "Region": NameOID.STATE_OR_PROVINCE_NAME,
    "Organisation": NameOID.ORGANIZATION_NAME,
    "Department": NameOID.ORGANIZATIONAL_UNIT_NAME,
    "EmailAddress": NameOID.EMAIL_ADDRESS,
}


class Names(NamedTuple):
    """Whom a request is for."""

    common: list[str]
    alternatives: list[str]


def read(csr: str) -> Names:
    """The names of a certificate signing request in PEM; raises ValueError for anything else."""
    try:
        request = x509.load_pem_x509_csr(csr.encode())
    except (ValueError, InvalidSignature) as error:
        raise ValueError("not a signing request") from error
    if not request.is_signature_valid:
        raise ValueError("bad signature")
    common = [str(row.value) for row in request.subject.get_attributes_for_oid(NameOID.COMMON_NAME)]
    try:
        extension = request.extensions.get_extension_for_oid(ExtensionOID.SUBJECT_ALTERNATIVE_NAME)
    except x509.ExtensionNotFound:
        return Names(common, [])
    found = extension.value.get_values_for_type(x509.DNSName)  # type: ignore[attr-defined]
    return Names(common, [name for name in found if name not in common])


def request(seed: int, subject: dict[str, str], names: Names) -> tuple[str, str]:
    """A new request and its private key, both PEM; the key follows from `seed` (positive)."""
    key = ec.derive_private_key(seed, ec.SECP256R1())
    attributes = [
        x509.NameAttribute(oid, subject[name]) for name, oid in SUBJECT.items() if subject.get(name)
    ]
    attributes += [x509.NameAttribute(NameOID.COMMON_NAME, name) for name in names.common]
    builder = x509.CertificateSigningRequestBuilder(x509.Name(attributes))
    builder = builder.add_extension(_alternatives(names), critical=False)
    made = builder.sign(key, hashes.SHA256())
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return made.public_bytes(serialization.Encoding.PEM).decode(), private.decode()


def _alternatives(names: Names) -> x509.SubjectAlternativeName:
    return x509.SubjectAlternativeName([x509.DNSName(name) for name in (*names.common, *names.alternatives)])


def issue(csr: str, serial: int, start: float, end: float) -> str:
    """The certificate for a request, PEM; `start` and `end` are epoch seconds, `serial` is positive."""
    asked = x509.load_pem_x509_csr(csr.encode())
    public = asked.public_key()
    assert isinstance(public, (ec.EllipticCurvePublicKey, rsa.RSAPublicKey))
    authority = ec.derive_private_key(8702, ec.SECP256R1())
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Sandbox DV CA")])
    builder = (
        x509.CertificateBuilder()
        .subject_name(asked.subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(serial)
        .not_valid_before(datetime.datetime.fromtimestamp(start, datetime.UTC))
        .not_valid_after(datetime.datetime.fromtimestamp(end, datetime.UTC))
        .add_extension(_alternatives(read(csr)), critical=False)
    )
    return builder.sign(authority, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()
