"""System checks: what must not be so where real money moves."""

from __future__ import annotations

from typing import Any

from panel.account.models import Account
from panel.core import checks

GOOD = "qK7zR2mXv9TgLw4sYbN8dHc3fJp6aEu5" * 2


def ids(found: list[Any]) -> list[str]:
    return [message.id for message in found]


def test_development_secrets_are_errors(settings: Any) -> None:
    assert ids(checks.secrets_are_set()) == ["panel.E001", "panel.E002"]

    settings.SECRET_KEY, settings.FIELD_KEYS = GOOD, (("k1", b"k" * 32),)
    assert checks.secrets_are_set() == []


def test_demo_and_a_lone_password_are_errors(settings: Any) -> None:
    settings.DEMO, settings.SANDBOX_ALLOWED, settings.TWO_FACTOR_REQUIRED = True, True, False
    assert ids(checks.demo_is_off()) == ["panel.E003", "panel.E004"]

    settings.DEMO, settings.SANDBOX_ALLOWED, settings.TWO_FACTOR_REQUIRED = False, False, True
    assert checks.demo_is_off() == []


def test_pace_faster_than_registrars_like_is_an_error(settings: Any) -> None:
    paces = {299: ["panel.E005"], 300: [], 600: [], 3601: ["panel.W005"]}
    for seconds, expected in paces.items():
        settings.OPERATION_POLL_SECONDS = seconds
        assert ids(checks.pace_is_polite()) == expected


def test_cache_of_one_process_is_a_warning(settings: Any) -> None:
    settings.REDIS_URL = ""
    assert ids(checks.cache_is_shared()) == ["panel.W006"]

    settings.REDIS_URL = "redis://127.0.0.1:6379/0"
    assert checks.cache_is_shared() == []


def test_sandbox_account_in_production_is_an_error_that_names_it(db: None, settings: Any) -> None:
    Account.objects.create(
        label="Left over",
        family="mrdomain",
        endpoint="http://127.0.0.1:8701",
        is_sandbox=True,
        credentials={},
    )

    settings.SANDBOX_ALLOWED = True
    assert checks.accounts_are_real(databases=["default"]) == []
    settings.SANDBOX_ALLOWED = False
    assert checks.accounts_are_real(databases=None) == []
    (found,) = checks.accounts_are_real(databases=["default"])
    assert found.id == "panel.E007"
    assert "Left over" in found.msg
