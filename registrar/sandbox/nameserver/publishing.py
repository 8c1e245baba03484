"""What each nameserver serves at a moment: the first of a zone at once, the others after they have fetched it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from registrar.sandbox.nameserver.zone import DEFAULT_TTL, Hosted, Record

if TYPE_CHECKING:
    from registrar.sandbox.world import World

LAG = 10.0
# How a nameserver may be told to behave; the first is as it should be.
MOODS = ("normal", "silent", "servfail", "refused")
# Nameservers of somebody else that never behave, by how their name begins.
FOREIGN_MOODS = {"silent": "silent", "broken": "servfail", "lame": "refused"}


class State(NamedTuple):
    """A zone from a moment on. The serial number grows with every change."""

    since: float
    serial: int
    zone: Hosted


class Publisher:
    """Watches the world's zones. Every method is called with the world's lock held."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.restart()

    def restart(self) -> None:
        """The world has begun anew: every zone is served by all of its nameservers as it is."""
        self.lag = LAG
        self.moods: dict[str, str] = {}
        self._states: dict[str, list[State]] = {}
        for name in self.world.families:
            self.look(name)

    def look(self, family: str) -> None:
        """Somebody may have changed any zone of a family."""
        for name in self.world.families[family].zone_names():
            self.effect(family, name)

    def effect(self, family: str, subject: str) -> None:
        """Something has happened to a zone, or to what is none."""
        zone = self.world.families[family].zone(subject)
        states = self._states.setdefault(subject, []) if zone else None
        if zone is None or states is None:
            self._states.pop(subject, None)
            return
        if states and states[-1].zone == zone:
            return
        now = self.world.clock.now()
        # What all of them have fetched meanwhile is the oldest that anybody still shows.
        while len(states) > 1 and states[1].since <= now - self.lag:
            del states[0]
        serial = max(int(now), states[-1].serial + 1 if states else 0)
        states.append(State(now, serial, zone))

    def find(self, name: str) -> Hosted | None:
        """The zone that a name is in."""
        while name:
            for family, row in self.world.families.items():
                if row.zone(name) is not None:
                    self.effect(family, name)
                    return self._states[name][-1].zone
            name = name.partition(".")[2]
        return None

    def serving(self, name: str, server: str) -> State | None:
        """What a nameserver knows of the zone that a name is in; None where it has no such zone.

        Without a server it is the first one of the zone, whether the registry knows of it or not.
        """
        zone = self.find(name)
        if zone is None or (server and not (zone.delegated and server in zone.servers)):
            return self._foreign(name, server)
        states = self._states[zone.name]
        if server in ("", zone.servers[0]):
            return states[-1]
        fetched = [state for state in states if state.since <= self.world.clock.now() - self.lag]
        return fetched[-1] if fetched else states[0]

    def mood(self, server: str) -> str:
        """How a nameserver behaves."""
        foreign = next((mood for word, mood in FOREIGN_MOODS.items() if server.startswith(word)), "normal")
        return self.moods.get(server, foreign)

    def change(self, lag: float | None = None, **moods: str) -> None:
        """Set the seconds after which others than the first nameserver follow, and moods. Raises ValueError."""
        for mood in moods.values():
            if mood not in MOODS:
                raise ValueError(f"a nameserver is one of {', '.join(MOODS)}")
        self.lag = self.lag if lag is None else float(lag)
        self.moods.update(moods)

    def _foreign(self, name: str, server: str) -> State | None:
        """A hosting company's nameserver, which has a plain zone for every name that is registered."""
        if not server or any(row.has_nameserver(server) for row in self.world.families.values()):
            return None
        while "." in name and not self.world.registered(name):
            name = name.partition(".")[2]
        if "." not in name:
            return None
        records = (
            Record(name, "A", "203.0.113.80", DEFAULT_TTL),
            Record(f"www.{name}", "A", "203.0.113.80", DEFAULT_TTL),
        )
        return State(0.0, 1, Hosted(name, (server,), records))
