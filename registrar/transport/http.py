"""One HTTP POST: what was certainly not sent, what may have been executed, and the reply as bytes.

http.client instead of a pooling library on purpose: every call opens its own connection and closes it, so the
line between "no byte left this machine" and "nobody knows" is the end of the TLS handshake, and nothing
(retry, redirect, proxy, netrc, pool) can send a request twice or elsewhere.
"""

from __future__ import annotations

import http.client
import io
import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from registrar.errors import InvalidRequest, NotSent, OutcomeUnknown, RateLimited, UnreadableReply

MAX_REPLY_BYTES = 4 * 1024 * 1024
CHUNK_BYTES = 64 * 1024
DEFAULT_USER_AGENT = "Nameward/0.1"


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Limits of one call in seconds: `connect` up to the end of the TLS handshake, `total` for everything."""

    connect: float = 5
    total: float = 30


@dataclass(frozen=True, slots=True)
class HttpReply:
    """A reply. `broken` says why the body is not complete, and is empty when it is."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    broken: str = ""

    def raise_unless_ok(self) -> None:
        """Raise unless this is a complete 2xx: RateLimited for 429, else OutcomeUnknown or UnreadableReply."""
        if self.status == 429:
            raise RateLimited("HTTP 429", after=_retry_after(self.headers.get("retry-after", "")))
        if self.status >= 500:
            raise OutcomeUnknown(f"HTTP {self.status}")
        if self.broken:
            raise UnreadableReply(self.broken)
        if not 200 <= self.status < 300:
            raise UnreadableReply(f"HTTP {self.status}")


class HttpClient:
    """Posts to one endpoint. Holds no connection between calls and may be used from several threads."""

    def __init__(
        self,
        endpoint: str,
        *,
        timeouts: Timeouts | None = None,
        user_agent: str = DEFAULT_USER_AGENT,
        max_reply_bytes: int = MAX_REPLY_BYTES,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """Raises InvalidRequest(field="endpoint") for anything but https, or http to a machine nearby."""
        self._https, self._host, self._port, self._base = _parse_endpoint(endpoint)
        self._timeouts = timeouts or Timeouts()
        self._user_agent = user_agent
        self._max_reply_bytes = max_reply_bytes
        self._tls = (tls or ssl.create_default_context()) if self._https else None

    def post(self, path: str, body: bytes, headers: Mapping[str, str] | None = None) -> HttpReply:
        """Post `body` once to the endpoint's `path`.

        Raises NotSent when no connection could be made, OutcomeUnknown when the request may have left and no
        status line came back. A reply of any status is returned; a cut or oversized one is marked `broken`.
        """
        deadline = time.monotonic() + self._timeouts.total
        sock = self._connect(min(deadline, time.monotonic() + self._timeouts.connect))
        try:
            _send(sock, self._request_bytes(path, body, headers or {}), deadline)
            return self._read(sock, deadline)
        finally:
            sock.close()

    def _connect(self, deadline: float) -> socket.socket:
        problem = "no address"
        for family, kind, protocol, address in _resolve(self._host, self._port, deadline):
            sock = socket.socket(family, kind, protocol)
            try:
                sock.settimeout(_remaining(deadline))
                sock.connect(address)
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                if self._tls is None:
                    return sock
                sock.settimeout(_remaining(deadline))
                return self._tls.wrap_socket(sock, server_hostname=self._host)
            except OSError as error:
                sock.close()
                problem = f"{type(error).__name__}: {error}"
        raise NotSent(f"no connection to {self._host}:{self._port}: {problem}")

    def _request_bytes(self, path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        host = f"[{self._host}]" if ":" in self._host else self._host
        default_port = 443 if self._https else 80
        lines = {
            "Host": host if self._port == default_port else f"{host}:{self._port}",
            "User-Agent": self._user_agent,
            "Accept-Encoding": "identity",
            "Connection": "close",
            "Content-Length": str(len(body)),
            **headers,
        }
        target = f"{self._base}/{path.lstrip('/')}"
        head = "\r\n".join(
            [f"POST {target} HTTP/1.1", *(f"{name}: {value}" for name, value in lines.items())]
        )
        if head.count("\r\n") != len(lines) or not head.isascii():
            raise InvalidRequest("a header or the path holds a character that HTTP does not allow")
        return head.encode("ascii") + b"\r\n\r\n" + body

    def _read(self, sock: socket.socket, deadline: float) -> HttpReply:
        response = http.client.HTTPResponse(_DeadlineSocket(sock, deadline), method="POST")  # type: ignore[arg-type]
        try:
            response.begin()
        except (OSError, http.client.HTTPException) as error:
            raise OutcomeUnknown(f"no reply: {type(error).__name__}: {error}") from None
        headers = {name.lower(): value for name, value in response.getheaders()}
        body = bytearray()
        broken = ""
        try:
            while chunk := response.read1(CHUNK_BYTES):
                body += chunk
                if len(body) > self._max_reply_bytes:
                    broken = f"the reply is longer than {self._max_reply_bytes} bytes"
                    break
            else:
                broken = "the reply was cut short" if response.length else ""
        except (OSError, http.client.HTTPException, ValueError) as error:
            broken = f"the reply was cut short: {type(error).__name__}"
        return HttpReply(response.status, bytes(body[: self._max_reply_bytes]), headers, broken)


class _DeadlineSocket:
    """What http.client needs of a socket to read a reply, with one deadline over all reads."""

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self._sock = sock
        self._deadline = deadline

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_DeadlineReader(self._sock, self._deadline), CHUNK_BYTES)


class _DeadlineReader(io.RawIOBase):
    def __init__(self, sock: socket.socket, deadline: float) -> None:
        super().__init__()
        self._sock = sock
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        self._sock.settimeout(_remaining(self._deadline))
        return self._sock.recv_into(buffer)


def _remaining(deadline: float) -> float:
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise TimeoutError("the time allowed for the call is over")
    return seconds


def _send(sock: socket.socket, data: bytes, deadline: float) -> None:
    try:
        for start in range(0, len(data), CHUNK_BYTES):
            sock.settimeout(_remaining(deadline))
            sock.sendall(data[start : start + CHUNK_BYTES])
    except OSError as error:
        # A server may answer and close before it has read everything; what it did, nobody knows.
        raise OutcomeUnknown(f"the request may have left: {type(error).__name__}: {error}") from None


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


def _parse_endpoint(endpoint: str) -> tuple[bool, str, int, str]:
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError as error:
        raise InvalidRequest(f"the endpoint is no address: {error}", field="endpoint") from None
    host = parts.hostname or ""
    if parts.scheme not in {"http", "https"} or not host or parts.username or parts.query or parts.fragment:
        raise InvalidRequest("the endpoint must look like https://host[:port]", field="endpoint")
    if parts.scheme == "http" and not _is_nearby(host):
        raise InvalidRequest("an endpoint outside this network must be https", field="endpoint")
    https = parts.scheme == "https"
    return https, host, port or (443 if https else 80), parts.path.rstrip("/")


def _is_nearby(host: str) -> bool:
    """Loopback, a private address or a bare machine name, as containers have: where a sandbox may listen."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host


def _retry_after(value: str) -> float | None:
    value = value.strip()
    if value.isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
