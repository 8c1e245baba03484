"""Telling staff by e-mail what waits for a person: once when it begins, again only after it was over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from panel.account.models import Account, AccountState, Alert
from panel.account.queries import low_accounts
from panel.operation import health, job_words, slots
from panel.operation.models import Operation
from panel.operation.states import State, WaitingFor
from panel.people.models import User

log = structlog.get_logger(__name__)

# Keys of troubles of the machine itself.
SILENT, JOB = "silent", "job:"


@dataclass(frozen=True, slots=True)
class Trouble:
    """What waits for a person. `key` stays the same as long as it is the same trouble."""

    key: str
    text: str


def troubles() -> list[Trouble]:
    """Everything that waits for a person now."""
    found = _silence()
    found += [
        Trouble(
            f"stopped:{account.public_id}",
            _("%(account)s is stopped: the registrar refuses its credentials. Its orders wait.")
            % {"account": account.label},
        )
        for account in Account.objects.filter(state=AccountState.STOPPED)
    ]
    found += [
        Trouble(
            f"low:{account.public_id}",
            _("%(account)s has %(balance)s %(currency)s left.")
            % {"account": account.label, "balance": account.balance, "currency": account.currency},
        )
        for account in low_accounts()
    ]
    parked = Operation.objects.filter(state=State.QUEUED, waiting_for=WaitingFor.FUNDS)
    found += [
        Trouble(
            f"funds:{account.public_id}",
            _("Orders wait because %(account)s has not enough money. Top it up and they go on.")
            % {"account": account.label},
        )
        for account in Account.objects.filter(operations__in=parked).distinct()
    ]
    found += [
        Trouble(
            f"attention:{operation.public_id}",
            _("%(operation)s (%(label)s) needs a decision: nobody could prove what became of it.")
            % {"operation": operation.public_id, "label": operation.label},
        )
        for operation in Operation.objects.filter(state=State.ATTENTION).order_by("pk")[:200]
    ]
    return found


def _silence() -> list[Trouble]:
    """The machine stands still, or is too slow for what is due."""
    found = []
    if (silent := health.silence()) is not None:
        text = _("The clock or the workers have stood still for %(minutes)s minutes: nothing is sent.")
        found.append(Trouble(SILENT, text % {"minutes": _minutes(silent)}))
    found += [
        Trouble(
            f"late:{line.lane}",
            _("%(lane)s: %(number)s due, the oldest for %(minutes)s minutes. Are there enough workers?")
            % {"lane": line.lane.label, "number": line.number, "minutes": _minutes(line.oldest)},
        )
        for line in health.late_lines()
    ]
    found += [
        Trouble(
            f"{JOB}{job.name}",
            _("%(job)s: not done for %(age)s, though it is due %(often)s. The workers' log says why.")
            % {
                "job": job_words.label(job.name),
                "age": job_words.lasting(job.silent or job.every),
                "often": job_words.often(job.every),
            },
        )
        for job in health.late_jobs()
    ]
    return found


def _minutes(age: timedelta) -> int:
    return round(age.total_seconds() / 60)


def tell_staff() -> int:
    """Mail what is new, forget what is over. Returns how many new troubles were mailed."""
    with override(settings.LANGUAGE_CODE):
        now = {trouble.key: trouble for trouble in troubles()}
        over = Alert.objects.exclude(key__in=now)
        if SILENT in now:
            # While everything stands still no job is named. Those that were late before are not over for that.
            over = over.exclude(key__startswith=JOB)
        over.delete()
        new = [trouble for trouble in now.values() if _is_new(trouble)]
        if new:
            _mail(new)
    return len(new)


def tell_silence() -> int:
    """Mail staff in the place of the clock or the workers when they cannot. Returns how many troubles were mailed.

    Called by the web processes: these mails are periodic work too, and would fall silent with the rest.
    """
    slots.expect()
    return tell_staff() if _silence() else 0


def _is_new(trouble: Trouble) -> bool:
    try:
        with transaction.atomic():
            _alert, created = Alert.objects.get_or_create(key=trouble.key, defaults={"text": trouble.text})
    except IntegrityError:
        return False
    return created


def _mail(new: list[Trouble]) -> None:
    recipients = list(User.objects.filter(is_staff=True, is_active=True).values_list("email", flat=True))
    lines = [f"- {trouble.text}" for trouble in new]
    lines += ["", _("See %(address)s") % {"address": f"{settings.PUBLIC_URL}/office/"}]
    subject = _("Nameward: %(count)s matters wait for you") % {"count": len(new)}
    message = EmailMessage(subject, "\n".join(lines), settings.DEFAULT_FROM_EMAIL, bcc=recipients)
    try:
        message.send()
    except OSError as error:
        # They are told at the next round: an alert that nobody could be sent was not raised.
        Alert.objects.filter(key__in=[trouble.key for trouble in new]).delete()
        log.error("staff_not_told", error=type(error).__name__)
