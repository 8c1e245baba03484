"""The catalogue in step with the registrar, against the sandbox's real HTTP."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from panel.account import catalogue, runs, services, tasks
from panel.account.models import Account, AccountState, Cost, Promotion, SyncRun, Tld
from panel.billing.pricing import PriceBook


def test_refresh_catalogue_brings_extensions_costs_and_promotions(registrar_account: Account) -> None:
    tasks.refresh_catalogue(registrar_account.pk)

    run = SyncRun.objects.get()
    assert (run.state, run.message) == (SyncRun.State.DONE, "")
    assert run.seen == run.total == run.added == Tld.objects.count() > 10
    assert Cost.objects.filter(tld__name="com", action="create").get().amount > 0
    assert Promotion.objects.exists()
    registrar_account.refresh_from_db()
    assert registrar_account.catalogue_at is not None


def test_refresh_catalogue_again_changes_nothing(registrar_account: Account) -> None:
    tasks.refresh_catalogue(registrar_account.pk)
    before = list(Cost.objects.order_by("pk").values())

    tasks.refresh_catalogue(registrar_account.pk)

    run = SyncRun.objects.first()
    assert run is not None
    assert (run.added, run.changed, run.missing) == (0, 0, 0)
    assert list(Cost.objects.order_by("pk").values()) == before


def test_refresh_catalogue_corrects_a_cost_that_differs(registrar_account: Account) -> None:
    tasks.refresh_catalogue(registrar_account.pk)
    right = Cost.objects.get(tld__name="com", action="renew").amount
    Cost.objects.filter(tld__name="com", action="renew").update(amount=Decimal("0.01"))

    tasks.refresh_catalogue(registrar_account.pk)

    assert Cost.objects.get(tld__name="com", action="renew").amount == right
    assert SyncRun.objects.latest("pk").changed == 1


def test_vanished_extension_is_kept_and_no_longer_sold(registrar_account: Account, operator: Any) -> None:
    tld = Tld.objects.create(
        account=registrar_account, name="gone", parent="gone", seen_at=timezone.now() - timedelta(days=1)
    )
    Cost.objects.create(tld=tld, action="create", amount=1, currency="EUR", years=[1])
    assert PriceBook(operator).quote("gone") is not None

    tasks.refresh_catalogue(registrar_account.pk)

    tld.refresh_from_db()
    assert not tld.costs.exists()
    assert PriceBook(operator).quote("gone") is None
    assert SyncRun.objects.get().missing == 1


def test_vanishing_of_most_extensions_is_not_believed(registrar_account: Account) -> None:
    yesterday = timezone.now() - timedelta(days=1)
    tasks.refresh_catalogue(registrar_account.pk)
    for number in range(Tld.objects.count() + 1):
        tld = Tld.objects.create(
            account=registrar_account, name=f"gone{number}", parent=f"gone{number}", seen_at=yesterday
        )
        Cost.objects.create(tld=tld, action="create", amount=1, currency="EUR", years=[1])

    tasks.refresh_catalogue(registrar_account.pk)

    run = SyncRun.objects.latest("pk")
    assert "kept" in run.message
    assert Cost.objects.filter(tld__name="gone0").exists()


def test_catalogue_of_a_stopped_account_is_not_asked(registrar_account: Account) -> None:
    Account.objects.update(state=AccountState.STOPPED)

    tasks.refresh_catalogue(registrar_account.pk)

    assert SyncRun.objects.get().state == SyncRun.State.QUEUED
    assert not registrar_account.exchanges.exists()


def test_catalogue_waits_when_the_registrar_is_away(registrar_account: Account) -> None:
    Account.objects.update(endpoint="http://127.0.0.1:9")

    tasks.refresh_catalogue(registrar_account.pk)

    run = SyncRun.objects.get()
    assert run.state == SyncRun.State.QUEUED
    assert run.message
    assert runs.forgotten() == [run]


def test_catalogue_with_refused_credentials_fails_and_stops_the_account(registrar_account: Account) -> None:
    registrar_account.credentials = {"apiuser": "demo", "apipasswd": "wrong"}
    registrar_account.save()

    tasks.refresh_catalogue(registrar_account.pk)

    assert SyncRun.objects.get().state == SyncRun.State.FAILED
    registrar_account.refresh_from_db()
    assert registrar_account.state == AccountState.STOPPED


def test_run_of_a_dead_worker_is_taken_up(registrar_account: Account) -> None:
    run = runs.start(registrar_account, SyncRun.Kind.CATALOGUE, wake=False)
    SyncRun.objects.update(state=SyncRun.State.RUNNING)
    assert runs.claim(run.pk) is None
    SyncRun.objects.update(updated_at=timezone.now() - timedelta(hours=1))

    catalogue.run(run.pk)

    run.refresh_from_db()
    assert run.state == SyncRun.State.DONE


def test_start_while_one_is_open_returns_that_one(registrar_account: Account) -> None:
    first = runs.start(registrar_account, SyncRun.Kind.DOMAINS)

    assert runs.start(registrar_account, SyncRun.Kind.DOMAINS) == first
    assert runs.start(registrar_account, SyncRun.Kind.CONTACTS) != first


def test_refresh_accounts_reads_the_balance(registrar_account: Account) -> None:
    Account.objects.update(balance=None)

    tasks.refresh_accounts()

    registrar_account.refresh_from_db()
    assert registrar_account.balance is not None
    assert registrar_account.refreshed_at is not None


def test_refresh_accounts_does_not_call_a_stopped_one(registrar_account: Account) -> None:
    Account.objects.update(state=AccountState.STOPPED)

    tasks.refresh_accounts()

    assert not registrar_account.exchanges.exists()


def test_balance_that_rose_makes_parked_operations_due(registrar_account: Account) -> None:
    from panel.domain.operations import plan_refresh
    from panel.operation.clock import from_now
    from panel.operation.models import Operation

    operation = plan_refresh("example.com", registrar_account, key="parked")
    Operation.objects.update(waiting_for="funds", next_check_at=from_now(600))
    Account.objects.update(balance=Decimal("0.01"))

    tasks.refresh_accounts()

    operation.refresh_from_db()
    assert operation.next_check_at is not None
    assert operation.next_check_at <= timezone.now()


def test_forget_old_exchanges_keeps_the_recent_ones(registrar_account: Account, settings: Any) -> None:
    services.refresh(registrar_account)
    services.refresh(registrar_account)
    old = registrar_account.exchanges.first()
    assert old is not None
    registrar_account.exchanges.filter(pk=old.pk).update(at=timezone.now() - timedelta(days=401))

    tasks.forget_old_exchanges()

    assert registrar_account.exchanges.count() == 1


def test_forget_old_exchanges_forgets_old_readings_and_keeps_orders(
    registrar_account: Account, settings: Any
) -> None:
    from panel.domain.operations import plan_refresh
    from panel.operation.models import Operation

    plan_refresh("read-long-ago.com", registrar_account, key="old")
    plan_refresh("read-just-now.com", registrar_account, key="new")
    order = plan_refresh("bought-long-ago.com", registrar_account, key="order")
    long_ago = timezone.now() - timedelta(days=settings.EXCHANGE_RETENTION_DAYS + 1)
    Operation.objects.update(state="succeeded", finished_at=timezone.now())
    Operation.objects.exclude(label="read-just-now.com").update(finished_at=long_ago)
    Operation.objects.filter(pk=order.pk).update(kind="domain.create")

    services.forget_old_exchanges()

    assert set(Operation.objects.values_list("label", flat=True)) == {
        "read-just-now.com",
        "bought-long-ago.com",
    }
