"""A driver on a server that answers each call as the test says, in the registrar's own bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from registrar import Timeouts, open_driver
from registrar.interface.driver import Driver
from registrar.namecom.actions import CALLS
from registrar.transport.exchange import Exchange
from registrar.types import Contact, ContactType
from tests.registrar.namecom.replies import reply
from tests.registrar.world import World

TOKEN = "canary-token-0123"
USER = "lamps-ote"


@dataclass
class Line:
    """A driver, and what went over the line."""

    driver: Driver
    requests: list[bytes]
    exchanges: list[Exchange] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        """Verb and path of every request."""
        return [" ".join(request.decode().split(" ")[:2]) for request in self.requests]

    def body(self, index: int = -1) -> bytes:
        return self.requests[index].partition(b"\r\n\r\n")[2]

    def headers(self, index: int = -1) -> dict[str, str]:
        head = self.requests[index].partition(b"\r\n\r\n")[0].decode().split("\r\n")[1:]
        return {name.lower(): value for name, _, value in (line.partition(": ") for line in head)}


def name_of(path: str) -> str:
    """A call by its path, without the argument."""
    found = path.removeprefix("/api/")
    return found if found in CALLS else found.rpartition("/")[0]


@pytest.fixture
def answered(serve: Any) -> Iterator[Callable[..., Line]]:
    """answered({"domain/get": bytes, ...}) opens a driver; a list of bytes is used one after the other, the last one
    for the rest. Calls that are not named get `otherwise`."""
    drivers: list[Driver] = []

    def opened(replies: dict[str, bytes | list[bytes]] | None = None, otherwise: bytes = reply()) -> Line:
        requests: list[bytes] = []
        queues = {
            name: list(said) if isinstance(said, list) else [said] for name, said in (replies or {}).items()
        }

        def behave(peer: Any) -> None:
            requests.append(peer.read_request())
            queue = queues.get(name_of(requests[-1].decode().split(" ")[1]), [otherwise])
            peer.reply(queue.pop(0) if len(queue) > 1 else queue[0])

        exchanges: list[Exchange] = []
        drivers.append(
            open_driver(
                "namecom",
                endpoint=f"{serve(behave).url}/api",
                credentials={"username": USER, "api_token": TOKEN},
                timeouts=Timeouts(connect=2, total=5),
                on_exchange=exchanges.append,
            )
        )
        return Line(drivers[-1], requests, exchanges)

    yield opened
    for driver in drivers:
        driver.close()


@pytest.fixture
def person() -> Contact:
    return Contact(
        type=ContactType.INDIVIDUAL,
        first_name="Ada",
        last_name="Lamp",
        email="ada@lamps.example",
        phone="+1.3035550142",
        address="12 Quay Street\nFloor 3",
        postal_code="80202",
        city="Denver",
        state="CO",
        country="us",
    )


@pytest.fixture
def firm(person: Contact) -> Contact:
    return Contact(
        type=ContactType.ORGANIZATION,
        first_name="Noor",
        last_name="Wick",
        email="noor@wicks.example",
        phone="+33.142680001",
        address="1 rue des Lampes",
        postal_code="75001",
        city="Paris",
        state="",
        country="FR",
        organization="Wicks SARL",
        fax="+33.142680002",
    )


class NameComWorld:
    """The sandbox, seen from this family."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.executed = world.executed
        self.settle = world.settle
        self.advance = world.advance
        self.requests = world.requests
        self.clear_faults = world.clear_faults

    def plant(self, action: str, kind: str, **data: Any) -> None:
        """Plant a fault that strikes once, unless `data` says otherwise."""
        self._world.plant("namecom", action, kind, **({"times": 1} | data))

    def change(self, **data: Any) -> None:
        self._world.change("namecom", **data)

    def assume(self, **switches: Any) -> None:
        """Set what the manual leaves open."""
        self.change(assume=switches)

    def driver(self, total: float = 10, **options: Any) -> Driver:
        settings: dict[str, Any] = {
            "endpoint": f"{self._world.url('namecom')}/api",
            "credentials": {"username": "demo-ote", "api_token": "demo"},
            "timeouts": Timeouts(connect=5, total=total),
        }
        return open_driver("namecom", **(settings | options))


@pytest.fixture
def world(sandbox: World) -> NameComWorld:
    """The sandbox as it is born."""
    sandbox.reset()
    return NameComWorld(sandbox)


@pytest.fixture
def driver(world: NameComWorld) -> Iterator[Driver]:
    with world.driver() as opened:
        yield opened
