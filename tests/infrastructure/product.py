"""The product as `make run` starts it, for tests that need all of it."""

import http.client
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Self

from tests.infrastructure.processes import (
    ROOT,
    free_ports,
    processes_mentioning,
    run_environment,
    wait_for,
)

START_SECONDS = 150


class Product:
    """One run on a data folder, with ports of its own; a context manager that stops it."""

    def __init__(self, data: Path, **settings: str) -> None:
        self.data = data
        self.sandbox_port = free_ports(8)
        self.port = self.sandbox_port + 7
        self._output = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed by __exit__
        ports = {"PORT": str(self.port), "SANDBOX_PORT": str(self.sandbox_port)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "scripts.run"],
            cwd=ROOT,
            env=run_environment(data, **ports, **settings),
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=subprocess.STDOUT,
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def sandbox_url(self) -> str:
        return f"http://127.0.0.1:{self.sandbox_port}/"

    def output(self) -> str:
        """Everything printed so far."""
        self._output.seek(0)
        return self._output.read()

    def wait_until_ready(self) -> Self:
        """Raises AssertionError with the output where it ends or takes too long."""
        wait_for(
            lambda: "\nReady: " in self.output() or self.process.poll() is not None,
            START_SECONDS,
            "the run is ready",
        )
        assert self.process.poll() is None, self.output()
        return self

    def status(self, path: str, host: str = "") -> int:
        """The HTTP status of a GET; `host` replaces the Host header."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", path, headers={"Host": host} if host else {})
            return connection.getresponse().status
        finally:
            connection.close()

    def living(self) -> list[int]:
        """Ids of every process of this run: all of them are given its data folder."""
        return processes_mentioning(str(self.data))

    def child(self, words: str) -> int:
        """Id of the leading process of the child whose command line contains `words`."""
        for process in sorted(self.living()):
            command = Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            if words in command:
                return process
        raise LookupError(words)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop, as Ctrl-C or a service manager does; returns its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(timeout=40)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.stop()
        finally:
            self._output.close()
