"""The breaker and the error budget of an account: shared by all workers, by the database's clock."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from panel.account import breaker, gateway, throttle
from panel.account.models import Account
from panel.operation.clock import from_now
from registrar import errors

pytestmark = pytest.mark.django_db
HOURS = timedelta(hours=2)


def call(account: Account, error: Exception | None = None) -> None:
    """One call by a worker that has read the account anew, as each does."""
    with gateway.open_account(Account.objects.get(pk=account.pk), "customer"):
        if error is not None:
            raise error


def silence(account: Account, times: int) -> None:
    for _ in range(times):
        with pytest.raises(errors.OutcomeUnknown):
            call(account, errors.OutcomeUnknown("no answer"))


def rest_is_over() -> None:
    Account.objects.update(retry_after=from_now(-1))


def test_silence_opens_the_breaker_after_some_calls_and_not_before(registrar_account: Account) -> None:
    silence(registrar_account, breaker.BREAKER_AFTER - 1)
    call(registrar_account)
    silence(registrar_account, breaker.BREAKER_AFTER)

    with pytest.raises(errors.RateLimited) as refused:
        call(registrar_account)

    assert refused.value.reason == throttle.OUR_OWN_LIMIT
    assert 0 < refused.value.after <= breaker.BREAKER_SECONDS + 1


def test_one_call_tries_after_the_rest_while_the_others_wait(registrar_account: Account) -> None:
    silence(registrar_account, breaker.BREAKER_AFTER)
    rest_is_over()

    with gateway.open_account(registrar_account, "customer"):
        refused = 0
        for _ in range(5):
            with pytest.raises(errors.RateLimited):
                call(registrar_account)
            refused += 1

    assert refused == 5
    call(registrar_account)
    registrar_account.refresh_from_db()
    assert (registrar_account.failures, registrar_account.retry_after) == (0, None)


def test_one_of_two_that_come_at_once_tries(registrar_account: Account) -> None:
    silence(registrar_account, breaker.BREAKER_AFTER)
    rest_is_over()
    registrar_account.refresh_from_db()

    until = breaker.enter(registrar_account)

    assert until is not None
    with pytest.raises(errors.RateLimited, match="another call tries"):
        breaker.enter(registrar_account)


def test_call_that_tries_in_vain_lengthens_the_rest(registrar_account: Account, settings: Any) -> None:
    settings.OPERATION_CALL_SECONDS = 1
    silence(registrar_account, breaker.BREAKER_AFTER)
    rest_is_over()

    silence(registrar_account, 1)

    registrar_account.refresh_from_db()
    assert registrar_account.retry_after > timezone.now() + timedelta(seconds=breaker.BREAKER_SECONDS * 2 - 5)


def test_success_of_the_call_that_tried_leaves_a_longer_rest_that_was_asked_for(
    registrar_account: Account,
) -> None:
    silence(registrar_account, breaker.BREAKER_AFTER)
    rest_is_over()

    with gateway.open_account(registrar_account, "customer"):
        breaker.rest_as_asked(registrar_account, errors.RateLimited("slow down", after=600))

    registrar_account.refresh_from_db()
    assert registrar_account.retry_after > timezone.now() + timedelta(seconds=500)


@pytest.mark.parametrize("off", [HOURS, -HOURS], ids=["ahead", "behind"])
def test_clock_of_the_worker_does_not_count(registrar_account: Account, time_machine: Any, off: Any) -> None:
    now = timezone.now()
    time_machine.move_to(now + off, tick=True)
    silence(registrar_account, breaker.BREAKER_AFTER)

    registrar_account.refresh_from_db()
    assert now < registrar_account.retry_after < now + timedelta(seconds=60)
    with pytest.raises(errors.RateLimited):
        call(registrar_account)


def test_refusals_spend_the_error_budget_and_then_the_account_rests(
    registrar_account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(throttle.RATES, "error", throttle.Rate(per_minute=0.001, burst=3))
    for _ in range(4):
        with pytest.raises(errors.Refused):
            call(registrar_account, errors.Refused("no", reason="taken"))

    with pytest.raises(errors.RateLimited, match="too many refusals: no"):
        call(registrar_account)


def test_answers_and_what_a_driver_cannot_say_cost_nothing(
    registrar_account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(throttle.RATES, "error", throttle.Rate(per_minute=0.001, burst=1))
    for _ in range(3):
        call(registrar_account)
        with pytest.raises(errors.NotSupported):
            call(registrar_account, errors.NotSupported("domain.trade"))

    call(registrar_account)
    assert Account.objects.get().retry_after is None


def test_wait_for_our_own_bucket_does_not_use_up_the_turn_to_try(
    registrar_account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    silence(registrar_account, breaker.BREAKER_AFTER)
    rest_is_over()
    monkeypatch.setitem(throttle.RATES, "sync", throttle.Rate(per_minute=0.001, burst=0))
    with (
        pytest.raises(errors.RateLimited, match="our own limit"),
        gateway.open_account(registrar_account, "sync"),
    ):
        raise AssertionError("nothing was to be opened")

    call(registrar_account)

    assert Account.objects.get().failures == 0
