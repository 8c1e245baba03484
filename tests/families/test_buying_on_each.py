"""A name is bought, followed, read and listed in the same way at every registrar."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from panel.account import runs
from panel.account.models import SyncRun
from panel.billing import ledger
from panel.domain import tasks
from panel.domain.models import Domain
from panel.operation.models import Operation
from panel.operation.states import State
from tests.conftest import control
from tests.families.conftest import PLACES

pytestmark = pytest.mark.django_db
NAME = "quiet-harbor-lights.com"
FAMILIES = list(PLACES)


def finish(operation: Operation, run_due: Callable[..., int], settle: Callable[[], None]) -> Operation:
    """Let workers and registrar go on until the operation is over."""
    for _ in range(8):
        run_due(hurry=True)
        settle()
        operation.refresh_from_db()
        if operation.is_final:
            break
    return operation


@pytest.mark.parametrize("family", FAMILIES)
def test_name_is_bought_once_and_becomes_the_customers(
    family: str,
    make_account: Any,
    dollars: None,
    order_name: Any,
    run_due: Any,
    settle: Any,
    effects: Any,
    customer: Any,
) -> None:
    account = make_account(family)
    before = ledger.balance(customer)

    operation = finish(order_name(NAME), run_due, settle)

    assert (operation.state, operation.note) == (State.SUCCEEDED, operation.note)
    assert len(effects(family, NAME)) == 1
    domain = Domain.objects.get(name=NAME)
    assert (domain.account, domain.customer, domain.status) == (account, customer, "active")
    assert domain.expires_on is not None
    assert ledger.balance(customer) == before - operation.price


@pytest.mark.parametrize("family", FAMILIES)
def test_reading_shows_registrant_and_nameservers(
    family: str, make_account: Any, dollars: None, order_name: Any, run_due: Any, settle: Any
) -> None:
    make_account(family)
    finish(order_name(NAME), run_due, settle)

    for _ in range(4):
        run_due(hurry=True)

    domain = Domain.objects.get(name=NAME)
    assert domain.detailed_at is not None
    assert domain.owner is not None
    assert domain.owner.content["last_name"] == "Morel"
    assert len(domain.nameservers) >= 2


@pytest.mark.parametrize("kind", ["timeout_after", "reset_after", "http_500_after", "cut", "garbage"])
@pytest.mark.parametrize("family", FAMILIES)
def test_lost_answer_is_looked_up_and_never_bought_twice(
    family: str,
    kind: str,
    make_account: Any,
    dollars: None,
    order_name: Any,
    run_due: Any,
    settle: Any,
    effects: Any,
    sandbox: Any,
    customer: Any,
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
) -> None:
    settings.OPERATION_CALL_SECONDS = 1
    make_account(family)
    operation = order_name(NAME)
    action = "order" if family == "namecom" else PLACES[family].action
    control(
        sandbox,
        "POST",
        "/faults",
        {"family": family, "action": action, "kind": kind, "times": 1, "seconds": 3},
    )

    finish(operation, run_due, settle)

    assert operation.state == State.SUCCEEDED
    assert operation.sends == 1
    assert len(effects(family, NAME)) == 1


@pytest.mark.parametrize("family", FAMILIES)
def test_taken_name_fails_and_the_money_comes_back(
    family: str,
    make_account: Any,
    dollars: None,
    order_name: Any,
    run_due: Any,
    settle: Any,
    sandbox: Any,
    customer: Any,
) -> None:
    make_account(family)
    before = ledger.available(customer)
    operation = order_name(NAME)
    control(sandbox, "POST", f"/world/{family}", {"take_name": NAME})

    finish(operation, run_due, settle)

    assert operation.state == State.FAILED
    assert ledger.available(customer) == before


@pytest.mark.parametrize("family", FAMILIES)
def test_import_finds_every_name_and_reads_it(
    family: str, make_account: Any, run_due: Any, sandbox: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from panel.account import throttle

    for call_class in throttle.RATES:
        monkeypatch.setitem(throttle.RATES, call_class, throttle.Rate(per_minute=600_000, burst=10_000))
    account = make_account(family)

    run = runs.start(account, SyncRun.Kind.DOMAINS, wake=False)
    tasks.sync_domains(run.pk)
    for _ in range(3):
        run_due(hurry=True)

    run.refresh_from_db()
    assert run.state == SyncRun.State.DONE
    assert run.seen == run.added == Domain.objects.filter(account=account).count() > 5
    unread = Domain.objects.filter(account=account, detailed_at__isnull=True)
    assert not unread.exists(), list(unread.values_list("name", "raw_status"))
    assert Domain.objects.filter(account=account, status="active").exists()
