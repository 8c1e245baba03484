"""The DAS: three dialects, their words, codes and limits, and lines that are none."""

from __future__ import annotations

import socket
import time
from typing import Any
from urllib.parse import urlsplit

import pytest

OWN, FREE = b"horizon-reseau.com", b"available-name.com"


def results(answer: bytes) -> dict[str, str]:
    """Lines of the form `key: value`, and the RC."""
    found = {}
    for line in answer.decode().split("\r\n"):
        if line.startswith("%") and "RC" in line:
            found["RC"] = line.partition("=")[2].strip()
        elif not line.startswith("%") and ": " in line:
            key, _, value = line.partition(": ")
            found[key] = value
    return found


def dialect(api: Any, name: str, **more: Any) -> None:
    api.world(das={"dialect": name, **more})


def test_answer_is_comments_code_domain_and_status_in_whole_lines(api: Any) -> None:
    answer = api.line(b"get 1.0 " + OWN + b"\r\n")
    lines = answer.decode().split("\r\n")
    assert lines[-4:] == ["%% RC = 0", "Domain: horizon-reseau.com", "Status: REGISTERED", ""]
    assert all(line.startswith("%") for line in lines[:-4])
    assert b"\n" not in answer.replace(b"\r\n", b"")


@pytest.mark.parametrize("ending", [b"\r\n", b"\n", b" \r\n"])
@pytest.mark.parametrize(
    ("name", "word"), [(OWN, "REGISTERED"), (FREE, "FREE"), (b"Taken-Name.FR", "REGISTERED")]
)
def test_line_may_end_either_way(api: Any, ending: bytes, name: bytes, word: str) -> None:
    assert results(api.line(b"get 1.0 " + name + ending))["Status"] == word


def test_version_two_has_other_words(api: Any) -> None:
    assert results(api.line(b"get 2.0 " + FREE + b"\r\n"))["Status"] == "AVAILABLE"
    assert results(api.line(b"get 2.0 " + OWN + b"\r\n"))["Status"] == "NOT AVAILABLE"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"get 3.0 horizon-reseau.com\r\n", "-6"),
        (b"get 1.0\r\n", "-7"),
        (b"\r\n", "-7"),
        (b"horizon-reseau.com\r\n", "-7"),
        (b"get 1.0 horizon-reseau\r\n", "-7"),
        (b"get 1.0 anything.eu\r\n", "-7"),
        (b"get 1.0 a.b.com\r\n", "-7"),
        (b"get 1.0 \xff\xfe.com\r\n", "-7"),
        (b"\x16\x03\x01\x00\xa5\x01\x00\n", "-7"),
        (b"get 1.0 " + b"a" * 5000 + b".com\r\n", "-7"),
    ],
)
def test_line_that_is_no_query_has_a_code_and_a_text(api: Any, line: bytes, code: str) -> None:
    answer = api.line(line)
    assert results(answer) == {"RC": code}
    assert answer.decode().rstrip().split("\r\n")[-1].startswith("% Invalid ")


def test_registration_changes_the_word(api: Any) -> None:
    assert results(api.line(b"get 1.0 lighthouse.com\r\n"))["Status"] == "FREE"
    api.ok("domain_create", api.order("lighthouse.com"))
    assert results(api.line(b"get 1.0 lighthouse.com\r\n"))["Status"] == "REGISTERED"


def test_eurid_is_asked_without_the_tld(api: Any) -> None:
    dialect(api, "eurid")
    assert results(api.line(b"get 1.0 ruches-du-leman\r\n")) == {
        "RC": "0",
        "Domain": "ruches-du-leman",
        "Status": "REGISTERED",
    }
    assert results(api.line(b"get 1.0 ruches-du-leman.eu\r\n")) == {"RC": "-7"}


@pytest.mark.parametrize(
    "word",
    [
        "FREE",
        "BLOCKED",
        "RESERVED",
        "SUSPENDED",
        "APPLICATION PENDING",
        "ON HOLD",
        "NOT ALLOWED",
        "OUT OF SERVICE",
    ],
)
def test_eurid_has_its_words_in_version_one_and_two_in_version_two(api: Any, word: str) -> None:
    dialect(api, "eurid", words={"some-name.eu": word})
    assert results(api.line(b"get 1.0 some-name\r\n"))["Status"] == word
    expected = "AVAILABLE" if word == "FREE" else "NOT AVAILABLE"
    assert results(api.line(b"get 2.0 some-name\r\n"))["Status"] == expected
    assert api.code("domain_check", "some-name.eu") == ((1, 1) if word == "FREE" else (-1, -4))


def test_eurid_answers_a_bare_name_in_its_newer_way(api: Any) -> None:
    dialect(api, "eurid")
    answer = api.line(b"ruches-du-leman.eu\n")
    assert b"\r\n%RC=0\r\n" in answer
    assert results(answer)["Status"] == "NOT AVAILABLE"


@pytest.mark.parametrize("query", [b"get 1.0 kaas-en-co", b"get 1.0 kaas-en-co.be", b"kaas-en-co.be"])
def test_dns_belgium_answers_in_its_words(api: Any, query: bytes) -> None:
    dialect(api, "dnsbe")
    answer = api.line(query + b"\r\n")
    assert answer.startswith(b"% .be Domain Availability Server 4.0\r\n")
    assert b"\r\n%% RC=0\r\n" in answer
    assert results(answer) == {"RC": "0", "Domain": "kaas-en-co.be", "Status": "NOT AVAILABLE"}


def test_dns_belgium_adds_the_a_label_and_knows_what_is_not_allowed(api: Any) -> None:
    dialect(api, "dnsbe", words={"some-name.be": "NOT ALLOWED"})
    assert results(api.line("get 1.0 pâté-maison.be\r\n".encode())) == {
        "RC": "0",
        "Domain": "pâté-maison.be",
        "A-label": "xn--pt-maison-b2a2f.be",
        "Status": "AVAILABLE",
    }
    assert results(api.line(b"get 1.0 some-name\r\n"))["Status"] == "NOT ALLOWED"


@pytest.mark.parametrize(("name", "limit"), [("eurid", 120), ("dnsbe", 50), ("free", 3)])
def test_too_many_queries_a_minute_are_refused(api: Any, name: str, limit: int) -> None:
    api.control("POST", "/reset", seed=1, speed=0)
    dialect(api, name, **({"limit": limit} if name == "free" else {}))
    query = b"get 1.0 available-name.com\r\n" if name == "free" else b"get 1.0 available-name\r\n"
    codes = [results(api.line(query))["RC"] for _ in range(limit + 1)]
    assert codes == ["0"] * limit + ["-2"]
    api.advance(61)
    assert results(api.line(query))["RC"] == "0"


@pytest.mark.parametrize(("name", "code"), [("free", "-9"), ("eurid", "-9"), ("dnsbe", "-3")])
def test_blocked_address_has_its_code(api: Any, name: str, code: str) -> None:
    dialect(api, name, blocked=True)
    assert results(api.line(b"get 1.0 anything\r\n")) == {"RC": code}


def test_broken_server_says_internal_error(api: Any) -> None:
    dialect(api, "dnsbe", broken=True)
    answer = api.line(b"get 1.0 anything\r\n")
    assert (results(answer), answer.endswith(b"% Internal error\r\n")) == ({"RC": "-1"}, True)


def test_silent_caller_is_told_that_time_is_up(api: Any) -> None:
    dialect(api, "free", patience=0.1)
    assert results(api.line(b"get 1.0 horizon"))["RC"] == "-8"


def test_caller_that_hangs_up_leaves_the_server_alive(api: Any) -> None:
    parts = urlsplit(api.sandbox.url("das"))
    for sent in (b"", b"get 1.0"):
        with socket.create_connection((str(parts.hostname), int(parts.port or 0)), 5) as raw:
            raw.sendall(sent)
    assert results(api.line(b"get 1.0 " + OWN + b"\r\n"))["RC"] == "0"


@pytest.mark.parametrize("kind", ["refuse", "reset_before", "reset_after", "late_effect"])
def test_reset_reaches_the_caller(api: Any, kind: str) -> None:
    api.fault("das/get", kind, times=1)
    with pytest.raises((ConnectionResetError, BrokenPipeError)):
        api.line(b"get 1.0 " + OWN + b"\r\n")


@pytest.mark.parametrize(
    ("kind", "code"),
    [("rate_limit", "-2"), ("code:-9", "-9"), ("http_500_before", "-1"), ("http_500_after", "-1")],
)
def test_fault_in_the_protocols_own_words_is_a_code(api: Any, kind: str, code: str) -> None:
    api.fault("das/get", kind, times=1)
    assert results(api.line(b"get 1.0 " + OWN + b"\r\n")) == {"RC": code}


@pytest.mark.parametrize("kind", ["cut", "cut_text"])
def test_cut_answer_ends_before_its_status(api: Any, kind: str) -> None:
    api.fault("das/get", kind, times=1)
    answer = api.line(b"get 1.0 " + OWN + b"\r\n")
    assert answer
    assert b"Status" not in answer


def test_unreadable_answers_are_bytes_that_no_client_expects(api: Any) -> None:
    for kind in ("garbage", "latin1"):
        api.fault("das/get", kind, times=1)
        with pytest.raises(UnicodeDecodeError):
            results(api.line(b"get 1.0 " + OWN + b"\r\n"))
    api.fault("das/get", "unknown_status", times=1)
    assert results(api.line(b"get 1.0 " + OWN + b"\r\n"))["Status"] == "QUARANTINED"


def test_slow_answer_is_whole_but_takes_its_time(api: Any) -> None:
    api.fault("das/get", "slow", times=1, seconds=0.4)
    began = time.monotonic()
    assert results(api.line(b"get 1.0 " + OWN + b"\r\n"))["RC"] == "0"
    assert time.monotonic() - began > 0.3


def test_timeout_says_nothing(api: Any) -> None:
    api.fault("das/get", "timeout_before", times=1)
    with pytest.raises(TimeoutError):
        api.line(b"get 1.0 " + OWN + b"\r\n", timeout=0.2)


def test_queries_are_in_the_request_log_and_not_in_the_journal(api: Any) -> None:
    api.line(b"get 1.0 " + OWN + b"\r\n")
    api.line(b"nonsense\r\n")
    rows = api.control("GET", "/requests")["requests"]
    assert [(row["action"], row["outcome"]) for row in rows] == [("das/get", "ok"), ("das/get", "RC -7")]
    assert api.journal() == []
