"""Cutting a worker off at every step, under every kind of answer, and what must hold afterwards.

After the crash the machine "restarts": leases have lapsed, the sweep recovers, due operations run. What holds in the
end is read from the registrar's journal and the database.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from operator import attrgetter
from typing import Any

from django.db.models import Sum
from django.db.models.functions import Now
from django.utils import timezone

from panel.account.models import Exchange
from panel.billing import ledger
from panel.billing.models import Line
from panel.operation import engine, sweep
from panel.operation.models import Attempt, Event, Operation
from panel.operation.states import FINAL, OPEN, State
from tests.operation.cutting import Crash, Cutter, cut_at
from tests.operation.scenes import Case
from tests.operation.stories import ANSWERS, LATE, NOTHING, SENT_ONCE, Answer, Story, Way
from tests.operation.worlds import World

ROUNDS = 24
# Followed to their end where nothing goes wrong: how they are cut off is a story of its own.
READINGS = ("domain.refresh", "dns.read")
# What is unknown is looked at so often before what is under way at the registrar ends.
FIRST_LOOKS = 3
# Rounds that are kept for what follows, when a late request was never let through.
LAST_ROUNDS = 6


# --- the machine ----------------------------------------------------------------------------------------------------


@dataclass
class Trial:
    """One case under way."""

    story: Story
    answer_name: str
    world: World
    target: Operation
    late: bool = field(init=False)

    def __post_init__(self) -> None:
        self.late = self.answer.released_when is not None

    @property
    def answer(self) -> Answer:
        """What the registrar says."""
        return ANSWERS[self.answer_name]

    @property
    def leave(self) -> tuple[str, ...]:
        """Kinds that are not followed: what is read afterwards, unless reading is the story."""
        return () if self.story.reads_only else READINGS

    def prepare(self) -> None:
        """Make the registrar ready to answer so."""
        if self.answer_name == "taken" and self.story.taken is not None:
            self.story.taken(self.world)
        if self.answer.fault:
            code = {"refused": self.story.refused, "looked_into": self.story.looked_into}
            kind = f"code:{code[self.answer.fault]}" if self.answer.fault in code else self.answer.fault
            # The first of several steps: what it meets, the others would meet too.
            self.world.plant(self.story.requests[0], kind, self.answer.times)

    def run_to_rest(self) -> None:
        """Let time pass, crashes and restarts included, until nothing is open any more."""
        for turn in range(ROUNDS):
            try:
                work(self.leave)
            except Crash:
                restart()
            self.target.refresh_from_db()
            if self.answer_name == NOTHING and self.story.nothing is not None:
                self.story.nothing(self.world)
            waits = self.answer.released_when
            if self.late and waits is not None and self.world.late():
                self.late = not waits(self.target) and turn < ROUNDS - LAST_ROUNDS
            looked = self.target.state != State.UNKNOWN or turn > FIRST_LOOKS
            if not self.late and (looked or self.world.late()):
                self.world.settle()
            if not self.late and not still_open(self.leave):
                return


def work(leave: tuple[str, ...] = ()) -> None:
    """Run everything that is open once, as workers would that find all of it due, but for the kinds to `leave`."""
    if Operation.objects.filter(state=State.PLANNED).exists():
        sweep.release_planned()
    waiting = Operation.objects.filter(state__in=[State.QUEUED, State.WAITING, State.UNKNOWN])
    waiting = waiting.exclude(kind__in=leave)
    waiting.update(next_check_at=Now(), woken_at=None)
    for pk in list(waiting.order_by("lane", "pk").values_list("pk", flat=True)):
        engine.run(pk)


def still_open(leave: tuple[str, ...] = ()) -> bool:
    """Whether anything goes on by itself, but for the kinds to `leave`."""
    rows = Operation.objects.filter(state__in=OPEN - {State.ATTENTION})
    return rows.exclude(kind__in=leave).exists()


def restart() -> None:
    """The crashed worker's leases lapse, and the sweep finds them."""
    Operation.objects.filter(lease_until__isnull=False).update(
        lease_until=timezone.now() - timedelta(seconds=1)
    )
    sweep.recover(quarantine=0)
    sweep.overdue()


def tell(case: Case, way: Way) -> Operation:
    """Run one case to its end and check what must hold of every case. Returns its operation."""
    story, world, target = case.story, case.world, case.target
    trial = Trial(story, way.answer, world, target)
    trial.prepare()
    cutter = Cutter(case.monkeypatch)
    cut_at(cutter, way.point, target, story.requests)

    trial.run_to_rest()
    if way.answer == "yes":
        # What is read afterwards, and what that leads to, too: the mirror is in step in the end.
        for _round in range(LAST_ROUNDS):
            work()
            if not still_open():
                break
            world.settle()

    assert cutter.fired == cutter.planned
    assert world.late() == 0
    assert target.state in trial.answer.ends, (target.state, target.reason, target.note)
    assert_executed_once(trial)
    assert_paid_once(case.stage.customer, case.balance)
    assert_trail_is_whole()
    assert_no_secret_is_kept()
    return target


# --- what must hold -------------------------------------------------------------------------------------------------


def assert_executed_once(trial: Trial) -> None:
    """One effect of what succeeded, none of what did not."""
    story, world, target = trial.story, trial.world, trial.target
    if story.reads_only:
        return
    done = Counter(row["action"] for row in world.effects(story.subject))
    given_back = done["(refund)"]
    succeeded = target.state == State.SUCCEEDED
    for action, times in story.steps.items():
        executed = done[action] - given_back
        if not succeeded:
            assert executed == 0, (action, target.state, target.note)
        elif story.same_twice and trial.answer_name in LATE:
            # Twice is once: the second request has put the same state in place of itself.
            assert times <= executed <= 2 * times, action
        else:
            assert executed == times, action
    if trial.answer_name in SENT_ONCE:
        for request in story.requests:
            assert world.requests_for(request) == story.steps.get(request, 1), request


def assert_paid_once(customer: Any, balance: Decimal) -> None:
    """The price of what succeeded is captured, that of what failed is back; only what a person has is still held."""
    paid, held = Decimal(0), Decimal(0)
    for operation in Operation.objects.filter(price__isnull=False).prefetch_related("entries"):
        ends = {State.SUCCEEDED: ["capture"], State.ATTENTION: []}.get(State(operation.state), ["release"])
        paid += operation.price if operation.state == State.SUCCEEDED else 0
        held += operation.price if operation.state == State.ATTENTION else 0
        booked = [(entry.kind, entry.amount) for entry in in_order(operation.entries)]
        assert booked == [(kind, operation.price) for kind in ["hold", *ends]]
    assert ledger.held(customer) == held
    assert ledger.balance(customer) == balance - paid - held
    assert Line.objects.aggregate(total=Sum("amount"))["total"] == 0


def in_order(rows: Any) -> list[Any]:
    """Rows that were fetched with what they belong to, as they were written."""
    return sorted(rows.all(), key=attrgetter("pk"))


def assert_trail_is_whole() -> None:
    """One beginning, one end, no gap; every attempt numbered and ended; nothing left in between."""
    for operation in Operation.objects.prefetch_related("events", "attempts"):
        events = in_order(operation.events)
        attempts = [(attempt.number, attempt.ended_at) for attempt in operation.attempts.all()]
        if operation.kind in READINGS and operation.state == State.QUEUED:
            continue
        assert operation.state in FINAL | {State.ATTENTION}, (operation, operation.state, operation.note)
        assert [event.from_state for event in events].count("") == 1
        assert events[0].from_state == ""
        assert [event.to_state in FINAL for event in events].count(True) == (operation.state in FINAL)
        assert events[-1].to_state == operation.state
        assert all(later.from_state == earlier.to_state for earlier, later in pairwise(events))
        assert sorted(number for number, _ended in attempts) == list(range(1, operation.attempt + 1))
        assert all(ended for _number, ended in attempts)


def assert_no_secret_is_kept() -> None:
    """No password in what is archived or shown; nothing encrypted kept for what is over."""
    texts = [*Exchange.objects.values_list("request", "reply")]
    texts += [
        *Event.objects.values_list("note", "reason"),
        *Attempt.objects.values_list("message", "outcome"),
    ]
    assert not [text for pair in texts for text in pair if re.search(r"apipasswd=demo|Canary-", text)]
    assert all(operation.secrets == {} for operation in Operation.objects.filter(state__in=FINAL))
