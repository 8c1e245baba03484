"""Contacts (section 2.3). Creating one answers its id; changing and deleting are operations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from registrar.sandbox.netim import contactdata, views
from registrar.sandbox.netim.call import Call, Handler
from registrar.sandbox.netim.codes import IDENTITY, IN_USE, NetimFault, Refused, bad
from registrar.sandbox.netim.engine import Effect, Order
from registrar.sandbox.netim.matching import matches
from registrar.sandbox.netim.model import Account, Contact, Operation
from registrar.sandbox.netim.session import RESELLER

if TYPE_CHECKING:
    from registrar.sandbox.netim.family import Netim

# Which fields a list may be filtered by is not documented: every text member, and the id.
FIELDS = ("idContact", *views.CONTACT_TEXTS)


def new_id(account: Account, first: str, last: str) -> str:
    """Two letters and a number, as in LJ5552."""
    letters = "".join(
        text[:1].upper() if text[:1].isascii() and text[:1].isalpha() else "X" for text in (first, last)
    )
    account.contact_serial += 1
    return f"{letters}{account.contact_serial:03}"


def named(call: Call, parameter: str = "idContact") -> Contact:
    """The contact that a parameter names; raises E13."""
    found = call.account.contacts.get(call.text(parameter))
    if found is None:
        raise bad(parameter, "unknown")
    return found


def owner(call: Call) -> str:
    """idOwner, which must be an owner contact of the reseller (section 2.7)."""
    if not named(call, "idOwner").owner:
        raise bad("idOwner", "owner")
    return call.text("idOwner")


def others(call: Call) -> dict[str, str]:
    """idAdmin, idTech and idBilling, which must not be owner contacts; the reseller's id is one that is not."""
    for parameter in ("idAdmin", "idTech", "idBilling"):
        if named(call, parameter).owner:
            raise bad(parameter, "not owner")
    return {parameter: call.text(parameter) for parameter in ("idAdmin", "idTech", "idBilling")}


def _create(call: Call) -> str:
    given = call.table("contact")
    if not given:
        raise bad("contact", "missing")
    data, additional = contactdata.read(given)
    is_owner = contactdata.owner_flag(given)
    key = new_id(call.account, data["firstName"], data["lastName"])
    call.account.contacts[key] = Contact(key, is_owner, data, additional)
    call.effect(key, idContact=key)
    return key


def _info(call: Call) -> dict[str, Any]:
    return views.contact(named(call))


def _update(call: Call) -> dict[str, Any]:
    """Both updates: a contact that is no owner is changed whole, an owner but for its identity."""
    contact, given = named(call), call.table("contact")
    for_owners = call.function.name == "contactOwnerUpdate"
    if contact.owner != for_owners:
        raise bad("idContact", "owner" if for_owners else "not owner")
    if contactdata.owner_flag(given) != contact.owner:
        raise bad("isOwner")
    data, additional = contactdata.read(given, identity=not for_owners)
    # Whether a changed identity is ignored or refused is not documented: the world can be told.
    changed = any(str(given.get(name) or contact.data[name]) != contact.data[name] for name in views.IDENTITY)
    if for_owners and changed and call.account.owner_identity == "refused":
        raise NetimFault(IDENTITY)
    return call.submit(Order(contact.contact_id, {"data": data, "additional": additional}))


def _apply_update(family: Netim, operation: Operation) -> dict[str, Any]:
    contact = family.account.contacts.get(operation.subject)
    if contact is None:
        raise Refused("gone")
    contact.data = {**contact.data, **operation.payload["data"]}
    contact.additional = operation.payload["additional"]
    return {}


def _delete(call: Call) -> dict[str, Any]:
    contact = named(call)
    if contact.contact_id == RESELLER or call.account.users(contact.contact_id):
        raise NetimFault(IN_USE)
    return call.submit(Order(contact.contact_id))


def _apply_delete(family: Netim, operation: Operation) -> dict[str, Any]:
    if family.account.users(operation.subject):
        raise Refused("linked")
    if family.account.contacts.pop(operation.subject, None) is None:
        raise Refused("gone")
    return {}


def _list(call: Call) -> list[dict[str, Any]]:
    field, pattern = call.optional("field", "idContact"), call.optional("filter")
    if field not in FIELDS:
        raise bad("field")
    return [
        views.contact_row(contact)
        for contact in call.account.contacts.values()
        if matches(contact.contact_id if field == "idContact" else contact.data.get(field, ""), pattern)
    ]


FUNCTIONS: dict[str, Handler] = {
    "contactCreate": _create,
    "contactInfo": _info,
    "contactUpdate": _update,
    "contactOwnerUpdate": _update,
    "contactDelete": _delete,
    "queryContactList": _list,
}
EFFECTS: dict[str, Effect] = {
    "contactUpdate": _apply_update,
    "contactOwnerUpdate": _apply_update,
    "contactDelete": _apply_delete,
}
