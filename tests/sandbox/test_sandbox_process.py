"""The state file, and the sandbox as a process of its own."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from registrar.sandbox import start
from registrar.sandbox.registry import ROWS

Launch = Callable[..., "subprocess.Popen[str]"]


def test_world_and_journal_survive_a_restart(tmp_path: Path, caller_of: Any) -> None:
    path = tmp_path / "deep" / "world.json"
    with start(seed=5, state_file=path) as first:
        api = caller_of(first)
        api.ok("domain/create", domain="lighthouse.com", ownerContactID=api.contact())
        api.ok(
            "domain/dnsseccreate",
            domain="alder-mail.online",
            keytag=1,
            algorithm=13,
            digesttype=2,
            digest="AB" * 32,
        )
        api.world(take_name="lighthouse.fr")
        before = (api.ok("domain/list"), api.ok("contact/list"), api.journal(), api.state()["balance"])
    with start(seed=6, state_file=path) as second:
        api = caller_of(second)
        assert api.control("GET", "/")["seed"] == 5
        rows = api.ok("domain/list")["domains"]
        assert [row["name"] for row in rows] == [row["name"] for row in before[0]["domains"]]
        assert (api.ok("contact/list"), api.journal(), api.state()["balance"]) == before[1:]
        assert api.ok("domain/getdnssec", domain="alder-mail.online")["dnssec"]["active"] is True
        assert api.ok("domain/check", domain="lighthouse.fr")["domains"][0]["available"] is False
        api.advance(60)
        assert api.ok("domain/getinfo", domain="lighthouse.com")["status"] == "active"


def test_state_is_on_disk_as_soon_as_the_effect_is_answered(tmp_path: Path, caller_of: Any) -> None:
    path = tmp_path / "world.json"
    with start(seed=1, state_file=path) as sandbox:
        api = caller_of(sandbox)
        key = api.contact()
        saved = json.loads(path.read_text(encoding="utf-8"))
        assert saved["journal"][-1]["subject"] == key
        assert key in saved["families"]["mrdomain"]["contacts"]
        assert [entry.name for entry in tmp_path.iterdir()] == ["world.json"]


def test_file_that_is_no_state_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "world.json"
    for text in ("not json", "[]", '{"format": 99}'):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ValueError, match="not a sandbox state file"):
            start(state_file=path)


@pytest.fixture
def launch() -> Iterator[Launch]:
    running: list[subprocess.Popen[str]] = []

    def begin(*arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "registrar.sandbox", *arguments]
        pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        process = subprocess.Popen(command, cwd=Path(__file__).parents[2], env={**os.environ}, **pipes)
        running.append(process)
        return process

    yield begin
    for process in running:
        process.kill()
        process.communicate()


def ready(process: subprocess.Popen[str]) -> dict[str, str]:
    """The addresses in the line that a started sandbox prints."""
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line.startswith("Sandbox ready: "), line
    return dict(re.findall(r"(\w+) (http://\S+?)(?:,|$)", line.strip()))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_process_serves_until_a_signal_and_leaves_cleanly(
    launch: Launch, api: Any, number: signal.Signals
) -> None:
    process = launch("--base-port", "0", "--seed", "9")
    addresses = ready(process)
    status, body, _ = api.raw("GET", addresses["control"] + "/")
    assert (status, json.loads(body)["seed"]) == (200, 9)
    assert api.raw("POST", addresses["mrdomain"] + "/tool/hello/")[0] == 200
    process.send_signal(number)
    assert process.wait(5) == 0
    assert process.communicate() == ("", "")


def test_fixed_base_port_gives_each_family_its_distance(launch: Launch) -> None:
    base = free_row()
    addresses = ready(launch("--base-port", str(base)))
    distances = {"control": 0, **{row.family.name: row.offset for row in ROWS}}
    assert addresses == {name: f"http://127.0.0.1:{base + distance}" for name, distance in distances.items()}


def free_row() -> int:
    """The first of as many neighbouring free ports as a sandbox takes."""
    for base in range(20_000 + os.getpid() % 10_000, 60_000, 7):
        try:
            for port in range(base, base + 7):
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", port))
        except OSError:
            continue
        return base
    raise AssertionError("no free ports")


def test_busy_port_is_told_in_one_sentence(launch: Launch) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        process = launch("--base-port", str(busy.getsockname()[1]))
        _, errors = process.communicate(timeout=10)
    assert process.returncode == 1
    assert len(errors.strip().splitlines()) == 1
    assert "cannot start on 127.0.0.1" in errors


def test_killed_process_has_kept_every_answered_effect(
    launch: Launch, tmp_path: Path, caller_of: Any
) -> None:
    path = tmp_path / "world.json"
    with start(seed=1, state_file=path) as sandbox:
        key = caller_of(sandbox).contact()
    process = launch("--base-port", "0", "--state-file", str(path))
    address = ready(process)["mrdomain"]
    body = b"apiuser=demo&apipasswd=demo&updateType=tag&tag=kept&domain=alder-mail.online"
    head = {"Content-Type": "application/x-www-form-urlencoded"}
    with start() as other:
        status, _, _ = caller_of(other).raw("POST", f"{address}/domain/update/", body, head)
    process.kill()
    process.wait(5)
    assert status == 200
    with start(state_file=path) as again:
        api = caller_of(again)
        assert api.ok("domain/getinfo", domain="alder-mail.online")["tag"] == "kept"
        assert [row["subject"] for row in api.journal()] == [key, "alder-mail.online"]
