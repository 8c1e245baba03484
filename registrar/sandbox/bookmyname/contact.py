"""Contacts: contact_create, _update, _delete, _info and _list."""

from __future__ import annotations

from typing import Any

from registrar.sandbox.bookmyname import contactdata, countries
from registrar.sandbox.bookmyname.call import Call, Function
from registrar.sandbox.bookmyname.codes import Answer, Refusal
from registrar.sandbox.bookmyname.model import DIST_ID, Contact
from registrar.sandbox.bookmyname.numbers import whole


def add(call: Call, fields: dict[str, str], parent_id: int = DIST_ID) -> Contact:
    """A new contact; raises -2 where its name has no letter to make a handle from."""
    account = call.account
    letters = contactdata.initials(fields)
    if not letters:
        raise Refusal(-2)
    account.contact_serial += call.family.world.dice("contact", account.contact_serial).randint(1, 9)
    number = account.contact_serial
    handle = f"{letters}{number % 1000}-FREE"
    if handle in account.handles:
        handle = f"{letters}{number}-FREE"
    contact = Contact(number, parent_id, handle, call.now, call.now, call.ip, fields)
    return account.add_contact(contact)


def shown(call: Call, contact: Contact) -> dict[str, Any]:
    """The contact as retfields."""
    return contactdata.view(contact, call.account.switches.countries)


def create(call: Call) -> Answer:
    """ASSUMPTION: the manual's 0/0 "ID doesn't exist" is about pays_id and region_id."""
    sent = call.mapping(0)
    if sent is None:
        raise Refusal(-3)
    fields = {**contactdata.DEFAULTS, **contactdata.canonical(sent)}
    if not contactdata.complete(fields):
        raise Refusal(-4)
    region = fields.get("region_id", "")
    if not countries.known(fields["pays_id"]) or (region and not countries.known_region(region)):
        raise Refusal(0)
    contact = add(call, fields)
    call.effect(str(contact.id), sent, id=contact.id, handle=contact.handle)
    return Answer(contact.id, shown(call, contact))


def _one(call: Call) -> Contact:
    """The contact that the first parameter names. Raises 0 and -2."""
    contact = call.account.contacts.get(whole(call.text(0)))
    if contact is None:
        raise Refusal(0)
    if not call.account.is_own(contact):
        raise Refusal(-2)
    return contact


def update(call: Call) -> Answer:
    """ASSUMPTION: keys that are not sent keep their value; an array without any key to write lacks elements."""
    contact = _one(call)
    if contact.status != "Active":
        raise Refusal(-3)
    sent = call.mapping(1)
    if sent is None:
        raise Refusal(-4)
    changes = contactdata.canonical(sent)
    fields = {**contact.fields, **changes}
    if not changes or not contactdata.complete(fields) or not countries.known(fields["pays_id"]):
        raise Refusal(-5)
    contact.fields, contact.lastupdate, contact.lastupdate_ip = fields, call.now, call.ip
    call.effect(str(contact.id), changes, id=contact.id)
    return Answer(contact.id, shown(call, contact))


def delete(call: Call) -> Answer:
    """ASSUMPTION: a deleted contact keeps its id with status Deleted, and cannot be deleted twice."""
    contact = _one(call)
    if contact.status == "Deleted":
        raise Refusal(0)
    if contact.id == DIST_ID or any(
        contact.id in domain.contacts.values() for domain in call.account.domains.values()
    ):
        raise Refusal(-3)
    contact.status, contact.lastupdate, contact.lastupdate_ip = "Deleted", call.now, call.ip
    call.effect(str(contact.id), {}, id=contact.id)
    return Answer(contact.id, shown(call, contact))


def info(call: Call) -> Answer:
    """By handle, or by id with an empty handle. Somebody else's contact does not exist here: there is no -2."""
    account, handle = call.account, call.text(0)
    number = account.handles.get(handle, -1) if handle else whole(call.text(1))
    contact = account.contacts.get(number)
    if contact is None or not account.is_own(contact):
        raise Refusal(0)
    if contact.status == "Deleted" and account.switches.deleted_contacts == "absent":
        raise Refusal(0)
    return Answer(contact.id, shown(call, contact))


def listing(call: Call) -> Answer:
    """The contacts that the reseller has made. ASSUMPTION: shape (a switch), no deleted ones, dist_id as retval."""
    rows = [
        contact
        for contact in call.account.contacts.values()
        if contact.parent_id == DIST_ID and contact.id != DIST_ID and contact.status != "Deleted"
    ]
    rows = rows[: max(0, len(rows) - call.omit)]
    if not rows:
        raise Refusal(0)
    shape = call.account.switches.contact_list
    if shape == "ids":
        return Answer(DIST_ID, [contact.id for contact in rows])
    if shape == "map":
        return Answer(DIST_ID, {str(contact.id): contact.handle for contact in rows})
    return Answer(DIST_ID, [shown(call, contact) for contact in rows])


FUNCTIONS: dict[str, Function] = {
    "contact_create": create,
    "contact_update": update,
    "contact_delete": delete,
    "contact_info": info,
    "contact_list": listing,
}
