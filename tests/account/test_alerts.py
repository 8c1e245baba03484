"""Staff are told once about what waits for them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from panel.account.alerts import tell_staff
from panel.account.models import Account, Alert

pytestmark = pytest.mark.django_db


@pytest.fixture
def low_account(staff: Any) -> Account:
    return Account.objects.create(
        label="Main account",
        family="mrdomain",
        endpoint="http://127.0.0.1:9/",
        is_sandbox=True,
        credentials={"apiuser": "demo", "apipasswd": "canary-password"},
        balance=Decimal(10),
        threshold=Decimal(100),
    )


def test_low_balance_is_mailed_once(low_account: Account, mailoutbox: list[Any]) -> None:
    first, second = tell_staff(), tell_staff()

    assert (first, second) == (1, 0)
    assert len(mailoutbox) == 1
    assert "Main account" in mailoutbox[0].body
    assert "canary-password" not in mailoutbox[0].body


def test_low_balance_is_mailed_again_after_it_was_over(low_account: Account, mailoutbox: list[Any]) -> None:
    tell_staff()
    Account.objects.update(balance=Decimal(500))
    tell_staff()
    Account.objects.update(balance=Decimal(5))

    tell_staff()

    assert len(mailoutbox) == 2


def test_stopped_account_is_mailed(low_account: Account, mailoutbox: list[Any]) -> None:
    Account.objects.update(balance=Decimal(500), state="stopped")

    tell_staff()

    assert "stopped" in mailoutbox[0].body


def test_mail_that_cannot_be_sent_is_tried_again(
    low_account: Account, settings: Any, mailoutbox: list[Any]
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    tell_staff()
    assert not Alert.objects.exists()

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert tell_staff() == 1
