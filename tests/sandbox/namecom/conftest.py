"""A sandbox per test module, reset per test, and a caller of Name.com's API that knows only HTTP."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from registrar.sandbox import Sandbox, start

HEADERS = {"Api-Username": "demo-ote", "Api-Token": "demo"}
PERSON = {
    "first_name": "Ada",
    "last_name": "Byron",
    "organization": "",
    "address_1": "1 Main Street",
    "address_2": "",
    "city": "Denver",
    "state": "CO",
    "zip": "80202",
    "country": "US",
    "phone": "+1.3035550100",
    "fax": "",
    "email": "ada@example.com",
}


class Caller:
    """Calls one running sandbox, a connection per call."""

    def __init__(self, running: Sandbox) -> None:
        self.sandbox = running

    def http(
        self,
        method: str,
        url: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        timeout: float = 10,
    ) -> tuple[int, bytes]:
        """Status and body."""
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(parts.netloc, timeout=timeout)
        try:
            connection.request(method, parts.path or "/", body, headers or {})
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def raw(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        """Status and body of a command; the user's headers are added where none are given."""
        sent = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        head = HEADERS if headers is None else headers
        return self.http(method, f"{self.sandbox.url('namecom')}/api/{path}", sent, head)

    def reply(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Any:
        """The whole reply, which has to come with status 200."""
        status, text = self.raw(method, path, body, headers)
        assert status == 200, text
        return json.loads(text)

    def ok(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Any:
        """What a command answers beside its result."""
        data = self.reply(method, path, body, headers)
        assert data.pop("result") == {"code": 100, "message": "Command Successful"}, data
        return data

    def get(self, path: str) -> Any:
        return self.ok("GET", path)

    def post(self, path: str, **body: Any) -> Any:
        return self.ok("POST", path, body)

    def error(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> tuple[int, str]:
        """Code and message of a command that fails, with nothing else in the reply."""
        data = self.reply(method, path, body, headers)
        assert list(data) == ["result"]
        assert data["result"]["code"] != 100
        return data["result"]["code"], data["result"]["message"]

    def order(self, *items: dict[str, Any]) -> Any:
        return self.reply("POST", "order", {"items": list(items)})

    def control(self, method: str, path: str, **data: Any) -> Any:
        """The JSON of the control port, which has to answer 200."""
        body = json.dumps(data).encode() if method == "POST" else None
        status, answer = self.http(method, self.sandbox.control_url + path, body)
        assert status == 200, answer
        return json.loads(answer)

    def advance(self, seconds: float) -> None:
        self.control("POST", "/advance", seconds=seconds)

    def fault(self, action: str, kind: str, **options: Any) -> None:
        self.control("POST", "/faults", family="namecom", action=action, kind=kind, **options)

    def world(self, **data: Any) -> Any:
        return self.control("POST", "/world/namecom", **data)["changed"]

    def state(self) -> Any:
        return self.control("GET", "/state/namecom")

    def domain(self, name: str) -> Any:
        """A domain as the control port shows it."""
        return next(row for row in self.state()["domains"] if row["name"] == name)

    def journal(self) -> list[dict[str, Any]]:
        """This registrar's effects; the others of the world have their own."""
        entries: list[dict[str, Any]] = self.control("GET", "/journal")["journal"]
        return [row for row in entries if row["family"] == "namecom"]


@pytest.fixture(scope="module")
def running() -> Iterator[Sandbox]:
    with start(base_port=0, seed=1) as sandbox:
        yield sandbox


@pytest.fixture
def api(running: Sandbox) -> Caller:
    """A caller on a fresh world of seed 1."""
    caller = Caller(running)
    caller.control("POST", "/reset", seed=1)
    return caller


@pytest.fixture
def person() -> dict[str, str]:
    """A contact without its roles."""
    return dict(PERSON)


@pytest.fixture
def caller_of() -> type[Caller]:
    return Caller
