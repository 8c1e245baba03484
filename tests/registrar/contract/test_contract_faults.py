"""Every family under every fault that its sandbox can say: nobody reports what the journal contradicts.

A write that is reported as Done or Pending is in the journal in the end. One that is reported as failed is not, unless
the error asks for a look (AlreadyExists, Conflict, NotFound). Not to know is always allowed; to do it twice never is.
"""

from __future__ import annotations

from functools import cache

import pytest

from registrar import Timeouts
from registrar.errors import AlreadyExists, Conflict, NotFound, RegistrarError, Verdict
from registrar.sandbox.faults import KINDS
from registrar.sandbox.registry import ROWS
from registrar.types import Done, Pending
from tests.registrar.contract.contract import Door, driver_on, lacking, opened
from tests.registrar.contract.profiles import PROFILES
from tests.registrar.contract.writes import WRITES, Act
from tests.registrar.world import World

LOOK = (AlreadyExists, Conflict, NotFound)
# Kinds that last until the caller gives up.
HANGING = frozenset(kind for kind, plan in KINDS.items() if plan.delivery in {"hang", "drip"})
COSTLY = ("registration", "renewal")
SHORT = Timeouts(connect=1, total=0.2)
PLENTY = Timeouts(connect=1, total=5)
LATE_SECONDS = 5
TWISTS = {row.family.name: row.family.twists for row in ROWS}
FAULTS = [
    (family, kind)
    for family, profile in PROFILES.items()
    for kind in (*KINDS, f"code:{profile.undocumented_code}")
    if kind not in KINDS or KINDS[kind].delivery != "twist" or kind in TWISTS[family]
]


@cache
def calls(world: World, family: str, name: str) -> tuple[str, ...]:
    """The calls of a healthy write, in their order; the fault strikes each of them in turn."""
    with opened(world, family) as door:
        door.driver.tools.hello()
        act = WRITES[name].prepare(door, 0)
        heard = len(world.requests())
        with driver_on(world, family, PLENTY) as driver:
            outcome = act(driver)
        assert isinstance(outcome, Done | Pending)
        actions = [row["action"] for row in world.requests()[heard:]]
        world.settle()
        assert len(door.journal()) > 0
    return tuple(dict.fromkeys(actions))


def offered(family: str) -> list[str]:
    return [name for name, write in WRITES.items() if not lacking(family, (write.operation, *write.needs))]


def struck(door: Door, act: Act, action: str, kind: str, afterwards: str = "") -> bool:
    """Do a write while `kind` strikes its call of `action`, and hold what is said against what was done.

    Every later call of the write meets the fault `afterwards`. False where there was no such call: what a driver
    does for its session, it does not do every time.
    """
    world, family = door.world, door.profile.family
    before = len(door.journal())
    world.plant(family, action, kind, times=1, seconds=LATE_SECONDS)
    if afterwards:
        world.plant(family, "*", afterwards)
    said: object
    try:
        with driver_on(world, family, SHORT if kind in HANGING else PLENTY) as driver:
            said = act(driver)
    except RegistrarError as error:
        said = error
    (planted, *_) = world.control("GET", "/faults")["faults"]
    world.clear_faults()
    world.advance(LATE_SECONDS + 1)
    world.settle()
    done = len(door.journal()) - before

    where = f"{kind} at {action}: {said!r}, done {done} times"
    assert done <= 1, where
    if isinstance(said, RegistrarError):
        assert done == 0 or said.verdict is Verdict.UNKNOWN or isinstance(said, LOOK), where
    else:
        assert isinstance(said, Done | Pending), where
        assert done == 1, where
    return bool(planted["struck"])


@pytest.mark.parametrize(("family", "kind"), FAULTS)
def test_no_write_is_misreported_under_a_fault(sandbox: World, family: str, kind: str) -> None:
    known = {name: calls(sandbox, family, name) for name in offered(family)}

    with opened(sandbox, family) as door:
        door.driver.tools.hello()
        number = 0
        for name, actions in known.items():
            hit = actions
            if kind in HANGING:
                # Waiting takes its time: there, the writes that cost money stand for all, without the calls around.
                hit = tuple(action for action in actions if name in COSTLY and door.is_write(action))
            strikes = []
            for action in hit:
                number += 1
                strikes.append(struck(door, WRITES[name].prepare(door, number), action, kind))
            assert any(strikes) or not hit


@pytest.mark.parametrize(
    ("family", "kind"),
    [(family, kind) for family, kind in FAULTS if kind not in HANGING and PROFILES[family].session_call],
)
def test_no_write_is_misreported_when_its_session_has_to_be_opened(
    sandbox: World, family: str, kind: str
) -> None:
    with opened(sandbox, family) as door:
        for number, name in enumerate(COSTLY):
            act = WRITES[name].prepare(door, number)
            sandbox.change(family, **{door.profile.session_end: True})
            assert struck(door, act, door.profile.session_call, kind)


@pytest.mark.parametrize("kind", ["unknown_status", "already_exists"])
@pytest.mark.parametrize("family", [family for family in PROFILES if "missed" in TWISTS[family]])
def test_listing_that_misses_an_object_proves_nothing(sandbox: World, family: str, kind: str) -> None:
    """A driver may look after an answer that says little, but must not take a gap for a proof."""
    known = {name: calls(sandbox, family, name) for name in offered(family)}

    with opened(sandbox, family) as door:
        door.driver.tools.hello()
        number = 0
        for name, actions in known.items():
            strikes = []
            for action in actions:
                number += 1
                act = WRITES[name].prepare(door, number)
                strikes.append(struck(door, act, action, kind, afterwards="missed"))
            assert any(strikes)


@pytest.mark.parametrize("family", PROFILES)
def test_outage_is_never_misreported(sandbox: World, family: str) -> None:
    with opened(sandbox, family) as door:
        acts = [WRITES[name].prepare(door, number) for number, name in enumerate(offered(family))]
        before = len(door.journal())
        sandbox.plant(family, "*", "refuse")
        for act in acts:
            with driver_on(sandbox, family, PLENTY) as driver, pytest.raises(RegistrarError):
                act(driver)
        sandbox.clear_faults()
        sandbox.settle()

        assert len(door.journal()) == before


def test_kinds_under_test_are_those_of_the_control_port(sandbox: World) -> None:
    assert {*KINDS, "code:NNNN"} == set(sandbox.control("GET", "/")["fault_kinds"])
