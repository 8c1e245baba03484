"""Cutting a worker off at every step, under every kind of answer, and what must hold afterwards.

A crash is a BaseException out of a seam: nothing of ours can catch it. Then the machine "restarts": leases have lapsed,
the sweep recovers, due operations run. What holds in the end is read from the registrar's journal and the database.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from django.db.models import Sum
from django.db.models.functions import Now
from django.utils import timezone

from panel.account.models import Exchange
from panel.billing import ledger
from panel.billing.models import Line
from panel.operation import engine, registry, sweep
from panel.operation.models import Attempt, Event, Operation
from panel.operation.states import FINAL, OPEN, State
from registrar.transport.http import HttpClient
from tests.operation.worlds import World

ROUNDS = 24
# Followed to their end where nothing goes wrong: how they are cut off is a story of its own.
READINGS = ("domain.refresh",)
# What is unknown is looked at so often before what is under way at the registrar ends.
FIRST_LOOKS = 3
# Rounds that are kept for what follows, when a late request was never let through.
LAST_ROUNDS = 6


class Crash(BaseException):
    """The worker's process is gone."""


# --- what is tried --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Story:
    """A kind of operation on the sandbox of one family.

    `steps` are the actions of the journal by which it takes effect, each with how often it does; `sent` the actions of
    the requests, where they have other names. `subject` is what the journal says they were done to. `refused` is the
    code of a final no, `looked_into` one after which the registrar is looked at before it is believed.

    `pends`: a yes is accepted first, and carried out later. `looks_first`: it is read before anything leaves.
    `same_twice`: done twice it is the same as once, and costs nothing. `unfollowed`: once the number of what was
    accepted is lost, nothing but its effect tells that it is over. `unguarded`: a second request executes it a second
    time, whatever became of the first: no API of that family has a guard, and only the time between the looks protects
    from a request that takes effect late. `reads_only`: it changes nothing.

    `taken` makes the registrar have the thing already, `nothing` makes what was accepted fail, `ready` prepares either
    before it is planned. `points` and `answers` are those that differ from what another story tells already; none: all.
    """

    kind: str
    family: str
    arrange: Callable[[Any], Operation]
    steps: Mapping[str, int]
    subject: str
    refused: str
    looked_into: str = ""
    sent: tuple[str, ...] = ()
    pends: bool = False
    same_twice: bool = False
    unguarded: bool = False
    unfollowed: bool = False
    looks_first: bool = False
    reads_only: bool = False
    variant: str = ""
    points: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    taken: Callable[[World], None] | None = None
    nothing: Callable[[World, Operation], None] | None = None
    ready: Callable[[Any, str], None] | None = None

    @property
    def requests(self) -> tuple[str, ...]:
        """The actions of the requests that carry it out."""
        return self.sent or tuple(self.steps)

    def __str__(self) -> str:
        return f"{self.kind}-{self.family}" + (f"-{self.variant}" if self.variant else "")


@dataclass(frozen=True)
class Answer:
    """How the registrar answers the request of the operation, and how the operation must end."""

    fault: str = ""
    times: int = 1
    ends: frozenset[str] = frozenset({State.SUCCEEDED})
    released_when: Callable[[Operation], bool] | None = None


FAILED = frozenset({State.FAILED})
ANSWERS = {
    "yes": Answer(),
    "refused": Answer(fault="refused", times=99, ends=FAILED),
    "looked into": Answer(fault="looked_into", times=99, ends=FAILED),
    "taken": Answer(ends=FAILED),
    # Accepted, and carried out by nobody in the end. Where the number by which the registrar would tell was lost with
    # its answer, a person is asked: it was accepted once, so it is never sent again.
    "came to nothing": Answer(ends=frozenset({State.FAILED, State.ATTENTION})),
    "lost before": Answer(fault="reset_before"),
    "lost after": Answer(fault="reset_after"),
    "late between the looks": Answer(fault="late_effect", released_when=lambda row: row.absences == 1),
    "late before the second send": Answer(
        fault="late_effect",
        released_when=lambda row: row.state == State.QUEUED and row.reason == "did_not_happen",
    ),
    "late after the second send": Answer(
        fault="late_effect",
        released_when=lambda row: row.state in (State.WAITING, State.SUCCEEDED),
    ),
}
LATE = [name for name in ANSWERS if name.startswith("late")]
NO = ["refused", "looked into", "taken", "came to nothing"]
# What a look finds in time, so that the request must never leave a second time.
SENT_ONCE = ["yes", "lost after", "late between the looks"]
# Settled by the time it takes effect, so that a look finds it done and nothing is left to be polled.
FOUND_DONE = ["late between the looks", "late before the second send"]

POINTS = [
    "before the claim",
    "after the claim",
    "before the send",
    "after the send",
    "after the answer",
    "in the record",
    "after the record",
    "in the look",
    "in the poll",
    "in the poll's record",
]
POLLS = POINTS[-2:]


def cases(stories: Iterable[Story]) -> Iterator[Any]:
    """Every combination that can exist, by name."""
    for story in stories:
        for point in story.points or POINTS:
            for answer in story.answers or ANSWERS:
                if exists(story, point, answer):
                    name = f"{story}-{point}-{answer}".replace(" ", "_")
                    yield pytest.param(story, point, answer, id=name)


def exists(story: Story, point: str, answer: str) -> bool:
    """Whether an answer can be given at all, and a point be reached under it."""
    if point == "before the claim" and answer not in ("yes", "refused", "lost after"):
        # Nothing has been done yet: the other answers would only repeat the uncut story.
        return False
    if point in POLLS and (not story.pends or answer in NO or (point == POLLS[0] and answer in FOUND_DONE)):
        return False
    if story.reads_only and (answer in LATE or point == "in the look"):
        return False
    if answer == "taken" and story.looks_first and point == "after the send":
        # What is in the account already is never asked for.
        return False
    if story.unfollowed and (point, answer) == (POLLS[0], "lost after"):
        return False
    if answer == "late after the second send" and story.unguarded:
        return False
    needs: dict[str, Any] = {
        "looked into": story.looked_into, "taken": story.taken, "came to nothing": story.nothing,
    }  # fmt: skip
    return bool(needs.get(answer, True))


# --- crash points ---------------------------------------------------------------------------------------------------


class Cutter:
    """Cuts a seam once: `cutter(owner, name, only=...)` dies in place of, or right after, the first matching call."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self.planned = 0
        self.fired = 0

    def __call__(self, owner: Any, name: str, *, before: bool = False, only: Callable[..., bool]) -> None:
        original = getattr(owner, name)
        self.planned += 1
        fired = False

        def cut(*args: Any, **named: Any) -> Any:
            nonlocal fired
            if fired or not only(*args, **named):
                return original(*args, **named)
            fired = True
            self.fired += 1
            if before:
                raise Crash
            try:
                original(*args, **named)
            except Exception as error:
                raise Crash from error
            raise Crash

        self._monkeypatch.setattr(owner, name, cut)


def cut_at(cutter: Cutter, point: str, target: Operation, requests: tuple[str, ...]) -> None:
    """Plant the crash of `point` for the operation, whose requests are these actions."""
    kind = type(registry.kind_for(target.kind))
    # In the path, or at the end of the header that names the function of a SOAP call.
    named = re.compile(rf"[/#\"]({'|'.join(map(re.escape, requests))})(Action)?([/\"]|$)")

    def is_claim(pk: int) -> bool:
        return pk == target.pk

    def is_target(first: Any, second: Any = None, *_: Any) -> bool:
        operation = first if isinstance(first, Operation) else second
        return operation.pk == target.pk

    def is_request(_client: HttpClient, path: str, _body: bytes, headers: Any = None) -> bool:
        return bool(named.search(f"/{path}") or named.search(f"#{(headers or {}).get('SOAPAction', '')}"))

    def is_move(pk: int, *_: Any, **__: Any) -> bool:
        return pk == target.pk

    def is_success(pk: int, to: State, **__: Any) -> bool:
        return pk == target.pk and to == State.SUCCEEDED

    match point:
        case "before the claim":
            cutter(engine, "claim", before=True, only=is_claim)
        case "after the claim":
            cutter(engine, "claim", only=is_claim)
        case "before the send":
            cutter(kind, "submit", before=True, only=is_target)
        case "after the send":
            cutter(HttpClient, "post", only=is_request)
        case "after the answer":
            cutter(kind, "submit", only=is_target)
        case "in the record":
            cutter(engine, "move", only=is_move)
        case "after the record":
            cutter(engine, "_submit", only=is_target)
        case "in the look":
            cutter(kind, "submit", only=is_target)
            cutter(kind, "reconcile", only=is_target)
        case "in the poll":
            cutter(kind, "poll", only=is_target)
        case "in the poll's record":
            cutter(engine, "move", only=is_success)
        case _:
            raise AssertionError(point)


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
            if self.answer_name == "came to nothing" and self.story.nothing is not None:
                self.story.nothing(self.world, self.target)
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


def tell(
    story: Story,
    point: str,
    answer_name: str,
    *,
    stage: Any,
    world: World,
    monkeypatch: pytest.MonkeyPatch,
) -> Trial:
    """Run one case to its end and check what must hold of every case."""
    if story.ready is not None:
        story.ready(stage, answer_name)
    balance = ledger.balance(stage.customer)
    target = story.arrange(stage)
    trial = Trial(story, answer_name, world, target)
    trial.prepare()
    cutter = Cutter(monkeypatch)
    cut_at(cutter, point, target, story.requests)

    trial.run_to_rest()
    if answer_name == "yes":
        # What is read afterwards, too: the mirror is in step in the end.
        work()

    assert cutter.fired == cutter.planned
    assert world.late() == 0
    assert target.state in trial.answer.ends, (target.state, target.reason, target.note)
    assert_executed_once(trial)
    assert_paid_once(stage.customer, balance)
    assert_trail_is_whole()
    assert_no_secret_is_kept()
    return trial


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
    for operation in Operation.objects.filter(price__isnull=False):
        ends = {State.SUCCEEDED: ["capture"], State.ATTENTION: []}.get(State(operation.state), ["release"])
        paid += operation.price if operation.state == State.SUCCEEDED else 0
        held += operation.price if operation.state == State.ATTENTION else 0
        booked = list(operation.entries.order_by("pk").values_list("kind", "amount"))
        assert booked == [(kind, operation.price) for kind in ["hold", *ends]]
    assert ledger.held(customer) == held
    assert ledger.balance(customer) == balance - paid - held
    assert Line.objects.aggregate(total=Sum("amount"))["total"] == 0


def assert_trail_is_whole() -> None:
    """One beginning, one end, no gap; every attempt numbered and ended; nothing left in between."""
    for operation in Operation.objects.all():
        events = list(operation.events.order_by("pk"))
        attempts = list(operation.attempts.values_list("number", "ended_at"))
        if operation.kind in READINGS and operation.state == State.QUEUED:
            continue
        assert operation.state in FINAL | {State.ATTENTION}, (operation, operation.state, operation.note)
        assert [event.from_state for event in events].count("") == 1
        assert events[0].from_state == ""
        assert [event.to_state in FINAL for event in events].count(True) == (operation.state in FINAL)
        assert events[-1].to_state == operation.state
        assert all(later.from_state == earlier.to_state for earlier, later in pairwise(events))
        assert [number for number, _ended in attempts] == list(range(1, operation.attempt + 1))
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
