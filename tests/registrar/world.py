"""The sandbox as tests hold it: its control port, and drivers of every family on it."""

from __future__ import annotations

import http.client
import json
from typing import Any
from urllib.parse import urlsplit

from registrar.sandbox.sandbox import Sandbox


class World:
    """A running sandbox, by its control port."""

    def __init__(self, running: Sandbox) -> None:
        self._running = running
        self._address = urlsplit(running.control_url).netloc

    def url(self, name: str) -> str:
        """Where a family is served; "das" for the line port."""
        return self._running.url(name)

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

    def reset(self, **options: Any) -> None:
        """As it was born, without faults."""
        self.control("POST", "/reset", seed=1, **options)
        self.control("DELETE", "/faults")

    def journal(self, since: int = 0) -> list[dict[str, Any]]:
        """Every effect after number `since`, in order."""
        entries: list[dict[str, Any]] = self.control("GET", f"/journal?since={since}")["journal"]
        return entries

    def requests(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.control("GET", "/requests")["requests"]
        return rows

    def executed(self, action: str) -> int:
        return sum(entry["action"] == action for entry in self.journal())

    def state(self, family: str) -> dict[str, Any]:
        found: dict[str, Any] = self.control("GET", f"/state/{family}")
        return found

    def change(self, family: str, **data: Any) -> None:
        """Change things behind the client's back."""
        self.control("POST", f"/world/{family}", **data)

    def plant(self, family: str, action: str, kind: str, **data: Any) -> None:
        self.control("POST", "/faults", family=family, action=action, kind=kind, **data)

    def clear_faults(self) -> None:
        self.control("DELETE", "/faults")

    def settle(self) -> None:
        """Everything pending succeeds now."""
        self.control("POST", "/settle")

    def advance(self, seconds: float) -> None:
        self.control("POST", "/advance", seconds=seconds)
