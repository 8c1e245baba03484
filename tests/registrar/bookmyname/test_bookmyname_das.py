"""DAS: its three dialects as bytes, its codes, and whom it asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from registrar import Timeouts, open_driver
from registrar.bookmyname import das
from registrar.errors import (
    InvalidRequest,
    NotSent,
    OutcomeUnknown,
    PermissionDenied,
    RateLimited,
    UnreadableReply,
)
from registrar.interface.driver import Driver
from registrar.transport.exchange import Exchange
from registrar.types import Availability, AvailabilityState

OWN = "% Domain Availability Server 1.0\r\n%\r\n%% RC = 0\r\nDomain: faro.com\r\nStatus: {word}\r\n"
EURID = "% WHOIS\r\n% This is the DAS\r\n%\r\n%RC=0\r\nDomain: faro\r\nStatus: {word}\r\n"
BELGIUM = "% .be Domain Availability Server 4.0\r\n%\r\n%% RC=0\r\nDomain:\tfaro.be\r\nStatus:\t{word}\r\n"


@pytest.fixture
def opened(serve) -> Iterator[Callable[..., tuple[Driver, list[bytes], list[Exchange]]]]:
    """opened(answer) gives a driver whose DAS server answers that, what it was asked, and the records."""
    drivers: list[Driver] = []

    def start(answer: str):
        questions: list[bytes] = []
        exchanges: list[Exchange] = []

        def behave(peer):
            questions.append(peer.sock.recv(999))
            peer.sock.sendall(answer.encode())

        driver = open_driver(
            "bookmyname",
            endpoint="http://127.0.0.1:9/apis.cgi",
            credentials={
                "dist_id": "1",
                "dist_passwd": "x",
                "das": serve(behave).url.removeprefix("http://"),
            },
            timeouts=Timeouts(connect=2, total=5),
            on_exchange=exchanges.append,
        )
        drivers.append(driver)
        return driver, questions, exchanges

    yield start
    for driver in drivers:
        driver.close()


@pytest.mark.parametrize(
    ("name", "answer", "question"),
    [
        ("faro.com", OWN, b"get 1.0 faro.com\r\n"),
        ("faro.eu", EURID, b"get 2.0 faro\r\n"),
        ("faro.be", BELGIUM, b"get 1.0 faro\r\n"),
    ],
)
def test_question_is_put_in_the_dialect_of_the_extension(opened, name, answer, question):
    driver, questions, exchanges = opened(answer.format(word="FREE"))

    found = driver.tools.quick_check(name.upper())

    assert found == Availability(name, name.rpartition(".")[2], AvailabilityState.AVAILABLE)
    assert questions == [question]
    (exchange,) = exchanges
    assert (exchange.family, exchange.action, exchange.status) == ("bookmyname", "das", 0)
    assert exchange.request == question.decode().strip()
    assert "Status:" in exchange.reply


@pytest.mark.parametrize("dialect", [OWN, OWN.replace("\r\n", "\n"), OWN.replace("%% RC = 0\r\n", "")])
@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("FREE", AvailabilityState.AVAILABLE),
        ("AVAILABLE", AvailabilityState.AVAILABLE),
        ("available", AvailabilityState.AVAILABLE),
        ("REGISTERED", AvailabilityState.TAKEN),
        ("NOT AVAILABLE", AvailabilityState.TAKEN),
        ("BLOCKED", AvailabilityState.TAKEN),
        ("RESERVED", AvailabilityState.TAKEN),
        ("SUSPENDED", AvailabilityState.TAKEN),
        ("APPLICATION PENDING", AvailabilityState.TAKEN),
        ("ON HOLD", AvailabilityState.TAKEN),
        ("OUT OF SERVICE", AvailabilityState.TAKEN),
        ("NOT ALLOWED", AvailabilityState.INVALID),
    ],
)
def test_word_becomes_a_state(dialect, word, state):
    assert das.parse(dialect.format(word=word), "faro.com") is state


def test_international_name_is_named_by_its_a_label():
    answer = "%% RC=0\nDomain: españa.be\nA-label: xn--espaa-rta.be\nStatus: AVAILABLE\n"

    assert das.parse(answer, "xn--espaa-rta.be") is AvailabilityState.AVAILABLE


@pytest.mark.parametrize(
    "answer",
    [
        "hello\r\n",
        "%% RC = 0\r\n",
        "%% RC = 0\r\nDomain: faro.com\r\n",
        "%% RC = 0\r\nStatus: FREE\r\n",
        OWN.format(word="FREEDOM"),
        OWN.format(word=""),
        OWN.format(word="FREE").replace("faro.com", "other.com"),
        OWN.format(word="FREE").replace("faro.com", "."),
        OWN.format(word="FREE") + "Status: REGISTERED\r\n",
        OWN.format(word="FREE") + "%% RC = -1\r\n",
        "%% RC = 7\r\n% strange\r\n",
    ],
)
def test_answer_in_no_dialect_is_unreadable(answer):
    with pytest.raises(UnreadableReply):
        das.parse(answer, "faro.com")


@pytest.mark.parametrize(
    ("code", "error", "reason"),
    [
        ("-1", OutcomeUnknown, "internal_error"),
        ("-2", RateLimited, "too_many_queries"),
        ("-3", PermissionDenied, "filtered"),
        ("-6", UnreadableReply, "undocumented"),
        ("-8", OutcomeUnknown, "internal_error"),
        ("-9", PermissionDenied, "filtered"),
        ("-99", UnreadableReply, "undocumented"),
    ],
)
def test_code_becomes_its_class(opened, code, error, reason):
    driver, _, exchanges = opened(f"% Server\r\n%% RC = {code}\r\n% Said so\r\n")

    with pytest.raises(error) as caught:
        driver.tools.quick_check("faro.com")
    assert type(caught.value) is error
    assert (caught.value.code, caught.value.reason, caught.value.message) == (code, reason, "Said so")
    assert exchanges[0].error == error.__name__


def test_too_many_questions_wait_a_minute(opened):
    driver, _, _ = opened("%% RC=-2\n% Too many\n")

    with pytest.raises(RateLimited) as caught:
        driver.tools.quick_check("faro.com")
    assert caught.value.after == 60


def test_extension_that_the_server_does_not_answer_for_is_unknown(opened):
    driver, _, _ = opened("% Server\r\n%% RC = -7\r\n% Invalid pattern\r\n")

    assert driver.tools.quick_check("faro.tw").state is AvailabilityState.UNKNOWN


def test_name_that_is_none_is_not_asked(opened):
    driver, questions, _ = opened(OWN.format(word="FREE"))

    assert driver.tools.quick_check("faro").state is AvailabilityState.INVALID
    assert questions == []


@pytest.mark.parametrize(
    ("endpoint", "expected"),
    [
        ("https://api.bookmyname.com/apis.cgi", ("das.bookmyname.com", 4343)),
        ("https://api.dev.free.org/apis.cgi", ("das.dev.free.org", 4343)),
        ("http://127.0.0.1:8703/apis.cgi", None),
    ],
)
def test_server_is_told_by_the_apis_own_name(endpoint, expected):
    assert das.server("", endpoint) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("das.example", ("das.example", 4343)),
        ("127.0.0.1:8705", ("127.0.0.1", 8705)),
        ("[::1]:8705", ("::1", 8705)),
    ],
)
def test_server_that_is_given_wins(given, expected):
    assert das.server(given, "https://api.bookmyname.com/apis.cgi") == expected


@pytest.mark.parametrize("given", ["das:port", "das:99999", "http://das", "user@das", ":4343", "das/x"])
def test_server_that_is_no_address_is_refused_when_the_driver_opens(given):
    with pytest.raises(InvalidRequest) as caught:
        open_driver("bookmyname", credentials={"dist_id": "1", "dist_passwd": "x", "das": given})
    assert caught.value.field == "das"


def test_no_server_is_asked_where_none_is_known():
    credentials = {"dist_id": "1", "dist_passwd": "x"}
    driver = open_driver("bookmyname", endpoint="http://127.0.0.1:9/apis.cgi", credentials=credentials)

    with pytest.raises(InvalidRequest) as caught:
        driver.tools.quick_check("faro.com")
    assert caught.value.field == "das"


def test_question_that_was_not_sent_is_recorded(free_port):
    exchanges: list[Exchange] = []
    driver = open_driver(
        "bookmyname",
        credentials={"dist_id": "1", "dist_passwd": "x", "das": f"127.0.0.1:{free_port}"},
        timeouts=Timeouts(connect=2, total=2),
        on_exchange=exchanges.append,
    )

    with pytest.raises(NotSent):
        driver.tools.quick_check("faro.com")
    assert (exchanges[0].error, exchanges[0].reply) == ("NotSent", "")
