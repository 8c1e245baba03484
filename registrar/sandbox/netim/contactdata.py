"""What a contact's data must look like (sections 3.2 and 3.4); every refusal is an E13 with the member's name."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

from registrar.sandbox.netim.codes import bad
from registrar.sandbox.netim.views import CONTACT_TEXTS, IDENTITY
from registrar.sandbox.reference import COUNTRIES

LENGTHS: dict[str, int] = {
    "firstName": 30,
    "lastName": 30,
    "bodyName": 100,
    "address1": 80,
    "address2": 80,
    "zipCode": 10,
    "area": 5,
    "city": 30,
    "country": 3,
    "phone": 25,
    "fax": 25,
    "email": 128,
    "language": 2,
    "tmName": 50,
    "tmNumber": 20,
    "companyNumber": 20,
    "vatNumber": 20,
    "birthZipCode": 10,
    "birthCity": 50,
    "idNumber": 20,
}
REQUIRED = (
    "firstName",
    "lastName",
    "bodyForm",
    "address1",
    "zipCode",
    "city",
    "country",
    "phone",
    "email",
    "language",
)
# Where a subdivision is required; everywhere else it must be empty.
WITH_AREA = frozenset(["AU", "BR", "CA", "GB", "IE", "IT", "JP", "MX", "US"])
WORDS = {
    "bodyForm": ("IND", "ORG"),
    "language": ("FR", "EN"),
    "tmType": ("", "INPI", "OHIM", "WIPO"),
}
# Letters up to Latin Extended-A, with the marks that the documentation lists for each member.
_LETTER = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017f"
_PERSON = re.compile(rf"[{_LETTER} '’-]+")
_PLACE = re.compile(rf"[{_LETTER}0-9&\-,.'/ ’]*")
_PHONE = re.compile(r"\+\d{1,3} \d{4,14}")
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")
PATTERNS: dict[str, re.Pattern[str]] = {
    "firstName": _PERSON,
    "lastName": _PERSON,
    "bodyName": _PLACE,
    "address1": _PLACE,
    "address2": _PLACE,
    "city": _PLACE,
    "phone": _PHONE,
    "fax": _PHONE,
    "email": _EMAIL,
    "area": re.compile(r"[A-Z0-9-]{1,5}"),
}
DATES = ("tmDate", "birthDate")
# The only label that a real message shows; the others are the members' own names.
LABELS = {"area": "Province"}


def label(member: str) -> str:
    """A member's name as E13 says it."""
    return LABELS.get(member, member)


def read(given: Mapping[str, Any], *, identity: bool = True) -> tuple[dict[str, str], dict[str, Any]]:
    """The text members and `additional` of a contact that was sent, checked. Raises E13.

    Without `identity` the members of a holder's identity are neither needed nor returned.
    """
    names = [name for name in CONTACT_TEXTS if identity or name not in IDENTITY]
    data: dict[str, str] = {}
    for name in names:
        value = given.get(name)
        if isinstance(value, (list, dict)) and value:
            raise bad(label(name))
        data[name] = str(value or "").strip()
    _check(data)
    additional = given.get("additional") or {}
    if not isinstance(additional, dict):
        raise bad("additional")
    return data, additional


def owner_flag(given: Mapping[str, Any]) -> bool:
    """isOwner, which must be there; raises E13."""
    value = given.get("isOwner")
    if value in (None, ""):
        raise bad("isOwner", "missing")
    if value not in ("0", "1"):
        raise bad("isOwner")
    return value == "1"


def _check(data: dict[str, str]) -> None:
    for name in REQUIRED:
        if name in data and not data[name]:
            raise bad(label(name), "missing")
    for name, words in WORDS.items():
        if name in data and data[name] not in words:
            raise bad(label(name))
    if data.get("bodyForm") == "ORG" and not data["bodyName"]:
        raise bad("bodyName", "missing")
    for name, value in data.items():
        if len(value) > LENGTHS.get(name, 255):
            raise bad(label(name), "too long")
        if value and name in PATTERNS and not PATTERNS[name].fullmatch(value):
            raise bad(label(name))
    _check_places(data)
    for name in DATES:
        if data[name] and not _is_date(data[name]):
            raise bad(label(name))


def _check_places(data: dict[str, str]) -> None:
    if data["country"] not in COUNTRIES:
        raise bad("country")
    if data["birthCountry"] and data["birthCountry"] not in COUNTRIES:
        raise bad("birthCountry")
    if bool(data["area"]) != (data["country"] in WITH_AREA):
        raise bad(label("area"))


def _is_date(text: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return False
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True
