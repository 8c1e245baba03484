"""Names that leave their account: two proofs, and nothing that is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from panel.account import runs, throttle
from panel.account.models import Account, SyncRun
from panel.domain import tasks
from panel.domain.drift.models import Drift, DriftOutcome, Sighting
from panel.domain.models import Domain
from panel.domain.operations import plan_refresh
from panel.domain.operations_settings import plan_transfer_lock
from panel.domain.passes import missing, sync
from panel.operation.models import Operation
from tests.conftest import control
from tests.domain.passes import NAME, OTHER, domain, remove, synced


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(throttle.RATES, "sync", throttle.Rate(per_minute=60_000, burst=1000))
    monkeypatch.setattr(missing, "ASKED_PER_PASS", 0)


@pytest.fixture
def account(registrar_account: Account, customer: Any) -> Account:
    """The account after its first pass, NAME being a customer's."""
    synced(registrar_account)
    Domain.objects.filter(name=NAME).update(customer=customer)
    return registrar_account


def test_one_list_without_a_name_only_marks_it(account: Account, sandbox: Any) -> None:
    remove(sandbox, NAME)

    run = synced(account)

    assert (run.missing, run.message) == (1, "names_missing|1")
    assert domain().missing_since is not None
    assert domain().status == "active"


def test_two_lists_without_a_name_say_that_it_was_transferred_away(
    account: Account, sandbox: Any, customer: Any
) -> None:
    remove(sandbox, NAME)
    synced(account)

    run = synced(account)

    row = domain()
    assert (row.status, row.customer, row.missing_since) == ("transferred_away", customer, None)
    assert (run.missing, run.message) == (0, "names_gone|1|0")
    news = Drift.objects.get(domain=row)
    assert (news.field, news.outcome, news.agreed) == ("presence", DriftOutcome.GONE, "active")
    assert not Sighting.objects.exists()


def test_list_and_a_registrar_that_does_not_find_it_are_two_proofs(
    account: Account,
    sandbox: Any,
    customer: Any,
    run_due: Callable[..., int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(missing, "ASKED_PER_PASS", 5)
    remove(sandbox, NAME)
    synced(account)
    assert Operation.objects.get().kind == "domain.refresh"

    run_due()

    assert (domain().status, domain().customer) == ("transferred_away", customer)


def test_not_found_alone_proves_nothing(account: Account, sandbox: Any, run_due: Callable[..., int]) -> None:
    remove(sandbox, NAME)
    plan_refresh(NAME, account, key="asked")

    run_due()

    assert Operation.objects.get().state == "failed"
    assert domain().status == "active"


def test_name_that_a_list_missed_is_read_and_stays(
    account: Account, sandbox: Any, run_due: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(missing, "ASKED_PER_PASS", 5)
    fault = {"family": "mrdomain", "action": "domain/list", "kind": "missed", "times": 3}
    control(sandbox, "POST", "/faults", fault)
    synced(account)
    (row,) = Domain.objects.filter(missing_since__isnull=False)

    run_due()

    row.refresh_from_db()
    assert (row.status == "transferred_away", row.missing_since) == (False, None)


def test_name_under_an_open_operation_is_left_alone(account: Account, sandbox: Any) -> None:
    plan_transfer_lock(domain(), not domain().transfer_lock, actor=None)
    remove(sandbox, NAME)

    synced(account)
    synced(account)

    assert (domain().status, domain().missing_since) == ("active", None)


def test_expired_name_that_vanishes_was_deleted(account: Account, sandbox: Any) -> None:
    remove(sandbox, NAME)
    Domain.objects.filter(name=NAME).update(status="redemption")

    synced(account)
    synced(account)

    assert domain().status == "deleted"


def test_name_that_is_listed_again_is_as_it_was(account: Account, sandbox: Any, customer: Any) -> None:
    Domain.objects.filter(name=NAME).update(status="transferred_away")

    synced(account)

    assert (domain().status, domain().customer) == ("active", customer)


def test_list_that_lacks_most_of_the_portfolio_ends_nothing(
    account: Account, sandbox: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(missing, "FEW", 0)
    for name in Domain.objects.exclude(name=OTHER).values_list("name", flat=True):
        remove(sandbox, name)

    synced(account)
    synced(account)

    assert not Domain.objects.filter(status="transferred_away").exists()
    assert Domain.objects.filter(missing_since__isnull=False).count() == Domain.objects.count() - 1


def test_list_with_lines_left_out_marks_nothing(account: Account, sandbox: Any) -> None:
    other = Account.objects.create(
        label="Other", family="mrdomain", endpoint="http://127.0.0.1:9", is_sandbox=True
    )
    Domain.objects.filter(name=OTHER).update(account=other)
    remove(sandbox, NAME)

    run = synced(account)

    assert (run.skipped, run.missing, domain().missing_since) == (1, 0, None)
    assert not Sighting.objects.exists()


def test_pass_that_finds_all_as_it_was_writes_no_row(account: Account) -> None:
    with CaptureQueriesContext(connection) as captured:
        synced(account)

    table = Domain._meta.db_table
    writes = tuple(f'{verb} "{table}"' for verb in ("UPDATE", "INSERT INTO", "DELETE FROM"))
    assert [row["sql"] for row in captured if any(write in row["sql"] for write in writes)] == []


def test_pass_that_has_forgotten_what_it_saw_marks_nothing(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync, "PAGE", 10)
    monkeypatch.setattr(runs, "TURN", timedelta(seconds=-1))
    run = runs.start(account, SyncRun.Kind.DOMAINS, wake=False)
    tasks.sync_domains(run.pk)
    Sighting.objects.all().delete()
    monkeypatch.setattr(runs, "TURN", timedelta(seconds=60))

    tasks.sync_domains(run.pk)

    run.refresh_from_db()
    assert (run.state, run.missing) == (SyncRun.State.DONE, 0)


def test_what_a_pass_saw_is_kept_between_its_turns(
    account: Account, sandbox: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync, "PAGE", 10)
    monkeypatch.setattr(runs, "TURN", timedelta(seconds=-1))
    remove(sandbox, NAME)
    run = runs.start(account, SyncRun.Kind.DOMAINS, wake=False)

    for _turn in range(50):
        tasks.sync_domains(run.pk)
        run.refresh_from_db()
        if run.state == SyncRun.State.DONE:
            break

    assert (run.state, run.missing) == (SyncRun.State.DONE, 1)
    assert list(Domain.objects.filter(missing_since__isnull=False)) == [domain()]
