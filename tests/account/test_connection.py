"""Credentials on trial, against the sandbox's real HTTP."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from panel.account import connection, tasks
from panel.account.models import Account, AccountState, ConnectionTest, SyncRun

GOOD = {"apiuser": "demo", "apipasswd": "demo"}
WRONG = {"apiuser": "demo", "apipasswd": "hunter2-not-it"}


def begin(sandbox: Any, credentials: dict[str, str], **changes: Any) -> ConnectionTest:
    return connection.begin(
        **{
            "label": "New account",
            "family": "mrdomain",
            "endpoint": sandbox.mrdomain_url,
            "is_sandbox": True,
            "credentials": credentials,
            "threshold": Decimal(50),
            **changes,
        }
    )


def test_connection_with_right_credentials_becomes_an_account(db: None, sandbox: Any) -> None:
    test = begin(sandbox, GOOD)

    tasks.test_connection(test.pk)

    test.refresh_from_db()
    account = Account.objects.get()
    assert test.state == ConnectionTest.State.PASSED
    assert test.account == account
    assert account.balance is not None
    assert account.credentials == GOOD
    assert account.threshold == Decimal(50)
    assert test.credentials == {}
    assert SyncRun.objects.get(account=account).kind == SyncRun.Kind.CATALOGUE


def test_connection_with_wrong_credentials_says_why_and_keeps_no_secret(db: None, sandbox: Any) -> None:
    test = begin(sandbox, WRONG)

    tasks.test_connection(test.pk)

    test.refresh_from_db()
    assert test.state == ConnectionTest.State.FAILED
    assert "refuses these credentials" in test.message
    assert "hunter2" not in test.message
    assert test.credentials == {"apiuser": "demo"}
    assert not Account.objects.exists()


def test_connection_to_a_closed_port_names_the_address(db: None, sandbox: Any) -> None:
    test = begin(sandbox, GOOD, endpoint="http://127.0.0.1:9")

    tasks.test_connection(test.pk)

    test.refresh_from_db()
    assert test.state == ConnectionTest.State.FAILED
    assert "http://127.0.0.1:9" in test.message


def test_connection_twice_makes_one_account(db: None, sandbox: Any) -> None:
    test = begin(sandbox, GOOD)

    tasks.test_connection(test.pk)
    tasks.test_connection(test.pk)

    assert Account.objects.count() == 1


def test_connection_under_a_taken_name_fails(registrar_account: Account, sandbox: Any) -> None:
    test = begin(sandbox, GOOD, label=registrar_account.label)

    tasks.test_connection(test.pk)

    test.refresh_from_db()
    assert test.state == ConnectionTest.State.FAILED
    assert Account.objects.count() == 1


def test_replacement_that_fails_keeps_the_old_credentials(registrar_account: Account, sandbox: Any) -> None:
    test = begin(sandbox, WRONG, account=registrar_account)

    tasks.test_connection(test.pk)

    registrar_account.refresh_from_db()
    assert registrar_account.credentials == GOOD


def test_replacement_that_passes_starts_a_stopped_account(registrar_account: Account, sandbox: Any) -> None:
    registrar_account.credentials = WRONG
    registrar_account.state = AccountState.STOPPED
    registrar_account.save()
    test = begin(sandbox, GOOD, account=registrar_account)

    tasks.test_connection(test.pk)

    registrar_account.refresh_from_db()
    assert registrar_account.credentials == GOOD
    assert registrar_account.state == AccountState.ACTIVE


def test_replacement_leaves_a_paused_account_paused(registrar_account: Account, sandbox: Any) -> None:
    Account.objects.update(state=AccountState.PAUSED)
    test = connection.begin_again(registrar_account, None)

    tasks.test_connection(test.pk)

    registrar_account.refresh_from_db()
    assert registrar_account.state == AccountState.PAUSED


def test_begin_with_the_production_address_as_sandbox_is_refused(db: None, sandbox: Any) -> None:
    with pytest.raises(ImproperlyConfigured):
        begin(sandbox, GOOD, endpoint="https://simple-api.dondominio.net:443")
