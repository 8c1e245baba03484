"""A zone as a family hosts it, and as its nameservers look names up in it (RFC 1034, 4.3.2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

DEFAULT_TTL = 3600
SOA_TIMES = {"ttl": 3600, "refresh": 21600, "retry": 3600, "expire": 1209600, "minimum": 300}


class Record(NamedTuple):
    """A record: full name without a final dot, value without its priority, hosts without a final dot."""

    name: str
    type: str
    value: str
    ttl: int = DEFAULT_TTL
    priority: int = 0


@dataclass(frozen=True)
class Hosted:
    """A zone: its nameservers in order, its records, and the times of its SOA record in seconds.

    `delegated`: the registry sends the world to these nameservers. Others may ask them all the same.
    """

    name: str
    servers: tuple[str, ...]
    records: tuple[Record, ...]
    delegated: bool = True
    soa: dict[str, int] = field(default_factory=lambda: dict(SOA_TIMES))

    @cached_property
    def _by_name(self) -> dict[str, list[Record]]:
        found: dict[str, list[Record]] = defaultdict(list)
        for record in self.records:
            found[record.name].append(record)
        return dict(found)

    @cached_property
    def _nodes(self) -> set[str]:
        """Every name that exists, those in between too."""
        found = {self.name}
        for name in self._by_name:
            while name.endswith("." + self.name) and name not in found:
                found.add(name)
                name = name.partition(".")[2]
        return found

    def at(self, name: str) -> list[Record]:
        """The records of exactly this name; at the apex with the zone's nameservers where it names none."""
        found = self._by_name.get(name, [])
        if name == self.name and not any(record.type == "NS" for record in found):
            own = [Record(name, "NS", server, self.soa["ttl"]) for server in self.servers]
            return [*own, *found]
        return found

    def exists(self, name: str) -> bool:
        """Whether there is something at a name, or below it."""
        return name in self._nodes

    def cut(self, name: str) -> str:
        """The topmost delegated name at or above a name, "" for none."""
        labels = name.removesuffix(self.name).rstrip(".").split(".") if name != self.name else []
        above = self.name
        for label in reversed(labels):
            above = f"{label}.{above}"
            if any(record.type == "NS" for record in self._by_name.get(above, [])):
                return above
        return ""

    def wildcard(self, name: str) -> list[Record]:
        """The records of the wildcard that stands for a name that does not exist, with that name."""
        while name not in self._nodes and "." in name:
            name = name.partition(".")[2]
        return self._by_name.get(f"*.{name}", [])


def records(rows: Iterable[tuple[str, str, str, object, object]]) -> tuple[Record, ...]:
    """Records of name, type, value, ttl and priority as a family keeps them; what is no number is the default."""
    return tuple(
        Record(name, kind, value, _number(ttl, DEFAULT_TTL), _number(priority, 0))
        for name, kind, value, ttl, priority in rows
    )


def _number(value: object, default: int) -> int:
    text = str(value)
    return int(text) if text.isdecimal() else default
