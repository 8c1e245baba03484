"""Whether a contact's e-mail address is confirmed at the registrars that ask for it, and asking the person again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from panel.contact.models import Contact, ContactHandle
from panel.operation.models import Operation
from panel.operation.registry import RepeatableKind, register
from panel.operation.services import plan
from panel.operation.states import OPEN, Lane
from panel.people.models import User
from registrar import FAMILIES, types

METHOD = "contact.resend_verification"
# In these a registrar waits for the person, and names that they own may be switched off.
UNCONFIRMED = frozenset({types.Verification.IN_PROCESS, types.Verification.FAILED})
# The one that wants something done is told first.
WORST_FIRST = (types.Verification.FAILED, types.Verification.IN_PROCESS, types.Verification.VERIFIED)


class NothingToConfirm(Exception):
    """No copy of the contact waits for the person, or none can be asked about from here."""


class _Reading(RepeatableKind):
    """Leaves the copy with the state that its registrar shows."""

    deadline = timedelta(hours=6)

    def apply(self, operation: Operation, value: types.ContactRecord | None) -> dict[str, Any]:
        if value is not None:
            rows = ContactHandle.objects.filter(account=operation.account, handle=operation.payload["handle"])
            now = timezone.now()
            rows.update(verification=value.verification, seen_at=now, updated_at=now)
        return {}


@register
class ResendContactVerification(_Reading):
    """Send the person the e-mail with which they confirm their address. A second one does no harm.

    Looked at before: a registrar refuses to send one where nothing is left to confirm.
    """

    name = "contact.resend_verification"
    calls = 3

    def submit(self, operation: Operation, driver: Any) -> types.Outcome[types.ContactRecord]:
        handle = operation.payload["handle"]
        record: types.ContactRecord = driver.contacts.info(handle)
        if record.verification in UNCONFIRMED:
            driver.contacts.resend_verification(handle)
            record = driver.contacts.info(handle)
        return types.Done(record)


@register
class ReadContactVerification(_Reading):
    """Read whether the person has confirmed their address meanwhile."""

    name = "contact.read_verification"
    lane = Lane.SYNC

    def submit(self, operation: Operation, driver: Any) -> types.Outcome[types.ContactRecord]:
        return types.Done(driver.contacts.info(operation.payload["handle"]))


@dataclass(frozen=True, slots=True)
class Confirmation:
    """How a contact stands with all registrars that ask for a confirmation: as the worst of its copies does."""

    state: types.Verification
    handles: tuple[ContactHandle, ...]

    @property
    def waits(self) -> bool:
        """Whether the person has something to do."""
        return self.state in UNCONFIRMED


def confirmation_of(contact: Contact) -> Confirmation | None:
    """How the contact stands, or None where no registrar that holds a copy asks for it or tells."""
    handles = [
        handle for handle in contact.handles.select_related("account").order_by("pk") if _is_asked(handle)
    ]
    for state in WORST_FIRST:
        if any(handle.verification == state for handle in handles):
            return Confirmation(state, tuple(handles))
    return None


def _is_asked(handle: ContactHandle) -> bool:
    return FAMILIES[handle.account.family].capabilities.find(METHOD).usable


def under_way(contact: Contact) -> Operation | None:
    """What is being asked or read about it."""
    kinds = (ResendContactVerification.name, ReadContactVerification.name)
    return Operation.objects.filter(
        kind__in=kinds, subject__in=[_subject(handle) for handle in contact.handles.all()], state__in=OPEN
    ).first()


@transaction.atomic
def plan_resend(contact: Contact, *, actor: User | None) -> list[Operation]:
    """Plan to ask the person again wherever it waits for them. Raises NothingToConfirm."""
    found = confirmation_of(contact)
    waiting = [handle for handle in found.handles if handle.verification in UNCONFIRMED] if found else []
    return _plan(ResendContactVerification.name, contact, waiting, actor)


@transaction.atomic
def plan_check(contact: Contact, *, actor: User | None) -> list[Operation]:
    """Plan to read how it stands now. Raises NothingToConfirm."""
    found = confirmation_of(contact)
    return _plan(ReadContactVerification.name, contact, found.handles if found else (), actor)


def _plan(
    kind: str, contact: Contact, handles: Sequence[ContactHandle], actor: User | None
) -> list[Operation]:
    if not handles:
        raise NothingToConfirm
    planned = []
    for handle in handles:
        rows = Operation.objects.filter(kind=kind, subject=_subject(handle))
        planned.append(
            rows.filter(state__in=OPEN).first()
            or plan(
                kind,
                subject=_subject(handle),
                label=contact.display_name,
                account=handle.account,
                intent_key=f"{kind}:{handle.pk}:{rows.count()}",
                payload={"handle": handle.handle},
                customer=contact.customer,
                actor=actor,
            )
        )
    return planned


def _subject(handle: ContactHandle) -> str:
    return f"contact-handle:{handle.pk}"
