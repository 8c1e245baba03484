"""One HTTP call: what was certainly not sent, what may have been executed, and the reply as bytes.

The exchange is done by requests, without everything that could send a request twice or elsewhere: every call has a
session and a connection of its own, and there are no retries, redirects, proxies, cookies, netrc or settings
from the environment. Three things requests does not offer are overridden here, each where it says so: the one
deadline of a call, the certainty that nothing was sent, and replies that are only as long as we allow.
"""

from __future__ import annotations

import http.client
import ipaddress
import math
import re
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool
from urllib3.connection import HTTPConnection
from urllib3.exceptions import HTTPError

from registrar.errors import InvalidRequest, OutcomeUnknown, RateLimited, UnreadableReply
from registrar.transport.connection import CHUNK_BYTES, DeadlineSocket, open_socket

MAX_REPLY_BYTES = 4 * 1024 * 1024
DEFAULT_USER_AGENT = "Nameward/0.1"

# What can go wrong in requests and in the libraries under it; requests' own errors are OSErrors.
_FAILURES = (OSError, HTTPError, http.client.HTTPException, ValueError)
_PATH = re.compile(r'[!$-~"]*')
_HEADER_NAME = re.compile(r"[0-9A-Za-z!#$%&'*+.^_`|~-]+")
_HEADER_VALUE = re.compile(r"(?:[!-~](?:[ -~]*[!-~])?)?")
_LONGEST_PROBLEM = 300


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Limits of one call in seconds: `connect` up to the end of the TLS handshake, `total` for everything.

    `until` (time.monotonic() seconds) ends everything that is done with a driver: a write that needs several calls
    must not send its last one when whoever asked for it has long been given up. After it every call is NotSent.
    """

    connect: float = 5
    total: float = 30
    until: float = math.inf

    def deadlines(self) -> tuple[float, float]:
        """Until when a call that begins now must be connected, and over."""
        now = time.monotonic()
        end = min(now + self.total, self.until)
        return min(end, now + self.connect), end


@dataclass(frozen=True, slots=True)
class HttpReply:
    """A reply. `broken` says why the body is not complete or readable, and is empty when it is."""

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
    """Calls one endpoint. Holds no connection between calls and may be used from several threads."""

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
        # Without a path, the endpoint to the letter: a final slash may matter to the server.
        self._address = endpoint
        self._timeouts = timeouts or Timeouts()
        self._user_agent = user_agent
        self._max_reply_bytes = max_reply_bytes
        # The machine's own trusted authorities, and nothing that the environment names for requests.
        self._tls = (tls or ssl.create_default_context()) if self._https else None

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> HttpReply:
        """As post(), for a call that has no body."""
        return self._send("GET", path, None, headers or {})

    def post(self, path: str, body: bytes, headers: Mapping[str, str] | None = None) -> HttpReply:
        """Post `body` once to the endpoint's `path`.

        Raises NotSent when no connection could be made, OutcomeUnknown when the request may have left and no
        status line came back. A reply of any status is returned; a cut, oversized or compressed one is marked
        `broken`.
        """
        return self._send("POST", path, body, headers or {})

    def _send(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> HttpReply:
        request = self._prepare(method, path, body, headers)
        connect_deadline, deadline = self._timeouts.deadlines()
        with open_socket(self._host, self._port, self._tls, connect_deadline) as sock:
            adapter = _OneConnection(self._host, self._port, self._https, DeadlineSocket(sock, deadline))
            with _Session(adapter) as session:
                return self._exchange(session, request)

    def _prepare(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> requests.PreparedRequest:
        lines = {
            "User-Agent": self._user_agent,
            "Accept-Encoding": "identity",
            "Connection": "close",
            **headers,
        }
        path = path.lstrip("/")
        if not _PATH.fullmatch(path) or not all(
            _HEADER_NAME.fullmatch(name) and _HEADER_VALUE.fullmatch(value) for name, value in lines.items()
        ):
            raise InvalidRequest("a header or the path holds a character that HTTP does not allow")
        address = f"{self._base}/{path}" if path else self._address
        return requests.Request(method, address, headers=lines, data=body).prepare()

    def _exchange(self, session: requests.Session, request: requests.PreparedRequest) -> HttpReply:
        try:
            # Without a timeout of requests' own: the socket keeps the deadline of the call.
            response = session.send(request, stream=True, allow_redirects=False)
        except _FAILURES as error:
            problem = f"no reply: {type(error).__name__}: {error}"
            raise OutcomeUnknown(problem[:_LONGEST_PROBLEM]) from None
        with response:
            body, broken = self._read(response)
        headers = {name.lower(): value for name, value in response.headers.items()}
        return HttpReply(response.status_code, body, headers, broken)

    def _read(self, response: requests.Response) -> tuple[bytes, str]:
        """The body as it was sent, and why it is broken. A compressed body is kept, but never unpacked."""
        body = bytearray()
        try:
            while chunk := response.raw.read1(CHUNK_BYTES, decode_content=False):
                body += chunk
                if len(body) > self._max_reply_bytes:
                    problem = f"the reply is longer than {self._max_reply_bytes} bytes"
                    return bytes(body[: self._max_reply_bytes]), problem
        except _FAILURES as error:
            return bytes(body), f"the reply was cut short: {type(error).__name__}"
        encoding = response.headers.get("content-encoding", "identity").strip().lower()
        return bytes(body), "" if encoding in {"", "identity"} else "the reply is compressed, unasked"


class _Session(requests.Session):
    """A session for one call that takes nothing from the environment."""

    def __init__(self, adapter: HTTPAdapter) -> None:
        super().__init__()
        self.trust_env = False
        for prefix in tuple(self.adapters):
            self.mount(prefix, adapter)

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """None: even when it may not follow a redirect, requests would read its whole body, whatever the size."""
        return None


class _OneConnection(HTTPAdapter):
    """Sends over the connection that is there, with TLS or without; never opens one."""

    def __init__(self, host: str, port: int, https: bool, line: DeadlineSocket) -> None:
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)
        # The plain kind for https too: the handshake is over, and the certificate has been verified.
        self._pool = _Pool(host, port, line=line, default_port=443 if https else 80)

    def get_connection_with_tls_context(self, *_: Any, **__: Any) -> HTTPConnectionPool:
        return self._pool

    def close(self) -> None:
        self._pool.close()
        super().close()


class _Connection(HTTPConnection):
    """A connection of urllib3 over a socket that is open already."""

    def __init__(self, *positional: Any, line: DeadlineSocket, default_port: int, **options: Any) -> None:
        super().__init__(*positional, **options)
        self.default_port = default_port  # type: ignore[misc]
        self._line: DeadlineSocket | None = line

    def connect(self) -> None:
        if self._line is None:
            # A second connection could only mean a second request.
            raise OutcomeUnknown("the connection was lost")
        self.sock, self._line = self._line, None


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


def _parse_endpoint(endpoint: str) -> tuple[bool, str, int, str]:
    """Whether it is https, the host, the port, and the address before a call's path."""
    try:
        parts = urlsplit(endpoint)
        port = parts.port
        base = f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"
        requests.Request("POST", base).prepare()
    except (ValueError, requests.RequestException):
        # Without their words, which may repeat a password.
        raise InvalidRequest("the endpoint is no address", field="endpoint") from None
    host = parts.hostname or ""
    strange = "@" in parts.netloc or parts.query or parts.fragment
    if parts.scheme not in {"http", "https"} or not host or strange:
        raise InvalidRequest("the endpoint must look like https://host[:port]", field="endpoint")
    if parts.scheme == "http" and not _is_nearby(host):
        raise InvalidRequest("an endpoint outside this network must be https", field="endpoint")
    https = parts.scheme == "https"
    return https, host, port or (443 if https else 80), base


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
