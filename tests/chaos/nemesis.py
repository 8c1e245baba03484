"""Everything that goes wrong: faults planted at the registrars, and blows to workers, registrars and the database."""

from __future__ import annotations

import signal
import time
from collections import Counter
from typing import Any, Protocol

from tests.chaos.plan import (
    HANG_SECONDS,
    LEASE_SECONDS,
    PLACES,
    READ_FAULTS,
    WRITE_FAULTS,
    Deed,
    Schedule,
)

# What is done to a crew, by weight. SQLite has no connections that could be cut.
DEEDS = {
    "kill": 10.0, "terminate": 2.0, "stop": 2.0, "outage": 1.0, "poverty": 1.0, "missed": 2.0, "sessions": 1.0,
}  # fmt: skip
DEEDS_OF_A_SERVER = {"cut": 1.0, "shut": 0.5}
DEEDS_OF_A_BROKER = {"flush": 1.0, "unplug": 1.0}
# What a registrar's change of balance is called, and what it is at the beginning and in the end.
RICH = 50_000_000


class Workers(Protocol):
    """Who can be struck."""

    def strike(self, target: int, number: signal.Signals, seconds: float = 0.0) -> None: ...
    def tend(self) -> None: ...


class Nemesis:
    """Plays the deeds of a schedule, each when its time has come; what it began, it also ends."""

    def __init__(self, schedule: Schedule, sandbox: Any, database: Any, messages: Any, crew: Workers) -> None:
        self._sandbox, self._database, self._messages, self._crew = sandbox, database, messages, crew
        weights = DEEDS | (DEEDS_OF_A_SERVER if database.is_postgres else {})
        weights |= DEEDS_OF_A_BROKER if messages.url else {}
        self._schedule = schedule
        self._deeds = schedule.deeds(weights)
        self._next = next(self._deeds)
        self._due = self._next.gap
        self._endings: list[tuple[float, Any]] = []
        self.done: Counter[str] = Counter()

    def tend(self, attempts: int) -> None:
        """Do what is due after so many attempts of the workers."""
        now = time.monotonic()
        self._messages.tend()
        for when, end in [pair for pair in self._endings if pair[0] <= now]:
            end()
            self._endings.remove((when, end))
        if attempts >= self._due:
            self._do(self._next)
            self._next = next(self._deeds)
            self._due = max(attempts, self._due) + self._next.gap

    def calm_down(self) -> Counter[str]:
        """End everything that is going on and remove the faults. Returns how often each fault struck a write."""
        for _when, end in self._endings:
            end()
        self._endings.clear()
        struck: Counter[str] = Counter()
        for fault in self._sandbox.call("GET", "/faults")["faults"]:
            if fault["action"] in PLACES[fault["family"]].writes:
                struck[fault["kind"]] += fault["struck"]
        self._sandbox.call("DELETE", "/faults")
        return struck

    def plant(self) -> None:
        """Every registrar loses answers from now on, and nobody is banned or broke for it."""
        self._sandbox.call("POST", "/world/mrdomain", {"limits": {"checks": 10**9, "errors": 10**9}})
        self._sandbox.call("POST", "/world/netim", {"max_sessions": 10_000})
        for family, place in PLACES.items():
            self._sandbox.call("POST", f"/world/{family}", {"balance": RICH})
            for actions, faults in ((place.writes, WRITE_FAULTS), (place.reads, READ_FAULTS)):
                for action in actions:
                    self._plant_all(family, action, faults)

    def _plant_all(self, family: str, action: str, faults: dict[str, float]) -> None:
        left = 1.0
        for number, (kind, rate) in enumerate(faults.items()):
            body = {"family": family, "action": action, "kind": kind, "rate": rate / left}
            if kind == "late_effect":
                body["seconds"] = self._schedule.late_seconds(number)
            elif kind == "slow" or kind.startswith("timeout"):
                body["seconds"] = HANG_SECONDS
            # A fault is drawn only where those before it were not: the rates are shares of all requests.
            unfit = kind == "session_expired" and not PLACES[family].has_sessions
            if not unfit and self._plants(body):
                left -= rate

    def _plants(self, body: dict[str, Any]) -> bool:
        """False where the registrar's protocol has no words for it."""
        try:
            self._sandbox.call("POST", "/faults", body)
        except OSError:
            return False
        return True

    def _do(self, deed: Deed) -> None:
        self.done[deed.kind] += 1
        families = sorted(PLACES)
        family = families[deed.target % len(families)]
        match deed.kind:
            case "kill":
                self._crew.strike(deed.target, signal.SIGKILL)
            case "terminate":
                self._crew.strike(deed.target, signal.SIGTERM)
            case "stop":
                # Past the lease, so that others take over what this one still believes to hold.
                self._crew.strike(deed.target, signal.SIGSTOP, LEASE_SECONDS + deed.seconds)
            case "outage":
                self._world(family, {"outage": True})
                self._later(deed.seconds, lambda: self._world(family, {"outage": False}))
            case "poverty":
                if PLACES[family].tells_balance:
                    self._world(family, {"balance": 1})
                    self._later(deed.seconds, lambda: self._world(family, {"balance": RICH}))
            case "missed":
                action = PLACES[family].listing
                self._plants({"family": family, "action": action, "kind": "missed", "times": 1})
            case "sessions":
                self._world("netim", {"expire_sessions": True})
            case "cut":
                self._database.cut_connections()
            case "shut":
                self._database.shut(True)
                self._database.cut_connections()
                self._later(deed.seconds, lambda: self._database.shut(False))
            case "flush":
                self._messages.flush()
            case "unplug":
                self._messages.unplug(True)
                self._later(deed.seconds, lambda: self._messages.unplug(False))

    def _world(self, family: str, change: dict[str, Any]) -> None:
        self._sandbox.call("POST", f"/world/{family}", change)

    def _later(self, seconds: float, end: Any) -> None:
        self._endings.append((time.monotonic() + seconds, end))
