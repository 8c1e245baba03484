"""Contacts, both ways (reference 3.2 to 3.6): StructContact and our Contact, TLD fields and their members."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from registrar.errors import InvalidRequest
from registrar.netim import areas, mapping
from registrar.netim.actions import SECRET_FIELDS
from registrar.tld import FamilyData, family_data, family_parameters
from registrar.transport import reading
from registrar.types import Contact, ContactRecord, ContactSummary, ContactType

FAMILY = "netim"
# Members by our field, with the longest text that the registrar takes.
_TEXTS: Mapping[str, tuple[str, int]] = {
    "first_name": ("firstName", 30),
    "last_name": ("lastName", 30),
    "organization": ("bodyName", 100),
    "address": ("address1", 80),
    "postal_code": ("zipCode", 10),
    "city": ("city", 30),
    "email": ("email", 128),
}
_LONGEST_PHONE = 25
_LONGEST_ID = 20
_OPTIONAL = frozenset({"organization"})
# The identity of a registrant: it changes by a trade, not by an update (reference 3.4).
IDENTITY = ("firstName", "lastName", "bodyForm", "bodyName")
# What extensions ask, kept from one update to the next.
EXTENSION_MEMBERS = (
    "tmName", "tmNumber", "tmType", "tmDate", "companyNumber", "vatNumber", "birthDate", "birthZipCode", "birthCity",
    "birthCountry", "idNumber",
)  # fmt: skip
ADDITIONAL = "additional"

_PHONE = re.compile(r"\+([0-9]{1,3})\.([0-9]{3,15})")
_WIRE_PHONE = re.compile(r"\+([0-9]{1,3})[ .]([0-9 .()-]{3,})")
_COUNTRY = re.compile(r"[A-Z]{2}")
_KEY = re.compile(r"additional\.(?P<key>[^\[\]]+)(?P<by_name>\[domain\])?")


def struct(contact: Contact, *, is_owner: bool) -> dict[str, Any]:
    """StructContact, without what extensions ask. Raises InvalidRequest(field)."""
    country = contact.country.strip().upper()
    if not _COUNTRY.fullmatch(country):
        raise InvalidRequest("country must be two letters", field="country")
    texts = {member: _text(contact, field, longest) for field, (member, longest) in _TEXTS.items()}
    if "@" not in texts["email"]:
        raise InvalidRequest("email is not an address", field="email")
    individual = contact.type is ContactType.INDIVIDUAL
    if not individual and not texts["bodyName"]:
        raise InvalidRequest("an organization needs its name", field="organization")
    found: dict[str, Any] = {
        **texts,
        "bodyForm": "IND" if individual else "ORG",
        "bodyName": "" if individual else texts["bodyName"],
        "address2": "",
        "area": areas.code(country, contact.state),
        "country": country,
        "phone": _phone(contact.phone, "phone"),
        "fax": _phone(contact.fax, "fax"),
        # The registrar writes in these two languages only.
        "language": "FR" if contact.language.strip().lower() == "fr" else "EN",
        "isOwner": is_owner,
    }
    identification = contact.identification.strip()
    if identification and individual:
        if len(identification) > _LONGEST_ID:
            raise InvalidRequest("identification is too long", field="identification")
        found["idNumber"] = identification
    return found


def _text(contact: Contact, field: str, longest: int) -> str:
    value = str(getattr(contact, field)).strip()
    if not value and field not in _OPTIONAL:
        raise InvalidRequest(f"{field} is required", field=field)
    if len(value) > longest:
        raise InvalidRequest(f"{field} is longer than {longest} characters", field=field)
    return value


def _phone(value: str, field: str) -> str:
    """+CC.NUMBER as "+CC NUMBER"; a fax may be left out."""
    number = value.strip()
    if not number and field == "fax":
        return ""
    found = _PHONE.fullmatch(number)
    if not found or len(number) > _LONGEST_PHONE:
        raise InvalidRequest(f"{field} must be written +CC.NUMBER", field=field)
    return f"+{found[1]} {found[2]}"


def tld_members(tld: str, extra: Mapping[str, str], kind: ContactType, domain: str) -> dict[str, Any]:
    """What an extension asks, as members of StructContact. Raises InvalidRequest(field), see registrar.tld.

    Some of it the registrar keeps by domain name: then `domain` must be given.
    """
    members: dict[str, Any] = {}
    additional: dict[str, Any] = {}
    for place, value in family_parameters(FAMILY, tld, extra, kind).items():
        found = _KEY.fullmatch(place)
        if found is None:
            members[place] = value
        elif found["by_name"] is None:
            additional[found["key"]] = value
        elif not domain:
            raise InvalidRequest("the registrar keeps these fields by domain name: which?", field="domain")
        else:
            additional[found["key"]] = {domain: value}
    return members | ({ADDITIONAL: additional} if additional else {})


def merged(kept: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """What extensions ask, as the registrar has it (StructContactReturn) with `new` put over it."""
    texts = {name: reading.text(kept, name, default="") for name in EXTENSION_MEMBERS}
    members: dict[str, Any] = {name: value for name, value in texts.items() if value}
    additional: dict[str, Any] = {**_additional(kept)}
    for key, value in new.get(ADDITIONAL, {}).items():
        by_name = additional.get(key)
        joined = isinstance(value, Mapping) and isinstance(by_name, Mapping)
        additional[key] = {**by_name, **value} if joined and by_name else value
    members |= {name: value for name, value in new.items() if name != ADDITIONAL}
    return members | ({ADDITIONAL: additional} if additional else {})


def _additional(data: Mapping[str, Any]) -> Mapping[str, Any]:
    value = data.get(ADDITIONAL)
    found = {} if value in (None, "") else reading.mapping(value, ADDITIONAL)
    return {key: part for key, part in found.items() if part is not None}


def record(data: Any, handle: str) -> ContactRecord:
    """StructContactReturn (reference 3.5); which of two ids it repeats is uncertain, so the one asked for is kept."""
    found = mapping.struct(data)
    country = reading.text(found, "country", default="").strip().upper()
    address = [reading.text(found, name, default="").strip() for name in ("address1", "address2")]
    return ContactRecord(
        handle=handle,
        contact=Contact(
            type=_type(found),
            first_name=reading.text(found, "firstName", default=""),
            last_name=reading.text(found, "lastName", default=""),
            organization=reading.text(found, "bodyName", default=""),
            email=reading.text(found, "email", default=""),
            phone=_neutral_phone(found, "phone"),
            fax=_neutral_phone(found, "fax"),
            address=", ".join(line for line in address if line),
            postal_code=reading.text(found, "zipCode", default=""),
            city=reading.text(found, "city", default=""),
            state=areas.name(country, reading.text(found, "area", default="")),
            country=country,
            identification=reading.text(found, "idNumber", default=""),
            language=reading.text(found, "language", default="").strip().lower(),
        ),
        is_owner=mapping.flag(found, "isOwner"),
        extra=neutral_fields(found),
    )


def same_identity(kept: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether a registrant stays who it is."""
    return all(
        " ".join(reading.text(kept, name, default="").split()).casefold()
        == " ".join(str(new[name]).split()).casefold()
        for name in IDENTITY
    )


def summaries(data: Any) -> list[ContactSummary]:
    """queryContactList (reference 3.6): no address, no country."""
    return [_summary(item) for item in mapping.rows(data)]


def _summary(item: Mapping[str, Any]) -> ContactSummary:
    names = [reading.text(item, name, default="").strip() for name in ("firstName", "lastName")]
    kind = _type(item)
    body = reading.text(item, "bodyName", default="").strip()
    return ContactSummary(
        handle=reading.required(item, "idContact"),
        type=kind,
        name=body if kind is ContactType.ORGANIZATION and body else " ".join(part for part in names if part),
        email="",
        country="",
        is_owner=mapping.flag(item, "isOwner"),
    )


def _type(data: Mapping[str, Any]) -> ContactType:
    """IND is an individual. "Mostly" there is ORG besides (reference 3.2); another word is an organization too."""
    word = reading.required(data, "bodyForm").upper()
    return ContactType.INDIVIDUAL if word == "IND" else ContactType.ORGANIZATION


def _neutral_phone(data: Mapping[str, Any], key: str) -> str:
    """ "+CC NUMBER" as +CC.NUMBER; what is written otherwise stays as it is."""
    number = reading.text(data, key, default="").strip()
    found = _WIRE_PHONE.fullmatch(number)
    return f"+{found[1]}.{re.sub('[^0-9]', '', found[2])}" if found else number


def neutral_fields(data: Mapping[str, Any]) -> dict[str, str]:
    """The neutral fields that a contact holds, but for secret ones.

    One that is kept with different values by name is left out.
    """
    family = family_data(FAMILY)
    additional = _additional(data)
    found: dict[str, set[str]] = {}
    for keys in (family.keys, *family.keys_for.values()):
        for neutral, place in keys.items():
            for value in _at(data, additional, place):
                found.setdefault(neutral, set()).add(_neutral_value(family, neutral, value))
    return {name: next(iter(said)) for name, said in found.items() if len(said) == 1 and "" not in said}


def _at(data: Mapping[str, Any], additional: Mapping[str, Any], place: str) -> list[str]:
    """The values that stand where a field is kept."""
    found = _KEY.fullmatch(place)
    if found is not None and found["key"] in SECRET_FIELDS:
        return []
    value = data.get(place) if found is None else additional.get(found["key"])
    parts = list(value.values()) if isinstance(value, Mapping) else [value]
    return [part.strip() for part in parts if isinstance(part, str) and part.strip()]


def _neutral_value(family: FamilyData, neutral: str, value: str) -> str:
    """Our word for a choice, empty for one that we do not know; anything else as it is."""
    words = family.choices.get(neutral)
    if words is None:
        return value
    return next((ours for ours, theirs in words.items() if theirs == value), "")
