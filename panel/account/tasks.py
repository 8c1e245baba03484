"""Celery's side of the accounts: the clock rings, the rows say what is to be done."""

from __future__ import annotations

from celery import shared_task

from panel.account import alerts, catalogue, connection, runs, services, sessions
from panel.account.models import Account, AccountState, SyncRun
from panel.operation.sweep import beat


@shared_task(name="panel.account.tasks.test_connection")
def test_connection(test_pk: int) -> None:
    """Try credentials that somebody entered."""
    connection.carry_out(test_pk)


@shared_task(name="panel.account.tasks.refresh_accounts")
def refresh_accounts() -> None:
    """Read balances and thresholds."""
    beat("accounts", refreshed=services.refresh_all())


@shared_task(name="panel.account.tasks.resume_passes")
def resume_passes() -> None:
    """Wake workers for passes that rest or were forgotten, take up tests whose message was lost, close sessions."""
    for test_pk in connection.late_tests():
        connection.carry_out(test_pk)
    for run in runs.forgotten():
        runs.hand_over(runs.TASKS[SyncRun.Kind(run.kind)], run.pk)
    sessions.close_unused()


@shared_task(name="panel.account.tasks.refresh_catalogues")
def refresh_catalogues() -> None:
    """Start a pass over the catalogue of every working account whose registrar tells it."""
    for account in Account.objects.filter(state=AccountState.ACTIVE):
        if runs.can_pass(account, SyncRun.Kind.CATALOGUE):
            runs.start(account, SyncRun.Kind.CATALOGUE)
    beat("catalogues")


@shared_task(name="panel.account.tasks.refresh_catalogue")
def refresh_catalogue(account_pk: int) -> None:
    """Read the catalogue of one account, here and now, as far as one turn goes."""
    account = Account.objects.get(pk=account_pk)
    catalogue.run(runs.start(account, SyncRun.Kind.CATALOGUE, wake=False).pk)


@shared_task(name="panel.account.tasks.sync_catalogue")
def sync_catalogue(run_pk: int) -> None:
    """One turn of a pass over a catalogue."""
    catalogue.run(run_pk)


@shared_task(name="panel.account.tasks.forget_old_exchanges")
def forget_old_exchanges() -> None:
    """Keep the archive as long as the retention says, and no longer."""
    count = services.forget_old_exchanges()
    beat("forget-exchanges", deleted=count)


@shared_task(name="panel.account.tasks.tell_staff")
def tell_staff() -> None:
    """Mail staff what began to wait for them."""
    beat("tell-staff", mailed=alerts.tell_staff())
