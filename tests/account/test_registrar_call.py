"""The command that calls any action."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from panel.account.models import Account, Exchange


def test_registrar_call_prints_the_redacted_exchange(registrar_account: Account) -> None:
    out = StringIO()

    call_command("registrar_call", registrar_account.label, "domain/check", "domain=example.com", stdout=out)

    assert "domain=example.com" in out.getvalue()
    assert "responseData" in out.getvalue()
    assert "apipasswd=demo" not in out.getvalue()


def test_registrar_call_of_a_writing_action_asks_for_yes(registrar_account: Account) -> None:
    with pytest.raises(CommandError, match="--yes"):
        call_command("registrar_call", registrar_account.label, "domain/renew", "domain=example.com")

    assert not Exchange.objects.exists()


def test_registrar_call_that_is_refused_says_so(registrar_account: Account) -> None:
    out = StringIO()

    with pytest.raises(CommandError, match="NotFound"):
        call_command(
            "registrar_call",
            registrar_account.public_id,
            "domain/getinfo",
            "domain=never-ours.com",
            stdout=out,
        )

    assert "errorCode" in out.getvalue()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nobody", "tool/hello"], "no account called"),
        (["MrDomain sandbox", "tool/hello", "nonsense"], "key=value"),
        (["MrDomain sandbox", "no/such"], "unknown action"),
    ],
)
def test_registrar_call_with_a_mistake_says_which(
    registrar_account: Account, arguments: list[str], message: str
) -> None:
    with pytest.raises(CommandError, match=message):
        call_command("registrar_call", *arguments)
