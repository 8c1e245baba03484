"""The client against servers whose bytes the test decides: envelopes out, verdicts in, no secret anywhere."""

from __future__ import annotations

import json
import logging

import pytest

from registrar import Timeouts, open_driver
from registrar.bookmyname.actions import ACTIONS, METHODS, SIGNATURES
from registrar.errors import (
    AlreadyExists,
    InvalidRequest,
    NotSent,
    NotSupported,
    OutcomeUnknown,
    RateLimited,
    UnreadableReply,
)
from registrar.types import DomainOrder, TransferOrder
from tests.registrar.bookmyname.conftest import PASSWORD, Answered
from tests.registrar.bookmyname.replies import CREATED, DOMAIN, fault, php, returning, typed

AUTH_CODE = "canary-auth<code>"
ORDER = DomainOrder("faro.com", "151049")


def example(function: str) -> dict[str, object]:
    """Parameters for any function."""
    signature = SIGNATURES[function]
    return {name: {"nom": "x"} if name == signature.map else "1" for name in signature.names}


def test_there_are_twenty_functions():
    counts: dict[str, int] = {}
    for function in ACTIONS:
        module = function.partition("_")[0]
        counts[module] = counts.get(module, 0) + 1

    assert counts == {"contact": 5, "domain": 9, "host": 3, "api": 3}
    assert METHODS.keys() == ACTIONS.keys()


@pytest.mark.parametrize("function", ACTIONS)
def test_every_function_is_posted_under_its_name(answered: Answered, function):
    line = answered(**{function: php(function, 1, 7, {"a": "b"})})

    found = line.driver.client.call(function, **example(function))

    assert found == {"retcode": "1", "retval": "7", "retfields": {"a": "b"}}
    head = line.requests[0].partition(b"\r\n\r\n")[0].decode()
    assert head.startswith("POST /apis.cgi HTTP/1.1\r\n")
    assert f'/apis.cgi#{function}"' in head
    assert "content-type: text/xml; charset=utf-8" in head.lower()
    assert f"<ns1:{function}>".encode() in line.body
    assert [exchange.action for exchange in line.exchanges] == [function]


def test_parameters_travel_by_position(answered: Answered):
    line = answered()

    line.driver.client.call("domain_renew", period=3, domain="faro.com")

    assert (
        '<param0 xsi:type="xsd:string">13490</param0>'
        '<param1 xsi:type="xsd:string">canary-pässword&lt;1&amp;2&gt;</param1>'
        '<param2 xsi:type="xsd:string">faro.com</param2><param3 xsi:type="xsd:int">3</param3>'
    ) in line.body.decode()


def test_names_that_are_no_parameters_are_entries_of_the_map(answered: Answered):
    line = answered()

    line.driver.client.call(
        "domain_update", domain="faro.com", fields={"ns0": "a.example"}, registry_status="64"
    )

    assert (
        '<param2 xsi:type="xsd:string">faro.com</param2><param3 xsi:type="ns2:Map"><item><key xsi:type="xsd:string">'
        'ns0</key><value xsi:type="xsd:string">a.example</value></item><item><key xsi:type="xsd:string">'
        'registry_status</key><value xsi:type="xsd:string">64</value></item></param3>'
    ) in line.body.decode()


def test_trailing_parameter_may_be_absent(answered: Answered):
    line = answered()

    line.driver.client.call("domain_list")
    line.driver.client.call("contact_info", handle="LP7-FREE")
    line.driver.client.call("contact_info", id="151049")

    everywhere, by_handle, by_number = (request.decode() for request in line.requests)
    assert "<param2" not in everywhere
    assert '<param2 xsi:type="xsd:string">LP7-FREE</param2></ns1:contact_info>' in by_handle
    assert '<param2 xsi:type="xsd:string"></param2><param3 xsi:type="xsd:string">151049</param3>' in by_number


def test_none_is_sent_as_nil(answered: Answered):
    line = answered()

    line.driver.client.call("domain_check", domain=None)

    assert b'<param2 xsi:nil="true"/>' in line.body


@pytest.mark.parametrize(
    ("function", "parameters"),
    [
        ("domain_destroy", {}),
        ("", {}),
        ("domain_info", {}),
        ("domain_info", {"domain": "faro.com", "other": "x"}),
        ("domain_info", {"domain": ["faro.com"]}),
        ("domain_info", {"domain": 1.5}),
        ("domain_create", {"fields": {"ns0": {"a": "b"}}}),
        ("domain_info", {"domain": "fa\x01ro.com"}),
    ],
)
def test_impossible_call_is_refused_before_sending(answered: Answered, function, parameters):
    line = answered()

    with pytest.raises(InvalidRequest):
        line.driver.client.call(function, **parameters)
    assert line.requests == []


def test_writes_are_told_from_reads(answered: Answered):
    client = answered().driver.client

    assert client.is_write("domain_renew")
    assert not client.is_write("domain_check")
    with pytest.raises(InvalidRequest):
        client.is_write("domain_destroy")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>It works!</html>",
        php("domain_create", 1, 277, CREATED)[:-30],
        php("domain_create", 1, 277, {"nom": "é"}).decode().encode("latin-1"),
        php("domain_create", 1, 277),
        php("domain_create", 1, 277, []),
        php("domain_create", 1, 278, CREATED),
        php("domain_create", 1, 277, CREATED | {"domain": "other.com"}),
        php("domain_create", 1, 277, CREATED | {"registry_status": 0x8000}),
        php("domain_create", 1, 277, CREATED | {"registrar_expiration": "soon"}),
        php("domain_create", 1, 277, CREATED | {"id": "x"}),
        php("domain_create", 1, 277, CREATED | {"domain": {}}),
        php("domain_check", 1, 277, CREATED),
        returning("domain_create", typed("return", {"retcode": 1})),
        returning("domain_create", typed("return", {"retval": 1})),
        returning("domain_create", typed("return", {"retcode": "yes", "retval": 1})),
        returning("domain_create", typed("return", "1")),
        returning("domain_create", typed("return", None)),
    ],
)
def test_unreadable_reply_to_a_write_is_unknown(answered: Answered, body):
    line = answered(domain_create=body)

    with pytest.raises(UnreadableReply):
        line.driver.domains.create(ORDER)
    assert line.exchanges[0].error == "UnreadableReply"


@pytest.mark.parametrize("status", ["500 Oops", "502 Bad Gateway", "503 Later"])
def test_server_error_is_unknown_whatever_its_body_says(answered: Answered, status):
    line = answered(domain_create=php("domain_create", -1, -2), status=status)

    with pytest.raises(OutcomeUnknown) as caught:
        line.driver.domains.create(ORDER)
    assert not isinstance(caught.value, AlreadyExists)


@pytest.mark.parametrize("status", ["500 Internal Server Error", "200 OK"])
def test_fault_leaves_the_outcome_unknown(answered: Answered, status):
    line = answered(domain_create=fault("SOAP-ENV:Server", f"broken by {PASSWORD}"), status=status)

    with pytest.raises(OutcomeUnknown) as caught:
        line.driver.domains.create(ORDER)
    assert caught.value.reason == "fault"
    assert "canary" not in f"{caught.value} {line.exchanges}"


def test_fault_of_a_missing_function_is_not_supported(answered: Answered):
    body = fault("SOAP-ENV:Server", "Function 'domain_create' doesn't exist")
    line = answered(domain_create=body, status="500 Internal Server Error")

    with pytest.raises(NotSupported):
        line.driver.domains.create(ORDER)


def test_too_many_requests_tells_the_wait(serve):
    def behave(peer):
        peer.read_request()
        peer.reply(b"", status="429 Slow down", headers="Retry-After: 7\r\n")

    credentials = {"dist_id": "1", "dist_passwd": "x"}
    with (
        open_driver("bookmyname", endpoint=serve(behave).url, credentials=credentials) as driver,
        pytest.raises(RateLimited) as caught,
    ):
        driver.tools.hello()
    assert caught.value.after == 7


def test_exchange_is_readable_and_holds_no_secret(answered: Answered):
    reply = php("domain_transfer", 1, 9, {"tid": 9, "authinfo": AUTH_CODE, "echo": f"{AUTH_CODE} {PASSWORD}"})
    line = answered(domain_transfer=reply)

    line.driver.domains.transfer(TransferOrder("faro.com", "151049", auth_code=AUTH_CODE))

    (exchange,) = line.exchanges
    assert "canary" not in repr(exchange)
    name, _, arguments = exchange.request.partition(" ")
    assert name == "domain_transfer"
    assert json.loads(arguments) == {
        "dist_id": "13490",
        "dist_passwd": "***",
        "domain": "faro.com",
        "authkey": "***",
    }
    assert "domain_transferResponse" in exchange.reply
    assert (exchange.family, exchange.status, exchange.error) == ("bookmyname", 200, "")
    assert exchange.duration > 0


def test_secrets_in_maps_are_masked(answered: Answered):
    reply = php("domain_update", 1, 9, {"tid": 9, "note": AUTH_CODE})
    line = answered(domain_update=reply)

    line.driver.client.call(
        "domain_update", domain="faro.com", fields={"authinfo": AUTH_CODE, "passwd": "canary-2"}
    )

    assert "canary" not in repr(line.exchanges)
    assert '"authinfo": "***"' in line.exchanges[0].request


@pytest.mark.parametrize("cut", range(60, 900, 60))
def test_cut_reply_holds_no_secret_either(answered: Answered, cut):
    body = php("domain_info", 1, 141958, {"authinfo": AUTH_CODE, **DOMAIN, "passwd": PASSWORD})
    line = answered(domain_info=body[: len(body) - cut])

    with pytest.raises(OutcomeUnknown):
        line.driver.domains.info("faro.com")
    assert "canary" not in repr(line.exchanges)


def test_call_that_was_not_sent_is_recorded(free_port):
    exchanges = []
    driver = open_driver(
        "bookmyname",
        endpoint=f"http://127.0.0.1:{free_port}/apis.cgi",
        credentials={"dist_id": "1", "dist_passwd": PASSWORD},
        timeouts=Timeouts(connect=2, total=2),
        on_exchange=exchanges.append,
    )

    with pytest.raises(NotSent):
        driver.tools.hello()
    assert (exchanges[0].error, exchanges[0].status, exchanges[0].reply) == ("NotSent", 0, "")


def test_full_archive_does_not_hide_the_answer(serve, caplog):
    def full(exchange):
        raise OSError("disk full")

    def behave(peer):
        peer.read_request()
        peer.reply(php("domain_check", 1, 1))

    credentials = {"dist_id": "1", "dist_passwd": PASSWORD}
    driver = open_driver("bookmyname", endpoint=serve(behave).url, credentials=credentials, on_exchange=full)

    with caplog.at_level(logging.ERROR):
        assert driver.client.call("domain_check", domain="faro.com") == {"retcode": "1", "retval": "1"}
    assert "could not be kept" in caplog.text
    assert "canary" not in caplog.text


def test_nothing_shows_the_password(answered: Answered):
    driver = answered().driver

    assert "canary" not in f"{driver!r} {driver.client!r} {driver.domains!r}"
