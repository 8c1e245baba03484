"""Replies as our types: the envelope, the account, contacts, prices. Pure functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from registrar.namecom.errors import SUCCESS, error_for
from registrar.transport import reading
from registrar.types import AccountInfo, Contact, ContactRecord, ContactType, Hello, Price

# Assumption "usd": no reply names a currency.
CURRENCY = "USD"

# Their words for the roles of a contact, by ours.
ROLES: Mapping[str, str] = {
    "owner": "registrant",
    "admin": "administrative",
    "tech": "technical",
    "billing": "billing",
}


@dataclass(frozen=True, slots=True)
class Envelope:
    """A reply: `message` is theirs without secrets, `data` everything beside the result as it came.

    `redact` takes the secrets out of words in `data` that are to go on.
    """

    action: str
    code: int
    message: str
    data: Mapping[str, Any]
    redact: Callable[[str], str]

    def raise_unless_successful(self) -> None:
        """Raise what a code other than 100 means."""
        if self.code != SUCCESS:
            raise error_for(self.code, self.message, action=self.action)


def envelope(reply: Mapping[str, Any], action: str, redact: Callable[[str], str]) -> Envelope:
    """The result of a reply and what came with it."""
    result = reading.mapping(reply.get("result"), "result")
    return Envelope(
        action=action,
        code=reading.whole(result, "code"),
        message=redact(reading.text(result, "message", default="")),
        data={key: value for key, value in reply.items() if key != "result"},
        redact=redact,
    )


def hello(data: Mapping[str, Any]) -> Hello:
    """Hello: `client_ip` is the address that has to be listed with the API token."""
    return Hello(
        ip=reading.text(data, "client_ip", default=""),
        language=reading.text(data, "language", default=""),
        version=reading.text(data, "version", default=""),
    )


def account_info(data: Mapping[str, Any]) -> AccountInfo:
    """Retrieve Account. A threshold does not exist."""
    user = reading.required(data, "username")
    return AccountInfo(
        name=user, user=user, currency=CURRENCY, balance=reading.maybe_number(data, "account_credit")
    )


def price(data: Mapping[str, Any], key: str = "price") -> Price | None:
    """An amount, as text or number; None where the reply does not hold it."""
    amount = reading.maybe_number(data, key)
    if amount is not None and amount < Decimal(0):
        raise reading.unreadable(key)
    return None if amount is None else Price(amount, CURRENCY)


def roles(data: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The contact objects of a domain by our word for their role; one object may have several roles."""
    found: dict[str, Mapping[str, Any]] = {}
    for item in reading.items(data, "contacts"):
        types = item.get("type")
        for word in reading.texts({"type": [types] if isinstance(types, str) else types}, "type"):
            role = next((ours for ours, theirs in ROLES.items() if theirs == word.strip().lower()), None)
            if role is None or role in found:
                raise reading.unreadable("contacts/type")
            found[role] = item
    return found


def contact_record(data: Mapping[str, Any]) -> ContactRecord:
    """A contact object. It has no handle, and no type but what its organization says."""

    def said(key: str) -> str:
        return reading.text(data, key, default="").strip()

    organization = said("organization")
    return ContactRecord(
        handle="",
        contact=Contact(
            type=ContactType.ORGANIZATION if organization else ContactType.INDIVIDUAL,
            first_name=said("first_name"),
            last_name=said("last_name"),
            email=said("email"),
            phone=said("phone"),
            address=", ".join(part for part in (said("address_1"), said("address_2")) if part),
            postal_code=said("zip"),
            city=said("city"),
            state=said("state"),
            country=said("country").upper(),
            organization=organization,
            fax=said("fax"),
        ),
    )
