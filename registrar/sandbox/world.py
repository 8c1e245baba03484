"""The world that the imitated registrars share: clock, names, faults, journal and one lock."""

from __future__ import annotations

import heapq
import random
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from registrar.sandbox import store
from registrar.sandbox.clock import Clock, iso
from registrar.sandbox.family import Family, Reply, Request
from registrar.sandbox.faults import Fault, FaultBook
from registrar.sandbox.journal import Journal, RequestLog
from registrar.sandbox.names import Names

RESET_OPTIONS = frozenset({"seed", "speed", "start", "family", "domains", "balance", "limits"})
# Whose account `domains`, `balance` and `limits` of a reset are about, where it does not say.
DEFAULT_FAMILY = "mrdomain"


class Watcher(Protocol):
    """What is told of everything that happens, with the world's lock held."""

    def restart(self) -> None:
        """The world has begun anew."""

    def look(self, family: str) -> None:
        """Anything of a family may have changed."""

    def effect(self, family: str, subject: str) -> None:
        """Something has happened to a name, or to another subject."""


class World:
    """State behind every port. Take `lock` around anything that reads or changes it."""

    def __init__(
        self,
        families: Sequence[type[Family]],
        seed: int = 1,
        speed: float = 1.0,
        state_file: Path | None = None,
    ) -> None:
        self.lock = threading.RLock()
        self.seed = seed
        self.clock = Clock(speed)
        self._speed = speed
        self.families = {kind.name: kind(self) for kind in families}
        self.watchers: list[Watcher] = []
        self._state_file = state_file
        saved = store.read(state_file) if state_file else None
        self._begin({})
        if saved is not None:
            self._load(saved)
        self._save()

    def _begin(self, options: dict[str, Any]) -> None:
        self.names = Names(self.seed)
        self.journal = Journal()
        self.requests = RequestLog()
        self.faults = FaultBook(self.seed)
        self._late: list[tuple[float, int, str, Request]] = []
        self._late_count = 0
        self._dirty = False
        self._outages: set[str] = set()
        meant = str(options.get("family", DEFAULT_FAMILY))
        if meant not in self.families:
            raise ValueError(f"family must be one of {', '.join(sorted(self.families))}")
        for name, family in self.families.items():
            family.reset(options if name == meant else {})

    def reset(self, options: dict[str, Any]) -> None:
        """A new world from `seed`; `options` are those of RESET_OPTIONS, `start` in epoch seconds."""
        unknown = set(options) - RESET_OPTIONS
        if unknown:
            raise ValueError(f"unknown option: {', '.join(sorted(unknown))}")
        self.seed = int(options.get("seed", self.seed))
        start = options.get("start")
        self.clock = Clock(float(options.get("speed", self._speed)), None if start is None else float(start))
        self._begin(options)
        for watcher in self.watchers:
            watcher.restart()
        self._save()

    def dice(self, *parts: object) -> random.Random:
        """A generator that depends on the seed and `parts` only, whatever was drawn before."""
        return random.Random("|".join(str(part) for part in (self.seed, *parts)))

    def registered(self, name: str) -> bool:
        """True if a domain name (A-label) is held by somebody, here or elsewhere."""
        return any(family.holds(name) for family in self.families.values()) or self.names.taken(name)

    def tick(self) -> None:
        """Catch up with the clock: late requests first, in order, then every account."""
        while self._late and self._late[0][0] <= self.clock.now():
            self._run_late()
        for family in self.families.values():
            family.tick()

    def _run_late(self) -> None:
        _, _, name, request = heapq.heappop(self._late)
        for family in self.families.values():
            family.tick()
        reply = self.families[name].answer(request)
        self.log(self.families[name], request, f"late_effect: {reply.outcome}")

    def execute(self, family: Family, request: Request) -> Reply:
        """Execute one request now, and save the world if anything in it changed."""
        with self.lock:
            self.tick()
            reply = family.answer(request)
            if self._dirty:
                self._save()
            return reply

    def execute_later(self, family: Family, request: Request, seconds: float) -> None:
        """Execute a request once the clock has moved `seconds` on."""
        with self.lock:
            self._late_count += 1
            heapq.heappush(self._late, (self.clock.now() + seconds, self._late_count, family.name, request))

    def late(self, family: str) -> int:
        """Requests to a family that were received, and are still to take effect."""
        with self.lock:
            return sum(1 for row in self._late if row[2] == family)

    def take_fault(self, family: Family, request: Request) -> Fault | None:
        with self.lock:
            return self.faults.take(family.name, family.action_of(request))

    def log(self, family: Family, request: Request, outcome: str) -> None:
        """Note what became of a request."""
        with self.lock:
            row = {"clock": iso(self.clock.now()), "family": family.name, "method": request.method}
            self.requests.add({**row, "action": family.action_of(request), "outcome": outcome})

    def record(self, family: str, action: str, subject: str, **details: Any) -> None:
        """Write an effect into the journal."""
        entry = {"clock": iso(self.clock.now()), "family": family, "action": action, "subject": subject}
        self.journal.add({**entry, **details})
        for watcher in self.watchers:
            watcher.effect(family, subject)
        self.touch()

    def touch(self) -> None:
        """Have the state file written after this request: something is to be kept, be it no effect yet."""
        self._dirty = True

    def advance(self, seconds: float) -> None:
        """Move the clock and let happen what is due by then."""
        self.clock.advance(seconds)
        self.tick()
        self._save()

    def settle(self) -> None:
        """Late requests take effect and everything pending succeeds now."""
        self.tick()
        while self._late:
            self._run_late()
        for family in self.families.values():
            family.settle()
        self._save()

    def change(self, family: str, data: dict[str, Any]) -> dict[str, Any]:
        """Change a family's account, or the names around it, without any request."""
        self.tick()
        changed: dict[str, Any] = {}
        rest = dict(data)
        if "take_name" in rest:
            self.names.take(changed.setdefault("take_name", str(rest.pop("take_name")).lower()))
        if "free_name" in rest:
            self.names.free(changed.setdefault("free_name", str(rest.pop("free_name")).lower()))
        if "outage" in rest:
            changed["outage"] = bool(rest.pop("outage"))
            (self._outages.add if changed["outage"] else self._outages.discard)(family)
        if rest:
            changed.update(self.families[family].change(rest))
            for watcher in self.watchers:
                watcher.look(family)
        self._save()
        return changed

    def outage(self, family: str) -> bool:
        """True while every connection to this family is to be refused."""
        return family in self._outages or self.faults.outage(family)

    def state(self, family: str) -> dict[str, Any]:
        self.tick()
        return {
            "family": family,
            "seed": self.seed,
            "clock": iso(self.clock.now()),
            "outage": self.outage(family),
            "late": self.late(family),
            **self.families[family].state(),
        }

    def save(self) -> None:
        """Write the state file, if there is one, through a temporary file."""
        with self.lock:
            self._save()

    def _save(self) -> None:
        self._dirty = False
        if self._state_file is None:
            return
        families = {name: family.dump() for name, family in self.families.items()}
        world = {"seed": self.seed, "clock": self.clock.dump(), "names": self.names.dump()}
        store.write(self._state_file, {**world, "journal": self.journal.entries, "families": families})

    def _load(self, data: dict[str, Any]) -> None:
        self.seed = data["seed"]
        self.clock = Clock.load(data["clock"])
        self._begin({})
        self.names.load(data["names"])
        self.journal.entries = data["journal"]
        for name, family in self.families.items():
            if name in data["families"]:
                family.load(data["families"][name])
