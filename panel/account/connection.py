"""Credentials on trial: what the registrar accepts becomes an account, or an account's new credentials."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

import structlog
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from panel.account import gateway, runs, services
from panel.account.models import Account, AccountState, ConnectionTest, SyncRun
from panel.people.models import User
from registrar import FAMILIES, errors, types

log = structlog.get_logger(__name__)

TASK = "panel.account.tasks.test_connection"
LATE_AFTER = timedelta(seconds=20)


def begin(
    *,
    label: str,
    family: str,
    endpoint: str,
    is_sandbox: bool,
    credentials: Mapping[str, str],
    threshold: Decimal | None = None,
    account: Account | None = None,
    actor: User | None = None,
) -> ConnectionTest:
    """Write down credentials to be tried, encrypted, and wake a worker.

    With `account` they are to replace that account's. Raises ImproperlyConfigured when a sandbox's address is mixed
    up with real business.
    """
    gateway.refuse_mismatch(endpoint, is_sandbox)
    test = ConnectionTest.objects.create(
        account=account,
        label=label,
        family=family,
        endpoint=endpoint,
        is_sandbox=is_sandbox,
        credentials=dict(credentials),
        threshold=threshold,
        actor=actor,
    )
    runs.hand_over(TASK, test.pk)
    return test


def begin_again(account: Account, actor: User | None) -> ConnectionTest:
    """Try an account's own credentials once more."""
    return begin(
        label=account.label,
        family=account.family,
        endpoint=account.endpoint,
        is_sandbox=account.is_sandbox,
        credentials=account.credentials,
        threshold=account.threshold,
        account=account,
        actor=actor,
    )


def late_tests() -> list[int]:
    """Tests that no worker has taken up."""
    late = ConnectionTest.objects.filter(
        state=ConnectionTest.State.PENDING, created_at__lt=timezone.now() - LATE_AFTER
    )
    return list(late.values_list("pk", flat=True))


def carry_out(test_pk: int) -> ConnectionTest | None:
    """Say hello with the credentials and, where the API tells, ask for the balance; once.

    None when the test is over already.
    """
    test = ConnectionTest.objects.filter(pk=test_pk, state=ConnectionTest.State.PENDING).first()
    if test is None:
        return None
    with override(_language(test)):
        _try(test)
    test.refresh_from_db()
    return test


def _language(test: ConnectionTest) -> str:
    """The words of a refusal are for who entered the credentials, though a worker writes them."""
    return (test.actor.language if test.actor else "") or settings.LANGUAGE_CODE


def _try(test: ConnectionTest) -> None:
    try:
        gateway.refuse_mismatch(test.endpoint, test.is_sandbox)
        with gateway.trial(test.family, test.endpoint, test.credentials) as driver:
            driver.tools.hello()
            info = driver.account.info() if driver.supports("account.info").usable else None
        _pass(test, info)
    except (errors.RegistrarError, ImproperlyConfigured) as error:
        _fail(test, why_in_words(error, test.endpoint))
    except IntegrityError:
        _fail(test, _("There is an account with this name already."))


def _pass(test: ConnectionTest, info: types.AccountInfo | None) -> None:
    with transaction.atomic():
        # The credentials move to the account: a second copy would only be a second thing to lose.
        mine = ConnectionTest.objects.filter(pk=test.pk, state=ConnectionTest.State.PENDING)
        if mine.update(state=ConnectionTest.State.PASSED, updated_at=timezone.now()) != 1:
            return
        account = _renew(test) if test.account_id else _create(test)
        ConnectionTest.objects.filter(pk=test.pk).update(account=account, credentials={}, message="")
        if info is not None:
            services.record_info(account, info)
        if runs.can_pass(account, SyncRun.Kind.CATALOGUE):
            runs.start(account, SyncRun.Kind.CATALOGUE, test.actor)
    log.info("connection_passed", account=account.label)


def _create(test: ConnectionTest) -> Account:
    return Account.objects.create(
        label=test.label,
        family=test.family,
        endpoint=test.endpoint,
        is_sandbox=test.is_sandbox,
        credentials=test.credentials,
        threshold=test.threshold,
        currency=FAMILIES[test.family].currency,
        refreshed_at=timezone.now(),
    )


def _renew(test: ConnectionTest) -> Account:
    assert test.account_id is not None
    account = Account.objects.select_for_update().get(pk=test.account_id)
    account.credentials = test.credentials
    account.failures, account.retry_after = 0, None
    if account.state == AccountState.STOPPED:
        account.state, account.state_note = AccountState.ACTIVE, ""
    account.save(
        update_fields=["credentials", "failures", "retry_after", "state", "state_note", "updated_at"]
    )
    return account


def _fail(test: ConnectionTest, message: str) -> None:
    """The form is shown again with what was entered, except what is secret."""
    harmless = {field.name for field in FAMILIES[test.family].credential_fields if not field.secret}
    ConnectionTest.objects.filter(pk=test.pk, state=ConnectionTest.State.PENDING).update(
        state=ConnectionTest.State.FAILED,
        message=message,
        credentials={name: value for name, value in test.credentials.items() if name in harmless},
        updated_at=timezone.now(),
    )


def why_in_words(error: Exception, endpoint: str) -> str:
    """What a failed test means and what to do, for staff."""
    said = str(error)
    if isinstance(error, errors.AuthenticationFailed):
        text = _(
            "The registrar refuses these credentials. Check user and password, and that the registrar's API settings "
            "allow this server's address."
        )
    elif isinstance(error, errors.PermissionDenied):
        text = _(
            "The registrar knows these credentials but does not let them in. Its API settings may have an address "
            "filter, or forbid these actions."
        )
    elif isinstance(error, errors.NotSent):
        text = _("No connection to %(endpoint)s. Check the address, and that this server may reach it.") % {
            "endpoint": endpoint
        }
    elif isinstance(error, errors.OutcomeUnknown):
        text = _("%(endpoint)s did not give an answer that can be read. Is it the registrar's API?") % {
            "endpoint": endpoint
        }
    elif isinstance(error, errors.RateLimited):
        text = _("The registrar asks for a pause. Try again in a few minutes.")
    else:
        text = _("The registrar did not accept the test.")
    return f"{text} ({said})" if said else text
