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
from registrar import errors, types

# Every one is a call at a registrar that bans for too many of them.
MOST_READS = 25


def content_from(payload: dict[str, Any]) -> types.Contact:
    """The contact inside an operation's payload, or kept with a handle."""
    kept = payload["contact"]
    known = {name: kept[name] for name in types.Contact.__dataclass_fields__ if name in kept}
    return types.Contact(**{**known, "type": types.ContactType(kept["type"])})


@register
class CreateContact(Kind):
    """Copy a contact to a registrar. Found again by its content, since no API de-duplicates."""

    name = "contact.create"
    lane = Lane.MONEY
    deadline = timedelta(days=2)

    def submit(self, operation: Operation, driver: Any) -> types.Outcome[types.ContactRecord]:
        extra = {**operation.payload.get("extra", {}), **operation.secrets.get("extra", {})}
        outcome: types.Outcome[types.ContactRecord] = driver.contacts.create(
            content_from(operation.payload),
            is_owner=operation.payload.get("is_owner", True),
            tld=operation.payload.get("tld", ""),
            extra=extra,
            domain=operation.payload.get("domain", ""),
        )
        return outcome

    def poll(self, operation: Operation, driver: Any) -> types.Outcome[types.ContactRecord]:
        return types.Done(driver.contacts.info(operation.reference))

    def reconcile(self, operation: Operation, driver: Any) -> Finding:
        content = content_from(operation.payload)
        # Another's, whatever its content: known before this was ordered, or made for another contact since.
        foreign = Q(created_at__lt=operation.created_at)
        foreign |= Q(contact__isnull=False) & ~Q(contact_id=operation.payload["contact_pk"])
        others = set(
            ContactHandle.objects.filter(foreign, account=operation.account).values_list("handle", flat=True)
        )
        page, reads = 1, 0
        while True:
            listing = _alike(driver, content, page)
            for summary in listing.items:
                if summary.handle in others or not _may_be(summary, content):
                    continue
                if reads == MOST_READS:
                    return Unclear(f"more than {MOST_READS} new contacts that could be it")
                reads += 1
                record: types.ContactRecord = driver.contacts.info(summary.handle)
                apart = record.is_owner not in (None, operation.payload.get("is_owner", True))
                if same_content(record.contact, content) and not apart:
                    return Happened(types.Done(record))
            if listing.is_last:
                return Absent(f"no contact with the same content among the {listing.total} that were listed")
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


def _alike(driver: Any, content: types.Contact, page: int) -> types.Page[types.ContactSummary]:
    """A page of the account's contacts, narrowed down as far as the registrar's list can."""
    for wanted in ({"email": content.email}, {"name": content.organization or content.last_name}):
        try:
            listing: types.Page[types.ContactSummary] = driver.contacts.list(page=page, **wanted)
        except errors.NotSupported:
            continue
        return listing
    whole: types.Page[types.ContactSummary] = driver.contacts.list(page=page)
    return whole


def _may_be(summary: types.ContactSummary, content: types.Contact) -> bool:
    """Whether a line of a list, which may tell little, could be this content."""
    name = _letters(content.organization or content.last_name)
    return not (summary.name and name not in _letters(summary.name)) and not (
        summary.email and _letters(summary.email) != _letters(content.email)
    )


def same_content(shown: types.Contact, sent: types.Contact) -> bool:
    """Whether a registrar shows what was sent. What it does not keep, it cannot show: that proves nothing."""
    seen, wanted = essence(shown), essence(sent)
    named = seen["email"] and (seen["last_name"] or seen["organization"])
    return bool(named) and all(wanted[name] == value for name, value in seen.items() if value)


def essence(content: types.Contact) -> dict[str, str]:
    """The content in letters and digits alone: registrars write telephones, cases and spaces their own way."""
    return {
        name: _letters(str(getattr(content, name)))
        for name in types.Contact.__dataclass_fields__
        # Its own choice where we made none.
        if name != "language"
    }


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())
