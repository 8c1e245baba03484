"""The contact's kinds of operations."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from panel.contact.models import Contact, ContactHandle
from panel.operation.models import Operation
from panel.operation.registry import Absent, CannotVouch, Finding, Happened, Kind, Unclear, register
from panel.operation.states import Lane
from registrar import types

# Every one is a call at a registrar that bans for too many of them.
MOST_READS = 25


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
        older = set(
            ContactHandle.objects.filter(
                account=operation.account, created_at__lt=operation.created_at
            ).values_list("handle", flat=True)
        )
        wanted, page, reads = essence(content), 1, 0
        while True:
            listing = driver.contacts.list(page=page, email=content.email)
            for summary in listing.items:
                # What was known before this was ordered is another contact's, whatever its content.
                if summary.handle in older:
                    continue
                if reads == MOST_READS:
                    return Unclear(f"more than {MOST_READS} new contacts with this e-mail")
                reads += 1
                record: types.ContactRecord = driver.contacts.info(summary.handle)
                if essence(record.contact) == wanted:
                    return Happened(types.Done(record))
            if listing.is_last:
                return Absent(f"no contact with the same content among {listing.total} with this e-mail")
            page += 1

    def apply(self, operation: Operation, value: types.ContactRecord | None) -> dict[str, Any]:
        if value is None:
            return {"handle": self._seen(operation).handle}
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

    def _seen(self, operation: Operation) -> ContactHandle:
        """The copy for which a person vouches: what depends on it needs its handle. Raises CannotVouch."""
        alike = ContactHandle.objects.filter(
            Q(contact__isnull=True) | Q(contact_id=operation.payload["contact_pk"]),
            account=operation.account,
            fingerprint=operation.payload["fingerprint"],
        )
        handle = alike.order_by("pk").last()
        if handle is None:
            raise CannotVouch("no handle with this content is known: look again, or send it again")
        if handle.contact_id is None:
            handle.contact = Contact.objects.filter(pk=operation.payload["contact_pk"]).first()
            handle.save()
        return handle


def essence(content: types.Contact) -> dict[str, str]:
    """The content in letters and digits alone: registrars write telephones, cases and spaces their own way."""
    return {
        name: "".join(sign for sign in str(getattr(content, name)).casefold() if sign.isalnum())
        for name in types.Contact.__dataclass_fields__
    }
