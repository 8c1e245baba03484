"""What is tried: kinds of operations at registrars, the ways to be answered, and the points at which a worker dies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from panel.operation.models import Operation
from panel.operation.states import State
from tests.operation.stage import Stage
from tests.operation.worlds import World


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

    `taken` makes the registrar have the thing already, `nothing` makes what was accepted fail, `doomed` prepares that
    before it is planned. `points` and `answers` are those that differ from what another story tells already; none: all.
    """

    kind: str
    family: str
    arrange: Callable[[Stage], Operation]
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
    nothing: Callable[[World], None] | None = None
    doomed: Callable[[Stage], None] | None = None

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
NOTHING = "came to nothing"
ANSWERS = {
    "yes": Answer(),
    "refused": Answer(fault="refused", times=99, ends=FAILED),
    "looked into": Answer(fault="looked_into", times=99, ends=FAILED),
    "taken": Answer(ends=FAILED),
    # Accepted, and carried out by nobody in the end. Where the number by which the registrar would tell was lost with
    # its answer, a person is asked: it was accepted once, so it is never sent again.
    NOTHING: Answer(ends=frozenset({State.FAILED, State.ATTENTION})),
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
NO = ["refused", "looked into", "taken", NOTHING]
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


@dataclass(frozen=True, eq=False)
class Opening:
    """How a story begins, the same for all of its cases, but for those in which what is accepted is `doomed`."""

    story: Story
    doomed: bool = False


@dataclass(frozen=True, eq=False)
class Way:
    """How a story goes on: where the worker dies, and what the registrar says.

    No two are equal, so that pytest puts cases together by how they begin and by nothing else.
    """

    point: str
    answer: str


def cases(stories: Iterable[Story]) -> list[Any]:
    """Every combination that can exist, by name; those that begin alike follow each other."""
    found = []
    for story in stories:
        usual = Opening(story)
        for answer in sorted(story.answers or ANSWERS, key=NOTHING.__eq__):
            is_doomed = answer == NOTHING and story.doomed is not None
            opening = Opening(story, doomed=True) if is_doomed else usual
            for point in story.points or POINTS:
                if exists(story, point, answer):
                    name = f"{story}-{point}-{answer}".replace(" ", "_")
                    found.append(pytest.param(opening, Way(point, answer), id=name))
    return found


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
        "looked into": story.looked_into, "taken": story.taken, NOTHING: story.nothing or story.doomed,
    }  # fmt: skip
    return bool(needs.get(answer, True))
