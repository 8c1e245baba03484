"""Whether a certificate, its key and its chain belong together, before anything is sent."""

from __future__ import annotations

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.utils import timezone
from django.utils.translation import gettext as _


class Mismatch(ValueError):
    """They do not belong together; `field` is the part that is wrong, the text says how."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


def check_pair(certificate: str, private_key: str, chain: str, host: str) -> None:
    """Raise Mismatch unless the key is the certificate's, the chain leads on from it, and it is valid for `host`."""
    found = _certificate(certificate, "certificate")
    if found.not_valid_after_utc <= timezone.now():
        raise Mismatch("certificate", _("This certificate has expired."))
    names = names_of(found)
    if host and not any(_covers(name, host) for name in names):
        raise Mismatch(
            "certificate",
            _("It is for %(names)s, and not for %(host)s.")
            % {"names": ", ".join(names[:5]) or "–", "host": host},
        )
    try:
        key = load_pem_private_key(private_key.encode(), None)
    except TypeError:
        raise Mismatch("private_key", _("The key has a password of its own: take it away first.")) from None
    except (ValueError, UnsupportedAlgorithm):
        raise Mismatch("private_key", _("This is not a private key in PEM.")) from None
    if key.public_key() != found.public_key():
        raise Mismatch("private_key", _("The key is not that of the certificate."))
    below = found
    for above in _chain(chain):
        try:
            below.verify_directly_issued_by(above)
        except (ValueError, TypeError, InvalidSignature):
            raise Mismatch(
                "chain", _("The chain does not lead on from the certificate: the nearest signer comes first.")
            ) from None
        below = above


def names_of(found: x509.Certificate) -> list[str]:
    """The host names that a certificate is for, in lower case."""
    try:
        extension = found.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except x509.ExtensionNotFound:
        common = found.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
        return [str(name.value).lower() for name in common]
    return [name.lower() for name in extension.value.get_values_for_type(x509.DNSName)]


def read(certificate: str) -> x509.Certificate | None:
    """A certificate in PEM, or None for what is none."""
    try:
        return x509.load_pem_x509_certificate(certificate.encode())
    except ValueError:
        return None


def _covers(name: str, host: str) -> bool:
    if not name.startswith("*."):
        return name == host
    return host.partition(".")[2] == name[2:]


def _certificate(text: str, field: str) -> x509.Certificate:
    found = read(text)
    if found is None:
        raise Mismatch(field, _("This is not a certificate in PEM."))
    return found


def _chain(text: str) -> list[x509.Certificate]:
    try:
        found = x509.load_pem_x509_certificates(text.encode())
    except ValueError:
        raise Mismatch("chain", _("This is not a chain of certificates in PEM.")) from None
    return found
