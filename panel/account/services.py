"""What is done with registrar accounts: looking at the balance, pausing, and keeping the archive short."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import structlog
from django.conf import settings
from django.utils import timezone

from panel.account import gateway
from panel.account.models import Account, AccountState, ConnectionTest, Exchange
from panel.operation import registry
from panel.operation.models import Operation
from panel.operation.services import retry_now
from panel.operation.states import State, WaitingFor
from registrar import FAMILIES, errors, types

log = structlog.get_logger(__name__)

DELETED_AT_ONCE = 5000
TESTS_KEPT = timedelta(days=7)


def record_info(account: Account, info: types.AccountInfo) -> Account:
    """Keep what the registrar says of the account; operations that waited for money go on when it rose."""
    before = account.balance
    Account.objects.filter(pk=account.pk).update(
        balance=info.balance,
        registrar_threshold=info.threshold,
        currency=info.currency.upper() or FAMILIES[account.family].currency,
        refreshed_at=timezone.now(),
    )
    account.refresh_from_db()
    if rose(before, info.balance):
        wake_funded(account)
    return account


def rose(before: Decimal | None, now: Decimal | None) -> bool:
    """True when money came in, or may have: nobody knew the balance before."""
    return now is not None and (before is None or now > before)


def wake_funded(account: Account) -> int:
    """Make what waits for money at the registrar due. Returns how many operations."""
    waiting = Operation.objects.filter(account=account, state=State.QUEUED, waiting_for=WaitingFor.FUNDS)
    return sum(retry_now(operation) for operation in waiting)


def refresh(account: Account) -> bool:
    """Ask the registrar for balance and threshold, or say hello where it does not tell them.

    False when it did not answer; the gateway noted why.
    """
    try:
        with gateway.open_account(account, "sync") as driver:
            if not driver.supports("account.info").usable:
                driver.tools.hello()
                Account.objects.filter(pk=account.pk).update(refreshed_at=timezone.now())
                return True
            info: types.AccountInfo = driver.account.info()
    except errors.RegistrarError as error:
        log.warning("account_not_refreshed", account=account.label, error=type(error).__name__)
        return False
    record_info(account, info)
    return True


def refresh_all() -> int:
    """Refresh every working account; one that fails does not keep the others waiting for ever. Returns how many."""
    count = 0
    for account in Account.objects.filter(state=AccountState.ACTIVE):
        try:
            count += refresh(account)
        except Exception:
            log.exception("account_refresh_crashed", account=account.label)
    return count


def pause(account: Account, reason: str) -> bool:
    """Send nothing through the account until it is resumed. False when it was not working."""
    changed = Account.objects.filter(pk=account.pk, state=AccountState.ACTIVE).update(
        state=AccountState.PAUSED, state_note=reason
    )
    return changed == 1


def resume(account: Account) -> bool:
    """Let a paused account work again. A stopped one needs a connection test instead."""
    changed = Account.objects.filter(pk=account.pk, state=AccountState.PAUSED).update(
        state=AccountState.ACTIVE, state_note="", failures=0, retry_after=None
    )
    return changed == 1


def forget_old_exchanges() -> int:
    """Delete exchanges and mere readings older than EXCHANGE_RETENTION_DAYS, and finished tests.

    Returns how many exchanges. Operations that changed something, or tried to, are kept for good.
    """
    old = timezone.now() - timedelta(days=settings.EXCHANGE_RETENTION_DAYS)
    total = 0
    while True:
        pks = list(Exchange.objects.filter(at__lt=old).values_list("pk", flat=True)[:DELETED_AT_ONCE])
        if not pks:
            break
        total += Exchange.objects.filter(pk__in=pks).delete()[0]
    readings = [name for name, kind in registry.kinds().items() if kind.repeatable]
    Operation.objects.filter(kind__in=readings, finished_at__lt=old).delete()
    finished = ConnectionTest.objects.exclude(state=ConnectionTest.State.PENDING)
    finished.filter(updated_at__lt=timezone.now() - TESTS_KEPT).delete()
    return total
