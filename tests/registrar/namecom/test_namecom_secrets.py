"""No secret in records, errors or what a driver shows of itself."""

from __future__ import annotations

import logging

import pytest

from registrar import open_driver
from registrar.types import DomainOrder
from tests.registrar.namecom.conftest import TOKEN, USER
from tests.registrar.namecom.replies import reply

SESSION = "canary-session-4711"


def test_exchange_holds_no_secret(answered):
    echo = {"session_token": SESSION, "echo": f"{SESSION} {TOKEN}", "auth_code": "canary-auth"}
    line = answered(otherwise=reply(echo, said=f"Command Successful - {TOKEN}"))

    line.driver.client.login()
    line.driver.client.call("dns/create/faro.com", content=f"{SESSION} {TOKEN}")

    assert "canary" not in repr(line.exchanges[1:])
    assert TOKEN not in repr(line.exchanges[0])
    login, created = line.exchanges
    assert login.request == f'POST login {{"username":"{USER}","api_token":"***"}}'
    assert created.request == 'POST dns/create/faro.com {"content":"*** ***"}'
    assert (created.family, created.status, created.error) == ("namecom", 200, "")


def test_login_that_tells_its_token_keeps_it_out_of_the_record(answered):
    line = answered({"login": reply({"session_token": SESSION})})

    line.driver.client.login()

    assert "canary" not in repr(line.exchanges)


def test_error_holds_no_secret(answered):
    line = answered(
        {"login": reply({"session_token": SESSION})},
        otherwise=reply(code=240, said=f"Command Failed - {TOKEN} {SESSION}"),
    )
    line.driver.client.login()

    with pytest.raises(Exception, match="Command Failed") as caught:
        line.driver.client.call("account/get")

    assert "canary" not in f"{caught.value} {caught.value!r} {caught.value.message} {line.exchanges}"


def test_failed_items_words_hold_no_secret(answered, person):
    told = {
        "success": False,
        "order_type": "domain/create",
        "domain_name": "faro.com",
        "information": [TOKEN],
    }
    line = answered(
        {"order": reply({"results": [told]})}, otherwise=reply(code=251, said="Authentication Error")
    )

    with pytest.raises(Exception) as caught:
        line.driver.domains.create(DomainOrder("faro.com", person))

    assert "canary" not in f"{caught.value!r} {line.exchanges}"


def test_driver_shows_no_secret(answered):
    line = answered()

    assert "canary" not in f"{line.driver!r} {line.driver.client!r} {vars(line.driver.client)['_http']!r}"


def test_archive_that_fails_does_not_hide_the_answer(serve, caplog):
    def behave(peer):
        peer.read_request()
        peer.reply(reply({"username": USER}))

    def full(exchange):
        raise OSError("no space left")

    with (
        caplog.at_level(logging.ERROR),
        open_driver(
            "namecom",
            endpoint=serve(behave).url,
            credentials={"username": USER, "api_token": TOKEN},
            on_exchange=full,
        ) as driver,
    ):
        assert driver.account.info().user == USER
    assert "account/get" in caplog.text
    assert TOKEN not in caplog.text
