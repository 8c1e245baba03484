"""Reminders of the end of a name's term: which are due, and who is told, once.

A month before, a week before and within five days after the expiry, as ICANN's Expired Registration Recovery Policy
asks of registrars, for every extension alike. Only what is settled is told: nothing is under way about the name, and it
was read within a day. What is not is read first and told in a later run, while its time lasts.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from smtplib import SMTPException

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat, Now
from django.utils import timezone

from panel.account.models import AccountState
from panel.domain.models import Domain, subject_of
from panel.domain.operations import plan_refresh
from panel.domain.operations_renew import RENEWABLE
from panel.domain.renewal.mail import message
from panel.domain.renewal.models import Reminder
from panel.operation.clock import from_now
from panel.operation.models import Operation
from panel.operation.states import OPEN
from panel.people.models import Customer
from registrar.types import RenewalMode

log = structlog.get_logger(__name__)

Kind = Reminder.Kind
# Days until the expiry, from the first on which it is told to the last on which that still makes sense.
WINDOWS: Mapping[Kind, tuple[int, int]] = {Kind.MONTH: (30, 14), Kind.WEEK: (7, 0), Kind.AFTER: (-3, -14)}
# What customers are told of: names that are theirs and can be kept, or had back.
TOLD = RENEWABLE | {Domain.Status.REDEMPTION}
# Mails are for the day; the hours before are for reading what is due on it (UTC).
MORNING = time(7)
READ_WITHIN = timedelta(days=1)
# Something under way that changes neither the term nor whose name it is holds a reminder back for so long only.
OTHERS_HOLD = timedelta(days=1)
OF_THE_TERM = (
    "domain.create",
    "domain.transfer",
    "domain.renew",
    "domain.renewal_mode",
    "domain.restore",
    "domain.delete",
    "domain.refresh",
)
CLAIM_SECONDS = 3600
READINGS_AT_ONCE = 300
CUSTOMERS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Claim:
    """Reminders of one customer that this worker alone sends now."""

    customer: Customer
    rows: list[Reminder]


def run() -> tuple[int, int]:
    """One turn: have read what is due and not known well enough, and mail what is. Returns how many of each."""
    read = read_first()
    return read, sum(tell(pk) for pk in customers_to_tell()) if is_day() else 0


def is_day() -> bool:
    """Whether mails go out at this hour."""
    return timezone.now().time() >= MORNING


def read_first() -> int:
    """Plan a reading of names that are due today or tomorrow and were not read lately. Returns how many."""
    known = Q(detailed_at__gte=timezone.now() - READ_WITHIN)
    rows = _due(Domain.objects.exclude(known), ahead=1).filter(account__state=AccountState.ACTIVE)
    names = list(rows.select_related("account").order_by("expires_on", "pk")[:READINGS_AT_ONCE])
    with transaction.atomic():
        for domain in names:
            plan_refresh(domain.name, domain.account, key=f"remind:{timezone.localdate()}")
    return len(names)


def customers_to_tell() -> list[int]:
    """The customers with something to be told now, who were told nothing yet today."""
    told_today = Reminder.objects.filter(customer=OuterRef("customer"), sent_at__gte=_midnight())
    rows = _settled(_due(Domain.objects.all())).exclude(Exists(told_today))
    return list(rows.order_by("customer").values_list("customer", flat=True).distinct()[:CUSTOMERS_AT_ONCE])


def tell(customer_pk: int) -> bool:
    """Mail a customer what is due at this moment, all in one. True if that was sent; what was not is free again."""
    claim = _claim(customer_pk)
    if claim is None:
        return False
    mail = message(claim.customer, claim.rows)
    mine = Reminder.objects.filter(claim=claim.rows[0].claim)
    try:
        mail.send()
    except (SMTPException, OSError) as error:
        mine.update(claimed_at=None)
        log.warning("customer_not_reminded", customer=claim.customer.public_id, error=type(error).__name__)
        return False
    mine.update(sent_at=timezone.now(), sent_to=mail.to)
    return True


@transaction.atomic
def _claim(customer_pk: int) -> Claim | None:
    """Claim what is due for a customer, or None where that is nothing, or somebody else's at this moment."""
    locked = Customer.objects.select_for_update(of=("self",), no_key=True).select_related("brand")
    customer = locked.filter(pk=customer_pk, is_active=True).first()
    rows = Reminder.objects.filter(customer=customer_pk)
    if customer is None or rows.filter(Q(sent_at__gte=_midnight()) | _being_sent()).exists():
        return None
    token = uuid.uuid4().hex
    for kind in WINDOWS:
        due = _settled(_due(Domain.objects.filter(customer=customer), kinds=[kind]))
        _take(due, kind, token)
    taken = (
        Reminder.objects.filter(claim=token).select_related("domain__account").order_by("expires_on", "pk")
    )
    found = list(taken)
    return Claim(customer, found) if found else None


def _take(domains: Iterable[Domain], kind: Kind, token: str) -> None:
    """Write the rows of a claim; one that an earlier, broken claim left is taken over."""
    Reminder.objects.bulk_create(
        [_claimed(domain, kind, token) for domain in domains],
        update_conflicts=True,
        unique_fields=["domain", "expires_on", "kind"],
        update_fields=["customer", "renews", "claim", "claimed_at"],
    )


def _claimed(domain: Domain, kind: Kind, token: str) -> Reminder:
    assert domain.customer_id is not None
    assert domain.expires_on is not None
    return Reminder(
        domain=domain,
        customer_id=domain.customer_id,
        expires_on=domain.expires_on,
        kind=kind,
        renews=domain.renewal_mode == RenewalMode.AUTOMATIC,
        claim=token,
        claimed_at=Now(),
    )


def _due(domains: QuerySet[Domain], *, kinds: list[Kind] | None = None, ahead: int = 0) -> QuerySet[Domain]:
    """Those of which something is to be told today and was not; `ahead` counts that many further days as today."""
    today = timezone.localdate()
    wanted = Q(pk__in=[])
    for kind in kinds or list(WINDOWS):
        first, last = WINDOWS[kind]
        told = Reminder.objects.filter(domain=OuterRef("pk"), expires_on=OuterRef("expires_on"), kind=kind)
        done = told.filter(Q(sent_at__isnull=False) | _being_sent())
        span = (today + timedelta(days=last), today + timedelta(days=first + ahead))
        wanted |= Q(expires_on__range=span) & ~Q(Exists(done))
    return domains.filter(wanted, customer__is_active=True, status__in=TOLD, missing_since__isnull=True)


def _being_sent() -> Q:
    return Q(sent_at__isnull=True, claimed_at__gt=from_now(-CLAIM_SECONDS))


def _settled(domains: QuerySet[Domain]) -> QuerySet[Domain]:
    """Those that were read lately and about which nothing is under way."""
    open_ones = Operation.objects.filter(
        Q(kind__in=OF_THE_TERM) | Q(created_at__gte=timezone.now() - OTHERS_HOLD),
        subject=Concat(Value(subject_of("")), OuterRef("name")),
        state__in=sorted(OPEN),
    )
    return domains.filter(detailed_at__gte=timezone.now() - READ_WITHIN).exclude(Exists(open_ones))


def _midnight() -> datetime:
    """When today began, in the panel's time zone."""
    return datetime.combine(timezone.localdate(), time(), timezone.get_current_timezone())
