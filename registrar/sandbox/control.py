"""The control port: change the world, plant faults, read what happened. JSON in and out."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from registrar.sandbox.clock import iso
from registrar.sandbox.family import Reply
from registrar.sandbox.faults import KINDS
from registrar.sandbox.server import BaseHandler
from registrar.sandbox.world import World

if TYPE_CHECKING:
    from registrar.sandbox.sandbox import Sandbox

Data = dict[str, Any]


class ControlHandler(BaseHandler):
    """Answers 200 with JSON, 400 with a sentence for a bad request, 404 for an unknown path."""

    world: ClassVar[World]
    sandbox: ClassVar[Sandbox]

    def serve(self) -> None:
        body = self.read_body()
        if body is None:
            return
        status, data = self._answer(body)
        self.send(Reply(json.dumps(data, ensure_ascii=False).encode(), "application/json", status))

    do_GET = do_POST = do_DELETE = do_PUT = serve  # noqa: N815

    def _answer(self, body: bytes) -> tuple[int, Any]:
        url = urlsplit(self.path)
        parts = url.path.strip("/").split("/")
        route: Callable[[Data, list[str]], Any] | None = getattr(
            self, f"{self.command.lower()}_{parts[0]}", None
        )
        if route is None:
            return 404, {"error": f"no {self.command} {url.path}; GET / lists what there is"}
        try:
            data = json.loads(body) if body.strip() else {}
            if not isinstance(data, dict):
                raise ValueError("the body must be a JSON object")
            data.update({key: values[-1] for key, values in parse_qs(url.query).items()})
            with self.world.lock:
                answer = route(data, parts[1:])
            # Outside the lock: closing a port waits for nobody, but nobody should wait for it either.
            self.sandbox.refresh_outages()
            return 200, answer
        except KeyError as error:
            return 400, {"error": f"unknown or missing: {error.args[0]}"}
        except (ValueError, TypeError) as error:
            return 400, {"error": str(error)}

    def get_(self, data: Data, rest: list[str]) -> Any:
        """GET /: what this is."""
        return {
            "sandbox": "imitated registrars",
            "clock": iso(self.world.clock.now()),
            "seed": self.world.seed,
            "families": {name: port.url for name, port in self.sandbox.ports.items() if name != "control"},
            "fault_kinds": [*KINDS, "code:NNNN"],
            "routes": [
                "POST /reset",
                "POST /advance",
                "POST /settle",
                "POST /faults",
                "GET /faults",
                "DELETE /faults[/id]",
                "GET /journal[?since=seq]",
                "GET /requests",
                "GET /state/<family>",
                "POST /world/<family>",
                "POST /nameservers",
            ],
        }

    def post_reset(self, data: Data, rest: list[str]) -> Any:
        self.world.reset(data)
        return {"seed": self.world.seed, "clock": iso(self.world.clock.now())}

    def post_advance(self, data: Data, rest: list[str]) -> Any:
        seconds = float(data["seconds"])
        if not 0 <= seconds <= 50 * 366 * 86400:
            raise ValueError("seconds must be from 0 to fifty years")
        self.world.advance(seconds)
        return {"clock": iso(self.world.clock.now())}

    def post_settle(self, data: Data, rest: list[str]) -> Any:
        self.world.settle()
        return {"clock": iso(self.world.clock.now())}

    def post_faults(self, data: Data, rest: list[str]) -> Any:
        return self.world.faults.plant(data, self.world.families).view()

    def get_faults(self, data: Data, rest: list[str]) -> Any:
        return {"faults": self.world.faults.view()}

    def delete_faults(self, data: Data, rest: list[str]) -> Any:
        return {"removed": self.world.faults.clear(int(rest[0]) if rest else None)}

    def get_journal(self, data: Data, rest: list[str]) -> Any:
        self.world.tick()
        return {"journal": self.world.journal.since(int(data.get("since", 0)))}

    def get_requests(self, data: Data, rest: list[str]) -> Any:
        self.world.tick()
        return {"requests": self.world.requests.rows()}

    def get_state(self, data: Data, rest: list[str]) -> Any:
        return self.world.state(self._family(rest))

    def post_world(self, data: Data, rest: list[str]) -> Any:
        return {"changed": self.world.change(self._family(rest), data)}

    def post_nameservers(self, data: Data, rest: list[str]) -> Any:
        """How nameservers behave: {"lag": seconds} and {host: mood}."""
        self.sandbox.nameservers.change(**data)
        return {"lag": self.sandbox.nameservers.lag, "moods": self.sandbox.nameservers.moods}

    def _family(self, rest: list[str]) -> str:
        name = rest[0] if rest else ""
        if name not in self.world.families:
            raise ValueError(f"family must be one of {', '.join(sorted(self.world.families))}")
        return name
