"""Name.com on the wire: bytes, headers, sessions, codes of every command."""

from __future__ import annotations

import json
import re
import socket
from typing import Any
from urllib.parse import urlsplit

import pytest

GOOD = b'{"result":{"code":100,"message":"Command Successful"}'
MINE = "bluestem-studio.com"


def spoken(api: Any, request: bytes) -> bytes:
    """What the server sends for these bytes, until it hangs up."""
    parts = urlsplit(api.sandbox.url("namecom"))
    with socket.create_connection((str(parts.hostname), int(parts.port or 0)), 5) as line:
        line.sendall(request)
        received = b""
        while chunk := line.recv(65536):
            received += chunk
    return received


def test_hello_is_compact_json_in_the_documented_order(api: Any) -> None:
    api.control("POST", "/reset", seed=1, start=1388206000, speed=0)
    assert api.raw("GET", "hello", headers={}) == (
        200,
        GOOD + b',"service":"Name.com API Test Server","server_date":"2013-12-28 04:46:40","version":"2.0",'
        b'"language":"en","client_ip":"127.0.0.1"}',
    )


def test_slashes_and_letters_are_escaped_as_php_does(api: Any) -> None:
    body = api.raw("GET", "domain/get/erabliere-tremblay.ca")[1]
    assert rb'"domain\/renew":{"price":"13.99"}' in body
    assert rb'"organization":"\u00c9rabli\u00e8re Tremblay Inc."' in body
    assert b": " not in re.sub(rb'"[^"]*"', b"", body)


def test_http_1_0_and_an_absolute_request_line_are_answered(api: Any) -> None:
    request = b"GET http://api.dev.name.com/api/hello HTTP/1.0\r\nHost: api.dev.name.com\r\n\r\n"
    assert b'"service":"Name.com API Test Server"' in spoken(api, request)


@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "text/json; charset=utf-8", "application/json", ""]
)
def test_body_is_json_whatever_its_type_says(api: Any, kind: str) -> None:
    headers = {"Content-Type": kind} if kind else {}
    body = b'{"username":"demo-ote","api_token":"demo"}'
    status, text = api.raw("POST", "login", body, headers)
    assert status == 200
    assert re.fullmatch(re.escape(GOOD) + rb',"session_token":"[0-9a-f]{40}"\}', text)


def test_get_with_a_body_is_answered(api: Any) -> None:
    assert api.raw("GET", "hello", b"[]")[1].startswith(GOOD)


@pytest.mark.parametrize("body", [b"", b"not json", b"null", b"[]", b'{"username":"demo-ote"}', b"\xff"])
def test_login_without_both_parameters_misses_one(api: Any, body: bytes) -> None:
    code, message = api.error("POST", "login", body, {})
    assert code == 203
    assert message.startswith("Required Parameter Missing - ")


def test_login_with_a_wrong_token_is_refused_in_its_own_words(api: Any) -> None:
    sent = {"username": "demo-ote", "api_token": "wrong"}
    refusal = (221, "Authorization Error - Username Or Ip Token Invalid")
    assert api.error("POST", "login", sent, {}) == refusal
    api.world(ip_listed=False)
    assert api.error("POST", "login", {**sent, "api_token": "demo"}, {}) == refusal


REFUSED = (251, "Authentication Error - Invalid Username Or Api Token")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Api-Username": "demo-ote"},
        {"Api-Username": "demo-ote", "Api-Token": "wrong"},
        {"Api-Session-Token": "0" * 40},
    ],
)
def test_command_without_good_headers_is_refused(api: Any, headers: dict[str, str]) -> None:
    assert api.error("GET", "account/get", headers=headers) == REFUSED


def session(api: Any) -> dict[str, str]:
    """The header of a new session."""
    token = api.ok("POST", "login", {"username": "demo-ote", "api_token": "demo"}, {})["session_token"]
    return {"Api-Session-Token": token}


def test_session_token_is_good_until_logout(api: Any) -> None:
    header = session(api)
    assert api.ok("GET", "account/get", headers=header)["username"] == "demo-ote"
    assert api.ok("GET", "logout", headers=header) == {}
    assert api.error("GET", "account/get", headers=header) == REFUSED


def test_session_token_lasts_an_hour_from_its_last_use(api: Any) -> None:
    header = session(api)
    for _ in range(3):
        api.advance(3000)
        api.ok("GET", "account/get", headers=header)
    api.advance(3700)
    assert api.error("GET", "account/get", headers=header) == REFUSED


def test_user_and_token_count_where_the_session_is_over(api: Any) -> None:
    header = session(api)
    assert api.world(end_sessions=True) == {"end_sessions": 1}
    both = {**header, "Api-Username": "demo-ote", "Api-Token": "demo"}
    assert api.ok("GET", "account/get", headers=both)["domain_count"] == 25


def test_account_has_the_documented_keys(api: Any) -> None:
    api.control("POST", "/reset", seed=1, family="namecom", balance="81.50")
    data = api.get("account/get")
    assert list(data) == ["username", "create_date", "domain_count", "account_credit", "contacts"]
    assert data["account_credit"] == 81.5
    api.world(assume={"credit": "string"})
    assert api.get("account/get")["account_credit"] == "81.50"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "nothing"),
        ("GET", "domain/renew/x.com"),
        ("GET", "order"),
        ("POST", "domain/list"),
        ("GET", "domain/get/a.com/b"),
        ("GET", "host/create/a.com"),
        ("PUT", "hello"),
        ("GET", ""),
    ],
)
def test_unknown_url_answers_211(api: Any, method: str, path: str) -> None:
    assert api.error(method, path) == (211, "Invalid Command URL")


def test_unknown_url_can_be_a_404_of_the_web_server(api: Any) -> None:
    api.world(assume={"unknown_url": "404"})
    status, text = api.raw("GET", "nothing")
    assert status == 404
    assert b"<html>" in text


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("domain/create", b"5", 250),
        ("order", {"items": "all"}, 250),
        ("order", {"items": ["x"]}, 250),
        ("order", {}, 203),
        ("order", {"items": []}, 203),
        ("order", {"items": [{"domain_name": "x.com"}]}, 203),
        ("order", {"items": [{"order_type": "domain/steal"}]}, 204),
        ("domain/create", {"domain_name": {"a": 1}}, 204),
        ("dns/create/" + MINE, {"hostname": "x", "type": "A"}, 203),
        ("domain/update_nameservers/" + MINE, {"nameservers": "ns1.a.com"}, 204),
    ],
)
def test_bad_body_answers_its_code_and_has_no_effect(api: Any, path: str, body: Any, code: int) -> None:
    found, message = api.error("POST", path, body)
    assert found == code
    assert message.startswith({203: "Required Parameter", 204: "Parameter Value", 250: "Unexpected"}[code])
    assert api.journal() == []


def test_secrets_are_masked_in_journal_and_state(api: Any) -> None:
    token = session(api)["Api-Session-Token"]
    api.post("domain/create", domain_name="lighthouse.com", period=1, token="hush", deep=[{"password": "p"}])
    told = json.dumps([api.journal(), api.state(), api.control("GET", "/requests")])
    assert token not in told
    (entry,) = api.journal()
    assert entry["arguments"]["token"] == "********"
    assert entry["arguments"]["deep"] == [{"password": "********"}]


def test_switch_that_there_is_not_and_value_that_it_cannot_have_are_refused(api: Any) -> None:
    for bad in ({"weather": "rain"}, {"credit": "coins"}, {"check_without_login": 1}):
        sent = json.dumps({"assume": bad}).encode()
        status, text = api.http("POST", api.sandbox.control_url + "/world/namecom", sent)
        assert status == 400, text


def test_empty_map_is_a_list_as_php_prints_it_unless_told(api: Any) -> None:
    for name in [row["name"] for row in api.state()["domains"]]:
        api.world(remove_domain=name)
    assert api.raw("GET", "domain/list")[1].endswith(b',"domains":[]}')
    api.world(assume={"empty_map": "object"})
    assert api.raw("GET", "domain/list")[1].endswith(b',"domains":{}}')
