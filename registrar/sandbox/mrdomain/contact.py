"""Module contact (manual 6)."""

from __future__ import annotations

from registrar.sandbox.mrdomain import contactdata, views
from registrar.sandbox.mrdomain.call import DONE, Action, Answer, Call
from registrar.sandbox.mrdomain.codes import ApiError
from registrar.sandbox.mrdomain.model import VERIFICATIONS, Contact


def create(call: Call) -> Answer:
    """6.1: the same data twice give two contacts."""
    contact = contactdata.add(call, contactdata.read(call))
    call.effect(contact.contact_id, contactID=contact.contact_id)
    return Answer(views.contact(contact), DONE)


def list_(call: Call) -> Answer:
    """6.2: every filter narrows the list."""
    params = call.params
    name, email = params.text("name").casefold(), params.text("email").casefold()
    exact = {"country": params.text("country").upper(), "ident_number": params.text("identNumber")}
    exact["verification"] = params.choice("verificationstatus", VERIFICATIONS, "")
    accepted = params.boolean("daaccepted") if "daaccepted" in params.values else None
    rows = [
        row
        for row in call.account.contacts.values()
        if (not name or name in f"{row.first_name} {row.last_name}\n{row.org_name}".casefold())
        and (not email or row.email.casefold() == email)
        and all(not wanted or getattr(row, field) == wanted for field, wanted in exact.items())
        and (accepted is None or row.da_accepted == accepted)
    ]
    query, part = call.page(rows, 1000)
    return Answer({"queryInfo": query, "contacts": [views.contact_row(row) for row in part]})


def _find(call: Call) -> Contact:
    contact = call.account.contacts.get(call.params.required("contactID"))
    if contact is None:
        raise ApiError(3001, "Contact not exists")
    return contact


def getinfo(call: Call) -> Answer:
    """6.3: the only infoType is data."""
    contact = _find(call)
    call.params.choice("infoType", ("data",), "data")
    return Answer(views.contact(contact))


def resendverificationmail(call: Call) -> Answer:
    """6.4: only while the data wait for verification, otherwise 3003."""
    contact = _find(call)
    if contact.verification not in ("inprocess", "failed"):
        raise ApiError(3003, f"Contact verification status: {contact.verification}")
    call.family.lifecycle.verify(contact)
    call.effect(contact.contact_id, contactID=contact.contact_id)
    row = views.contact_row(contact)
    del row["daaccepted"]
    return Answer(row, DONE)


ACTIONS: dict[str, Action] = {
    "contact/create": create,
    "contact/list": list_,
    "contact/getinfo": getinfo,
    "contact/resendverificationmail": resendverificationmail,
}
