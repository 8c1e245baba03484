"""The client against a server whose bytes the test decides: requests out, verdicts in, no secret anywhere."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from registrar import open_driver
from registrar.errors import (
    AuthenticationFailed,
    InvalidRequest,
    NotSent,
    OutcomeUnknown,
    RateLimited,
    UnreadableReply,
)
from registrar.namecom.actions import ACTIONS, CALLS, METHODS, ORDER_TYPES, Argument
from registrar.namecom.capability import CAPABILITIES
from registrar.types import DomainOrder
from tests.registrar.namecom.conftest import TOKEN, USER
from tests.registrar.namecom.replies import reply

SESSION = "canary-session-4711"


def test_there_are_22_calls_and_five_order_types():
    assert len(ACTIONS) == len(CALLS) == 22
    assert METHODS.keys() == ACTIONS.keys()
    assert len(ORDER_TYPES) == 5


def test_typed_operations_of_the_tables_are_capabilities():
    usable = {row.operation for row in CAPABILITIES if row.usable}

    assert set(METHODS.values()) - {"session"} <= usable
    assert set(ORDER_TYPES.values()) <= usable


@pytest.mark.parametrize("name", sorted(set(CALLS) - {"login"}))
def test_every_call_goes_out_by_its_verb_and_path(answered, name):
    line = answered(otherwise=reply({"x": 1}))
    argument = "/faro.com" if CALLS[name].argument is Argument.NEEDED else ""

    assert line.driver.client.call(f"{name}{argument}") == {"x": 1}

    assert line.lines == [f"{CALLS[name].verb} /api/{name}{argument}"]
    assert [exchange.action for exchange in line.exchanges] == [name]


def test_every_call_but_the_open_ones_bears_user_and_token(answered):
    line = answered()

    for name in ("account/get", "domain/list/other-user", "domain/check", "hello"):
        line.driver.client.call(name)

    for index in range(3):
        headers = line.headers(index)
        assert (headers["api-username"], headers["api-token"]) == (USER, TOKEN)
        assert "api-session-token" not in headers
    assert not {name for name in line.headers() if name.startswith("api-")}


def test_session_takes_the_place_of_user_and_token_until_it_ends(answered):
    line = answered({"login": reply({"session_token": SESSION})})
    client = line.driver.client

    client.login()
    assert client.has_session
    client.call("account/get")
    client.logout()
    assert not client.has_session
    client.call("account/get")

    assert line.lines == [
        "POST /api/login",
        "GET /api/account/get",
        "GET /api/logout",
        "GET /api/account/get",
    ]
    assert json.loads(line.body(0)) == {"username": USER, "api_token": TOKEN}
    assert line.headers(1)["api-session-token"] == SESSION
    assert "api-token" not in line.headers(1)
    assert line.headers(3)["api-token"] == TOKEN


def test_session_that_has_ended_is_forgotten(answered):
    ended = reply(code=251, said="Authentication Error - Invalid Session")
    line = answered(
        {"login": reply({"session_token": SESSION}), "account/get": [ended, reply({"username": USER})]}
    )
    line.driver.client.login()

    with pytest.raises(AuthenticationFailed):
        line.driver.account.info()

    assert line.driver.account.info().user == USER
    assert line.headers()["api-token"] == TOKEN


def test_session_is_closed_with_the_driver(answered):
    line = answered({"login": reply({"session_token": SESSION}), "logout": reply(code=250)})
    line.driver.client.login()

    line.driver.close()

    assert line.lines[-1] == "GET /api/logout"


def test_driver_without_a_session_closes_silently(answered):
    line = answered()

    line.driver.close()

    assert line.requests == []


@pytest.mark.parametrize("data", [{}, {"session_token": ""}, {"session_token": "two\nlines"}])
def test_login_without_a_usable_token_is_unreadable(answered, data):
    line = answered({"login": reply(data)})

    with pytest.raises(UnreadableReply):
        line.driver.client.login()
    assert not line.driver.client.has_session


def test_body_is_json_of_what_was_given(answered):
    line = answered()

    line.driver.client.call(
        "order",
        items=({"price": Decimal("1.50"), "day": date(2027, 5, 1), "left_out": None, "é": True},),
        left_out=None,
    )

    assert line.body() == b'{"items":[{"price":"1.50","day":"2027-05-01","\\u00e9":true}]}'
    assert line.headers()["content-type"] == "application/json"


def test_write_without_parameters_has_an_empty_body(answered):
    line = answered()

    line.driver.client.call("domain/lock/faro.com")

    assert line.body() == b""
    assert line.headers()["content-length"] == "0"


@pytest.mark.parametrize(
    ("action", "parameters"),
    [
        ("domain/destroy/faro.com", {}),
        ("", {}),
        ("domain", {}),
        ("../admin", {}),
        ("domain/get/..", {}),
        ("domain/get/faro.com?x=1", {}),
        ("domain/get/faro com", {}),
        ("domain/get/faro.com/more", {}),
        ("account/get/faro.com", {}),
        ("account/get", {"x": 1}),
        ("login", {"username": "other"}),
        ("order", {"items": object()}),
        ("order", {"items": [1.5]}),
    ],
)
def test_impossible_call_is_refused_before_sending(answered, action, parameters):
    line = answered()

    with pytest.raises(InvalidRequest):
        line.driver.client.call(action, **parameters)
    assert line.requests == []


def test_writes_are_told_from_reads(answered):
    client = answered().driver.client

    assert client.is_write("order")
    assert client.is_write("/dns/delete/faro.com")
    assert not client.is_write("domain/check")
    with pytest.raises(InvalidRequest):
        client.is_write("domain/destroy")


@pytest.mark.parametrize(("name", "value"), [("api_token", "tökén"), ("username", "two words\n3")])
def test_credential_that_no_header_can_hold_is_named(name, value):
    credentials = {"username": USER, "api_token": TOKEN, name: value}

    with pytest.raises(InvalidRequest) as caught:
        open_driver("namecom", credentials=credentials)
    assert caught.value.field == name
    assert value not in str(caught.value)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>It works!</html>",
        b"[]",
        b'{"code":100}',
        b'{"result":"ok"}',
        b'{"result":{"message":"Command Successful"}}',
        b'{"result":{"code":true,"message":"Command Successful"}}',
        b'{"result":{"code":"good"}}',
        b'{"result":{"code":100,"message":"Command Success',
        '{"result":{"code":100,"message":"año"}}'.encode("latin-1"),
        b'{"result":{"code":100,"message":"Command Successful"}}',
        b'{"result":{"code":100},"results":{"a":1}}',
        b'{"result":{"code":100},"results":[1]}',
        b'{"result":{"code":100},"results":[{"success":true}]}',
    ],
)
def test_unreadable_reply_to_an_order_is_unknown(answered, person, body):
    line = answered(otherwise=body)

    with pytest.raises(UnreadableReply):
        line.driver.domains.create(DomainOrder("faro.com", person))
    assert line.lines == ["POST /api/order"]
    assert line.exchanges[0].error == "UnreadableReply"


@pytest.mark.parametrize(
    ("status", "error"),
    [
        ("500 Oops", OutcomeUnknown),
        ("502 Bad Gateway", OutcomeUnknown),
        ("404 Not Found", UnreadableReply),
        ("410 Gone", UnreadableReply),
        ("401 Unauthorized", UnreadableReply),
        ("302 Found", UnreadableReply),
    ],
)
def test_http_error_is_unknown_whatever_its_body_says(serve, status, error):
    def behave(peer):
        peer.read_request()
        peer.reply(reply(code=240), status=status)

    with (
        open_driver(
            "namecom",
            endpoint=f"{serve(behave).url}/api",
            credentials={"username": USER, "api_token": TOKEN},
        ) as driver,
        pytest.raises(error) as caught,
    ):
        driver.domains.info("faro.com")
    assert caught.value.code == ""


def test_too_many_requests_tells_the_wait(serve):
    def behave(peer):
        peer.read_request()
        peer.reply(b"", status="429 Slow down", headers="Retry-After: 7\r\n")

    with (
        open_driver(
            "namecom", endpoint=serve(behave).url, credentials={"username": USER, "api_token": TOKEN}
        ) as driver,
        pytest.raises(RateLimited) as caught,
    ):
        driver.tools.hello()
    assert caught.value.after == 7


def test_no_connection_is_not_sent(free_port, person):
    with (
        open_driver(
            "namecom",
            endpoint=f"http://127.0.0.1:{free_port}/api",
            credentials={"username": USER, "api_token": TOKEN},
        ) as driver,
        pytest.raises(NotSent),
    ):
        driver.domains.create(DomainOrder("faro.com", person))


def test_reading_that_stumbles_over_a_reply_is_unreadable(answered):
    line = answered()

    with pytest.raises(UnreadableReply, match="KeyError"):
        line.driver.client.fetch("order", {"items": []}, lambda data: data["results"])
    assert line.exchanges[0].error == "UnreadableReply"
