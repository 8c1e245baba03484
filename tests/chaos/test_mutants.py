"""The tester tested: each deliberate bug makes the auditor speak up, in a story that is in order without the bug.

The same bugs can be let loose on a whole run: `make chaos MUTANT=blind_resend` must end with a broken invariant.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db.models.functions import Now

from panel.account import runs
from panel.account.models import Account, SyncRun
from panel.domain import tasks
from panel.operation import engine, registry, sweep
from panel.operation.models import Operation
from panel.operation.states import OPEN, State
from tests.chaos.auditor import Findings, audit
from tests.chaos.holdings import names_listed
from tests.chaos.mutants import MUTANTS
from tests.conftest import control

pytestmark = pytest.mark.django_db
NAME = "zz-quiet-harbor-lights.com"
CANARIES = ("canary-that-nobody-writes",)


class Crash(BaseException):
    """The worker's process is gone."""


@dataclass
class Stage:
    """The panel with one order that has just been placed, and a registrar that can be made to misbehave."""

    sandbox: Any
    run_due: Callable[..., int]
    order: Callable[[str], Operation]
    monkeypatch: pytest.MonkeyPatch

    def fault(self, action: str, kind: str, **more: Any) -> None:
        """Plant a fault at MrDomain's, once."""
        body = {"family": "mrdomain", "action": action, "kind": kind, "times": 1, **more}
        control(self.sandbox, "POST", "/faults", body)

    def turns(self, number: int, *, settle: bool = True) -> None:
        """Let the workers and the registrar go on."""
        for _turn in range(number):
            self.run_due(hurry=True)
            if settle:
                control(self.sandbox, "POST", "/settle")

    def audit(self) -> Findings:
        """What the auditor says once everything has come to its end."""
        self.turns(10)
        journal = control(self.sandbox, "GET", "/journal")["journal"]
        state = control(self.sandbox, "GET", "/state/mrdomain")
        self.synchronize()
        return audit(journal, {"mrdomain": names_listed("mrdomain", state)}, CANARIES)

    def synchronize(self) -> None:
        """Read the account's list of names."""
        account = Account.objects.get()
        tasks.sync_domains(runs.start(account, SyncRun.Kind.DOMAINS, wake=False).pk)
        self.run_due()


@pytest.fixture
def stage(
    catalogue: Any,
    order_name: Any,
    run_due: Any,
    sandbox: Any,
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
) -> Stage:
    """MrDomain on the sandbox, and a customer who can order."""
    monkeypatch.setattr("panel.account.throttle.take", lambda *_: None)
    settings.OPERATION_CALL_SECONDS = 2
    return Stage(sandbox, run_due, order_name, monkeypatch)


def lost_answer(stage: Stage) -> None:
    stage.fault("contact/create", "reset_after")
    stage.order(NAME)


def refused(stage: Stage) -> None:
    stage.fault("domain/create", "code:2009")
    stage.order(NAME)


def slept_in_the_call(stage: Stage) -> None:
    """A worker takes the order of a contact and sleeps; others carry it out; it wakes up and goes on."""
    copying = stage.order(NAME).depends_on
    assert copying is not None
    claimed = engine.claim(copying.pk)
    assert claimed is not None
    Operation.objects.filter(pk=copying.pk).update(lease_until=Now() - timedelta(seconds=1))
    sweep.recover(quarantine=0)
    stage.turns(4)
    engine._submit(claimed[0], registry.kind_for(copying.kind))


def cancelled_by_the_registry(stage: Stage) -> None:
    stage.order("cancel-harbor-lights.com")
    stage.turns(2, settle=False)
    control(stage.sandbox, "POST", "/advance", {"seconds": 600})


def died_with_a_wrong_clock(stage: Stage) -> None:
    """A worker whose clock runs two hours ahead dies in its call; its lease is over by everybody else's clock."""
    from django.conf import settings

    copying = stage.order(NAME).depends_on
    assert copying is not None
    lease, settings.OPERATION_LEASE_SECONDS = settings.OPERATION_LEASE_SECONDS, -1
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=2), tick=True):
        engine.claim(copying.pk)
    settings.OPERATION_LEASE_SECONDS = lease
    sweep.recover(quarantine=0)


def died_after_the_record(stage: Stage) -> None:
    """The worker is gone as soon as the transaction is over that gives the money back."""
    stage.fault("domain/create", "code:2009")
    stage.order(NAME)
    submit = engine._submit

    def dying(operation: Operation, kind: Any) -> None:
        submit(operation, kind)
        if operation.kind == "domain.create":
            raise Crash

    with stage.monkeypatch.context() as patched:
        patched.setattr(engine, "_submit", dying)
        with pytest.raises(Crash):
            stage.turns(3)


def missed_by_a_listing(stage: Stage) -> None:
    stage.order(NAME)
    stage.turns(6)
    stage.fault("domain/list", "missed", times=3)
    stage.synchronize()
    control(stage.sandbox, "DELETE", "/faults")


def late_between_the_looks(stage: Stage) -> None:
    stage.fault("contact/create", "late_effect", seconds=86400)
    copying = stage.order(NAME).depends_on
    assert copying is not None
    # One sends, one looks.
    stage.turns(2, settle=False)
    copying.refresh_from_db()
    if copying.state != State.UNKNOWN:
        stage.turns(1, settle=False)
    control(stage.sandbox, "POST", "/settle")


def told_that_it_exists(stage: Stage) -> None:
    stage.fault("domain/create", "already_exists")
    stage.order(NAME)


STORIES = {
    "blind_resend": lost_answer,
    "record_before_call": refused,
    "no_fencing": slept_in_the_call,
    "retry_on_timeout": lost_answer,
    "pending_is_done": cancelled_by_the_registry,
    "lease_by_own_clock": died_with_a_wrong_clock,
    "ledger_outside": died_after_the_record,
    "delete_on_missing": missed_by_a_listing,
    "one_proof": late_between_the_looks,
    "exists_is_failure": told_that_it_exists,
}


def test_every_mutant_has_its_story() -> None:
    assert set(STORIES) == set(MUTANTS)


@pytest.mark.parametrize("name", MUTANTS)
def test_mutant_breaks_an_invariant(name: str, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    MUTANTS[name](monkeypatch.setattr)

    STORIES[name](stage)

    assert stage.audit().broken


@pytest.mark.parametrize("story", sorted(set(STORIES.values()), key=lambda story: story.__name__))
def test_story_without_a_mutant_breaks_nothing(story: Callable[[Stage], None], stage: Stage) -> None:
    story(stage)

    found = stage.audit()

    assert found.broken == {}
    assert not Operation.objects.filter(state__in=OPEN).exists()
