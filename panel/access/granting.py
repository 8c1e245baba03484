"""Lending parts of names to people: invite, accept, change, take back. Each is one transaction with its event."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, Protocol

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from panel.access import mails
from panel.access.models import Grant, GrantEvent
from panel.access.parts import READ_ONLY, Level, Part
from panel.people import invitations
from panel.people.models import Customer, Invitation, User

Levels = Mapping[Part, Level]
What = GrantEvent.What


class NothingLent(ValueError):
    """No part would be lent: that is taking it back."""


class Name(Protocol):
    """A name of the mirror, as far as this must know it."""

    pk: int
    customer_id: int | None


@transaction.atomic
def lend(
    customer: Customer,
    names: Collection[Name],
    email: str,
    levels: Levels,
    *,
    until: date | None = None,
    note: str = "",
    by: User,
    address: str,
) -> list[Grant]:
    """Lend parts of the customer's names to whoever reads the mailbox `email`.

    Nothing is lent until the invitation is accepted; who has accepted one of this customer before has the names at once
    and is told by e-mail. A name that was lent to them before is lent as this says. `address` is where the panel
    answers: links start with it. Raises NothingLent.
    """
    kept = _kept(levels)
    email = email.strip().lower()
    known = _who_accepted(customer, email)
    invitation = None if known else invitations.invite_to_names(customer, email, by=by, address=address)
    end_of_others([name.pk for name in names], customer, by)
    grants = []
    for name in names:
        assert name.customer_id == customer.pk
        found, created = Grant.objects.select_for_update().get_or_create(
            domain_id=name.pk, email=email, revoked_at=None,
            defaults={"customer": customer, "levels": kept, "granted_by": by},
        )  # fmt: skip
        found.levels, found.until, found.note = kept, until, note
        if found.user_id is None:
            found.user, found.invitation = known, invitation
            found.accepted_at = timezone.now() if known else None
        found.save()
        _write(found, What.INVITED if created else What.CHANGED, by)
        grants.append(found)
    if known is not None:
        mails.tell(grants, mails.LENT, address=address)
    return grants


@transaction.atomic
def change(grant: Grant, levels: Levels, *, until: date | None, note: str, by: User, address: str) -> bool:
    """Lend more or less, or for longer; False where nothing is different. Raises NothingLent."""
    kept = _kept(levels)
    if (grant.levels, grant.until, grant.note) == (kept, until, note):
        return False
    told = (grant.levels, grant.until) != (kept, until)
    grant.levels, grant.until, grant.note = kept, until, note
    grant.save(update_fields=["levels", "until", "note", "updated_at"])
    _write(grant, What.CHANGED, by)
    if told and grant.user_id is not None:
        mails.tell([grant], mails.CHANGED, address=address)
    return True


@transaction.atomic
def take_back(grant: Grant, *, by: User | None, address: str = "") -> bool:
    """End it, for good and at once; False where that has been done before. With an `address` the person is told."""
    ended = Grant.objects.filter(pk=grant.pk, revoked_at=None).update(revoked_at=timezone.now())
    if not ended:
        return False
    grant.refresh_from_db(fields=["revoked_at"])
    _write(grant, What.REVOKED, by)
    if address and grant.user_id is not None:
        mails.tell([grant], mails.ENDED, address=address)
    return True


def end_of_others(
    name_pks: Iterable[int] | QuerySet[Any], customer: Customer | None, by: User | None
) -> None:
    """End what anybody but the names' customer lends of them, so that it does not come back with them one day."""
    stale = Grant.objects.filter(domain__in=name_pks, revoked_at=None).exclude(customer=customer)
    for grant in stale:
        take_back(grant, by=by)


def invite_again(grant: Grant, *, by: User, address: str) -> None:
    """Send the invitation once more, with a fresh link."""
    with transaction.atomic():
        again = invitations.invite_to_names(grant.customer, grant.email, by=by, address=address)
        waiting = Grant.objects.filter(customer=grant.customer, email=grant.email, user=None, revoked_at=None)
        waiting.update(invitation=again)


def accepted(invitation: Invitation, user: User) -> None:
    """Whoever accepted an invitation has what was lent with it."""
    waiting = Grant.objects.select_for_update().filter(invitation=invitation, user=None, revoked_at=None)
    for grant in waiting:
        grant.user, grant.accepted_at = user, timezone.now()
        grant.save(update_fields=["user", "accepted_at", "updated_at"])
        _write(grant, What.ACCEPTED, user)


def _kept(levels: Levels) -> dict[str, str]:
    """The levels as they are stored: without what is disabled, and nothing above what can be."""
    kept = {}
    for part in Part:
        level = levels.get(part, Level.DISABLED)
        if level == Level.WRITE and part in READ_ONLY:
            level = Level.READ
        if level != Level.DISABLED:
            kept[part.value] = level.value
    if not kept:
        raise NothingLent
    return kept


def _who_accepted(customer: Customer, email: str) -> User | None:
    before = Grant.objects.filter(customer=customer, email=email, user__isnull=False, user__is_active=True)
    grant = before.select_related("user").first()
    return grant.user if grant is not None else None


def _write(grant: Grant, what: What, by: User | None) -> None:
    GrantEvent.objects.create(
        grant=grant,
        what=what,
        actor=by,
        impersonator=by.impersonated_by if by is not None else None,
        levels=grant.levels,
        until=grant.until,
    )
