"""The worker's half of a batch of transfers: asking the registrar, politely, what can be moved."""

from __future__ import annotations

from datetime import timedelta

import structlog
from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from panel.account import gateway
from panel.account.models import AccountState
from panel.domain.answering import MOST_TRIES, SILENCE, Silent
from panel.domain.models import TransferBatch, TransferLine
from panel.domain.transfer.words import OTHER, obstacle_in
from panel.operation.clock import from_now
from registrar import errors, types

log = structlog.get_logger(__name__)

# How long a batch goes on by itself without an answer while its account rests: longer than a registrar's usual pause.
GOES_ON_FOR = timedelta(minutes=3)
# Not a no: the registrar could not find out.
COULD_NOT_CHECK = "check_failed"


def answer(batch_pk: int) -> None:
    """Check every open line of a batch. One worker at a time; safe to run any number of times."""
    if not _claim(batch_pk):
        return
    try:
        batch = TransferBatch.objects.get(pk=batch_pk)
        lines = batch.lines.filter(state=TransferLine.State.PENDING).select_related("account").defer("code")
        silent: Silent = {}
        answered = [_check(batch, line, silent) for line in lines]
        if any(answered):
            # A long batch is not an old one while answers come.
            batch.save(update_fields=["updated_at"])
    finally:
        TransferBatch.objects.filter(pk=batch_pk).update(busy_until=None)


def _claim(batch_pk: int) -> bool:
    free = TransferBatch.objects.filter(Q(busy_until__isnull=True) | Q(busy_until__lt=Now()), pk=batch_pk)
    return free.update(busy_until=_lease()) == 1


def _lease() -> object:
    return from_now(settings.OPERATION_CALL_SECONDS + 5)


def _check(batch: TransferBatch, line: TransferLine, silent: Silent) -> bool:
    """Ask about one line, and write down what came of it. True when there is an answer."""
    found = _ask(batch, line, silent)
    if found is not None:
        _settle(line, *found)
        return True
    resting = isinstance(silent.get(line.account_id), errors.RateLimited)
    if not resting or timezone.now() - batch.updated_at > GOES_ON_FOR:
        _count_try(line)
    return False


def _ask(batch: TransferBatch, line: TransferLine, silent: Silent) -> tuple[str, str] | None:
    """The line's new state and reason, or None for no answer. The code is not needed, and does not leave."""
    if line.account_id in silent or line.account.state != AccountState.ACTIVE:
        return None
    TransferBatch.objects.filter(pk=batch.pk).update(busy_until=_lease())
    try:
        with gateway.open_account(line.account, "check") as driver:
            said: types.TransferCheck = driver.domains.check_transfer(line.name)
    except SILENCE as error:
        silent[line.account_id] = error
        log.info("transfer_check_put_off", name=line.name, error=type(error).__name__)
        return None
    except errors.NotSupported:
        return TransferLine.State.UNCHECKED, ""
    except (errors.Refused, errors.InvalidRequest) as error:
        log.info("transfer_check_refused", name=line.name, reason=error.reason)
        if error.reason == COULD_NOT_CHECK:
            return None
        # A final no to the question is a no to what was asked about.
        return TransferLine.State.REFUSED, error.reason or OTHER
    except errors.RegistrarError as error:
        log.warning("transfer_check_failed", name=line.name, error=str(error))
        return None
    if said.possible:
        return TransferLine.State.POSSIBLE, ""
    # Staff find the registrar's own words in the archived exchange.
    return TransferLine.State.REFUSED, obstacle_in(said.reasons)


def _settle(line: TransferLine, state: str, reason: str) -> None:
    waiting = TransferLine.objects.filter(pk=line.pk, state=TransferLine.State.PENDING)
    waiting.update(state=state, reason=reason)


def _count_try(line: TransferLine) -> None:
    tries = line.tries + 1
    state = TransferLine.State.FAILED if tries >= MOST_TRIES else TransferLine.State.PENDING
    TransferLine.objects.filter(pk=line.pk, state=TransferLine.State.PENDING).update(state=state, tries=tries)
