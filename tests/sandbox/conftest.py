"""A sandbox per test module, reset per test, and a caller that knows only HTTP."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from registrar.sandbox import Sandbox, start

LIMITS = {"checks": 100_000, "errors": 100_000}
PERSON = {
    "Type": "individual",
    "FirstName": "Ada",
    "LastName": "Byron",
    "IdentNumber": "12345678Z",
    "Email": "ada@example.com",
    "Phone": "+34.600000000",
    "Address": "Calle Mayor 1",
    "PostalCode": "28001",
    "City": "Madrid",
    "State": "Madrid",
    "Country": "ES",
}


class Caller:
    """Calls one running sandbox, a connection per call."""

    def __init__(self, running: Sandbox) -> None:
        self.sandbox = running

    def raw(
        self,
        method: str,
        url: str,
        body: bytes = b"",
        headers: dict[str, str] | None = None,
        timeout: float = 10,
    ) -> tuple[int, bytes, str]:
        """Status, body and content type."""
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(parts.netloc, timeout=timeout)
        try:
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            connection.request(method, target or "/", body, headers or {})
            response = connection.getresponse()
            return response.status, response.read(), response.getheader("Content-Type", "")
        finally:
            connection.close()

    def post(self, action: str, timeout: float = 10, **parameters: Any) -> Any:
        """The whole reply of an action, with the credentials added."""
        fields = urlencode({"apiuser": "demo", "apipasswd": "demo", **parameters}).encode()
        head = {"Content-Type": "application/x-www-form-urlencoded"}
        status, body, _ = self.raw("POST", f"{self.sandbox.mrdomain_url}/{action}/", fields, head, timeout)
        assert status == 200, body
        return json.loads(body)

    def ok(self, action: str, **parameters: Any) -> Any:
        """The data of an action that succeeds."""
        reply = self.post(action, **parameters)
        assert reply["success"] is True, reply
        return reply["responseData"]

    def code(self, action: str, **parameters: Any) -> int:
        """The error code of an action that fails."""
        reply = self.post(action, **parameters)
        assert reply["success"] is False, reply
        assert reply["messages"]
        assert reply["responseData"] == []
        return int(reply["errorCode"])

    def control(self, method: str, path: str, **data: Any) -> Any:
        """The JSON of the control port, which has to answer 200."""
        body = json.dumps(data).encode() if method == "POST" else b""
        status, answer, _ = self.raw(method, self.sandbox.control_url + path, body)
        assert status == 200, answer
        return json.loads(answer)

    def advance(self, seconds: float) -> None:
        self.control("POST", "/advance", seconds=seconds)

    def fault(self, action: str, kind: str, **options: Any) -> None:
        self.control("POST", "/faults", family="mrdomain", action=action, kind=kind, **options)

    def world(self, **data: Any) -> Any:
        return self.control("POST", "/world/mrdomain", **data)["changed"]

    def state(self) -> Any:
        return self.control("GET", "/state/mrdomain")

    def journal(self) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = self.control("GET", "/journal")["journal"]
        return entries

    def contact(self, **changes: str) -> str:
        """The id of a new contact."""
        return str(self.ok("contact/create", **{**PERSON, **changes})["contactID"])

    def buy(self, name: str, **parameters: Any) -> Any:
        """Register a name and let it become active."""
        data = self.ok("domain/create", domain=name, ownerContactID=self.contact(), **parameters)
        self.control("POST", "/settle")
        return data


@pytest.fixture(scope="module")
def running() -> Iterator[Sandbox]:
    with start(base_port=0, seed=1) as sandbox:
        yield sandbox


@pytest.fixture
def api(running: Sandbox) -> Iterator[Caller]:
    """A caller on a fresh world of seed 1, without limits of use."""
    caller = Caller(running)
    caller.control("POST", "/reset", seed=1, limits=LIMITS)
    yield caller
    caller.control("POST", "/reset", seed=1)


@pytest.fixture
def person() -> dict[str, str]:
    """The data of contact/create for a valid individual."""
    return dict(PERSON)


@pytest.fixture
def inline() -> Callable[..., dict[str, str]]:
    """The same data as parameters of domain/create: `inline("owner", City="Bilbao")`."""

    def make(role: str, **changes: str) -> dict[str, str]:
        return {f"{role}Contact{key}": value for key, value in {**PERSON, **changes}.items()}

    return make


@pytest.fixture
def caller_of() -> type[Caller]:
    return Caller
