"""Politeness: token buckets per registrar account and class of calls, shared by all workers through the database."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import F
from django.db.models.functions import Now

from panel.account.models import Account, Throttle
from registrar import errors


@dataclass(frozen=True, slots=True)
class Rate:
    """A bucket that refills with `per_minute` tokens a minute up to `burst`."""

    per_minute: float
    burst: float


# MrDomain's manual (1.3, 5.1) gives no number and bans for mass checks; these are our own, cautious ones.
RATES = {
    "money": Rate(per_minute=120, burst=30),
    "customer": Rate(per_minute=90, burst=30),
    "sync": Rate(per_minute=60, burst=30),
    "check": Rate(per_minute=60, burst=30),
    # Not calls but their refusals: "the number of operations and errors" is watched (1.3).
    "error": Rate(per_minute=20, burst=40),
}
MOST_RACES = 20
OUR_OWN_LIMIT = "our_own_limit"
# Refusals are watched by the registrar however quickly it lets itself be called.
AT_OUR_PACE = "error"


def take(account: Account, call_class: str, tokens: int = 1) -> None:
    """Take tokens for calls about to be made. Raises RateLimited, with the wait in seconds, when there are none."""
    rate = _rate(call_class)
    for _ in range(MOST_RACES):
        row, _created = Throttle.objects.annotate(now=Now()).get_or_create(
            account=account, call_class=call_class, defaults={"tokens": rate.burst, "refilled_at": Now()}
        )
        if _created:
            continue
        elapsed = max((row.now - row.refilled_at).total_seconds(), 0.0)
        filled = min(rate.burst, row.tokens + elapsed * rate.per_minute / 60)
        if filled < tokens:
            raise errors.RateLimited(
                f"our own limit for {call_class} calls",
                after=(tokens - filled) * 60 / rate.per_minute,
                reason=OUR_OWN_LIMIT,
            )
        mine = Throttle.objects.filter(pk=row.pk, version=row.version)
        if mine.update(tokens=filled - tokens, refilled_at=row.now, version=F("version") + 1) == 1:
            return
    raise errors.RateLimited("too many workers at once", after=1.0, reason=OUR_OWN_LIMIT)


def _rate(call_class: str) -> Rate:
    """The rate of a class, REGISTRAR_PACE times as quick where that many calls were agreed on."""
    rate = RATES[call_class]
    if call_class == AT_OUR_PACE:
        return rate
    return Rate(rate.per_minute * settings.REGISTRAR_PACE, rate.burst * settings.REGISTRAR_PACE)
