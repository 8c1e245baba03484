"""Faults as a raw client sees them, against the journal, which tells what was really executed."""

from __future__ import annotations

import http.client
import re
from typing import Any

import pytest
from lxml import etree

MINE = "walsh-boatyard.com"
ADMINS = ("DEMO01", "DEMO01", "DEMO01")
NS = ("ns1.netim.net", "ns2.netim.net", "", "", "")


def order(api: Any, timeout: float = 10) -> tuple[int, bytes]:
    """The reply to the renewal of a domain, whatever it looks like."""
    return api.post(api.plain("domainRenew", api.session, MINE, "1"), '"domainRenewAction"', timeout)  # type: ignore[no-any-return]


def renewed(api: Any) -> int:
    return len(api.journal("domainRenew"))


@pytest.mark.parametrize(
    "action", ['"domainRenew"', "domainRenewAction", '"https://api.netim.com/2.0/#domainRenew"', '""', None]
)
def test_fault_finds_its_function_with_every_soapaction_and_without(api: Any, action: str | None) -> None:
    body = api.plain("domainRENEW", api.session, MINE, "1")
    api.fault("domainRenew", "code:E13-M1305", times=1)
    assert api.told(api.post(body, action)) == ("E13-M1305", "E13-M1305 : Invalid domain name syntax")
    assert renewed(api) == 0
    assert api.control("GET", "/requests")["requests"][-1]["action"] == "domainRenew"
    assert api.post(body, action)[0] == 200


def test_fault_leaves_other_functions_alone_and_strikes_patterns(api: Any) -> None:
    api.fault("domain*", "code:E02", times=2)
    assert api.ok("hello")
    assert api.fails("domainInfo", MINE).startswith("E02 : ")
    assert api.fails("domainPriceList").startswith("E02 : ")
    assert api.ok("hello")


def test_fault_is_drawn_once_whether_the_head_tells_the_function_or_not(api: Any) -> None:
    api.fault("*", "code:E13", rate=0.5)
    outcomes = [api.post(api.named("hello"), action)[0] for action in (None, "hello") for _ in range(100)]
    struck = api.control("GET", "/faults")["faults"][0]["struck"]
    assert struck == outcomes.count(500)
    assert 60 < struck < 140


@pytest.mark.parametrize("kind", ["code:1010", "code:E1", "code:E13-1305"])
def test_code_of_another_spelling_cannot_be_planted(api: Any, kind: str) -> None:
    assert "has no codes like" in api.refused("/faults", family="netim", action="*", kind=kind)


@pytest.mark.parametrize(("kind", "executed"), [("refuse", 0), ("reset_before", 0), ("reset_after", 1)])
@pytest.mark.parametrize("action", ["domainRenew", None])
def test_reset_reaches_the_caller_as_a_reset(api: Any, kind: str, executed: int, action: str | None) -> None:
    body = api.plain("domainRenew", api.session, MINE, "1")
    api.fault("domainRenew", kind, times=1)
    with pytest.raises((ConnectionResetError, BrokenPipeError)):
        api.post(body, action)
    assert renewed(api) == executed


def test_late_effect_comes_after_the_reset(api: Any) -> None:
    assert api.session
    api.fault("domainRenew", "late_effect", times=1, seconds=30)
    with pytest.raises(ConnectionResetError):
        order(api)
    assert renewed(api) == 0
    api.advance(31)
    assert renewed(api) == 1


def test_timeout_and_error_page_and_half_a_body_are_as_everywhere(api: Any) -> None:
    assert api.session
    api.fault("domainRenew", "timeout_after", times=1)
    with pytest.raises(TimeoutError):
        order(api, timeout=0.3)
    api.fault("domainRenew", "http_500_before", times=1)
    assert order(api) == (500, b"Internal Server Error\n")
    api.fault("domainRenew", "cut", times=1)
    with pytest.raises(http.client.IncompleteRead):
        order(api)
    assert renewed(api) == 2


def test_rate_limit_is_a_fault_without_effect(api: Any) -> None:
    assert api.session
    api.fault("domainRenew", "rate_limit", times=1)
    assert api.told(order(api))[0] == "E90-M9006"
    assert renewed(api) == 0


def test_cut_text_is_half_a_document_in_valid_http(api: Any) -> None:
    assert api.session
    api.fault("domainRenew", "cut_text", times=1)
    status, body = order(api)
    assert status == 200
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(body)
    assert renewed(api) == 1


def test_latin1_is_no_utf8_whatever_the_header_says(api: Any) -> None:
    assert api.session
    api.fault("domainRenew", "latin1", times=1)
    status, body = order(api)
    assert status == 200
    with pytest.raises(UnicodeDecodeError):
        body.decode()
    assert b">Done</STATUS>" in body
    assert renewed(api) == 1


@pytest.mark.parametrize(
    ("function", "values", "member"),
    [
        ("domainRenew", (MINE, "1"), "STATUS"),
        ("domainInfo", (MINE,), "status"),
        ("domainCheck", (MINE,), "result"),
    ],
)
def test_unknown_status_is_a_word_that_nobody_knows(
    api: Any, function: str, values: tuple[str, ...], member: str
) -> None:
    assert api.session
    api.fault(function, "unknown_status", times=1)
    answer = api.ok(function, *values)
    assert (answer[0] if isinstance(answer, list) else answer)[member] == "Suspended by Oracle"


def test_unknown_status_hides_an_effect(api: Any) -> None:
    assert api.session
    api.fault("domainRenew", "unknown_status", times=1)
    assert order(api)[0] == 200
    assert renewed(api) == 1


def test_already_exists_is_told_to_the_one_who_just_made_it(api: Any) -> None:
    owner = api.owner()
    api.fault("domainCreate", "already_exists", times=1)
    assert api.fails("domainCreate", "lighthouse.com", owner, *ADMINS, *NS, "1").startswith("E90-M9002 : ")
    assert [row["subject"] for row in api.journal("domainCreate")] == ["lighthouse.com"]
    assert api.info("lighthouse.com")["idOwner"] == owner


def test_already_exists_does_not_change_what_failed_or_makes_nothing(api: Any) -> None:
    owner = api.owner()
    api.fault("*", "already_exists")
    assert (
        api.failed("domainCreate", "refuse-lamp.com", owner, *ADMINS, *NS, "1") == "Refused by the registry"
    )
    assert api.ok("domainInfo", MINE)["domain"] == MINE


@pytest.mark.parametrize(
    "function", ["queryDomainList", "queryOpePending", "queryContactList", "queryHostList"]
)
def test_listing_misses_an_object_once(api: Any, function: str) -> None:
    whole = api.ok(function)
    api.fault(function, "missed", times=1)
    status, body = api.post(api.plain(function, api.session))
    assert status == 200
    assert api.value(body) == whole[1:]
    assert re.search(rf'arrayType="ns1:\w+\[{len(whole) - 1}\]"'.encode(), body)
    assert api.ok(function) == whole


def test_missing_an_object_leaves_other_replies_and_empty_lists_alone(api: Any) -> None:
    api.fault("*", "missed")
    assert api.ok("domainInfo", MINE)["domain"] == MINE
    assert api.ok("queryDomainList", "nobody*") == []


def test_session_expires_in_the_middle_and_is_really_gone(api: Any) -> None:
    assert api.session
    api.fault("domainRenew", "session_expired", times=1)
    assert api.told(order(api))[0] == "E02"
    assert api.fails("hello").startswith("E02 : ")
    assert renewed(api) == 0
    assert api.state()["sessions"] == 0


def test_too_many_sessions_is_told_to_the_one_who_opens(api: Any) -> None:
    api.fault("sessionOpen", "too_many_sessions", times=1)
    told = api.told(api.post(api.plain("sessionOpen", "DEMO01", "demo", "EN"), "sessionOpen"))
    assert told[0] == "E90-M9001"
    assert len(api.open()) == 32


def test_outage_closes_the_port(api: Any) -> None:
    api.world(outage=True)
    with pytest.raises(ConnectionRefusedError):
        api.post(api.plain("hello", "x"))
    api.world(outage=False)
    assert api.ok("hello")


def test_faults_on_bodies_that_cannot_be_read_are_said_all_the_same(api: Any) -> None:
    api.fault("*", "session_expired")
    assert api.told(api.post(b"garbage"))[0] == "E02"
    assert api.told(api.post(api.plain("fly")))[0] == "E02"
