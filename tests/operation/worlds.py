"""One imitated registrar as a test sees it: what it executed, and how it is told to misbehave.

Asked in the process itself, past the control port: a test of hundreds of cases asks thousands of times.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Mapping
from typing import Any


class Keeper(pickle.Pickler):
    """Keeps what a world holds, but for the `fixtures` that stay where they are: itself and its families."""

    def __init__(self, file: Any, fixtures: Mapping[int, str]) -> None:
        super().__init__(file, protocol=pickle.HIGHEST_PROTOCOL)
        self._fixtures = fixtures

    def persistent_id(self, obj: Any) -> str | None:
        return self._fixtures.get(id(obj))


class Finder(pickle.Unpickler):
    """Brings it back, around the same fixtures."""

    def __init__(self, file: Any, fixtures: Mapping[str, Any]) -> None:
        super().__init__(file)
        self._fixtures = fixtures

    def persistent_load(self, pid: str) -> Any:
        return self._fixtures[pid]


class World:
    """The sandbox's world, from the point of view of one family."""

    def __init__(self, sandbox: Any, family: str) -> None:
        self._world = sandbox.world
        self.family = family

    def keep(self) -> bytes:
        """Everything as it is now, for go_back()."""
        with self._world.lock:
            file = io.BytesIO()
            names = {id(thing): name for name, thing in self._fixtures().items()}
            Keeper(file, names).dump([vars(self._world), *map(vars, self._world.families.values())])
        return file.getvalue()

    def go_back(self, kept: bytes) -> None:
        """Everything as it was when it was kept."""
        with self._world.lock:
            things = [self._world, *self._world.families.values()]
            for thing, attributes in zip(
                things, Finder(io.BytesIO(kept), self._fixtures()).load(), strict=True
            ):
                vars(thing).clear()
                vars(thing).update(attributes)

    def _fixtures(self) -> dict[str, Any]:
        world = self._world
        return {"world": world, "lock": world.lock, "families": world.families, **world.families}

    def begin(self) -> None:
        """A new world, in which time stands still: what is pending waits for settle()."""
        with self._world.lock:
            self._world.reset({"seed": 1, "speed": 0})

    def forget_requests(self) -> None:
        """Whatever was asked until now is not counted."""
        with self._world.lock:
            self._world.requests = type(self._world.requests)()

    def executed(self, action: str = "") -> list[dict[str, Any]]:
        """What was really executed, in order; of one action, or of all."""
        with self._world.lock:
            self._world.tick()
            rows = list(self._world.journal.entries)
        return [row for row in rows if row["family"] == self.family and action in ("", row["action"])]

    def effects(self, subject: str) -> list[dict[str, Any]]:
        """What was executed about a name, host or contact; about whichever where `subject` is empty."""
        return [row for row in self.executed() if subject in ("", row["subject"])]

    def requests_for(self, action: str) -> int:
        """How many requests of an action arrived, whatever the registrar did with them."""
        with self._world.lock:
            rows = self._world.requests.rows()
        said = [row["outcome"] for row in rows if (row["family"], row["action"]) == (self.family, action)]
        # A late effect is noted again when it happens.
        return sum(not text.startswith("late_effect") or text.endswith("not executed") for text in said)

    def plant(self, action: str, kind: str, times: int) -> None:
        """Plant a fault for an action; what is late waits for settle()."""
        fault = {"family": self.family, "action": action, "kind": kind, "times": times, "seconds": 86400}
        with self._world.lock:
            self._world.faults.plant(fault, self._world.families)

    def late(self) -> int:
        """Requests whose answer was lost and whose effect is still to come."""
        return int(self._world.late(self.family))

    def settle(self) -> None:
        """Late requests take effect, and everything pending succeeds."""
        with self._world.lock:
            self._world.settle()

    def advance(self, seconds: float) -> None:
        """Let the registrars' time pass."""
        with self._world.lock:
            self._world.advance(seconds)

    def change(self, **data: Any) -> dict[str, Any]:
        """Change the account, or the names around it, without any request."""
        with self._world.lock:
            changed: dict[str, Any] = self._world.change(self.family, data)
        return changed

    def state(self) -> dict[str, Any]:
        """Everything there is in the account."""
        with self._world.lock:
            found: dict[str, Any] = self._world.state(self.family)
        return found

    def domain(self, name: str) -> dict[str, Any]:
        """A name as the account has it; empty when it is not there."""
        rows = self.state()["domains"]
        return next(
            (row for row in rows if name in (row.get("punycode"), row.get("domain"), row.get("name"))), {}
        )
