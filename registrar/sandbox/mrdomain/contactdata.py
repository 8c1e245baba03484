"""Contact data in parameters: ids or fields, what is required and what is malformed (manual 5.3.1, 6.1)."""

from __future__ import annotations

import re
import unicodedata

from registrar.sandbox.mrdomain.call import Call
from registrar.sandbox.mrdomain.codes import ApiError, missing
from registrar.sandbox.mrdomain.model import CONTACT_FIELDS, ROLES, Contact
from registrar.sandbox.reference import COUNTRIES, SPANISH_ORGANIZATIONS

OPTIONAL = frozenset({"OrgName", "OrgType", "Fax"})
EMAIL = re.compile(r"[^@\s,;]{1,64}@(?:[A-Za-z0-9-]+\.)+[A-Za-z0-9-]{2,}")
PHONE = re.compile(r"\+\d{1,3}\.\d{4,15}")
POSTAL = {
    "ES": r"\d{5}",
    "FR": r"\d{5}",
    "DE": r"\d{5}",
    "IT": r"\d{5}",
    "US": r"\d{5}(-\d{4})?",
    "PT": r"\d{4}-\d{3}",
    "NL": r"\d{4} ?[A-Za-z]{2}",
    "BE": r"\d{4}",
    "CH": r"\d{4}",
    "GB": r"[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}",
    "CA": r"[A-Za-z]\d[A-Za-z] ?\d[A-Za-z]\d",
}
LONGEST = 255


def _fields(call: Call, prefix: str) -> dict[str, str]:
    """The contact's data by attribute. Raises 101 for what is missing and 3002 for what is malformed."""
    found = {suffix: call.params.text(prefix + suffix) for suffix, _, _ in CONTACT_FIELDS}
    organization = found["Type"] == "organization"
    absent = [prefix + suffix for suffix, value in found.items() if not value and suffix not in OPTIONAL]
    if organization and not found["OrgName"]:
        absent.append(prefix + "OrgName")
    if organization and found["Country"].upper() == "ES" and not found["OrgType"]:
        absent.append(prefix + "OrgType")
    if absent:
        raise missing(*absent)
    wrong = [prefix + suffix for suffix in _malformed(found)]
    if wrong:
        raise ApiError(3002, *(f"Contact data error: {name}" for name in wrong))
    found["Country"] = found["Country"].upper()
    if not organization:
        found["OrgName"] = found["OrgType"] = ""
    return {attribute: found[suffix] for suffix, attribute, _ in CONTACT_FIELDS}


def _malformed(found: dict[str, str]) -> list[str]:
    country = found["Country"].upper()
    spanish = country == "ES" and found["Type"] == "organization"
    checks = {
        "Type": found["Type"] in ("individual", "organization"),
        "Country": country in COUNTRIES,
        "Email": EMAIL.fullmatch(found["Email"]) is not None,
        "Phone": PHONE.fullmatch(found["Phone"]) is not None,
        "Fax": not found["Fax"] or PHONE.fullmatch(found["Fax"]) is not None,
        "PostalCode": re.fullmatch(POSTAL.get(country, r".{2,16}"), found["PostalCode"]) is not None,
        "OrgType": not spanish or found["OrgType"] in SPANISH_ORGANIZATIONS,
        "IdentNumber": re.fullmatch(r"[\w ./-]{2,40}", found["IdentNumber"]) is not None,
    }
    wrong = [suffix for suffix, good in checks.items() if not good]
    return wrong + [suffix for suffix, value in found.items() if len(value) > LONGEST]


def initials(first: str, last: str) -> str:
    """The letters before the dash of a contact's id."""
    plain = unicodedata.normalize("NFKD", f"{first} {last}")
    letters = [word[0].upper() for word in plain.split() if word[0].isascii() and word[0].isalpha()]
    return "".join(letters[:3]) or "XX"


def add(call: Call, fields: dict[str, str]) -> Contact:
    """A new contact with these data; the same data twice make two contacts."""
    account = call.account
    account.contact_serial += 1
    key = f"{initials(fields['first_name'], fields['last_name'])}-{account.contact_serial}"
    contact = Contact(contact_id=key, **fields)  # type: ignore[arg-type]
    account.contacts[key] = contact
    return contact


def read(call: Call, prefix: str = "") -> dict[str, str]:
    """The data of contact/create, where the fields have no prefix."""
    return _fields(call, prefix)


class RoleContacts:
    """The contacts of a domain as its parameters give them: checked first, made later by `keep`."""

    def __init__(self, call: Call, owner: str | None = None) -> None:
        """`owner` is the current owner's id where there is one; without it an owner must be sent (101)."""
        self._call = call
        self._given: dict[str, str | dict[str, str]] = {}
        for role in ROLES:
            given = self._read(role)
            if given is not None:
                self._given[role] = given
        self.empty = not self._given
        self.owner_given = "owner" in self._given
        if not self.owner_given:
            if owner is None:
                raise missing("ownerContactID")
            self._given["owner"] = owner

    def _read(self, role: str) -> str | dict[str, str] | None:
        prefix = f"{role}Contact"
        key = self._call.params.text(prefix + "ID")
        if key:
            if key not in self._call.account.contacts:
                raise ApiError(3001, f"Contact not exists: {prefix}ID")
            return key
        if any(self._call.params.text(prefix + suffix) for suffix, _, _ in CONTACT_FIELDS):
            return _fields(self._call, prefix)
        return None

    @property
    def owner_kind(self) -> str:
        """individual or organization."""
        owner = self._given["owner"]
        return self._call.account.contacts[owner].kind if isinstance(owner, str) else owner["kind"]

    @property
    def owner_id(self) -> str:
        """The owner's id, empty for one that is still to be made."""
        owner = self._given["owner"]
        return owner if isinstance(owner, str) else ""

    def keep(self) -> dict[str, str]:
        """Make the contacts sent as data; returns an id per role, absent ones as the manual says."""
        ids = {role: self._make(given) for role, given in self._given.items()}
        ids.setdefault("admin", ids["owner"])
        ids.setdefault("tech", ids["admin"])
        ids.setdefault("billing", ids["admin"])
        return ids

    def _make(self, given: str | dict[str, str]) -> str:
        return given if isinstance(given, str) else add(self._call, given).contact_id
