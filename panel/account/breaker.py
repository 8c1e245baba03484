"""When an account is left alone, shared by all workers through the database and by its clock.

It rests when its registrar asks for that, when it did not answer several times in a row (the breaker), and when it has
said no too often (the error budget): registrars count errors, and block accounts that make too many. When the rest of a
breaker is over, one call tries; the others wait for what becomes of it.
"""

from __future__ import annotations

from datetime import datetime

import structlog
from django.conf import settings
from django.db.models import Case, F, Q, When
from django.db.models.functions import Now

from panel.account import throttle
from panel.account.models import Account
from panel.account.throttle import OUR_OWN_LIMIT
from panel.core.text import storable
from panel.operation.clock import age_of, from_now
from registrar import errors

log = structlog.get_logger(__name__)

BREAKER_AFTER = 5
BREAKER_SECONDS = 15
BREAKER_LONGEST = 600
REST_SECONDS = 60
# Waits that concern one call: our own bucket, one extension whose registry is in maintenance, one name that is busy.
OF_ONE_CALL_ONLY = frozenset({OUR_OWN_LIMIT, "maintenance", "busy"})


def refuse_rest(account: Account) -> None:
    """Raise RateLimited, with the wait in seconds, while the account rests. Brings its `failures` up to date."""
    row = Account.objects.order_by().annotate(past=age_of(F("retry_after")))
    past, why, account.failures = row.values_list("past", "last_failure", "failures").get(pk=account.pk)
    if past is not None and past.total_seconds() < 0:
        _refuse(-past.total_seconds() + 1, why or "the registrar did not answer several times in a row")


def enter(account: Account) -> datetime | None:
    """Let one call through an open breaker whose rest is over. Raises RateLimited for all others.

    The account's `failures` are as refuse_rest() read them. Returns until when the others wait for it, or None when the
    breaker is closed and anybody may call.
    """
    if account.failures < BREAKER_AFTER:
        return None
    wait = settings.OPERATION_CALL_SECONDS
    ready = Account.objects.filter(pk=account.pk, failures__gte=BREAKER_AFTER).exclude(retry_after__gt=Now())
    if ready.update(retry_after=from_now(wait)) != 1:
        account.refresh_from_db(fields=["failures"])
        if account.failures >= BREAKER_AFTER:
            _refuse(wait, "another call tries whether the registrar answers again")
        return None
    account.refresh_from_db(fields=["retry_after"])
    return account.retry_after


def count_failure(account: Account, error: errors.RegistrarError) -> None:
    """No answer: after some in a row the account rests, for longer each time."""
    Account.objects.filter(pk=account.pk).update(failures=F("failures") + 1)
    account.refresh_from_db(fields=["failures"])
    _note(account, storable(error))
    if account.failures >= BREAKER_AFTER:
        _rest(account, min(BREAKER_SECONDS * 2 ** min(account.failures - BREAKER_AFTER, 10), BREAKER_LONGEST))


def count_success(account: Account, probe: datetime | None) -> None:
    """The registrar answers again. A rest that others asked for meanwhile stays: this call may have begun before it."""
    over = Q(retry_after__lte=Now())
    if probe is not None:
        over |= Q(retry_after__lte=probe)
    rest = Case(When(over, then=None), default=F("retry_after"))
    troubled = Account.objects.filter(over | Q(failures__gt=0), pk=account.pk)
    troubled.update(failures=0, retry_after=rest)


def count_error(account: Account, error: errors.RegistrarError) -> None:
    """A no costs a token of the account's error budget; without one left, the account rests."""
    if isinstance(error, errors.NotSupported):
        # Said by the driver, without a call.
        return
    try:
        throttle.take(account, "error")
    except errors.RateLimited:
        _note(account, f"too many refusals: {storable(error, 500)}")
        _rest(account, REST_SECONDS)
        log.warning("error_budget_spent", account=account.label)


def rest_as_asked(account: Account, error: errors.RateLimited) -> None:
    """A registrar that asks for a pause gets it from the whole account: more calls would only prolong it."""
    if error.reason in OF_ONE_CALL_ONLY:
        return
    seconds = error.after or REST_SECONDS
    _note(account, storable(error))
    _rest(account, seconds)
    log.warning("account_rests", account=account.label, seconds=seconds, error=storable(error))


def _refuse(wait: float, why: str) -> None:
    raise errors.RateLimited(f"this account rests: {why}", after=wait, reason=OUR_OWN_LIMIT)


def _note(account: Account, why: str) -> None:
    Account.objects.filter(pk=account.pk).update(last_failure=why, last_failure_at=Now())


def _rest(account: Account, seconds: float) -> None:
    """Never earlier than what was asked for before: several workers may learn of different rests at once."""
    until = from_now(seconds)
    Account.objects.filter(pk=account.pk).exclude(retry_after__gt=until).update(retry_after=until)
