"""Who a name is ordered for: kept with the order, and found again when it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from panel.contact.models import Contact, ContactHandle
from panel.contact.operations import content_from
from panel.contact.validation import validate_extra
from panel.operation.models import Operation
from registrar import FAMILIES, ExtraWith, types
from registrar.tld import fields_for


def as_payload(contact: Contact) -> dict[str, str]:
    """A contact's content as an operation keeps it."""
    content = contact.content()
    return {**asdict(content), "type": str(content.type)}


def owner_of(operation: Operation) -> ContactHandle | None:
    """The registrant's handle, or None at a registrar that takes contacts as content only."""
    handle = operation.payload["owner"]
    if operation.depends_on is not None:
        handle = operation.depends_on.result["handle"]
    return ContactHandle.objects.get(account=operation.account, handle=handle) if handle else None


def registrant_of(operation: Operation) -> types.Contact:
    """What was ordered to be the registrant."""
    if "registrant" in operation.payload:
        return content_from({"contact": operation.payload["registrant"]})
    # Planned before the content was kept with the order.
    handle = owner_of(operation)
    assert handle is not None
    return content_from({"contact": handle.content})


def extra_of(operation: Operation) -> dict[str, str]:
    """The fields of the extension, unless the registrar has them with the registrant's contact already."""
    if FAMILIES[operation.account.family].extra_with == ExtraWith.CONTACT:
        return {}
    return {**operation.payload["extra"], **operation.secrets.get("extra", {})}


def split_extra(
    family: str, tld_name: str, action: str, contact_type: str, given: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str], dict[str, list[Any]]]:
    """What an extension asks ("create" or "transfer"), out of what was given: plain, secret, and what is wrong."""
    cleaned, problems = validate_extra(family, tld_name, action, contact_type, given)
    hidden = {item.name for item in fields_for(family, tld_name, action) if item.secret}
    plain = {name: value for name, value in cleaned.items() if name not in hidden}
    return plain, {name: value for name, value in cleaned.items() if name in hidden}, problems
