"""The figures of a run, from the database, the journal and the nemesis's own count of deaths."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import quantiles

from tests.chaos.auditor import Findings
from tests.chaos.marks import KINDS
from tests.chaos.plan import AMBIGUOUS
from tests.chaos.processes import Death

SHOWN = 12


@dataclass
class Report:
    """What a run was, and what it found. Times are in seconds."""

    seed: int
    database: str
    broker: str
    seconds: float = 0.0
    storm_seconds: float = 0.0
    operations: int = 0
    by_kind: dict[str, int] = field(default_factory=dict)
    by_state: dict[str, int] = field(default_factory=dict)
    ambiguous: int = 0
    ambiguous_by_death: int = 0
    struck: dict[str, int] = field(default_factory=dict)
    deeds: dict[str, int] = field(default_factory=dict)
    looks: dict[str, int] = field(default_factory=dict)
    lost: int = 0
    doubled: int = 0
    money_wrong: int = 0
    left_to_a_person: int = 0
    left_without_a_look_up: int = 0
    recovered: int = 0
    p50: float = 0.0
    p95: float = 0.0
    broken: dict[str, list[str]] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)

    def take(self, found: Findings, deaths: Sequence[Death]) -> None:
        """Count what the database shows, and what the audit found."""
        from panel.operation.models import Attempt, Operation

        rows = Operation.objects.filter(kind__in=list(KINDS))
        self.by_kind = dict(sorted(Counter(rows.values_list("kind", flat=True)).items()))
        self.by_state = dict(sorted(Counter(rows.values_list("state", flat=True)).items()))
        self.operations = sum(self.by_kind.values())
        self.ambiguous = rows.filter(events__to_state="unknown").distinct().count()
        lapsed = rows.filter(attempts__purpose="submit", attempts__outcome="lease_lapsed")
        self.ambiguous_by_death = lapsed.distinct().count()
        self.looks = dict(
            Counter(
                Attempt.objects.filter(operation__in=rows, purpose="reconcile").values_list(
                    "outcome", flat=True
                )
            ).most_common()
        )
        self.lost = len(found.lost) + len(found.stuck)
        self.doubled, self.money_wrong = len(found.doubled), len(found.money)
        self.left_to_a_person, self.left_without_a_look_up = len(found.waiting), len(found.blind)
        self.broken = {name: rows[:SHOWN] for name, rows in found.broken.items()}
        self.waiting = found.waiting[:SHOWN]
        times = sorted(_recoveries(deaths))
        self.recovered = len(times)
        if len(times) > 1:
            cuts = quantiles(times, n=100, method="inclusive")
            self.p50, self.p95 = round(cuts[49], 1), round(cuts[94], 1)

    @property
    def good(self) -> bool:
        """True when every invariant holds."""
        return not self.broken

    def keep(self, path: Path) -> None:
        """Write it as JSON, for whoever started the run."""
        path.write_text(json.dumps(asdict(self) | {"good": self.good}, indent=1))

    def show(self) -> None:
        """Print it for a person."""
        lines = {
            "seed": self.seed, "database, broker": f"{self.database}, {self.broker}",
            "seconds": f"{self.seconds:.0f}, {self.storm_seconds:.0f} of them under the storm",
            "operations": f"{self.operations} {_inline(self.by_kind)}", "ended": _inline(self.by_state),
            "left ambiguous": self.ambiguous, "  by deaths": self.ambiguous_by_death,
            "  by faults": _inline({kind: count for kind, count in self.struck.items() if kind in AMBIGUOUS}),
            "other faults": _inline({kind: count for kind, count in self.struck.items() if kind not in AMBIGUOUS}),
            "deeds": _inline(self.deeds), "looks": _inline(self.looks),
            "lost": self.lost, "doubled": self.doubled, "money wrong": self.money_wrong,
            "left to a person": f"{self.left_to_a_person}, and {self.left_without_a_look_up} without a look-up",
            "death to truth": f"p50 {self.p50} s, p95 {self.p95} s, of {self.recovered}",
        }  # fmt: skip
        for name, value in lines.items():
            print(f"  {name:<18}{value}")
        for row in self.waiting:
            print(f"  waits: {row}")
        for name, rows in self.broken.items():
            print(f"  BROKEN {name}:")
            for row in rows:
                print(f"    {row}")
        print("Every invariant holds." if self.good else "An invariant is broken.", flush=True)


def _inline(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())


def _recoveries(deaths: Sequence[Death]) -> list[float]:
    """For each operation that a killed or stopped worker held: seconds from that moment until it stood final."""
    from panel.operation.models import Attempt

    struck: dict[str, list[float]] = {}
    for death in deaths:
        struck.setdefault(str(death.pid), []).append(death.at)
    rows = Attempt.objects.filter(
        outcome="lease_lapsed", operation__kind__in=list(KINDS), operation__finished_at__isnull=False
    ).values_list("worker", "ended_at", "operation__finished_at")
    times = []
    for worker, ended, finished in rows:
        before = [at for at in struck.get(worker.split(":")[1], []) if at <= ended.timestamp()]
        if before:
            times.append(finished.timestamp() - max(before))
    return times
