"""Our types as members of their JSON. Raises InvalidRequest with the neutral field before anything is sent."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from registrar.errors import InvalidRequest, NotSupported
from registrar.namecom.mapping import ROLES
from registrar.tld import family_parameters, nameserver_limits, special_requirements
from registrar.transport import values
from registrar.types import Contact, ContactType

# The registrar's own nameservers: what "default nameservers" are called before they get their three letters.
DEFAULT_NAMESERVERS = ("ns1.name.com", "ns2.name.com", "ns3.name.com", "ns4.name.com")
# The manual states no limits for a period (assumption "ten-years").
YEARS = range(1, 11)

_FAMILY = "namecom"
_LIMITS = nameserver_limits(_FAMILY)
_ORDERED = range(_LIMITS.minimum, _LIMITS.maximum + 1)
_UPDATED = range(_LIMITS.minimum, _LIMITS.update_maximum + 1)
_PHONE = re.compile(r"\+[0-9]{1,4}\.[0-9]{3,16}")
_COUNTRY = re.compile(r"[A-Za-z]{2}")
_REQUIRED = ("first_name", "last_name", "address", "city", "country", "phone", "email")

# Every member of a contact object but its type.
CONTACT_FIELDS = (
    "first_name",
    "last_name",
    "organization",
    "address_1",
    "address_2",
    "city",
    "state",
    "zip",
    "country",
    "phone",
    "email",
    "fax",
)


def ordered_nameservers(names: Sequence[str]) -> list[str] | None:
    """Nameservers of an order; None, which is left out, for the registrar's own."""
    return values.nameservers(names, _ORDERED) if names else None


def new_nameservers(names: Sequence[str]) -> list[str]:
    """Nameservers of an update; none means the registrar's own."""
    return values.nameservers(names, _UPDATED) if names else list(DEFAULT_NAMESERVERS)


def contact(content: Contact) -> dict[str, str]:
    """A contact's content without its type. Lines of the address behind the first go into address_2."""
    _check_contact(content)
    first, *others = [line.strip() for line in content.address.splitlines() if line.strip()]
    found = {
        "first_name": content.first_name,
        "last_name": content.last_name,
        "organization": content.organization if content.type is ContactType.ORGANIZATION else "",
        "address_1": first,
        "address_2": ", ".join(others),
        "city": content.city,
        "state": content.state,
        "zip": content.postal_code,
        "country": content.country.upper(),
        "phone": content.phone,
        "email": content.email,
        "fax": content.fax,
    }
    return {name: value.strip() for name, value in found.items()}


def given_contacts(roles: Mapping[str, str | Contact | None]) -> dict[str, dict[str, str]]:
    """The contact objects of those roles that are given. A handle is refused: contacts have none here."""
    found = {}
    for role, value in roles.items():
        if isinstance(value, str):
            raise InvalidRequest("the registrar knows no contact handles; give the content", field=role)
        if value is not None:
            found[role] = contact(value)
    return found


def typed(objects: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Contact objects by our role as the list that the API takes: equal ones once, with all their types."""
    grouped: list[tuple[dict[str, Any], list[str]]] = []
    for role, theirs in ROLES.items():
        if role not in objects:
            continue
        content = {field: objects[role].get(field) for field in CONTACT_FIELDS}
        for known, types in grouped:
            if known == content:
                types.append(theirs)
                break
        else:
            grouped.append((content, [theirs]))
    return [{"type": types, **content} for content, types in grouped]


def tld_fields(name: str, extra: Mapping[str, str], owner: Contact) -> dict[str, str]:
    """What the extension asks, as members of the order.

    Raises NotSupported for an extension whose requirements the registrar does not document, InvalidRequest for a
    field that it is not known to ask.
    """
    tld = values.tld(name)
    if special_requirements(_FAMILY, tld):
        raise NotSupported("domain.create", f"what .{tld} asks here is not part of the API's manual")
    return family_parameters(_FAMILY, tld, extra, owner.type)


def _check_contact(content: Contact) -> None:
    for field in _REQUIRED:
        if not getattr(content, field).strip():
            raise InvalidRequest(f"{field} is required", field=field)
    if content.type is ContactType.ORGANIZATION and not content.organization.strip():
        raise InvalidRequest("an organization needs its name", field="organization")
    for field in ("phone", "fax"):
        value = getattr(content, field).strip()
        if value and not _PHONE.fullmatch(value):
            raise InvalidRequest(f"{field} must be written +CC.NUMBER", field=field)
    if not _COUNTRY.fullmatch(content.country.strip()):
        raise InvalidRequest("country must be two letters", field="country")
    if "@" not in content.email:
        raise InvalidRequest("email is not an address", field="email")
