"""A driver on a server whose replies a test decides, function by function."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from registrar import Timeouts, open_driver
from registrar.bookmyname import table
from registrar.interface.driver import Driver
from registrar.transport.exchange import Exchange
from tests.registrar.bookmyname.replies import COUNTRIES, php

PASSWORD = "canary-pässword<1&2>"

_FUNCTION = re.compile(rb'SOAPAction: "[^"#]*#(\w+)"', re.IGNORECASE)


@dataclass
class Line:
    """A driver, and what went over the line: `functions` as called, `requests` as sent, `exchanges` as kept."""

    driver: Driver
    requests: list[bytes]
    exchanges: list[Exchange] = field(default_factory=list)

    @property
    def functions(self) -> list[str]:
        return [function_of(request) for request in self.requests]

    @property
    def body(self) -> bytes:
        """The envelope of the last request."""
        return self.requests[-1].partition(b"\r\n\r\n")[2]


def function_of(request: bytes) -> str:
    found = _FUNCTION.search(request)
    assert found, request
    return found[1].decode()


Answered = Callable[..., Line]


@pytest.fixture
def answered(serve: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Answered]:
    """answered(function=body) opens a driver; api_paysid and api_regionid have replies of their own.

    `status` is the HTTP status of all replies. A function without a reply is answered with success and no fields.
    """
    drivers: list[Driver] = []

    def opened(*, status: str = "200 OK", das: str = "", **replies: bytes) -> Line:
        known = {
            "api_paysid": php("api_paysid", 1, 1, COUNTRIES),
            "api_regionid": php("api_regionid", 1, 1, {"3": "New York", "4": "Ontario"}),
        } | replies
        requests: list[bytes] = []

        def behave(peer: Any) -> None:
            request = peer.read_request()
            requests.append(request)
            function = function_of(request)
            peer.reply(known.get(function, php(function, 1, 1)), status=status)

        exchanges: list[Exchange] = []
        drivers.append(
            open_driver(
                "bookmyname",
                endpoint=f"{serve(behave).url}/apis.cgi",
                credentials={"dist_id": "13490", "dist_passwd": PASSWORD, "das": das},
                timeouts=Timeouts(connect=2, total=5),
                on_exchange=exchanges.append,
            )
        )
        return Line(drivers[-1], requests, exchanges)

    # The tables are kept per endpoint, and a port may be given twice.
    monkeypatch.setattr(table, "_tables", {})
    yield opened
    for driver in drivers:
        driver.close()
