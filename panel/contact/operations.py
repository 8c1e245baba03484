"""The contact's kinds of operations."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from panel.contact.models import Contact, ContactHandle, fingerprint
from panel.operation.models import Operation
from panel.operation.registry import Absent, Finding, Happened, Kind, register
from panel.operation.states import Lane
from registrar import types


def content_from(payload: dict[str, Any]) -> types.Contact:
    """The contact inside an operation's payload."""
    return types.Contact(**{**payload["contact"], "type": types.ContactType(payload["contact"]["type"])})


@register
class CreateContact(Kind):
    """Copy a contact to a registrar. Found again by its content, since no API de-duplicates."""

    name = "contact.create"
    lane = Lane.MONEY
    deadline = timedelta(days=2)

    def submit(self, operation: Operation, driver: Any) -> types.Outcome[types.ContactRecord]:
        outcome: types.Outcome[types.ContactRecord] = driver.contacts.create(content_from(operation.payload))
        return outcome

    def poll(self, operation: Operation, driver: Any) -> types.Outcome[types.ContactRecord]:
        return types.Done(driver.contacts.info(operation.reference))

    def reconcile(self, operation: Operation, driver: Any) -> Finding:
        content = content_from(operation.payload)
        wanted = fingerprint(content)
        page = 1
        while True:
            listing = driver.contacts.list(page=page, email=content.email)
            for summary in listing.items:
                record: types.ContactRecord = driver.contacts.info(summary.handle)
                if fingerprint(record.contact) == wanted:
                    return Happened(types.Done(record))
            if listing.is_last:
                return Absent(f"no contact with the same content among {listing.total} with this e-mail")
            page += 1

    def apply(self, operation: Operation, value: types.ContactRecord | None) -> dict[str, Any]:
        if value is None:
            return {}
        handle, _created = ContactHandle.objects.update_or_create(
            account=operation.account,
            handle=value.handle,
            defaults={
                "contact": Contact.objects.filter(pk=operation.payload["contact_pk"]).first(),
                "fingerprint": operation.payload["fingerprint"],
                "content": operation.payload["contact"],
                "verification": value.verification,
                "seen_at": timezone.now(),
            },
        )
        return {"handle": handle.handle}
