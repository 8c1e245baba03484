"""Certificate signing requests (manual 8.1, 8.2): really parsed, really made."""

from __future__ import annotations

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

from registrar.sandbox.mrdomain.call import Action, Answer, Call
from registrar.sandbox.mrdomain.codes import ApiError, invalid

SHORTEST_KEY = 2048
FIELDS = {
    "commonName": NameOID.COMMON_NAME,
    "organizationName": NameOID.ORGANIZATION_NAME,
    "organizationalUnitName": NameOID.ORGANIZATIONAL_UNIT_NAME,
    "countryName": NameOID.COUNTRY_NAME,
    "stateOrProvinceName": NameOID.STATE_OR_PROVINCE_NAME,
    "localityName": NameOID.LOCALITY_NAME,
    "emailAddress": NameOID.EMAIL_ADDRESS,
}


def read(text: str) -> x509.CertificateSigningRequest:
    """A request in PEM, signed by its own key. Raises 5000."""
    try:
        request = x509.load_pem_x509_csr(text.encode())
        good = request.is_signature_valid
    except Exception as error:
        # The parser has more than one family of exceptions for what is no request.
        raise ApiError(5000, "The CSR cannot be read") from error
    if not good:
        raise ApiError(5000, "The CSR is not signed by its key")
    return request


def fields_of(request: x509.CertificateSigningRequest) -> dict[str, str]:
    """The subject in the manual's words; what it does not have is empty."""
    found = {}
    for field, oid in FIELDS.items():
        values = request.subject.get_attributes_for_oid(oid)
        found[field] = str(values[0].value) if values else ""
    return found


def usable(request: x509.CertificateSigningRequest) -> None:
    """Raise 5000 for a key that no authority signs."""
    key = request.public_key()
    if isinstance(key, rsa.RSAPublicKey) and key.key_size >= SHORTEST_KEY:
        return
    if not isinstance(key, EllipticCurvePublicKey):
        raise ApiError(5000, f"The CSR needs an EC key or an RSA key of {SHORTEST_KEY} bits")


def check_key(request: x509.CertificateSigningRequest, text: str) -> None:
    """Raise 5000 for a private key that cannot be read or is not that of the request."""
    try:
        key = load_pem_private_key(text.encode(), None)
    except (ValueError, TypeError) as error:
        raise ApiError(5000, "The key cannot be read") from error
    kind = Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    if key.public_key().public_bytes(*kind) != request.public_key().public_bytes(*kind):
        raise ApiError(5000, "The key is not that of the CSR")


def decode(call: Call) -> Answer:
    """8.1."""
    text = call.params.required("csrData")
    return Answer({"csrData": text, **fields_of(read(text))})


def create(call: Call) -> Answer:
    """8.2: a request and its private key in clear, as in the manual. Nothing of it is kept."""
    call.params.demand(FIELDS)
    given = {field: call.params.text(field) for field in FIELDS}
    try:
        names = [x509.NameAttribute(oid, given[field]) for field, oid in FIELDS.items()]
        builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name(names))
    except ValueError as error:
        raise invalid("countryName" if len(given["countryName"]) != 2 else "commonName") from error
    key = rsa.generate_private_key(65537, SHORTEST_KEY)
    request = builder.sign(key, hashes.SHA256())
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return Answer({"csrData": request.public_bytes(Encoding.PEM).decode(), "csrKey": pem, **given})


ACTIONS: dict[str, Action] = {"ssl/csrdecode": decode, "ssl/csrcreate": create}
