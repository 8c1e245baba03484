"""Inviting people by e-mail, and letting them in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPException

import structlog
from allauth.account.models import EmailAddress
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from panel.brand.models import Brand
from panel.people.models import Customer, Invitation, Membership, User

log = structlog.get_logger(__name__)
SALT = "panel.people.invitation"
VALID = timedelta(days=14)
# Who is invited with this looks after single names and is no member.
NO_ROLE = ""
_callbacks: list[Callable[[Invitation, User], None]] = []


class NotOpen(Exception):
    """The invitation was accepted before, or is too old."""


def invite(customer: Customer, email: str, role: str, *, invited_by: User | None, address: str) -> Invitation:
    """Ask `email` to act for the customer; asking again renews the open invitation and sends the link again.

    `address` is where the panel answers ("https://panel.example.com"): the link starts with it. The e-mail leaves
    after the transaction; when that fails, `sent_at` stays empty and the page says so.
    """
    values = {"role": role, "invited_by": invited_by, "expires_at": timezone.now() + VALID, "sent_at": None}
    with transaction.atomic():
        invitation, _created = Invitation.objects.update_or_create(
            customer=customer,
            email=email.strip().lower(),
            accepted_at=None,
            defaults=values,
            create_defaults={**values, "brand": customer.brand},
        )
        language = translation.get_language() or customer.brand.default_language
        transaction.on_commit(lambda: _send(invitation, address, language))
    return invitation


def invite_to_names(customer: Customer, email: str, *, by: User | None, address: str) -> Invitation:
    """Ask `email` to look after names of the customer, without a role; as invite() in all else.

    Who is invited to act for the customer as well stays so.
    """
    values = {"invited_by": by, "expires_at": timezone.now() + VALID, "sent_at": None}
    with transaction.atomic():
        invitation, _created = Invitation.objects.update_or_create(
            customer=customer,
            email=email.strip().lower(),
            accepted_at=None,
            defaults=values,
            create_defaults={**values, "brand": customer.brand, "role": NO_ROLE},
        )
        language = translation.get_language() or customer.brand.default_language
        transaction.on_commit(lambda: _send(invitation, address, language))
    return invitation


def on_acceptance(callback: Callable[[Invitation, User], None]) -> None:
    """Call `callback(invitation, user)` inside the transaction in which an invitation is accepted."""
    if callback not in _callbacks:
        _callbacks.append(callback)


def token_of(invitation: Invitation) -> str:
    """What the link in the e-mail carries."""
    return signing.dumps(invitation.public_id, salt=SALT)


def find(token: str, brand: Brand) -> Invitation | None:
    """The open invitation to this brand that the token was made for."""
    try:
        public_id = signing.loads(token, salt=SALT, max_age=VALID)
    except signing.BadSignature:
        return None
    found = Invitation.objects.filter(public_id=public_id, brand=brand)
    invitation = found.select_related("customer", "brand", "invited_by").first()
    return invitation if invitation is not None and invitation.is_open else None


def accept(invitation: Invitation, *, name: str = "", password: str | None = None) -> User:
    """Give the invited person the role, making an account where there is none. Raises NotOpen.

    Whoever holds the link reads the mailbox, so that the address counts as confirmed. An existing account keeps its
    password and name.
    """
    with transaction.atomic():
        taken = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, expires_at__gt=timezone.now())
        if not taken.update(accepted_at=timezone.now()):
            raise NotOpen(invitation.public_id)
        user = person_of(invitation.email)
        if user is None:
            user = User.objects.create_user(invitation.email, password, name=name)
            EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
        if invitation.customer is not None and invitation.role != NO_ROLE:
            Membership.objects.update_or_create(
                user=user, customer=invitation.customer, defaults={"role": invitation.role}
            )
        for callback in _callbacks:
            callback(invitation, user)
    return user


def person_of(email: str) -> User | None:
    """The account with this address, whatever its case."""
    return User.objects.filter(email__iexact=email).first()


def _send(invitation: Invitation, address: str, language: str) -> None:
    from django.urls import reverse

    brand = invitation.brand
    with translation.override(language):
        context = {
            "brand": brand,
            "invitation": invitation,
            "days": VALID.days,
            "url": address.rstrip("/") + reverse("invitation", args=[token_of(invitation)]),
        }
        message = EmailMultiAlternatives(
            _("%(brand)s: an invitation for you") % {"brand": brand.name},
            render_to_string("email/invitation.txt", context),
            brand.sender,
            [invitation.email],
        )
        message.attach_alternative(render_to_string("email/invitation.html", context), "text/html")
    try:
        message.send()
    except (SMTPException, OSError) as error:
        log.warning("invitation_not_sent", invitation=invitation.public_id, error=type(error).__name__)
        return
    Invitation.objects.filter(pk=invitation.pk).update(sent_at=timezone.now())
