"""Several workers and people at the same operation at the same moment, on connections of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from panel.account import breaker, gateway
from panel.account.models import Account
from panel.billing import ledger
from panel.billing.models import Entry
from panel.operation import engine, services, sweep
from panel.operation.models import Operation
from panel.operation.states import FINAL, State
from registrar import errors
from tests.operation.test_engine import NAME, creations, finish

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*actions: Callable[[], Any]) -> list[Any]:
    """Run the actions in threads that start together; their results in order, an exception as itself."""
    results: list[Any] = [None] * len(actions)
    ready = threading.Barrier(len(actions))

    def run(number: int, action: Callable[[], Any]) -> None:
        try:
            ready.wait(10)
            results[number] = action()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


@pytest.fixture
def ready(order_name: Callable[..., Any], run_due: Callable[..., int]) -> Operation:
    """A registration that is due to be sent."""
    operation: Operation = order_name(NAME)
    run_due(hurry=True)
    past = timezone.now() - timedelta(seconds=5)
    Operation.objects.filter(pk=operation.pk).update(next_check_at=past)
    operation.refresh_from_db()
    return operation


def test_workers_that_get_the_same_message_send_once(
    ready: Operation, run_due: Any, sandbox: Any, customer: Any
) -> None:
    at_once(*[lambda: engine.run(ready.pk)] * 6)

    assert ready.attempts.count() == 1
    assert finish(ready, run_due, sandbox).state == State.SUCCEEDED
    assert len(creations(sandbox)) == 1
    assert ledger.balance(customer) == Decimal(500) - ready.price


def test_recording_and_recovery_of_the_same_claim_exclude_each_other(
    ready: Operation, run_due: Any, sandbox: Any, customer: Any
) -> None:
    claimed = engine.claim(ready.pk)
    assert claimed is not None
    late, _purpose = claimed
    kind = engine.registry.kind_for(late.kind)
    Operation.objects.filter(pk=ready.pk).update(lease_until=timezone.now() - timedelta(seconds=1))

    at_once(
        lambda: engine.record_refusal(late, kind, errors.Refused("no")),
        lambda: sweep.recover(quarantine=0),
        lambda: engine.record_refusal(late, kind, errors.Refused("no")),
    )

    ready.refresh_from_db()
    ends = ready.events.filter(from_state=State.SENDING).count()
    assert ends == 1
    assert ready.state in (State.UNKNOWN, State.FAILED)
    assert ledger.held(customer) == (0 if ready.state == State.FAILED else ready.price)


def test_opposite_verdicts_settle_the_money_once(
    ready: Operation, run_due: Any, staff: Any, customer: Any
) -> None:
    Operation.objects.filter(pk=ready.pk).update(state=State.ATTENTION)
    verdicts = (services.it_happened, services.give_up, services.send_again, services.look_again)

    done = at_once(
        *[lambda verdict=verdict: verdict(ready, actor=staff, reason="seen") for verdict in verdicts]
    )

    ready.refresh_from_db()
    assert done.count(True) >= 1
    assert not [result for result in done if isinstance(result, Exception)]
    assert ready.events.filter(from_state=State.ATTENTION).count() == 1
    ended = Entry.objects.filter(operation=ready, kind__in=["capture", "release"]).count()
    assert ended == (1 if ready.state in FINAL else 0)


def test_same_intent_in_several_transactions_is_one_operation(registrar_account: Account) -> None:
    def plan() -> int:
        return services.plan(
            "domain.refresh",
            subject="domain:soler-estudio.com",
            label="soler-estudio.com",
            account=registrar_account,
            intent_key="the intent",
            payload={},
        ).pk

    planned = at_once(*[plan] * 5)

    assert planned == [Operation.objects.get().pk] * 5


def test_same_top_up_in_several_transactions_is_booked_once(customer: Any) -> None:
    def pay() -> int:
        entry = ledger.top_up(
            customer, Decimal(50), reason="bank transfer", actor=None, idempotency_key="transfer-1"
        )
        return entry.pk

    booked = at_once(*[pay] * 5)

    assert len(set(booked)) == 1
    assert ledger.balance(customer) == Decimal(550)


def test_rest_that_the_registrar_asked_for_is_not_shortened_by_others(registrar_account: Account) -> None:
    Account.objects.update(failures=breaker.BREAKER_AFTER - 1)
    with ExitStack() as answered, ExitStack() as silent:
        answered.enter_context(gateway.open_account(registrar_account, "sync"))
        silent.enter_context(pytest.raises(errors.NotSent))
        silent.enter_context(gateway.open_account(registrar_account, "sync"))
        with pytest.raises(errors.RateLimited), gateway.open_account(registrar_account, "sync"):
            raise errors.RateLimited("blocked", after=600, reason="blocked")
        raise errors.NotSent("no connection")

    registrar_account.refresh_from_db()
    assert registrar_account.failures == 0
    assert registrar_account.retry_after > timezone.now() + timedelta(seconds=500)
