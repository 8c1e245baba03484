"""Faults that can be planted, and which of them strikes a given request."""

from __future__ import annotations

import fnmatch
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from registrar.sandbox.family import Family


class Kind(NamedTuple):
    """Whether the request takes effect, and how its reply is delivered."""

    executes: bool
    delivery: str
    seconds: float = 0.0


KINDS: dict[str, Kind] = {
    "refuse": Kind(False, "reset"),
    "timeout_before": Kind(False, "hang", 30.0),
    "timeout_after": Kind(True, "hang", 30.0),
    "reset_before": Kind(False, "reset"),
    "reset_after": Kind(True, "reset"),
    "http_500_before": Kind(False, "http_500"),
    "http_500_after": Kind(True, "http_500"),
    "garbage_before": Kind(False, "garbage"),
    "garbage": Kind(True, "garbage"),
    "slow": Kind(True, "drip", 5.0),
    "cut": Kind(True, "cut"),
    "rate_limit": Kind(False, "rate_limit"),
    "late_effect": Kind(False, "late", 10.0),
    # The rest are said in the registrar's own protocol; each family lists those that it can say.
    "cut_text": Kind(True, "twist"),
    "latin1": Kind(True, "twist"),
    "unknown_status": Kind(True, "twist"),
    "already_exists": Kind(True, "twist"),
    "missed": Kind(True, "twist"),
    "session_expired": Kind(False, "twist"),
    "too_many_sessions": Kind(False, "twist"),
}
CODED = re.compile(r"code:([0-9A-Za-z-]{1,12})")


@dataclass
class Fault:
    """One planted fault; `times` None means until it is removed."""

    number: int
    family: str
    action: str
    kind: str
    seconds: float
    rate: float = 1.0
    times: int | None = None
    struck: int = 0
    dice: random.Random = field(default_factory=random.Random, repr=False)

    @property
    def plan(self) -> Kind:
        return Kind(False, "code") if self.kind.startswith("code:") else KINDS[self.kind]

    @property
    def code(self) -> str:
        """The error code of a `code:...` fault, as the registrar spells it."""
        return self.kind.partition(":")[2]

    @property
    def is_outage(self) -> bool:
        """True where every connection is to be refused, so that the port itself can be closed."""
        return self.kind == "refuse" and self.action == "*" and self.rate >= 1 and self.times is None

    def view(self) -> dict[str, Any]:
        return {
            "id": self.number,
            "family": self.family,
            "action": self.action,
            "kind": self.kind,
            "seconds": self.seconds,
            "rate": self.rate,
            "times": self.times,
            "struck": self.struck,
        }


def _number(data: dict[str, Any], name: str, default: float, low: float, high: float) -> float:
    value = data.get(name, default)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
        raise ValueError(f"{name} must be a number from {low:g} to {high:g}")
    return float(value)


class FaultBook:
    """The planted faults; the first one that matches and wins its dice strikes."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._planted: list[Fault] = []
        self._count = 0

    def plant(self, data: dict[str, Any], families: Mapping[str, Family]) -> Fault:
        """Add a fault from the control port's JSON; `families` are the world's, by name.

        Raises ValueError with a sentence for the caller.
        """
        family, action, kind = (str(data.get(name, "")) for name in ("family", "action", "kind"))
        if family not in families:
            raise ValueError(f"family must be one of {', '.join(sorted(families))}")
        if kind not in KINDS and not CODED.fullmatch(kind):
            raise ValueError(f"kind must be code:NNNN or one of {', '.join(KINDS)}")
        twists = families[family].twists
        if kind in KINDS and KINDS[kind].delivery == "twist" and kind not in twists:
            raise ValueError(
                f"{family} cannot say {kind}; it can say {', '.join(sorted(twists)) or 'none of these'}"
            )
        coded = CODED.fullmatch(kind)
        if coded and not re.fullmatch(families[family].code_pattern, coded[1]):
            raise ValueError(f"{family} has no codes like {coded[1]}")
        default = KINDS[kind].seconds if kind in KINDS else 0.0
        seconds = _number(data, "seconds", default, 0, 86400)
        rate = _number(data, "rate", 1.0, 0, 1)
        times = None if data.get("times") is None else int(_number(data, "times", 1, 1, 1_000_000))
        self._count += 1
        dice = random.Random(f"{self._seed}|fault|{self._count}")
        fault = Fault(self._count, family, action or "*", kind, seconds, rate, times, dice=dice)
        self._planted.append(fault)
        return fault

    def take(self, family: str, action: str) -> Fault | None:
        """The fault that strikes this request, already counted; None for a healthy answer."""
        for fault in self._planted:
            if fault.family != family or not fnmatch.fnmatchcase(action, fault.action):
                continue
            if fault.times is not None and fault.struck >= fault.times:
                continue
            if fault.rate < 1 and fault.dice.random() >= fault.rate:
                continue
            fault.struck += 1
            return fault
        return None

    def clear(self, number: int | None = None) -> int:
        """Remove one fault by its number, or all of them; returns how many were removed."""
        before = len(self._planted)
        self._planted = [] if number is None else [f for f in self._planted if f.number != number]
        return before - len(self._planted)

    def outage(self, family: str) -> bool:
        return any(fault.family == family and fault.is_outage for fault in self._planted)

    def view(self) -> list[dict[str, Any]]:
        return [fault.view() for fault in self._planted]
