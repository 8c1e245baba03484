"""The auth code: asked for by somebody who has just proved who they are, read by a worker, shown once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from panel.domain.models import AuthCode, Domain
from panel.domain.tasks import forget_codes
from panel.operation.models import Operation
from tests.conftest import control

NAME = "soler-estudio.com"
PAGE = f"/domains/{NAME}/auth-code/"
CODE = "Canary-Of-Transfers-7"


@pytest.fixture
def name(make_domain: Callable[..., Any], sandbox: Any) -> Domain:
    """A name whose auth code is CODE at the registrar."""
    control(sandbox, "POST", "/world/mrdomain", {"domain": NAME, "set": {"authcode": CODE}})
    domain: Domain = make_domain(NAME)
    return domain


@pytest.fixture
def proved(own: Client) -> Client:
    """The owner's browser, just after the password was typed."""
    answer = own.post("/accounts/reauthenticate/", {"password": "nameward-demo"})
    assert answer.status_code == 302
    return own


def test_code_is_read_by_a_worker_and_shown_once(
    proved: Client, name: Domain, run_due: Callable[..., int], owner: Any
) -> None:
    assert proved.post(PAGE).status_code == 302
    assert "Being read" in proved.get(PAGE).content.decode()
    run_due(hurry=True)
    ready = proved.get(PAGE)

    shown, again = proved.post(PAGE, {"show": "1"}), proved.post(PAGE, {"show": "1"})

    assert CODE not in ready.content.decode()
    assert CODE in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert CODE not in again.content.decode()
    assert "It was shown already" in again.content.decode()
    row = AuthCode.objects.get()
    assert (row.code, row.shown_to) == ("", owner)
    assert row.shown_at is not None


def test_code_is_not_readable_in_the_database(
    proved: Client, name: Domain, run_due: Callable[..., int]
) -> None:
    proved.post(PAGE)
    run_due(hurry=True)

    with connection.cursor() as cursor:
        cursor.execute("SELECT code FROM domain_authcode")
        stored = cursor.fetchone()[0]

    assert AuthCode.objects.get().code == CODE
    assert CODE not in stored
    operation = Operation.objects.get(kind="domain.read_auth_code")
    assert CODE not in repr([operation.result, operation.payload, list(operation.exchanges.values())])


def test_code_that_nobody_looked_at_is_forgotten(
    proved: Client, name: Domain, run_due: Callable[..., int]
) -> None:
    proved.post(PAGE)
    run_due(hurry=True)
    AuthCode.objects.update(read_at=timezone.now() - timedelta(hours=2))

    forget_codes()

    assert AuthCode.objects.get().code == ""
    assert "Read the auth code" in proved.get(PAGE).content.decode()


def test_old_code_is_not_shown_even_before_it_was_forgotten(
    proved: Client, name: Domain, run_due: Callable[..., int]
) -> None:
    proved.post(PAGE)
    run_due(hurry=True)
    AuthCode.objects.update(read_at=timezone.now() - timedelta(hours=2))

    assert CODE not in proved.post(PAGE, {"show": "1"}).content.decode()


def test_code_needs_the_password_once_more(signed_in: Any, owner: Any, name: Domain) -> None:
    browser = signed_in(owner)

    for answer in (browser.get(PAGE), browser.post(PAGE)):
        assert answer.status_code == 302
        assert "reauthenticate" in answer["Location"]
    assert not Operation.objects.exists()


def test_lock_is_said_before_the_code_is_asked_for(proved: Client, name: Domain) -> None:
    Domain.objects.filter(pk=name.pk).update(transfer_lock=True)

    assert "The transfer lock is on" in proved.get(PAGE).content.decode()


def test_name_that_is_not_active_has_no_code(proved: Client, name: Domain) -> None:
    Domain.objects.filter(pk=name.pk).update(status="redemption")

    answer = proved.post(PAGE)

    assert answer.status_code == 422
    assert "not active" in answer.content.decode()


def test_others_never_see_the_code(colleague: Client, stranger: Client, name: Domain) -> None:
    for browser, status in ((colleague, 403), (stranger, 404)):
        browser.post("/accounts/reauthenticate/", {"password": "nameward-demo"})
        assert browser.get(PAGE).status_code == status
        assert browser.post(PAGE, {"show": "1"}).status_code == status
