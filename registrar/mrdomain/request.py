"""Our types as the registrar's parameters.

Raises InvalidRequest with the neutral field before anything is sent.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping, Sequence

import idna

from registrar.errors import InvalidRequest
from registrar.types import Contact, ContactType, DnssecKey, GlueRecord

# Manual 5.3: a list of nameservers has 2 to 7 names.
NAMESERVERS = range(2, 8)

_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_PHONE = re.compile(r"\+[0-9]{1,4}\.[0-9]{3,16}")
_HANDLE = re.compile(r"[A-Za-z0-9]+-[A-Za-z0-9]+")
_COUNTRY = re.compile(r"[A-Za-z]{2}")
_IDENTIFIER = re.compile(r"[A-Za-z0-9-]{1,64}")
_NUMBER = re.compile(r"[0-9]{1,18}")

# Neutral field -> the registrar's suffix (manual 5.3.1 and 6.1).
_CONTACT_FIELDS: Mapping[str, str] = {
    "first_name": "FirstName",
    "last_name": "LastName",
    "organization": "OrgName",
    "organization_type": "OrgType",
    "identification": "IdentNumber",
    "email": "Email",
    "phone": "Phone",
    "fax": "Fax",
    "address": "Address",
    "postal_code": "PostalCode",
    "city": "City",
    "state": "State",
    "country": "Country",
}
_REQUIRED = frozenset(_CONTACT_FIELDS) - {"organization", "organization_type", "fax"}


def flag(value: bool) -> str:
    """A boolean as the registrar's own software sends it: 1, or nothing."""
    return "1" if value else ""


def domain_name(name: str, field: str = "name") -> str:
    """A name of two labels or more, as A-labels in lower case."""
    cleaned = name.strip().rstrip(".").lower()
    try:
        encoded = cleaned if cleaned.isascii() else idna.encode(cleaned, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        raise InvalidRequest(f"not a domain name: {name!r}", field=field) from None
    labels = encoded.split(".")
    if len(labels) < 2 or len(encoded) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise InvalidRequest(f"not a domain name: {name!r}", field=field)
    return encoded


def name_in(name: str, domain: str, field: str = "name") -> str:
    """A full name that is `domain` or lies below it."""
    encoded = domain_name(name, field)
    if encoded != domain and not encoded.endswith(f".{domain}"):
        raise InvalidRequest(f"{encoded} is not in {domain}", field=field)
    return encoded


def plan(name: str) -> str:
    """The name of a hosting plan: its domain (`serviceName`)."""
    return domain_name(name, "plan")


def identifier(value: str) -> str:
    """What the registrar calls one entity of a plan (`entityID`), such as SRV0000000001-000000001."""
    if not _IDENTIFIER.fullmatch(value):
        raise InvalidRequest(f"not an identifier of the registrar: {value!r}", field="identifier")
    return value


def number(value: str, field: str) -> str:
    """The number of a certificate or a product, in digits."""
    if not _NUMBER.fullmatch(value):
        raise InvalidRequest(f"not a number of the registrar: {value!r}", field=field)
    return value


def line(value: str, field: str) -> str:
    """A text of one line that is not empty."""
    cleaned = value.strip()
    if not cleaned or not cleaned.isprintable():
        raise InvalidRequest(f"{field} must be one line of text", field=field)
    return cleaned


def password(value: str) -> str:
    """A password, which no error message repeats."""
    if not value or not value.isprintable():
        raise InvalidRequest("the password is empty or has characters that cannot be typed", field="password")
    return value


def choice(value: bool | None) -> str | None:
    """A filter by yes or no. Empty text, the registrar's usual no, would read as no filter at all."""
    return None if value is None else str(int(value))


def tld(name: str) -> str:
    """Everything behind the first label: "com", "co.uk"."""
    return name.partition(".")[2]


def handle(value: str, field: str = "handle") -> str:
    """A contact's identifier, such as ABC-123."""
    if not _HANDLE.fullmatch(value):
        raise InvalidRequest(f"not a contact handle: {value!r}", field=field)
    return value


def years(value: int | None, field: str = "years") -> str | None:
    """A period in years; None is left to the registrar."""
    if value is None:
        return None
    if isinstance(value, bool) or not 1 <= value <= 100:
        raise InvalidRequest(f"not a number of years: {value!r}", field=field)
    return str(value)


def nameservers(names: Sequence[str], when_empty: str) -> str:
    """A comma-separated list of 2 to 7 names, or a word of the registrar when there are none."""
    if isinstance(names, str):
        raise InvalidRequest("nameservers must be a list of names", field="nameservers")
    if not names:
        return when_empty
    encoded = [domain_name(name, "nameservers") for name in names]
    if len(encoded) not in NAMESERVERS or len(set(encoded)) != len(encoded):
        raise InvalidRequest("give 2 to 7 different nameservers", field="nameservers")
    return ",".join(encoded)


def contact(content: Contact, prefix: str = "") -> dict[str, str]:
    """A contact's content; `prefix` is "ownerContact" and the like in orders, empty in contact/create."""
    _check_contact(content)
    parameters = {f"{prefix}Type": content.type.value}
    for field, suffix in _CONTACT_FIELDS.items():
        value = getattr(content, field).strip()
        if value:
            parameters[f"{prefix}{suffix}"] = value.upper() if field == "country" else value
    return parameters


def contacts(roles: Mapping[str, str | Contact | None]) -> dict[str, str]:
    """The contacts of an order by role, each a handle or its content (manual 5.3.1).

    A role that is None is left out.
    """
    parameters: dict[str, str] = {}
    for role, value in roles.items():
        if isinstance(value, Contact):
            parameters |= contact(value, f"{role}Contact")
        elif value is not None:
            parameters[f"{role}ContactID"] = handle(value, role)
    return parameters


def glue(record: GlueRecord, domain: str) -> dict[str, str]:
    """A host object below `domain`. The registrar wants an IPv4 address; IPv6 is optional."""
    parameters = {"name": host(record.name, domain), "ipv4": _address(record.ipv4, 4)}
    if record.ipv6:
        parameters["ipv6"] = _address(record.ipv6, 6)
    return parameters


def host(name: str, domain: str) -> str:
    """A host name that must lie below `domain`."""
    encoded = domain_name(name, "glue")
    if not encoded.endswith(f".{domain}"):
        raise InvalidRequest(f"{encoded} is not below {domain}", field="glue")
    return encoded


def dnssec_key(key: DnssecKey) -> dict[str, str]:
    """A delegation signer entry (manual 5.18)."""
    if not 0 <= key.key_tag <= 65535 or not 0 <= key.algorithm <= 255 or not 0 <= key.digest_type <= 255:
        raise InvalidRequest("key tag, algorithm or digest type is out of range", field="dnssec")
    if not key.digest.strip():
        raise InvalidRequest("the digest is empty", field="dnssec")
    parameters = {
        "keytag": str(key.key_tag),
        "algorithm": str(key.algorithm),
        "digesttype": str(key.digest_type),
        "digest": key.digest.strip(),
    }
    return parameters | ({"name": key.name} if key.name else {})


def page(number: int, length: int) -> dict[str, str]:
    """Which page of a list."""
    if number < 1 or length < 1:
        raise InvalidRequest("pages and their length start at 1", field="page")
    return {"page": str(number), "pageLength": str(length)}


def word(words: Mapping[str, object], value: object, field: str) -> str:
    """The registrar's word for a neutral one. Raises InvalidRequest for one that has no word."""
    for name, neutral in words.items():
        if neutral == value:
            return name
    raise InvalidRequest(f"the registrar has no word for {value!r}", field=field)


def _check_contact(content: Contact) -> None:
    for field in _REQUIRED:
        if not getattr(content, field).strip():
            raise InvalidRequest(f"{field} is required", field=field)
    if content.type is ContactType.ORGANIZATION:
        if not content.organization.strip():
            raise InvalidRequest("an organization needs its name", field="organization")
        if content.country.upper() == "ES" and not content.organization_type.strip():
            raise InvalidRequest("an organization in Spain needs its type", field="organization_type")
    for field in ("phone", "fax"):
        value = getattr(content, field).strip()
        if value and not _PHONE.fullmatch(value):
            raise InvalidRequest(f"{field} must be written +CC.NUMBER", field=field)
    if not _COUNTRY.fullmatch(content.country.strip()):
        raise InvalidRequest("country must be two letters", field="country")
    if "@" not in content.email:
        raise InvalidRequest("email is not an address", field="email")


def _address(value: str, version: int) -> str:
    try:
        address = ipaddress.ip_address(value.strip())
    except ValueError:
        raise InvalidRequest(f"not an IPv{version} address: {value!r}", field=f"ipv{version}") from None
    if address.version != version:
        raise InvalidRequest(f"not an IPv{version} address: {value!r}", field=f"ipv{version}")
    return str(address)
