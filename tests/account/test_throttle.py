"""Politeness: how many calls an account may make before it is told to wait."""

from __future__ import annotations

from typing import Any

import pytest

from panel.account import throttle
from panel.account.models import Account
from registrar import errors

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _slow(monkeypatch: pytest.MonkeyPatch) -> None:
    for call_class in ("customer", "error"):
        monkeypatch.setitem(throttle.RATES, call_class, throttle.Rate(per_minute=0.001, burst=2))


def taken(account: Account, call_class: str) -> int:
    """How many calls are let through in a row."""
    count = 0
    while count < 50:
        try:
            throttle.take(account, call_class)
        except errors.RateLimited:
            break
        count += 1
    return count


def test_calls_beyond_the_burst_are_told_to_wait(registrar_account: Account) -> None:
    assert taken(registrar_account, "customer") == 2


def test_calls_at_an_agreed_pace_are_as_many_times_more(registrar_account: Account, settings: Any) -> None:
    settings.REGISTRAR_PACE = 5

    assert taken(registrar_account, "customer") == 10


def test_refusals_at_an_agreed_pace_are_watched_as_before(registrar_account: Account, settings: Any) -> None:
    settings.REGISTRAR_PACE = 5

    assert taken(registrar_account, "error") == 2
