"""The sandbox's real servers, and a driver on them."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from registrar import Timeouts, open_driver
from registrar.interface.driver import Driver
from registrar.sandbox import start


class World:
    """The sandbox, by its control port."""

    def __init__(self, control_url: str, mrdomain_url: str) -> None:
        self._address = urlsplit(control_url).netloc
        self.mrdomain_url = mrdomain_url

    def control(self, method: str, path: str, **data: Any) -> Any:
        connection = http.client.HTTPConnection(self._address, timeout=10)
        try:
            connection.request(method, path, json.dumps(data))
            reply = connection.getresponse()
            answer = json.loads(reply.read())
            assert reply.status == 200, answer
            return answer
        finally:
            connection.close()

    def journal(self) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = self.control("GET", "/journal")["journal"]
        return entries

    def executed(self, action: str) -> int:
        return sum(entry["action"] == action for entry in self.journal())

    def fault(self, action: str, kind: str, **data: Any) -> None:
        self.control("POST", "/faults", family="mrdomain", action=action, kind=kind, **data)

    def settle(self) -> None:
        self.control("POST", "/settle")

    def names(self, **fields: Any) -> list[str]:
        """Names of the account whose fields are as given."""
        domains = self.control("GET", "/state/mrdomain")["domains"]
        return [
            domain["punycode"]
            for domain in domains
            if all(domain.get(field) == value for field, value in fields.items())
        ]

    def driver(self, total: float = 10, **options: Any) -> Driver:
        return open_driver(
            "mrdomain",
            endpoint=self.mrdomain_url,
            credentials={"apiuser": "demo", "apipasswd": "demo"},
            timeouts=Timeouts(connect=5, total=total),
            **options,
        )


@pytest.fixture(scope="session")
def sandbox() -> Iterator[World]:
    running = start(base_port=0, seed=1)
    yield World(running.control_url, running.mrdomain_url)
    running.stop()


@pytest.fixture
def world(sandbox: World) -> World:
    """The sandbox as it is born."""
    sandbox.control("POST", "/reset", seed=1)
    sandbox.control("DELETE", "/faults")
    return sandbox


@pytest.fixture
def driver(world: World) -> Iterator[Driver]:
    with world.driver() as opened:
        yield opened
