"""Handing a name from one customer to another of the same brand, with the consent of both. No registrar is asked."""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPException

import structlog
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from panel.access.actor import Actor
from panel.access.granting import end_of_others
from panel.access.scopes import customer_of
from panel.brand.services import address_of
from panel.domain import farewell
from panel.domain.handover_models import Handover
from panel.domain.models import Domain
from panel.domain.operations_glue import of_hosts_below
from panel.domain.refusals import CannotDo, NotNow
from panel.domain.tags.services import forget_tags
from panel.operation.clock import from_now
from panel.operation.models import Operation
from panel.operation.states import OPEN, Lane
from panel.people.models import User

log = structlog.get_logger(__name__)

LASTS = timedelta(days=14)
AT_ONCE = 100
State = Handover.State


class TakenBack(CannotDo):
    """The offer stands no more: it was answered, withdrawn, or the name is somebody else's by now."""

    def __init__(self) -> None:
        super().__init__("offer_over")


def offers_to(actor: Actor) -> QuerySet[Handover]:
    """What others offer to the person: to their address, by customers of the same brand, still open."""
    customer = customer_of(actor)
    open_ones = Handover.objects.filter(state=State.OFFERED, lapses_at__gt=Now())
    mine = open_ones.filter(email__iexact=actor.user.email, giver__brand=customer.brand_id)
    return mine.exclude(giver=customer).select_related("domain", "giver")


def offer_of(domain: Domain) -> Handover | None:
    """The open offer of a name."""
    return domain.handovers.filter(state=State.OFFERED, lapses_at__gt=Now()).first()


@transaction.atomic
def offer(domain: Domain, email: str, *, actor: User) -> Handover:
    """Offer a customer's name to an address; an offer that is open already is returned, whoever it is for.

    Nobody learns whether the address belongs to somebody. Raises NotNow while something is under way about the name.
    """
    assert domain.customer is not None
    _require_quiet(domain)
    Handover.objects.filter(domain=domain, state=State.OFFERED, lapses_at__lte=Now()).update(
        state=State.LAPSED
    )
    try:
        with transaction.atomic():
            return Handover.objects.create(
                domain=domain, giver=domain.customer, offered_by=actor, email=email.strip().lower(),
                lapses_at=from_now(LASTS.total_seconds()),
            )  # fmt: skip
    except IntegrityError:
        return Handover.objects.get(domain=domain, state=State.OFFERED)


@transaction.atomic
def accept(offered: Handover, actor: Actor) -> Domain:
    """Take the name over for the actor's customer. What was paid and done before stays with who did it.

    Raises TakenBack, and NotNow while something is under way about the name.
    """
    domain = (
        Domain.objects.select_for_update(of=("self",)).select_related("account").get(pk=offered.domain_id)
    )
    if domain.customer_id != offered.giver_id:
        raise TakenBack
    _require_quiet(domain)
    taker = customer_of(actor)
    if not _answer(offered, State.ACCEPTED, actor.user, taker=taker):
        raise TakenBack
    farewell.keep(domain, actor=actor.user)
    domain.customer = taker
    domain.save(update_fields=["customer", "updated_at"])
    forget_tags([domain.pk], taker)
    end_of_others([domain.pk], taker, actor.user)
    log.info("name_handed_over", name=domain.name, giver=offered.giver.public_id, taker=taker.public_id)
    return domain


def decline(offered: Handover, actor: Actor) -> bool:
    """Refuse the name. False when the offer stood no more."""
    return _answer(offered, State.DECLINED, actor.user)


def withdraw(offered: Handover, actor: User) -> bool:
    """Take the offer back. False when it was answered already."""
    return _answer(offered, State.WITHDRAWN, actor)


def _answer(offered: Handover, state: str, user: User, **more: object) -> bool:
    rows = Handover.objects.filter(pk=offered.pk, state=State.OFFERED, lapses_at__gt=Now())
    return rows.update(state=state, answered_by=user, answered_at=Now(), **more) == 1


def _require_quiet(domain: Domain) -> None:
    """Raise NotNow unless nothing is under way about the name: who has paid for it must also have it."""
    about = Operation.objects.filter(
        Q(subject=domain.subject) | of_hosts_below(domain.name),
        account=domain.account, state__in=sorted(OPEN),
    )  # fmt: skip
    if about.exclude(lane=Lane.SYNC).exists():
        raise NotNow("under_way")


def run() -> tuple[int, int]:
    """Mail those who may accept, and end offers that nobody answered. Returns how many were mailed, and ended."""
    lapsed = Handover.objects.filter(state=State.OFFERED, lapses_at__lte=Now()).update(state=State.LAPSED)
    waiting = Handover.objects.filter(state=State.OFFERED, told_at=None).order_by("pk")
    rows = waiting.select_related("domain", "giver__brand", "offered_by")[:AT_ONCE]
    return sum(_tell(row) for row in rows), lapsed


def _tell(row: Handover) -> bool:
    # Noted before it is sent: with two beats somebody is told once, not twice.
    if Handover.objects.filter(pk=row.pk, told_at=None).update(told_at=Now()) != 1:
        return False
    members = Q(memberships__customer__brand=row.giver.brand)
    person = User.objects.filter(members, email__iexact=row.email, is_active=True).distinct().first()
    if person is None:
        return False
    try:
        _message(row, person).send()
    except (SMTPException, OSError) as error:
        Handover.objects.filter(pk=row.pk).update(told_at=None)
        log.warning("taker_not_told", handover=row.public_id, error=type(error).__name__)
        return False
    return True


def _message(row: Handover, person: User) -> EmailMultiAlternatives:
    brand = row.giver.brand
    with translation.override(person.language or brand.default_language):
        context = {
            "brand": brand,
            "recipient_name": person.get_full_name(),
            "offer": row,
            "url": address_of(brand) + reverse("handovers", urlconf="panel.urls"),
        }
        subject = _("%(brand)s: %(giver)s offers you %(name)s") % {
            "brand": brand.name, "giver": row.giver.name, "name": row.domain.unicode_name,
        }  # fmt: skip
        message = EmailMultiAlternatives(
            subject, render_to_string("email/handover.txt", context), brand.sender, [person.email]
        )
        message.attach_alternative(render_to_string("email/handover.html", context), "text/html")
    return message
