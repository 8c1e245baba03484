"""The worker's half of a check of nameservers: asking all of them at once, and writing down what each said."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import structlog
from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from panel.account import gateway
from panel.core import nameservers
from panel.core.nameservers import Address, NoAnswer, Reply
from panel.domain.asking.checks import OPEN, AskedSet, Purpose, State, ZoneCheck, sets_of
from panel.domain.asking.models import NameserverAnswer, NameserverCheck
from panel.operation.clock import from_now
from registrar import errors, types

log = structlog.get_logger(__name__)

AT_ONCE = 6
# Longer than the slowest round: three servers after each other, each silent over UDP and TCP and without an address.
LEASE_SECONDS = 60
LONGEST_REPORT = 20_000


@dataclass(frozen=True, slots=True)
class Said:
    """A nameserver's answer in our words, as a whole and for each set."""

    state: str
    sets: tuple[str, ...] = ()


def answer(check_pk: int) -> None:
    """Ask everybody whose answer is open. One worker at a time; safe to run any number of times."""
    free = NameserverCheck.objects.filter(Q(busy_until__isnull=True) | Q(busy_until__lt=Now()), pk=check_pk)
    if free.update(busy_until=from_now(LEASE_SECONDS)) != 1:
        return
    try:
        check = NameserverCheck.objects.select_related("domain__account").get(pk=check_pk)
        _ask_all(check)
        if check.zone_check == ZoneCheck.PENDING:
            _ask_registrar(check)
    finally:
        NameserverCheck.objects.filter(pk=check_pk).update(busy_until=None)


def _ask_all(check: NameserverCheck) -> None:
    states = OPEN if check.purpose == Purpose.SERVED else {State.PENDING}
    rows = list(check.answers.filter(state__in=states))
    at = settings.SANDBOX_DNS if check.domain.account.is_sandbox else None
    ask = partial(said_of, name=check.domain.name, sets=sets_of(check), at=at)
    with ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="nameservers") as pool:
        # The threads only ask: what they bring is written down here.
        for row, said in zip(rows, pool.map(ask, [row.server for row in rows]), strict=True):
            NameserverAnswer.objects.filter(pk=row.pk).update(
                state=said.state, sets=list(said.sets), asked_at=timezone.now()
            )


def said_of(server: str, *, name: str, sets: list[AskedSet], at: Address | None) -> Said:
    """Ask one nameserver for every set, or for the zone's SOA where there is none to ask for."""
    try:
        if not sets:
            reply = nameservers.ask(server, name, "SOA", at=at)
            return Said(State.SERVES if reply.is_of_the_zone and reply.values else State.REFUSED)
        words: list[str] = []
        for item in sets:
            reply = nameservers.ask(server, item.name, item.type, at=at)
            if not reply.is_of_the_zone:
                return Said(State.REFUSED)
            words.append(_word(item, reply))
    except NoAnswer as error:
        return Said({"unknown": State.UNKNOWN, "private": State.PRIVATE}.get(error.reason, State.SILENT))
    return Said(_whole(words), tuple(words))


def _word(item: AskedSet, reply: Reply) -> str:
    if reply.values == item.new:
        # Only the time to live has changed: then that is what tells them apart.
        return State.NEW if item.ttl is None or reply.ttl == item.ttl else State.OLD
    return State.OLD if reply.values == item.old else State.OTHER


def _whole(words: list[str]) -> str:
    if len(set(words)) == 1:
        return words[0]
    return State.PARTLY if State.NEW in words else State.OTHER


def _ask_registrar(check: NameserverCheck) -> None:
    """The registrar's own check of the proposed servers. It is no more than advice: without it there is none."""
    names = list(check.answers.values_list("server", flat=True))
    result: dict[str, str] = {"zone_check": ZoneCheck.SILENT}
    try:
        with gateway.open_account(check.domain.account, "check") as driver:
            found: types.ZoneCheck = driver.tools.zone_check(check.domain.name, names)
        word = ZoneCheck.PASSED if found.passed else ZoneCheck.FAILED
        result = {"zone_check": word, "zone_report": found.report[:LONGEST_REPORT]}
    except errors.NotSupported:
        result = {"zone_check": ZoneCheck.NONE}
    except errors.RegistrarError as error:
        log.info("zone_check_failed", name=check.domain.name, error=type(error).__name__)
    NameserverCheck.objects.filter(pk=check.pk).update(**result)
