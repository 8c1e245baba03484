"""Staff act as a customer's person: the session becomes that person's, with nothing of the staff member's in it.

See docs/decisions/0014-impersonation.md.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.middleware.csrf import rotate_token
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from panel.access.actor import Actor, actor_for
from panel.access.models import Ending, Impersonation
from panel.people.activity import IMPERSONATION
from panel.people.models import Membership, User

log = structlog.get_logger(__name__)

# What the staff member's password was when this began: another one ends it.
STAFF_HASH = "impersonation_staff_hash"
BROWSER_IS_OPEN = 0


class NotAllowed(Exception):
    """Nobody acts as this person: staff, superusers, and who may not sign in."""


def may_act_as(member: Membership) -> bool:
    """Whether staff may act as this member of a customer. Needs `user` and `customer`."""
    return member.user.is_active and _is_no_staff(member.user) and member.customer.is_active


def start(request: HttpRequest, member: Membership, reason: str) -> Impersonation:
    """Become the member in this session, for IMPERSONATION_MINUTES. Raises NotAllowed.

    The view has asked for the staff member's password just before.
    """
    staff = request.user
    assert isinstance(staff, User)
    if not staff.is_active or not staff.is_staff or not may_act_as(member):
        raise NotAllowed
    now = timezone.now()
    row = Impersonation.objects.create(
        staff=staff,
        user=member.user,
        customer=member.customer,
        reason=reason,
        started_at=now,
        until=now + timedelta(minutes=settings.IMPERSONATION_MINUTES),
    )
    staff_hash = staff.get_session_auth_hash()
    _become(request, member.user, row.until)
    request.session[IMPERSONATION] = row.public_id
    request.session[STAFF_HASH] = staff_hash
    log.info(
        "impersonation_started",
        impersonation=row.public_id,
        staff=staff.public_id,
        user=member.user.public_id,
    )
    return row


def acting_actor(request: HttpRequest) -> Actor | None:
    """Who asks in a session of acting: the person, with who acts as it. None where it is over; the row says so then.

    The person has the rights of its membership and no others: not those of running a brand, nor what other customers
    lent it.
    """
    row = _row(request)
    if row is None or row.ended_at is not None:
        return None
    if row.until <= timezone.now():
        _close(row, Ending.TIME, row.until)
        return None
    person, staff = row.user, row.staff
    actor = None
    if person is not None and person.pk == request.user.pk and _is_no_staff(person):
        actor = actor_for(person, row.customer.brand, row.customer_id)
    if actor is None or actor.customer != row.customer or not _still_staff(request, staff):
        _close(row, Ending.WITHDRAWN, timezone.now())
        return None
    actor.user.impersonated_by = staff
    return replace(actor, is_staff=False, is_brand_admin=False, is_delegate=False, impersonation=row)


def end(request: HttpRequest, row: Impersonation) -> None:
    """The staff member's own session again: until the browser is closed, and with the password to be typed anew."""
    assert row.staff is not None
    _close(row, Ending.BUTTON, timezone.now())
    _become(request, row.staff, BROWSER_IS_OPEN)


@receiver(user_logged_out)
def _signed_out(request: HttpRequest | None = None, **rest: Any) -> None:
    row = _row(request) if request is not None and hasattr(request, "session") else None
    if row is not None:
        _close(row, Ending.SIGNED_OUT, timezone.now())


def _row(request: HttpRequest) -> Impersonation | None:
    found = Impersonation.objects.select_related("staff", "user", "customer__brand")
    public_id = request.session.get(IMPERSONATION)
    return found.filter(public_id=public_id).first() if public_id else None


def _is_no_staff(person: User) -> bool:
    return not person.is_staff and not person.is_superuser


def _still_staff(request: HttpRequest, staff: User | None) -> bool:
    if staff is None or not staff.is_active or not staff.is_staff:
        return False
    return constant_time_compare(request.session.get(STAFF_HASH, ""), staff.get_session_auth_hash())


def _close(row: Impersonation, ending: Ending, at: datetime) -> None:
    """Write down the end, once."""
    if Impersonation.objects.filter(pk=row.pk, ended_at=None).update(ended_at=at, ending=ending):
        log.info("impersonation_ended", impersonation=row.public_id, ending=str(ending))


def _become(request: HttpRequest, user: User, expiry: datetime | int) -> None:
    """As django.contrib.auth.login(): a fresh session under a new key. But nobody signed in, so nobody is told so:
    not the person's last sign-in, nor its list of devices.
    """
    request.session.flush()
    request.session[SESSION_KEY] = str(user.pk)
    request.session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    request.session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    request.session.set_expiry(expiry)
    request.user = user
    rotate_token(request)
