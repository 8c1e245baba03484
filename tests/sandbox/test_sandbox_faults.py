"""Each kind of fault, as a raw client sees it, against the journal, which tells what was really executed."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from typing import Any
from urllib.parse import urlsplit

import pytest

from registrar.sandbox import start

CREATE = "contact/create"


def bought(api: Any) -> int:
    """How often contact/create was really executed."""
    return sum(row["action"] == CREATE for row in api.journal())


def wait_for(condition: Any, seconds: float = 5) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        threading.Event().wait(0.01)


@pytest.mark.parametrize(
    ("kind", "executed"), [("refuse", 0), ("reset_before", 0), ("reset_after", 1), ("late_effect", 0)]
)
def test_reset_reaches_the_caller_as_a_reset(
    api: Any, person: dict[str, str], kind: str, executed: int
) -> None:
    api.fault(CREATE, kind, times=1)
    with pytest.raises((ConnectionResetError, BrokenPipeError)):
        api.post(CREATE, **person)
    assert bought(api) == executed


@pytest.mark.parametrize(("kind", "executed"), [("timeout_before", 0), ("timeout_after", 1)])
def test_timeout_says_nothing_until_the_caller_gives_up(
    api: Any, person: dict[str, str], kind: str, executed: int
) -> None:
    api.fault(CREATE, kind, times=1)
    with pytest.raises(TimeoutError):
        api.post(CREATE, timeout=0.3, **person)
    assert bought(api) == executed


def test_timeout_ends_in_a_reset_after_its_seconds(api: Any, person: dict[str, str]) -> None:
    api.fault(CREATE, "timeout_after", times=1, seconds=0.2)
    with pytest.raises(ConnectionResetError):
        api.post(CREATE, **person)
    assert bought(api) == 1


@pytest.mark.parametrize(("kind", "executed"), [("http_500_before", 0), ("http_500_after", 1)])
def test_http_500_is_a_status_without_the_envelope(
    api: Any, person: dict[str, str], kind: str, executed: int
) -> None:
    api.fault(CREATE, kind, times=1)
    with pytest.raises(AssertionError, match="Internal Server Error"):
        api.post(CREATE, **person)
    assert bought(api) == executed


@pytest.mark.parametrize(("kind", "executed"), [("garbage_before", 0), ("garbage", 1)])
def test_garbage_is_a_200_that_is_no_json(api: Any, person: dict[str, str], kind: str, executed: int) -> None:
    api.fault(CREATE, kind, times=1)
    with pytest.raises(UnicodeDecodeError):
        api.post(CREATE, **person)
    assert bought(api) == executed


def test_cut_announces_the_whole_body_and_sends_half(api: Any, person: dict[str, str]) -> None:
    api.fault(CREATE, "cut", times=1)
    with pytest.raises(http.client.IncompleteRead) as caught:
        api.post(CREATE, **person)
    assert caught.value.partial.startswith(b'{"success":true')
    assert bought(api) == 1


def test_slow_reply_is_whole_but_takes_its_time(api: Any, person: dict[str, str]) -> None:
    api.fault(CREATE, "slow", times=1, seconds=0.5)
    began = time.monotonic()
    assert api.post(CREATE, **person)["success"] is True
    assert time.monotonic() - began >= 0.45
    assert bought(api) == 1


@pytest.mark.parametrize(("kind", "code"), [("rate_limit", 1010), ("code:1100", 1100), ("code:2003", 2003)])
def test_answer_in_the_registrars_words_executes_nothing(
    api: Any, person: dict[str, str], kind: str, code: int
) -> None:
    api.fault(CREATE, kind, times=1)
    assert api.code(CREATE, **person) == code
    assert bought(api) == 0


def test_late_effect_happens_once_after_its_seconds(api: Any, person: dict[str, str]) -> None:
    api.fault(CREATE, "late_effect", times=1, seconds=600)
    with pytest.raises((ConnectionResetError, BrokenPipeError)):
        api.post(CREATE, **person)
    api.advance(590)
    assert bought(api) == 0
    assert api.state()["late"] == 1
    api.advance(20)
    assert bought(api) == 1
    api.advance(600)
    assert bought(api) == 1


def test_settle_brings_late_effects_forward(api: Any, person: dict[str, str]) -> None:
    api.fault(CREATE, "late_effect", times=1, seconds=600)
    with pytest.raises((ConnectionResetError, BrokenPipeError)):
        api.post(CREATE, **person)
    api.control("POST", "/settle")
    assert bought(api) == 1


def test_effect_takes_place_although_the_caller_is_gone(api: Any, person: dict[str, str]) -> None:
    api.fault(CREATE, "timeout_after", times=1)
    body = "&".join(
        f"{key}={value}" for key, value in {"apiuser": "demo", "apipasswd": "demo", **person}.items()
    )
    body = body.replace("+", "%2B").replace(" ", "+")
    parts = urlsplit(api.sandbox.mrdomain_url)
    with socket.create_connection((str(parts.hostname), int(parts.port or 0)), 5) as raw:
        head = f"POST /{CREATE}/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        raw.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode())
    wait_for(lambda: bought(api) == 1)


def test_fault_strikes_only_as_often_as_it_was_told(api: Any, person: dict[str, str]) -> None:
    api.fault(CREATE, "code:1", times=2)
    assert [api.post(CREATE, **person)["errorCode"] for _ in range(4)] == [1, 1, 0, 0]
    (fault,) = api.control("GET", "/faults")["faults"]
    assert (fault["struck"], fault["times"]) == (2, 2)


def test_rate_depends_on_the_seed_alone(api: Any) -> None:
    def run(seed: int) -> list[int]:
        api.control("POST", "/reset", seed=seed, limits={"errors": 1000})
        api.fault("tool/hello", "code:1", rate=0.5)
        return [api.post("tool/hello")["errorCode"] for _ in range(40)]

    first = run(7)
    assert run(7) == first
    assert run(8) != first
    assert 8 < sum(first) < 32


@pytest.mark.parametrize(
    ("pattern", "struck"),
    [
        ("*", {"tool/hello", "domain/list", "contact/list"}),
        ("domain/*", {"domain/list"}),
        ("tool/hello", {"tool/hello"}),
    ],
)
def test_pattern_chooses_the_actions(api: Any, pattern: str, struck: set[str]) -> None:
    api.fault(pattern, "code:1")
    actions = ("tool/hello", "domain/list", "contact/list")
    assert {action for action in actions if not api.post(action)["success"]} == struck


def test_removed_fault_strikes_no_more(api: Any) -> None:
    for kind in ("code:1", "code:2003"):
        api.fault("tool/hello", kind)
    first, second = (row["id"] for row in api.control("GET", "/faults")["faults"])
    assert api.code("tool/hello") == 1
    assert api.control("DELETE", f"/faults/{first}") == {"removed": 1}
    assert api.code("tool/hello") == 2003
    assert api.control("DELETE", "/faults") == {"removed": 1}
    assert second != first
    assert api.post("tool/hello")["success"] is True


def hung_up(connection: socket.socket) -> bool:
    """True if the other side has ended or reset the connection."""
    try:
        return connection.recv(1) == b""
    except ConnectionError:
        return True


@pytest.mark.parametrize("way", ["outage", "fault"])
def test_outage_refuses_connections_until_it_is_over(api: Any, way: str) -> None:
    parts = urlsplit(api.sandbox.mrdomain_url)
    held = socket.create_connection((str(parts.hostname), int(parts.port or 0)), 5)
    held.sendall(b"POST /tool/hello/ HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
    assert held.recv(65536).startswith(b"HTTP/1.1 200 ")
    if way == "outage":
        api.world(outage=True)
    else:
        api.fault("*", "refuse")
    with pytest.raises(ConnectionRefusedError):
        api.post("tool/hello")
    assert hung_up(held)
    held.close()
    if way == "outage":
        api.world(outage=False)
    else:
        api.control("DELETE", "/faults")
    assert api.post("tool/hello")["success"] is True


def test_faults_are_in_the_request_log_with_what_became_of_them(api: Any, person: dict[str, str]) -> None:
    api.fault(CREATE, "reset_after", times=1)
    with pytest.raises((ConnectionResetError, BrokenPipeError)):
        api.post(CREATE, **person)
    api.code("domain/getinfo")
    rows = api.control("GET", "/requests")["requests"]
    assert [(row["action"], row["outcome"]) for row in rows] == [
        (CREATE, "reset_after: ok"),
        ("domain/getinfo", "error 101"),
    ]


def test_held_callers_do_not_block_others_or_the_stop(person: dict[str, str], caller_of: Any) -> None:
    sandbox = start(seed=1)
    api = caller_of(sandbox)
    api.fault(CREATE, "timeout_after")
    failures: list[type[BaseException]] = []

    def call() -> None:
        try:
            api.post(CREATE, timeout=20, **person)
        except OSError as error:
            failures.append(type(error))
        except http.client.HTTPException as error:
            failures.append(type(error))

    callers = [threading.Thread(target=call) for _ in range(4)]
    for thread in callers:
        thread.start()
    wait_for(lambda: bought(api) == 4)
    assert json.loads(json.dumps(api.post("tool/hello")))["success"] is True
    began = time.monotonic()
    sandbox.stop()
    for thread in callers:
        thread.join(5)
    assert time.monotonic() - began < 3
    assert len(failures) == 4
