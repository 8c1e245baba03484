"""The supervisor with real children, in a process of its own because it owns that process's signals."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.infrastructure.processes import ROOT, is_alive, wait_for

# A child that writes its id, starts a grandchild which does so too, and ignores SIGTERM where told to.
CHILD = """
import os, pathlib, signal, subprocess, sys, time
folder, name, kind = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
if kind == "stubborn":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
else:
    signal.signal(signal.SIGTERM, lambda *_: ((folder / "ended").open("a").write(name + "\\n"), sys.exit(0)))
if kind == "parent":
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)", str(folder)])
with (folder / (name + ".started")).open("a") as file:
    file.write(f"{os.getpid()}\\n")
if kind == "dying":
    print("this is why")
    sys.exit(3)
while True:
    time.sleep(600)
"""

# Runs the children named on the command line as name:kind, the way scripts.run does.
SUPERVISOR = """
import pathlib, sys
from scripts import supervisor
folder = pathlib.Path(sys.argv[1])
supervisor.STOP_GRACE_SECONDS = 1.0
supervisor.FIRST_BACKOFF_SECONDS = 0.05
s = supervisor.Supervisor(folder, {"PATH": ""})
status = 0
try:
    for word in sys.argv[3:]:
        name, kind = word.split(":")
        s.start(name, [sys.executable, "-c", sys.argv[2], str(folder), name, kind])
    s.watch()
except supervisor.StopRequested:
    print("stopped")
except supervisor.Failure as failure:
    print(failure, failure.log_tail())
    status = 1
finally:
    s.stop()
sys.exit(status)
"""


class Supervised:
    """A supervisor in a process of its own, with its children's notes in a folder."""

    def __init__(self, folder: Path, *children: str) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-c", SUPERVISOR, str(folder), CHILD, *children],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        for child in children:
            name, _, kind = child.partition(":")
            if kind != "dying":
                wait_for(lambda name=name: bool(self.ids(name)), 20, f"{name} started")

    def ids(self, name: str) -> list[int]:
        """Process ids of every start of the child, oldest first."""
        notes = self.folder / f"{name}.started"
        return [int(line) for line in notes.read_text().splitlines()] if notes.exists() else []

    def everyone(self) -> list[int]:
        """Ids of all living processes that carry the folder's name: children and grandchildren."""
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and int(entry.name) not in (os.getpid(), self.process.pid):
                try:
                    words = (entry / "cmdline").read_bytes().split(b"\0")
                except OSError:
                    continue
                if str(self.folder).encode() in words and is_alive(int(entry.name)):
                    found.append(int(entry.name))
        return found

    def finish(self, seconds: float = 20) -> str:
        """Wait for the supervisor's end and return what it printed."""
        return self.process.communicate(timeout=seconds)[0]


@pytest.fixture
def supervised(tmp_path: Path) -> Iterator[list[Supervised]]:
    """A list of what was started; whatever is left of it is ended after the test."""
    started: list[Supervised] = []
    yield started
    for one in started:
        if one.process.poll() is None:
            one.process.kill()
        one.process.communicate()
        for process in one.everyone():
            os.kill(process, signal.SIGKILL)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_stop_signal_ends_every_child_and_grandchild(
    tmp_path: Path, supervised: list[Supervised], number: signal.Signals
) -> None:
    one = Supervised(tmp_path, "broker:plain", "worker:parent")
    supervised.append(one)
    assert len(one.everyone()) >= 3

    one.process.send_signal(number)
    printed = one.finish()

    assert (printed, one.process.returncode) == ("stopped\n", 0)
    assert one.everyone() == []


def test_stop_ends_the_first_child_last(tmp_path: Path, supervised: list[Supervised]) -> None:
    one = Supervised(tmp_path, "broker:plain", "sandbox:plain", "worker:plain")
    supervised.append(one)

    one.process.terminate()
    one.finish()

    ended = (tmp_path / "ended").read_text().split()
    assert ended[-1] == "broker"
    assert sorted(ended) == ["broker", "sandbox", "worker"]


def test_stop_child_that_ignores_the_request_is_killed(tmp_path: Path, supervised: list[Supervised]) -> None:
    one = Supervised(tmp_path, "broker:plain", "web:stubborn")
    supervised.append(one)

    one.process.terminate()
    printed = one.finish()

    assert printed == "stopped\n"
    assert one.everyone() == []


def test_supervisor_killed_leaves_no_child_behind(tmp_path: Path, supervised: list[Supervised]) -> None:
    one = Supervised(tmp_path, "broker:plain", "worker:parent")
    supervised.append(one)

    one.process.kill()
    one.finish()

    wait_for(lambda: one.everyone() == [], 15, "children and grandchildren are gone")


def test_child_killed_is_started_again_without_its_old_grandchild(
    tmp_path: Path, supervised: list[Supervised]
) -> None:
    one = Supervised(tmp_path, "broker:plain", "worker:parent")
    supervised.append(one)
    before = len(one.everyone())

    os.kill(one.ids("worker")[0], signal.SIGKILL)

    wait_for(lambda: len(one.ids("worker")) == 2, 15, "the worker's second start")
    wait_for(lambda: len(one.everyone()) == before, 15, "one worker with one grandchild")
    assert one.ids("broker")[-1] in one.everyone()


def test_child_that_keeps_dying_stops_the_run_and_shows_its_log(
    tmp_path: Path, supervised: list[Supervised]
) -> None:
    one = Supervised(tmp_path, "broker:plain", "web:dying")
    supervised.append(one)

    printed = one.finish()

    assert one.process.returncode == 1
    assert printed.startswith("The web ended 6 times within a minute. ['this is why'")
    assert len(one.ids("web")) == 6
    assert one.everyone() == []
