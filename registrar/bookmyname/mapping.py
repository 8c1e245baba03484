"""The registrar's replies as our types. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from registrar.bookmyname.client import Reply
from registrar.bookmyname.country import country_code
from registrar.errors import NotFound
from registrar.transport import reading
from registrar.types import (
    Contact,
    ContactRecord,
    ContactSummary,
    ContactType,
    OperationRecord,
    OperationStatus,
    TableRow,
)

CONTACT_TYPES: Mapping[str, ContactType] = {
    "particulier": ContactType.INDIVIDUAL,
    "societe": ContactType.ORGANIZATION,
    "association": ContactType.ORGANIZATION,
    "autre": ContactType.ORGANIZATION,
}

OPERATION_STATUS: Mapping[str, OperationStatus] = {
    "wait": OperationStatus.PENDING,
    "toprocess": OperationStatus.PENDING,
    "done": OperationStatus.DONE,
    "error": OperationStatus.FAILED,
}


def fields(reply: Reply) -> Mapping[str, Any]:
    """The retfields of a reply that must have some."""
    found = reading.mapping(reply.fields, "retfields")
    if not found:
        raise reading.unreadable("retfields is empty")
    return found


def transaction(reply: Reply) -> str:
    """The id of the transaction that a write began: retval, and retfields.tid where that is told too."""
    if reply.retval < 1:
        raise reading.unreadable("a transaction without a number")
    told = reading.mapping(reply.fields, "retfields") if reply.fields not in (None, "") else {}
    if "tid" in told and reading.whole(told, "tid") != reply.retval:
        raise reading.unreadable("two numbers for one transaction")
    return str(reply.retval)


def contact_record(reply: Reply) -> ContactRecord:
    """contact_create, contact_update and contact_info. The handle is the number, as domains name it."""
    data = fields(reply)
    if reading.whole(data, "id") != reply.retval:
        raise reading.unreadable("retval and id are not the same")
    return _contact(data)


def contact_shown(reply: Reply) -> ContactRecord:
    """contact_info. Raises NotFound for a contact that is only remembered."""
    record = contact_record(reply)
    if _is_gone(fields(reply)):
        raise NotFound(f"contact {record.handle} is deleted", reason="contact")
    return record


def _is_gone(data: Mapping[str, Any]) -> bool:
    return reading.text(data, "status", default="").lower() == "deleted"


def _contact(data: Mapping[str, Any]) -> ContactRecord:
    lines = [reading.text(data, key, default="").strip() for key in ("adresse1", "adresse2")]
    numbers = [reading.text(data, key, default="").strip() for key in ("siret", "numero_tva")]
    return ContactRecord(
        handle=str(reading.whole(data, "id")),
        contact=Contact(
            type=contact_type(data),
            first_name=reading.text(data, "prenom", default=""),
            last_name=reading.text(data, "nom", default=""),
            organization=reading.text(data, "societe", default=""),
            identification=next((number for number in numbers if number), ""),
            email=reading.text(data, "email", default=""),
            phone=reading.text(data, "telephone", default=""),
            fax=reading.text(data, "telecopie", default=""),
            address="\n".join(line for line in lines if line),
            postal_code=reading.text(data, "cp", default=""),
            city=reading.text(data, "ville", default=""),
            state="",
            country=country_code(reading.text(data, "pays", default="")),
            language=reading.text(data, "lang", default="").lower(),
        ),
        nic_handle=reading.text(data, "handle", default=""),
    )


def contact_type(data: Mapping[str, Any]) -> ContactType:
    """The legal form; a word that the manual does not have is unreadable."""
    found = CONTACT_TYPES.get(reading.required(data, "formejuridique").lower())
    if found is None:
        raise reading.unreadable("formejuridique")
    return found


def contact_list(reply: Reply) -> tuple[ContactSummary | str, ...]:
    """contact_list: records like those of contact_info, or only their numbers ("contact-list-shape")."""
    found = reply.fields
    if not found:
        return ()
    if isinstance(found, list):
        rows: list[tuple[str | None, Any]] = [(None, row) for row in found]
    else:
        rows = list(reading.mapping(found, "retfields").items())
    return tuple(
        _line(number, row) for number, row in rows if not (isinstance(row, Mapping) and _is_gone(row))
    )


def _line(number: str | None, row: Any) -> ContactSummary | str:
    """One entry: its record, or its number, which is the key where entries have one."""
    if isinstance(row, Mapping):
        return contact_summary(_contact(row))
    return str(reading.whole({"id": row if number is None else number}, "id"))


def contact_summary(record: ContactRecord) -> ContactSummary:
    """A contact as a line of a list."""
    content = record.contact
    person = f"{content.first_name} {content.last_name}".strip()
    return ContactSummary(
        handle=record.handle,
        type=content.type,
        name=content.organization or person,
        email=content.email,
        country=content.country,
        identification=content.identification,
    )


def table(reply: Reply) -> tuple[TableRow, ...]:
    """api_paysid and api_regionid: a map of numbers and names ("undescribed-functions")."""
    rows = fields(reply)
    if not all(number.isdecimal() for number in rows):
        raise reading.unreadable("a table whose numbers are none")
    return tuple(TableRow(number, reading.required(rows, number)) for number in rows)


def operation(reply: Reply) -> OperationRecord:
    """api_status: the word stands in retfields ("undescribed-functions")."""
    data = fields(reply)
    raw = reading.required(data, "status")
    return OperationRecord(
        reference=str(reading.whole(data, "tid")) if "tid" in data else "",
        status=OPERATION_STATUS.get(raw.lower(), OperationStatus.UNKNOWN),
        raw_status=raw,
    )
