"""Every kind of operation, cut off at every point, under every kind of answer.

A crash is a BaseException out of a seam: nothing of ours can catch it. Then the machine "restarts": leases have lapsed,
the sweep recovers, due operations run. What holds in the end is read from the registrar's journal and the database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from django.db.models import Sum
from django.utils import timezone

from panel.account.models import Exchange
from panel.billing import ledger
from panel.billing.models import Line
from panel.contact.models import ContactHandle
from panel.domain.models import Domain
from panel.domain.operations import plan_refresh
from panel.operation import engine, registry, sweep
from panel.operation.models import Attempt, Event, Operation
from panel.operation.states import FINAL, OPEN, State
from registrar.transport.http import HttpClient
from tests.conftest import control

pytestmark = pytest.mark.django_db

NAME = "quiet-harbor-lights.com"
ROUNDS = 20
ACTIONS = {
    "contact.create": "contact/create",
    "domain.create": "domain/create",
    "domain.refresh": "domain/getinfo",
}
REFUSALS = {"contact.create": 3002, "domain.create": 2009, "domain.refresh": 2001}


class Crash(BaseException):
    """The worker's process is gone."""


# --- answers --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answer:
    """How the registrar answers the request of the operation, and how the operation must end."""

    fault: str = ""
    times: int = 1
    taken: bool = False
    ends: str = State.SUCCEEDED
    released_when: Callable[[Operation], bool] | None = None


ANSWERS = {
    "yes": Answer(),
    "refused": Answer(fault="refusal", times=99, ends=State.FAILED),
    "taken": Answer(taken=True, ends=State.FAILED),
    "gone": Answer(fault="code:2008", times=99, ends=State.FAILED),
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
NO = ["refused", "taken", "gone"]
# What a look finds in time, so that the request must never leave a second time.
SENT_ONCE = ["yes", "lost after", "late between the looks"]
# Settled by the time it takes effect, so that a look finds it active and nothing is left to be polled.
FOUND_ACTIVE = ["late between the looks", "late before the second send"]


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


def cut_at(cutter: Cutter, point: str, target: Operation) -> None:
    """Plant the crash of `point` for the operation."""
    kind = type(registry.kind_for(target.kind))
    path = f"/{ACTIONS[target.kind]}/"

    def is_claim(pk: int) -> bool:
        return pk == target.pk

    def is_target(first: Any, second: Any = None, *_: Any) -> bool:
        operation = first if isinstance(first, Operation) else second
        return operation.pk == target.pk

    def is_request(_client: HttpClient, sent_to: str, *_: Any) -> bool:
        return sent_to == path

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


def cases() -> Iterator[Any]:
    """Every combination that can exist, by name."""
    for kind in ACTIONS:
        for point in POINTS:
            for answer in ANSWERS:
                if exists(kind, point, answer):
                    yield pytest.param(kind, point, answer, id=f"{kind}-{point}-{answer}".replace(" ", "_"))


def exists(kind: str, point: str, answer: str) -> bool:
    """Only registrations are taken and polled; a reading has no effect that could be late, and is never looked into."""
    if point == "before the claim" and answer not in ("yes", "refused", "lost after"):
        # Nothing has been done yet: the other answers would only repeat the uncut story.
        return False
    if kind == "domain.create" and point == "in the poll" and answer in FOUND_ACTIVE:
        return False
    if kind == "domain.create":
        return answer != "gone" and not (point in POLLS and answer in NO)
    if point in POLLS or answer == "taken":
        return False
    if kind == "contact.create":
        return answer != "gone"
    return answer not in LATE and point != "in the look"


# --- the machine ----------------------------------------------------------------------------------------------------


@pytest.fixture
def target_of(
    order_name: Callable[..., Any], run_due: Callable[..., int], sandbox: Any, registrar_account: Any
) -> Callable[[str], Operation]:
    """The operation of a kind, planned and due next, with everything that it depends on done."""

    def target(kind: str) -> Operation:
        if kind == "domain.refresh":
            return plan_refresh("soler-estudio.com", registrar_account, key="asked")
        ordered: Operation = order_name(NAME)
        if kind == "contact.create":
            assert ordered.depends_on is not None
            return ordered.depends_on
        run_due(hurry=True)
        ordered.refresh_from_db()
        assert ordered.state == State.QUEUED
        return ordered

    return target


def restart() -> None:
    """The crashed worker's leases lapse, and the sweep finds them."""
    Operation.objects.filter(lease_until__isnull=False).update(
        lease_until=timezone.now() - timedelta(seconds=1)
    )
    sweep.recover(quarantine=0)
    sweep.overdue()


def run_to_rest(sandbox: Any, run_due: Callable[..., int], target: Operation, answer: Answer) -> None:
    """Let time pass, crashes and restarts included, until nothing is open any more."""
    holds_back = answer.released_when is not None
    for turn in range(ROUNDS):
        try:
            run_due(hurry=True)
        except Crash:
            restart()
        target.refresh_from_db()
        if holds_back and answer.released_when is not None and late_requests(sandbox):
            holds_back = not answer.released_when(target) and turn < ROUNDS - 6
        if not holds_back and (target.state != State.UNKNOWN or late_requests(sandbox)):
            control(sandbox, "POST", "/settle")
        if not holds_back and not Operation.objects.filter(state__in=OPEN).exists():
            return


def late_requests(sandbox: Any) -> int:
    """Requests whose answer was lost and whose effect is still to come."""
    return int(control(sandbox, "GET", "/state/mrdomain")["late"])


def effects(sandbox: Any, action: str) -> list[dict[str, Any]]:
    """What the registrar really executed."""
    return [row for row in control(sandbox, "GET", "/journal")["journal"] if row["action"] == action]


def requests_for(sandbox: Any, action: str) -> int:
    """How many requests reached the registrar, whatever it did with them."""
    rows = control(sandbox, "GET", "/requests")["requests"]
    # A late effect is noted again when it happens.
    outcomes = [row["outcome"] for row in rows if row["action"] == action]
    return sum(not said.startswith("late_effect") or said.endswith("not executed") for said in outcomes)


# --- what must hold -------------------------------------------------------------------------------------------------


def assert_executed_once(sandbox: Any, target: Operation, answer_name: str) -> None:
    """One effect of what succeeded, none of what failed."""
    registered = effects(sandbox, "domain/create")
    copied = effects(sandbox, "contact/create")
    assert len(registered) <= 1
    # A registrar makes a second copy of the same contact where the first request takes effect after two proofs of its
    # absence. It costs nothing, and the panel knows and uses one of them only.
    assert len(copied) <= (2 if answer_name in LATE and target.kind == "contact.create" else 1)
    assert ContactHandle.objects.filter(contact__isnull=False).count() <= 1
    for operation in Operation.objects.exclude(kind="domain.refresh"):
        took_effect = registered if operation.kind == "domain.create" else copied
        assert (operation.state == State.SUCCEEDED) == bool(took_effect), operation


def assert_paid_once(customer: Any) -> None:
    """The price of what succeeded is captured, that of what failed is back; nothing stays reserved."""
    paid = Decimal(0)
    for operation in Operation.objects.filter(price__isnull=False):
        succeeded = operation.state == State.SUCCEEDED
        paid += operation.price if succeeded else 0
        booked = list(operation.entries.order_by("pk").values_list("kind", "amount"))
        assert booked == [
            ("hold", operation.price),
            ("capture" if succeeded else "release", operation.price),
        ]
    assert ledger.held(customer) == 0
    assert ledger.balance(customer) == Decimal(500) - paid
    assert Line.objects.aggregate(total=Sum("amount"))["total"] == 0


def assert_trail_is_whole() -> None:
    """One beginning, one end, no gap; every attempt numbered and ended; nothing left in between."""
    for operation in Operation.objects.all():
        events = list(operation.events.order_by("pk"))
        attempts = list(operation.attempts.values_list("number", "ended_at"))
        assert operation.state in FINAL, (operation, operation.state, operation.note)
        assert [event.from_state for event in events].count("") == 1
        assert events[0].from_state == ""
        assert [event.to_state in FINAL for event in events].count(True) == 1
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
    assert not [text for pair in texts for text in pair if "apipasswd=demo" in text]
    assert all(operation.secrets == {} for operation in Operation.objects.all())


@pytest.mark.parametrize(("kind", "point", "answer_name"), list(cases()))
def test_crash_loses_nothing_and_doubles_nothing(
    kind: str,
    point: str,
    answer_name: str,
    target_of: Callable[[str], Operation],
    run_due: Callable[..., int],
    sandbox: Any,
    customer: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer = ANSWERS[answer_name]
    target = target_of(kind)
    if answer.taken:
        control(sandbox, "POST", "/world/mrdomain", {"take_name": NAME})
    if answer.fault:
        fault = f"code:{REFUSALS[kind]}" if answer.fault == "refusal" else answer.fault
        body = {"family": "mrdomain", "action": ACTIONS[kind], "kind": fault, "times": answer.times}
        control(sandbox, "POST", "/faults", body | {"seconds": 86400})
    cutter = Cutter(monkeypatch)
    cut_at(cutter, point, target)

    run_to_rest(sandbox, run_due, target, answer)

    assert cutter.fired == cutter.planned
    assert late_requests(sandbox) == 0
    assert target.state == answer.ends, (target.reason, target.note)
    assert_executed_once(sandbox, target, answer_name)
    if kind != "domain.refresh" and answer_name in SENT_ONCE:
        assert requests_for(sandbox, ACTIONS[kind]) == 1
    assert_paid_once(customer)
    assert_trail_is_whole()
    assert_no_secret_is_kept()
    if kind != "domain.refresh":
        held = Domain.objects.filter(name=NAME, customer=customer, status=Domain.Status.ACTIVE)
        assert held.count() == (1 if answer.ends == State.SUCCEEDED else 0)
