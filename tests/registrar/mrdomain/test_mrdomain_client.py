"""The client against servers whose bytes the test decides: parameters out, verdicts in, no secret anywhere."""

from __future__ import annotations

import logging
from datetime import date
from urllib.parse import parse_qs

import pytest

from registrar import Timeouts, open_driver
from registrar.errors import (
    InvalidRequest,
    NotFound,
    NotSent,
    NotSupported,
    OutcomeUnknown,
    RateLimited,
    UnreadableReply,
)
from registrar.mrdomain.actions import ACTIONS
from registrar.types import DomainOrder, DomainStatus, Pending, TransferOrder

PASSWORD = "canary-pässword/1&2"
AUTH_CODE = "canary-auth<code>"


@pytest.fixture
def connect():
    """connect(url, **options) opens a driver that ends with the test."""
    drivers = []

    def opened(url, **options):
        options.setdefault("timeouts", Timeouts(connect=2, total=5))
        drivers.append(
            open_driver(
                "mrdomain", endpoint=url, credentials={"apiuser": "us", "apipasswd": PASSWORD}, **options
            )
        )
        return drivers[-1]

    yield opened
    for driver in drivers:
        driver.close()


def answering(body: bytes, requests: list[bytes] | None = None, **options: str):
    def behave(peer):
        request = peer.read_request()
        if requests is not None:
            requests.append(request)
        peer.reply(body, **options)

    return behave


def success(data: str) -> bytes:
    return ('{"success":true,"errorCode":0,"errorCodeMsg":"","responseData":%s}' % data).encode()  # noqa: UP031


def test_there_are_106_actions_in_seven_modules():
    counts: dict[str, int] = {}
    for action in ACTIONS:
        module = action.partition("/")[0]
        counts[module] = counts.get(module, 0) + 1

    assert counts == {
        "tool": 6,
        "account": 3,
        "domain": 24,
        "contact": 4,
        "service": 47,
        "ssl": 13,
        "user": 9,
    }


@pytest.mark.parametrize("action", ACTIONS)
def test_every_action_is_posted_under_its_name(serve, connect, action):
    requests: list[bytes] = []
    driver = connect(serve(answering(success('{"x":1}'), requests)).url)

    assert driver.client.call(action, a="b") == {"x": 1}

    assert requests[0].startswith(f"POST /{action}/ HTTP/1.1".encode())


def test_parameters_are_written_as_the_registrar_reads_them(serve, connect):
    requests: list[bytes] = []
    driver = connect(serve(answering(success("{}"), requests)).url)

    driver.client.call(
        "/domain/renew/", yes=True, no=False, count=3, day=date(2027, 5, 1), left_out=None, both=["a", "ñ"]
    )

    form = parse_qs(requests[0].partition(b"\r\n\r\n")[2].decode(), keep_blank_values=True)
    assert form == {
        "apiuser": ["us"],
        "apipasswd": [PASSWORD],
        "yes": ["1"],
        "no": [""],
        "count": ["3"],
        "day": ["2027-05-01"],
        "both": ["a,ñ"],
    }


@pytest.mark.parametrize(
    ("action", "parameters"),
    [
        ("domain/destroy", {}),
        ("", {}),
        ("../admin", {}),
        ("tool/hello", {"apipasswd": "other"}),
        ("tool/hello", {"output-format": "xml"}),
        ("tool/hello", {"x": object()}),
        ("tool/hello", {"x": {"nested": 1}}),
    ],
)
def test_impossible_call_is_refused_before_sending(serve, connect, action, parameters):
    server = serve(answering(success("{}")))

    with pytest.raises(InvalidRequest):
        connect(server.url).client.call(action, **parameters)
    assert server.connections == 0


def test_writes_are_told_from_reads(free_port, connect):
    client = connect(f"http://127.0.0.1:{free_port}").client

    assert client.is_write("domain/renew")
    assert not client.is_write("/domain/check/")
    with pytest.raises(InvalidRequest):
        client.is_write("domain/destroy")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>It works!</html>",
        b'{"success":true,"errorCode":0,"responseData":[]}',
        b'{"success":true,"errorCode":0,"responseData":{"domains":{"0":1}}}',
        b'{"success":true,"errorCode":0,"responseData":"ok"}',
        b'{"success":true,"errorCode":0,"responseData":null}',
        b'{"success":true,"errorCode":2010,"responseData":{}}',
        '{"success":true,"errorCode":0,"errorCodeMsg":"año","responseData":{}}'.encode("latin-1"),
    ],
)
def test_unreadable_reply_to_a_write_is_unknown(serve, connect, body):
    driver = connect(serve(answering(body)).url)

    with pytest.raises(UnreadableReply):
        driver.domains.create(DomainOrder("faro.com", "AB-1"))


def test_reply_about_another_name_is_unknown(serve, connect):
    data = (
        '{"billing":{"total":1,"currency":"EUR"},"domains":[{"name":"other.com","status":"active","tld":"com",'
        '"tsExpir":"2027-01-01","domainID":1}]}'
    )
    driver = connect(serve(answering(success(data))).url)

    with pytest.raises(UnreadableReply):
        driver.domains.create(DomainOrder("faro.com", "AB-1"))


def test_reply_under_a_unicode_name_is_the_same_name(serve, connect):
    data = (
        '{"domains":[{"name":"españa.com","status":"odd-new-word","tld":"com","tsExpir":"","domainID":"7"}]}'
    )
    driver = connect(serve(answering(success(data))).url)

    outcome = driver.domains.create(DomainOrder("xn--espaa-rta.com", "AB-1"))

    assert isinstance(outcome, Pending)
    assert outcome.reference == "7"
    assert outcome.value is not None
    assert (outcome.value.status, outcome.value.raw_status) == (DomainStatus.UNKNOWN, "odd-new-word")


@pytest.mark.parametrize("status", ["500 Oops", "502 Bad Gateway"])
def test_server_error_is_unknown_whatever_its_body_says(serve, connect, status):
    body = b'{"success":false,"errorCode":2008,"errorCodeMsg":"","messages":[],"responseData":[]}'
    driver = connect(serve(answering(body, status=status)).url)

    with pytest.raises(OutcomeUnknown):
        driver.domains.info("faro.com")


def test_too_many_requests_tells_the_wait(serve, connect):
    driver = connect(serve(answering(b"", status="429 Slow down", headers="Retry-After: 7\r\n")).url)

    with pytest.raises(RateLimited) as caught:
        driver.tools.hello()
    assert caught.value.after == 7


def test_read_that_a_write_needs_and_loses_means_not_sent(serve, connect):
    """A .fr order by handle reads the owner's type first; losing that answer is no reason to doubt the order."""
    requests: list[bytes] = []
    driver = connect(serve(answering(b"garbage", requests)).url)

    with pytest.raises(NotSent):
        driver.domains.create(DomainOrder("faro.fr", "AB-1"))
    assert [request.split()[1] for request in requests] == [b"/contact/getinfo/"]


def test_exchange_holds_no_secret(serve, connect):
    exchanges = []
    body = (
        '{"success":true,"errorCode":0,"errorCodeMsg":"%s","responseData":{"name":"faro.com","authcode":"%s",'  # noqa: UP031
        '"echo":"%s"}}' % (PASSWORD, AUTH_CODE, AUTH_CODE)
    ).encode()
    driver = connect(serve(answering(body)).url, on_exchange=exchanges.append)

    assert driver.client.call("domain/transferrestart", authcode=AUTH_CODE)["authcode"] == AUTH_CODE

    (exchange,) = exchanges
    assert "canary" not in repr(exchange)
    assert (exchange.family, exchange.action, exchange.status) == ("mrdomain", "domain/transferrestart", 200)
    assert exchange.duration > 0
    assert exchange.error == ""


def test_error_holds_no_secret(serve, connect):
    body = (
        '{"success":false,"errorCode":2008,"errorCodeMsg":"no %s","messages":["with %s"],"responseData":[]}'  # noqa: UP031
        % (PASSWORD, AUTH_CODE)
    ).encode()
    exchanges = []
    driver = connect(serve(answering(body)).url, on_exchange=exchanges.append)

    with pytest.raises(NotFound) as caught:
        driver.domains.transfer(TransferOrder("faro.com", "AB-1", auth_code=AUTH_CODE))

    assert "canary" not in f"{caught.value} {caught.value!r} {exchanges}"
    assert exchanges[0].error == "NotFound"


@pytest.mark.parametrize(
    ("raw", "error", "status"),
    [
        (b'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"authcode":"canary-1', "UnreadableReply", 200),
        (b'HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\n{"authcode":"canary-1"', "UnreadableReply", 200),
        (b"", "OutcomeUnknown", 0),
    ],
)
def test_failed_exchange_is_recorded_without_secrets(serve, connect, raw, error, status):
    def behave(peer):
        peer.read_request()
        peer.sock.sendall(raw)

    exchanges = []
    driver = connect(serve(behave).url, on_exchange=exchanges.append)

    with pytest.raises(OutcomeUnknown):
        driver.client.call("domain/getauthcode", domain="faro.com")

    assert (exchanges[0].error, exchanges[0].status) == (error, status)
    assert "canary" not in repr(exchanges)


def test_call_that_was_not_sent_is_recorded(free_port, connect):
    exchanges = []

    with pytest.raises(NotSent):
        connect(f"http://127.0.0.1:{free_port}", on_exchange=exchanges.append).tools.hello()
    assert (exchanges[0].error, exchanges[0].status, exchanges[0].reply) == ("NotSent", 0, "")


def test_full_archive_does_not_hide_the_answer(serve, connect, caplog):
    def full(exchange):
        raise OSError("disk full")

    driver = connect(serve(answering(success('{"x":1}'))).url, on_exchange=full)

    with caplog.at_level(logging.ERROR):
        assert driver.client.call("tool/hello") == {"x": 1}
    assert "could not be kept" in caplog.text
    assert "canary" not in caplog.text


def test_nothing_shows_the_password(free_port, connect):
    driver = connect(f"http://127.0.0.1:{free_port}")

    assert "canary" not in f"{driver!r} {driver.client!r} {driver.domains!r}"


def test_auth_code_is_not_in_the_orders_repr():
    assert "canary" not in repr(TransferOrder("faro.com", "AB-1", auth_code=AUTH_CODE))


def test_module_that_the_family_lacks_raises_not_supported(free_port, connect):
    driver = connect(f"http://127.0.0.1:{free_port}")

    with pytest.raises(NotSupported):
        driver.operations.info("17")
