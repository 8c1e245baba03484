"""The one place of the panel that opens a driver: with politeness before, and the archive after."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from panel.account import breaker, throttle
from panel.account.models import Account, AccountState, Exchange
from panel.account.sessions import SharedSessions
from panel.core.text import storable
from panel.operation import registry
from panel.operation.models import Operation
from panel.operation.states import Lane, Purpose
from registrar import errors
from registrar.registry import FAMILIES, Timeouts, open_driver
from registrar.transport.exchange import Exchange as Record

log = structlog.get_logger(__name__)

# A write may need several calls, and none may begin when the lease is about to lapse: somebody else looks into the
# operation then, and may send it again.
OF_THE_LEASE = 0.9
CALL_CLASSES = {Lane.MONEY: "money", Lane.CUSTOMER: "customer", Lane.SYNC: "sync"}


def refuse_mismatch(endpoint: str, is_sandbox: bool) -> None:
    """Raise ImproperlyConfigured when a sandbox's address is used for real business, or the reverse."""
    production = any(
        family.default_endpoint.rstrip("/") == endpoint.rstrip("/") for family in FAMILIES.values()
    )
    if production and is_sandbox:
        raise ImproperlyConfigured(
            "This is the registrar's production address, and the account says sandbox."
        )
    if is_sandbox and not settings.SANDBOX_ALLOWED:
        raise ImproperlyConfigured("A sandbox account is allowed on a development machine only.")


@contextmanager
def trial(family: str, endpoint: str, credentials: Mapping[str, str]) -> Iterator[Any]:
    """A driver for credentials that are not an account yet; nothing is archived."""
    driver = open_driver(family, endpoint=endpoint, credentials=credentials, timeouts=_timeouts())
    try:
        yield driver
    finally:
        driver.close()


@contextmanager
def open_account(
    account: Account,
    call_class: str,
    *,
    calls: int = 1,
    operation: Operation | None = None,
) -> Iterator[Any]:
    """A driver for `account`. Raises RateLimited before anything is sent when the bucket or the breaker says wait.

    `calls` is how many are about to be made. Refused credentials stop the account's queue; silence counts towards the
    breaker; every call is archived.
    """
    breaker.refuse_rest(account)
    try:
        refuse_mismatch(account.endpoint, account.is_sandbox)
    except ImproperlyConfigured as error:
        refusal = errors.PermissionDenied(str(error))
        _stop(account, refusal)
        raise refusal from error
    throttle.take(account, call_class, calls)
    probe = breaker.enter(account)
    driver = open_driver(
        account.family,
        endpoint=account.endpoint,
        credentials=account.credentials,
        timeouts=_timeouts(within=settings.OPERATION_LEASE_SECONDS * OF_THE_LEASE if operation else None),
        on_exchange=_archiver(account, operation),
        sessions=SharedSessions(account),
    )
    try:
        yield driver
    except (errors.AuthenticationFailed, errors.PermissionDenied) as error:
        _stop(account, error)
        raise
    except (errors.NotSent, errors.OutcomeUnknown) as error:
        breaker.count_failure(account, error)
        raise
    except errors.RateLimited as error:
        breaker.rest_as_asked(account, error)
        raise
    except errors.RegistrarError as error:
        breaker.count_success(account, probe)
        breaker.count_error(account, error)
        raise
    else:
        breaker.count_success(account, probe)
    finally:
        driver.close()


def open_for_operation(operation: Operation, purpose: Purpose) -> Any:
    """The engine's way in: the lane decides the class of calls."""
    call_class = CALL_CLASSES[Lane(operation.lane)] if purpose == Purpose.SUBMIT else "customer"
    calls = registry.kind_for(operation.kind).calls
    return open_account(operation.account, call_class, operation=operation, calls=calls)


def _timeouts(within: float | None = None) -> Timeouts:
    """Limits of each call, and of all of them together: `within` is in seconds from now."""
    total = settings.OPERATION_CALL_SECONDS
    until = math.inf if within is None else time.monotonic() + within
    return Timeouts(connect=min(5, total), total=total, until=until)


def _archiver(account: Account, operation: Operation | None) -> Callable[[Record], None]:
    def archive(record: Record) -> None:
        Exchange.objects.create(
            account=account,
            operation=operation,
            attempt=operation.attempt if operation else None,
            action=record.action,
            request=storable(record.request),
            reply=storable(record.reply, 200_000),
            status=record.status,
            milliseconds=round(record.duration * 1000),
            error=record.error,
        )

    return archive


def _stop(account: Account, error: errors.RegistrarError) -> None:
    stopped = Account.objects.filter(pk=account.pk, state=AccountState.ACTIVE).update(
        state=AccountState.STOPPED,
        state_note=storable(error),
        last_failure=storable(error),
        last_failure_at=timezone.now(),
    )
    if stopped:
        log.error("account_stopped", account=account.label, error=storable(error))
