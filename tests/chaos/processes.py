"""The processes of a run: the sandbox, the database's own corner, and forked workers and customers."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import signal
import subprocess
import sys
import time
import traceback
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent.parent
VACUUM_SECONDS = 20.0
# Tables of which a tenth is dead or new since they were last swept. A record of every call grows without end, and to
# read it whole every time would be a tenth of a long run.
CHANGED = """
    SELECT quote_ident(relname) FROM pg_stat_user_tables
    WHERE greatest(n_dead_tup, n_mod_since_analyze) > 50 + n_live_tup / 10
"""


class Sandbox:
    """The registrars, in a process of their own."""

    def __init__(self, port: int, seed: int, speed: float, log: Path) -> None:
        self.port = port
        self._log = log.open("ab")
        command = [sys.executable, "-m", "registrar.sandbox", "--base-port", str(port)]
        command += ["--seed", str(seed), "--speed", str(speed)]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=self._log, stderr=self._log)
        wait_until(self._answers, 60, "the sandbox answers")

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """One request to the control port, JSON in and out."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=data, method=method)
        with urllib.request.urlopen(request, timeout=60) as response:
            return json.loads(response.read() or b"null")

    def journal(self) -> list[dict[str, Any]]:
        """Every effect, in order."""
        rows: list[dict[str, Any]] = self.call("GET", "/journal")["journal"]
        return rows

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait(20)
        self._log.close()

    def _answers(self) -> bool:
        try:
            return bool(self.call("GET", "/"))
        except OSError:
            return False


class ScratchDatabase:
    """A database of this run's own: a file in its folder, or one made on the PostgreSQL server of `url`."""

    def __init__(self, url: str) -> None:
        self._server = url
        self.is_postgres = bool(url)
        self.name = f"nameward_chaos_{os.getpid()}_{secrets.token_hex(3)}"
        self.url = urlunsplit(urlsplit(url)._replace(path="/" + self.name)) if url else ""
        self._vacuumed_at = time.monotonic()
        if url:
            self._on_server(f'CREATE DATABASE "{self.name}"')
            self._sweeps_itself = self._ask("SHOW autovacuum") == "on"

    def tend(self) -> None:
        """Clear away dead rows now and then where the server was told not to: a run leaves a hundred thousand."""
        if (
            not self.is_postgres
            or self._sweeps_itself
            or time.monotonic() < self._vacuumed_at + VACUUM_SECONDS
        ):
            return
        import psycopg

        self._vacuumed_at = time.monotonic()
        # It may be shut, or the connection cut: there is a next time.
        with (
            contextlib.suppress(psycopg.Error),
            psycopg.connect(self.url, autocommit=True, connect_timeout=10) as connection,
        ):
            changed = [str(row[0]) for row in connection.execute(CHANGED).fetchall()]
            if changed:
                connection.execute(f"VACUUM (ANALYZE, SKIP_LOCKED) {', '.join(changed)}")

    def cut_connections(self) -> None:
        """Break every connection of the run, as a restart of the server does. Nothing on SQLite."""
        if self.is_postgres:
            self._on_server(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [self.name]
            )

    def shut(self, shut: bool) -> None:
        """Let nobody in (or again), as a server that is down does. Nothing on SQLite."""
        if self.is_postgres:
            allowed = "false" if shut else "true"
            self._on_server(f'ALTER DATABASE "{self.name}" ALLOW_CONNECTIONS {allowed}')

    def drop(self) -> None:
        """Remove it from the server."""
        if self.is_postgres:
            self._on_server(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')

    def _ask(self, statement: str) -> Any:
        import psycopg

        with psycopg.connect(self._server, autocommit=True, connect_timeout=10) as connection:
            row = connection.execute(statement).fetchone()
            return row and row[0]

    def _on_server(self, statement: str, parameters: list[str] | None = None) -> None:
        import psycopg

        with psycopg.connect(self._server, autocommit=True, connect_timeout=10) as connection:
            connection.execute(statement, parameters)


@dataclass
class Hand:
    """A worker's place in the crew; whoever dies in it is replaced."""

    number: int
    clock_hours: float
    pid: int = 0
    stopped_until: float = 0.0


@dataclass(frozen=True)
class Death:
    """That a worker was killed or stopped, and when (seconds since 1970)."""

    pid: int
    at: float
    how: str


class Crew:
    """Forked workers. The parent must have no thread and no open database connection when it forks."""

    def __init__(self, run: Callable[[Hand], None], clocks: list[float], log: Path) -> None:
        self._run, self._log = run, log
        self.hands = [Hand(number, hours) for number, hours in enumerate(clocks)]
        self.deaths: list[Death] = []
        for hand in self.hands:
            hand.pid = fork(lambda hand=hand: self._run(hand), log)

    def tend(self) -> None:
        """Wake who slept long enough, and replace who died."""
        for hand in self.hands:
            if hand.stopped_until and time.monotonic() >= hand.stopped_until:
                hand.stopped_until = 0.0
                os.kill(hand.pid, signal.SIGCONT)
            if hand.pid and os.waitpid(hand.pid, os.WNOHANG) != (0, 0):
                hand.stopped_until = 0.0
                hand.pid = fork(lambda hand=hand: self._run(hand), self._log)

    def strike(self, target: int, number: signal.Signals, seconds: float = 0.0) -> None:
        """Send a signal to one worker; SIGSTOP ends after `seconds`."""
        hand = self.hands[target % len(self.hands)]
        if hand.stopped_until:
            return
        os.kill(hand.pid, number)
        if number == signal.SIGSTOP:
            hand.stopped_until = time.monotonic() + seconds
        self.deaths.append(Death(hand.pid, time.time(), number.name))

    def dismiss(self) -> None:
        """End all of them."""
        for hand in self.hands:
            for number in (signal.SIGCONT, signal.SIGTERM):
                os.kill(hand.pid, number)
        deadline = time.monotonic() + 15
        for hand in self.hands:
            while os.waitpid(hand.pid, os.WNOHANG) == (0, 0):
                if time.monotonic() > deadline:
                    os.kill(hand.pid, signal.SIGKILL)
                time.sleep(0.02)


def fork(job: Callable[[], None], log: Path) -> int:
    """Run `job` in a forked child whose output goes to `log`; returns its process id."""
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(output, 1)
        os.dup2(output, 2)
        job()
        status = 0
    except BaseException as error:
        print(f"child ended by {type(error).__name__}: {error}", file=sys.stderr, flush=True)
        traceback.print_exc()
    finally:
        os._exit(status)


def ended_well(pid: int) -> bool:
    """True once the child is over, False while it runs. Raises RuntimeError when it failed: its log says why."""
    found, status = os.waitpid(pid, os.WNOHANG)
    if found and status:
        raise RuntimeError(f"the child {pid} ended with status {status}")
    return bool(found)


def wait_until(condition: Callable[[], bool], seconds: float, what: str) -> None:
    """Poll until it holds. Raises TimeoutError naming `what`."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"not within {seconds:.0f} s: {what}")
        time.sleep(0.1)
