"""A raw server on the loopback interface whose every byte a test decides, and the sandbox with all its families."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator

import pytest

from registrar.sandbox import start
from tests.registrar.world import World


class Peer:
    """The server's end of one connection."""

    def __init__(self, sock: socket.socket, stopping: threading.Event) -> None:
        self.sock = sock
        self.stopping = stopping

    def read_request(self) -> bytes:
        """The whole request: headers, and as much body as they announce."""
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._receive()
        head, _, body = data.partition(b"\r\n\r\n")
        announced = (
            int(line.split(b":")[1])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length")
        )
        length = next(announced, 0)
        while len(body) < length:
            body += self._receive()
        return head + b"\r\n\r\n" + body

    def _receive(self) -> bytes:
        part = self.sock.recv(65536)
        if not part:
            raise ConnectionError("the client hung up")
        return part

    def reply(self, body: bytes, *, status: str = "200 OK", headers: str = "") -> None:
        head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{headers}\r\n"
        self.sock.sendall(head.encode() + body)

    def drip(self, data: bytes, every: float) -> None:
        """One byte at a time until the client leaves."""
        for byte in data:
            if self.stopping.wait(every):
                return
            self.sock.sendall(bytes([byte]))

    def hold(self) -> None:
        """Say nothing until the client leaves or the test ends."""
        self.sock.settimeout(0.05)
        while not self.stopping.is_set():
            with contextlib.suppress(TimeoutError):
                if not self.sock.recv(1):
                    return

    def reset(self) -> None:
        """Close with a reset instead of a good-bye."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


class RawServer:
    """Accepts connections one after the other and gives each to `behave`; remembers what it was sent."""

    def __init__(
        self, behave: Callable[[Peer], None], wrap: Callable[[socket.socket], socket.socket] | None
    ) -> None:
        self.connections = 0
        self._behave = behave
        self._wrap = wrap
        self._stopping = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.01)
        self.port: int = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                sock, _ = self._listener.accept()
            except TimeoutError:
                continue
            self.connections += 1
            sock.settimeout(5)
            with contextlib.suppress(OSError):
                if self._wrap:
                    sock = self._wrap(sock)
                self._behave(Peer(sock, self._stopping))
            sock.close()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(10)
        self._listener.close()


Serve = Callable[..., RawServer]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """serve(behave) starts a RawServer that ends with the test; `wrap` may put TLS around a connection."""
    servers: list[RawServer] = []

    def start(
        behave: Callable[[Peer], None], wrap: Callable[[socket.socket], socket.socket] | None = None
    ) -> RawServer:
        servers.append(RawServer(behave, wrap))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def free_port() -> int:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture(scope="session")
def sandbox() -> Iterator[World]:
    """One sandbox for all tests of a run; whoever uses it resets it first."""
    running = start(base_port=0, seed=1)
    yield World(running)
    running.stop()
