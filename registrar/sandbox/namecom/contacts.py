"""Contact objects: several roles may share one, or each has its own."""

from __future__ import annotations

import re
from typing import Any

from registrar.sandbox.namecom.call import Call, Data
from registrar.sandbox.namecom.codes import invalid, missing
from registrar.sandbox.namecom.model import CONTACT_KEYS, ROLES, Contact
from registrar.sandbox.reference import COUNTRIES

OPTIONAL = frozenset({"organization", "address_2", "state", "fax"})
PHONE = re.compile(r"\+\d{1,3}\.\d{4,15}")
EMAIL = re.compile(r"[^@\s,;]{1,64}@(?:[A-Za-z0-9-]+\.)+[A-Za-z0-9-]{2,}")
LONGEST = 255


def given(call: Call) -> dict[str, Contact]:
    """A contact per role that was sent, as `contact` or `contacts`, one object or a list. Raises 203 or 204."""
    found: dict[str, Contact] = {}
    for parameter in ("contact", "contacts"):
        value = call.body.get(parameter)
        if not value:
            continue
        for one in value if isinstance(value, list) else [value]:
            if not isinstance(one, dict):
                raise invalid(parameter)
            contact = _read(one)
            found.update((role, dict(contact)) for role in _roles(one))
    return found


def _roles(one: Data) -> list[str]:
    """The roles of one object; without `type` it is for all of them (assumption)."""
    kinds: Any = one.get("type") or list(ROLES)
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if not isinstance(kinds, list) or not all(kind in ROLES for kind in kinds):
        raise invalid("type")
    return kinds


def _read(one: Data) -> Contact:
    contact: Contact = {}
    for key in CONTACT_KEYS:
        value = one.get(key)
        if value is not None and not isinstance(value, (str, int)):
            raise invalid(key)
        text = "" if value is None else str(value).strip()
        if not text and key not in OPTIONAL:
            raise missing(key)
        if len(text) > LONGEST:
            raise invalid(key)
        contact[key] = text
    contact["country"] = contact["country"].upper()
    _check(contact)
    return contact


def _check(contact: Contact) -> None:
    if contact["country"] not in COUNTRIES:
        raise invalid("country")
    if not PHONE.fullmatch(contact["phone"]):
        raise invalid("phone")
    if contact["fax"] and not PHONE.fullmatch(contact["fax"]):
        raise invalid("fax")
    if not EMAIL.fullmatch(contact["email"]):
        raise invalid("email")


def complete(call: Call, sent: dict[str, Contact]) -> dict[str, Contact]:
    """All four roles of a new domain: missing ones follow the registrant sent, or the account's contacts."""
    registrant = sent.get("registrant")
    return {role: dict(sent.get(role) or registrant or call.account.contacts[role]) for role in ROLES}


def view(contacts: dict[str, Contact]) -> list[Data]:
    """The contacts as replies have them: roles with the same data share one entry."""
    rows: list[Data] = []
    for role in ROLES:
        contact = contacts.get(role)
        if contact is None:
            continue
        same = next((row for row in rows if all(row[key] == contact[key] for key in CONTACT_KEYS)), None)
        if same is None:
            rows.append({"type": [role], **{key: contact[key] for key in CONTACT_KEYS}})
        else:
            same["type"].append(role)
    return rows
