"""A connection that is established or is not, and one deadline over everything done with it afterwards.

Opened here and not by urllib3, because only so one limit holds for the resolver, all addresses and the TLS
handshake together, and the end of this function is exactly the line between "no byte of the request left this
machine" and "nobody knows".
"""

from __future__ import annotations

import io
import queue
import socket
import ssl
import threading
import time
from typing import Any

from registrar.errors import NotSent, OutcomeUnknown

CHUNK_BYTES = 64 * 1024


def open_socket(host: str, port: int, tls: ssl.SSLContext | None, deadline: float) -> socket.socket:
    """A connected socket, after the TLS handshake if `tls` is given. `deadline` is in time.monotonic() seconds.

    Raises NotSent when that cannot be had in time, or when the certificate is not to be trusted.
    """
    problem = "no address"
    for family, kind, protocol, address in _resolve(host, port, deadline):
        sock = socket.socket(family, kind, protocol)
        try:
            sock.settimeout(remaining(deadline))
            sock.connect(address)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if tls is None:
                return sock
            sock.settimeout(remaining(deadline))
            return tls.wrap_socket(sock, server_hostname=host)
        except OSError as error:
            sock.close()
            problem = f"{type(error).__name__}: {error}"
    raise NotSent(f"no connection to {host}:{port}: {problem}")


def remaining(deadline: float) -> float:
    """Seconds left. Raises TimeoutError when there are none."""
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise TimeoutError("the time allowed for the call is over")
    return seconds


class DeadlineSocket:
    """What an HTTP library needs of a socket, with one deadline over all that is sent and read.

    A socket's own timeout starts again with every byte; a server that drips would keep a call for ever.
    """

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock = sock
        self._deadline = deadline

    def sendall(self, data: bytes) -> None:
        """Raises OutcomeUnknown when not everything could be sent in time."""
        try:
            for start in range(0, len(data), CHUNK_BYTES):
                self._sock.settimeout(remaining(self._deadline))
                self._sock.sendall(data[start : start + CHUNK_BYTES])
        except OSError as error:
            # A server may answer and close before it has read everything; what it did, nobody knows. Not an
            # OSError, because urllib3 would go on to look for a reply.
            raise OutcomeUnknown(f"the request may have left: {type(error).__name__}: {error}") from None

    def makefile(self, mode: str) -> io.BufferedReader:
        """The reply's bytes; reading them raises TimeoutError after the deadline."""
        return io.BufferedReader(_DeadlineReader(self._sock, self._deadline), CHUNK_BYTES)

    def settimeout(self, seconds: float | None) -> None:
        """Nothing: the deadline holds."""

    def close(self) -> None:
        """Nothing: a library may let go of the connection before the body is read; who opened it closes it."""


class _DeadlineReader(io.RawIOBase):
    def __init__(self, sock: socket.socket, deadline: float) -> None:
        super().__init__()
        self._sock = sock
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        self._sock.settimeout(remaining(self._deadline))
        return self._sock.recv_into(buffer)


_Address = tuple[int, int, int, Any]


def _resolve(host: str, port: int, deadline: float) -> list[_Address]:
    """Addresses of a host. In a thread of its own, because the system's resolver knows no timeout."""
    answers: queue.SimpleQueue[list[_Address] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            answers.put(OSError(str(error)))
        else:
            answers.put([(family, kind, protocol, address) for family, kind, protocol, _, address in found])

    threading.Thread(target=ask, name="resolve", daemon=True).start()
    try:
        answer = answers.get(timeout=max(0.0, deadline - time.monotonic()))
    except queue.Empty:
        answer = OSError("the resolver did not answer in time")
    if isinstance(answer, OSError):
        raise NotSent(f"{host} cannot be resolved: {answer}")
    return answer
