"""Starts child processes, keeps them running and stops all of them; one thread, woken by signals."""

import os
import select
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path

from scripts.guard import Guard, signal_group

RESTARTS_ALLOWED = 5
RESTART_WINDOW_SECONDS = 60.0
STOP_GRACE_SECONDS = 10.0
FIRST_BACKOFF_SECONDS = 0.5
KEPT_LOGS = 3
TAIL_LINES = 15


class StopRequested(Exception):
    """A person or the system asked this run to end (SIGINT, SIGTERM, SIGHUP)."""


class Failure(Exception):
    """The run cannot go on; the text is one sentence for the person, `log` the file that shows why."""

    def __init__(self, sentence: str, log: Path | None = None) -> None:
        super().__init__(sentence)
        self.log = log

    def log_tail(self) -> list[str]:
        """The last lines of the log, or nothing."""
        if self.log is None or not self.log.is_file():
            return []
        return self.log.read_text(errors="replace").splitlines()[-TAIL_LINES:]


class Child:
    """One command in its own process group, writing to its own log file."""

    def __init__(self, name: str, command: list[str], log: Path) -> None:
        self.name = name
        self.command = command
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None
        self.deaths: deque[float] = deque()
        self.restart_at: float | None = None

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def note_death(self, now: float) -> bool:
        """Plan the next start with a growing pause; False where it died too often within the window."""
        self.deaths.append(now)
        while now - self.deaths[0] > RESTART_WINDOW_SECONDS:
            self.deaths.popleft()
        self.restart_at = now + FIRST_BACKOFF_SECONDS * 2 ** (len(self.deaths) - 1)
        return len(self.deaths) <= RESTARTS_ALLOWED


def rotate_logs(folder: Path) -> None:
    """Number the logs of earlier runs (web.log -> web.log.1 ...), dropping the oldest."""
    for log in folder.glob("*.log"):
        for number in range(KEPT_LOGS - 1, 0, -1):
            older = log.with_name(f"{log.name}.{number}")
            if older.exists():
                older.replace(log.with_name(f"{log.name}.{number + 1}"))
        log.replace(log.with_name(f"{log.name}.1"))


class Supervisor:
    """Owns the children of one run. Create it in the main thread, before any child."""

    def __init__(self, log_folder: Path, environment: Mapping[str, str]) -> None:
        self.environment = dict(environment)
        self._log_folder = log_folder
        self._children: list[Child] = []
        self._stop_signals = 0
        rotate_logs(log_folder)
        self._guard = Guard()
        self._wake_reader, wake_writer = os.pipe()
        os.set_blocking(self._wake_reader, False)
        os.set_blocking(wake_writer, False)
        signal.set_wakeup_fd(wake_writer, warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_stop_signal)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def start(self, name: str, command: list[str]) -> Child:
        """Start a long-running child; it is restarted when it dies."""
        child = Child(name, command, self._log_folder / f"{name}.log")
        self._children.append(child)
        self._spawn(child)
        return child

    def run_step(self, name: str, command: list[str], seconds: float) -> None:
        """Run a command to its end while the children are kept running.

        Raises Failure where it exits with an error or takes longer than `seconds`, StopRequested on a signal.
        """
        step = Child(name, command, self._log_folder / f"{name}.log")
        self._spawn(step)
        try:
            self.wait_until(lambda: not step.is_running, seconds, f"The step {name} did not finish", step.log)
        finally:
            self._end_group(step)
        assert step.process is not None
        if step.process.returncode != 0:
            raise Failure(f"The step {name} failed.", step.log)

    def wait_until(self, condition: Callable[[], bool], seconds: float, otherwise: str, log: Path) -> None:
        """Look after the children until `condition` holds.

        Raises Failure(otherwise) after `seconds`, StopRequested on a signal.
        """
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                raise Failure(f"{otherwise} within {seconds:.0f} seconds.", log)
            self._tend(pause=0.1)

    def watch(self) -> None:
        """Look after the children until StopRequested or Failure."""
        while True:
            self._tend(pause=1.0)

    def stop(self) -> None:
        """Stop every child, the first one started last (the broker must outlive those who talk to it)."""
        last = self._children[:1]
        self._stop_children(self._children[1:])
        self._stop_children(last)
        self._guard.dismiss()

    def _tend(self, pause: float) -> None:
        select.select([self._wake_reader], [], [], pause)
        try:
            os.read(self._wake_reader, 4096)
        except BlockingIOError:
            pass
        if self._stop_signals:
            raise StopRequested
        now = time.monotonic()
        for child in self._children:
            if child.is_running:
                continue
            if child.restart_at is None:
                self._end_group(child)
                if not child.note_death(now):
                    raise Failure(
                        f"The {child.name} ended {len(child.deaths)} times within a minute.", child.log
                    )
            elif now >= child.restart_at:
                self._spawn(child)

    def _spawn(self, child: Child) -> None:
        child.restart_at = None
        with child.log.open("ab") as log:
            child.process = subprocess.Popen(
                child.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=self.environment,
                start_new_session=True,
            )
        self._guard.watch(child.process.pid)

    def _end_group(self, child: Child) -> None:
        # A killed worker leaves its beat process behind in the same group; two beats must never run.
        if child.process is not None and child.restart_at is None:
            signal_group(child.process.pid, signal.SIGKILL)
            child.process.wait()
            self._guard.forget(child.process.pid)

    def _stop_children(self, children: list[Child]) -> None:
        for child in children:
            if child.is_running and child.process is not None:
                child.process.terminate()
        deadline = time.monotonic() + STOP_GRACE_SECONDS
        signals_before = self._stop_signals
        while any(child.is_running for child in children) and time.monotonic() < deadline:
            if self._stop_signals > signals_before:
                break
            time.sleep(0.05)
        for child in children:
            self._end_group(child)

    def _on_stop_signal(self, *_: object) -> None:
        self._stop_signals += 1
