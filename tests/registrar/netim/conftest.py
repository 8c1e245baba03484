"""A driver on a server whose every byte a test decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from registrar import Timeouts, open_driver
from registrar.netim.session import close_sessions
from tests.registrar.netim.soap_bytes import PASSWORD, Netim


@pytest.fixture
def netim(serve: Callable[..., Any]) -> Iterator[Netim]:
    server = Netim()
    server.url = f"{serve(server.behave).url}/2.0/"
    yield server
    close_sessions(within=-1)


@pytest.fixture
def connect(netim: Netim) -> Iterator[Callable[..., Any]]:
    """connect(**options) opens a driver on the server that ends with the test."""
    drivers = []

    def opened(**options: Any) -> Any:
        options.setdefault("timeouts", Timeouts(connect=2, total=5))
        options.setdefault("endpoint", netim.url)
        drivers.append(
            open_driver("netim", credentials={"reseller": "demo01", "password": PASSWORD}, **options)
        )
        return drivers[-1]

    yield opened
    for driver in drivers:
        driver.close()


@pytest.fixture
def driver(connect: Callable[..., Any]) -> Any:
    return connect()
