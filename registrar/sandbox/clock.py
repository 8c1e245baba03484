"""The sandbox's clock: real time times a speed, plus whatever has been skipped."""

from __future__ import annotations

import time
from datetime import UTC, datetime


class Clock:
    """Seconds since the epoch as the imitated registrars see them; `speed` 0 freezes it."""

    def __init__(self, speed: float = 1.0, start: float | None = None) -> None:
        self.speed = speed
        self._origin = time.time() if start is None else start
        self._real = time.monotonic()

    def now(self) -> float:
        """The current sandbox time, in seconds since the epoch (UTC)."""
        return self._origin + (time.monotonic() - self._real) * self.speed

    def advance(self, seconds: float) -> None:
        """Move the clock forward by `seconds` of sandbox time."""
        self._origin += seconds

    def dump(self) -> dict[str, float]:
        """What `load` needs to go on where this clock would be by then."""
        return {"now": self.now(), "real": time.time(), "speed": self.speed}

    @classmethod
    def load(cls, data: dict[str, float]) -> Clock:
        """A clock that also counts the time during which the sandbox was not running."""
        slept = max(0.0, time.time() - data["real"])
        return cls(speed=data["speed"], start=data["now"] + slept * data["speed"])


def iso(moment: float) -> str:
    """A moment as ISO 8601 in UTC with milliseconds, for the control port."""
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def day(moment: float | None) -> str:
    """A moment as YYYY-MM-DD in UTC, or an empty string where there is none yet."""
    return "" if moment is None else datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d")


def stamp(moment: float) -> str:
    """A moment as YYYY-MM-DD HH:MM:SS in UTC."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d %H:%M:%S")


def add_years(moment: float, years: int) -> float:
    """The same day and time `years` later; 29 February becomes the 28th where needed."""
    then = datetime.fromtimestamp(moment, UTC)
    try:
        moved = then.replace(year=then.year + years)
    except ValueError:
        moved = then.replace(year=then.year + years, day=28)
    return moved.timestamp()


def parse_day(text: str) -> float:
    """Midnight UTC of YYYY-MM-DD or YYYYMMDD; raises ValueError for anything else."""
    shape = "%Y-%m-%d" if "-" in text else "%Y%m%d"
    if len(text) not in (8, 10):
        raise ValueError(text)
    return datetime.strptime(text, shape).replace(tzinfo=UTC).timestamp()
