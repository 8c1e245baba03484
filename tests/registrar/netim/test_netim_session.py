"""One session per account and process: opened late, shared, renewed once, closed at the end."""

from __future__ import annotations

import threading
import time

import pytest

from registrar import Timeouts, open_driver
from registrar.errors import AuthenticationFailed, NotSent, OutcomeUnknown, RateLimited, Verdict
from registrar.netim import local, session
from registrar.netim.session import close_sessions
from registrar.types import RenewalMode
from tests.registrar.netim.soap_bytes import PASSWORD, Answer, domain_info, fault, operation, returning

EXPIRED = fault("E02-M0201", "E02-M0201 : Session expired")
HELLO = "<return>Welcome</return>"


def test_nothing_is_sent_before_the_first_call(netim, connect):
    connect()

    assert netim.calls == []


def test_session_is_opened_with_the_credentials_and_prepared(netim, driver):
    netim.answer("hello", HELLO)

    driver.tools.hello()

    opening = netim.named("sessionOpen")[0]
    assert (opening["idReseller"], opening["password"], opening["language"]) == ("DEMO01", PASSWORD, "EN")
    assert [(call["type"], call["value"]) for call in netim.named("sessionSetPreference")] == [
        ("lang", "EN"),
        ("sync", "1"),
        ("syncDelay", "1"),
    ]
    assert {call["IDSession"] for call in netim.calls[1:]} == {netim.session_id}


@pytest.mark.parametrize(("total", "delay"), [(5, "1"), (20, "15"), (30, "25"), (300, "25")])
def test_synchronous_answers_come_before_the_call_is_given_up(netim, connect, total, delay):
    netim.answer("hello", HELLO)

    connect(timeouts=Timeouts(connect=2, total=total)).tools.hello()

    assert netim.named("sessionSetPreference")[-1]["value"] == delay


def test_session_is_used_by_every_driver_of_the_account(netim, connect):
    netim.answer("hello", HELLO)

    for _ in range(3):
        with connect() as driver:
            driver.tools.hello()

    assert netim.opened == 1
    assert len(netim.named("hello")) == 3


def test_driver_with_less_time_shortens_the_wait_of_the_session(netim, connect):
    netim.answer("hello", HELLO)

    connect(timeouts=Timeouts(connect=2, total=30)).tools.hello()
    connect(timeouts=Timeouts(connect=2, total=10)).tools.hello()
    connect(timeouts=Timeouts(connect=2, total=20)).tools.hello()

    delays = [call["value"] for call in netim.named("sessionSetPreference") if call["type"] == "syncDelay"]
    assert delays == ["25", "5"]


def test_accounts_do_not_share_a_session(netim, connect):
    netim.answer("hello", HELLO)
    connect().tools.hello()

    for credentials in (
        {"reseller": "other", "password": PASSWORD},
        {"reseller": "demo01", "password": "another"},
    ):
        open_driver("netim", endpoint=netim.url, credentials=credentials).tools.hello()

    assert netim.opened == 3


def test_threads_open_one_session_together(netim, connect):
    netim.answer("hello", HELLO)
    threads = [threading.Thread(target=connect().tools.hello) for _ in range(4)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)

    assert netim.opened == 1
    assert len(netim.named("hello")) == 4


def test_call_does_not_wait_for_ever_for_a_session_that_another_opens(netim, connect):
    opening = threading.Event()

    def hold(peer):
        opening.set()
        peer.hold()

    netim.answer("sessionOpen", hold)
    slow = connect(timeouts=Timeouts(connect=1, total=1.5))
    quick = connect(timeouts=Timeouts(connect=1, total=0.2))
    failures = []

    def call():
        try:
            slow.tools.hello()
        except NotSent as error:
            failures.append(error)

    thread = threading.Thread(target=call)
    thread.start()
    assert opening.wait(5)

    with pytest.raises(NotSent):
        quick.tools.hello()

    assert not failures
    thread.join(10)
    assert failures
    assert len(netim.named("sessionOpen")) == 1


def test_call_on_a_lost_session_is_sent_again_on_a_new_one(netim, driver):
    netim.answer("hello", HELLO)
    driver.tools.hello()
    netim.answer("domainSetPreference", EXPIRED, operation())
    netim.answer("domainInfo", domain_info())

    driver.domains.set_renewal_mode("lamp.com", RenewalMode.MANUAL)

    assert netim.opened == 2
    ids = [call["IDSession"][0] for call in netim.named("domainSetPreference")]
    assert ids == ["1", "2"]


def test_call_is_sent_again_once_only(netim, driver):
    netim.answer("hello", EXPIRED)

    with pytest.raises(RateLimited) as caught:
        driver.tools.hello()

    assert (caught.value.reason, caught.value.after) == ("session", 600)
    assert len(netim.named("hello")) == 2


def test_session_lost_while_it_is_prepared_is_opened_again(netim, driver):
    netim.answer("sessionSetPreference", EXPIRED, returning("sessionSetPreference", ""))
    netim.answer("hello", HELLO)

    driver.tools.hello()

    assert netim.opened == 2


def test_session_that_cannot_be_kept_is_given_up(netim, driver):
    netim.answer("sessionSetPreference", EXPIRED)

    with pytest.raises(RateLimited) as caught:
        driver.tools.hello()

    assert caught.value.reason == "session"
    assert netim.functions == []


@pytest.mark.parametrize(
    "refusal", [fault("E13", "E13 : type : Invalid value"), fault("E77", "E77 : no such preference")]
)
def test_preference_that_is_refused_stays_at_its_default(netim, driver, refusal):
    netim.answer("sessionSetPreference", refusal)
    netim.answer("hello", HELLO)

    driver.tools.hello()

    assert len(netim.named("sessionSetPreference")) == 3
    assert netim.opened == 1


def test_preference_whose_answer_is_lost_keeps_the_call_back_and_the_session(netim, driver):
    netim.answer("sessionSetPreference", lambda peer: peer.reset(), returning("sessionSetPreference", ""))
    netim.answer("hello", HELLO)

    with pytest.raises(NotSent):
        driver.tools.hello()
    driver.tools.hello()

    assert netim.opened == 1
    assert netim.functions == ["hello"]


def test_wrong_credentials_are_told(netim, driver):
    netim.answer("sessionOpen", fault("E01-M0101", f"E01-M0101 : Unable to connect {PASSWORD}"[:40]))

    with pytest.raises(AuthenticationFailed) as caught:
        driver.tools.hello()

    assert caught.value.code == "E01-M0101"


@pytest.mark.parametrize(
    "refusal",
    [
        fault("E02", "E02 : no"),
        fault("E77-M7701", "E77-M7701 : Too many sessions"),
        fault("SOAP-ENV:Server", "Maximum of sessions reached"),
    ],
)
def test_too_many_sessions_is_rate_limited(netim, driver, refusal):
    netim.answer("sessionOpen", refusal)

    with pytest.raises(RateLimited) as caught:
        driver.tools.hello()

    assert (caught.value.reason, caught.value.after) == ("too_many_sessions", 600)


def test_credential_that_the_registrar_calls_invalid_is_an_authentication_failure(netim, driver):
    netim.answer("sessionOpen", fault("E13", "E13 : idReseller : Invalid value"))

    with pytest.raises(AuthenticationFailed):
        driver.tools.hello()


@pytest.mark.parametrize(
    "silence",
    [
        fault("E77", "E77 : something"),
        fault("E15-M1502", "E15-M1502 : domain"),
        Answer(b"oops"),
        Answer(b"", "503 Service Unavailable"),
        returning("sessionOpen", ""),
        returning("sessionOpen", "<IDSession><a/></IDSession>"),
        lambda peer: peer.reset(),
    ],
)
def test_unclear_opening_means_that_the_call_was_not_sent(netim, driver, silence):
    netim.answer("sessionOpen", silence)

    with pytest.raises(NotSent) as caught:
        driver.domains.delete("lamp.com")

    assert caught.value.verdict is Verdict.NOT_EXECUTED
    assert netim.functions == []


def test_http_limit_on_opening_stays_a_limit(netim, driver):
    netim.answer("sessionOpen", Answer(b"", "429 Too Many Requests"))

    with pytest.raises(RateLimited):
        driver.tools.hello()


def test_session_that_was_idle_for_long_is_closed_and_replaced(netim, driver, monkeypatch):
    netim.answer("hello", HELLO)
    driver.tools.hello()
    monkeypatch.setattr(session, "IDLE_SECONDS", -1.0)

    driver.tools.hello()

    assert netim.opened == 2
    assert netim.named("sessionClose")[0]["IDSession"][0] == "1"


def test_sessions_are_closed_when_the_process_stops(netim, driver):
    netim.answer("hello", HELLO)
    driver.tools.hello()

    close_sessions()

    assert [call["IDSession"] for call in netim.named("sessionClose")] == [netim.session_id]


@pytest.mark.parametrize("answer", [EXPIRED, Answer(b"oops"), lambda peer: peer.reset()])
def test_trouble_while_closing_is_nobodys_business(netim, driver, answer):
    netim.answer("hello", HELLO)
    netim.answer("sessionClose", answer)
    driver.tools.hello()

    close_sessions()

    assert len(netim.named("sessionClose")) == 1


def test_closing_does_not_wait_for_a_server_that_is_silent(netim, driver, monkeypatch):
    monkeypatch.setattr(session, "CLOSING", Timeouts(connect=0.2, total=0.2))
    netim.answer("hello", HELLO)
    netim.answer("sessionClose", lambda peer: peer.hold())
    driver.tools.hello()
    started = time.monotonic()

    close_sessions()

    assert time.monotonic() - started < 3


def test_no_further_session_is_closed_when_time_is_over(netim, driver):
    netim.answer("hello", HELLO)
    driver.tools.hello()

    close_sessions(within=-1)

    assert netim.named("sessionClose") == []


def test_session_of_a_parent_process_is_not_its_childs(netim, connect):
    netim.answer("hello", HELLO)
    driver = connect()
    driver.tools.hello()

    local.forget()
    driver.tools.hello()

    assert netim.opened == 2


def test_session_opened_by_name_replaces_the_one_that_is_there(netim, driver):
    netim.answer("hello", HELLO)
    driver.tools.hello()

    identifier = driver.client.call("sessionOpen")
    driver.tools.hello()

    assert identifier == netim.session_id
    assert netim.named("hello")[-1]["IDSession"] == identifier
    assert netim.named("sessionClose")[0]["IDSession"][0] == "1"


def test_other_opener_passes_what_it_is_given(netim, driver):
    netim.answer("login", f"<return>{'a' * 32}</return>")

    assert driver.client.call("login", version="NAMEWARD=0.1") == "a" * 32

    call = netim.named("login")[0]
    assert (call["idReseller"], call["language"], call["version"]) == ("DEMO01", "EN", "NAMEWARD=0.1")


def test_session_closed_by_name_is_forgotten(netim, driver):
    netim.answer("hello", HELLO)
    driver.tools.hello()

    assert driver.client.call("sessionClose") is None
    assert driver.client.call("sessionClose") is None
    driver.tools.hello()

    assert netim.opened == 2
    assert len(netim.named("sessionClose")) == 1


def test_session_that_was_closed_already_is_closed(netim, driver):
    netim.answer("hello", HELLO)
    netim.answer("sessionClose", EXPIRED)
    driver.tools.hello()

    assert driver.client.call("sessionClose") is None


def test_other_trouble_of_closing_by_name_is_told(netim, driver):
    netim.answer("hello", HELLO)
    netim.answer("sessionClose", fault("E77", "E77 : what?"))
    driver.tools.hello()

    with pytest.raises(OutcomeUnknown):
        driver.client.call("sessionClose")
