"""Level D: whatever customers, workers and registrar do in whatever order, nothing is doubled and money adds up.

A model that hypothesis drives: it knows what was ordered and paid in, and how a registrar was told to misbehave. After
every step the ledger and the journal are held against it; in the end everything is followed to its end and audited.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Sum
from django.db.models.functions import Now
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from panel.billing import ledger
from panel.billing.models import Entry, Line
from panel.operation import engine, sweep
from panel.operation.models import Operation
from panel.operation.states import OPEN, State
from tests.chaos.auditor import audit, effects_of
from tests.conftest import control

pytestmark = pytest.mark.django_db

LOST = (
    "reset_before",
    "reset_after",
    "http_500_after",
    "garbage",
    "cut",
    "late_effect",
    "already_exists",
    "unknown_status",
)
FATES = ("harbor", "refuse", "taken", "cancel")
ACTIONS = ("domain/create", "contact/create", "domain/getinfo")
MOST_ORDERS = 4


class Crash(BaseException):
    """The worker's process is gone."""


class Panel(RuleBasedStateMachine):
    """One customer at one registrar. `place` is set per test: what an example needs of the fixtures."""

    place: dict[str, Any]

    def __init__(self) -> None:
        super().__init__()
        self.sandbox, self.customer = self.place["sandbox"], self.place["customer"]
        control(self.sandbox, "POST", "/reset", {"seed": 1})
        # What an example writes is undone before the next one.
        self._undo = transaction.atomic()
        self._undo.__enter__()
        self.paid_in = ledger.balance(self.customer)
        self.names: list[str] = []

    def teardown(self) -> None:
        try:
            self.follow_to_the_end()
        finally:
            transaction.set_rollback(True)
            self._undo.__exit__(None, None, None)

    # --- what people do ---------------------------------------------------------------------------------------------

    @precondition(lambda self: len(self.names) < MOST_ORDERS)
    @rule(fate=st.sampled_from(FATES), years=st.integers(1, 3))
    def order(self, fate: str, years: int) -> None:
        name = f"{fate}-{len(self.names)}-lights.com"
        self.place["order_name"](name, years=years)
        self.names.append(name)

    @rule(cents=st.integers(1, 100_000))
    def top_up(self, cents: int) -> None:
        amount = Decimal(cents) / 100
        ledger.top_up(self.customer, amount, reason="more", actor=None)
        self.paid_in += amount

    @rule()
    def decide(self) -> None:
        """A person has everything looked at again that waits for a verdict."""
        from panel.operation import services

        for operation in Operation.objects.filter(state=State.ATTENTION):
            services.look_again(operation, actor=self.place["staff"], reason="once more")

    # --- what machines do -------------------------------------------------------------------------------------------

    @rule(hurry=st.booleans())
    def work(self, hurry: bool) -> None:
        self.place["run_due"](hurry=hurry)

    @rule(after=st.booleans())
    def die(self, after: bool) -> None:
        """A worker dies before or after its request; its lease lapses."""
        with pytest.MonkeyPatch.context() as patched:
            if after:
                patched.setattr(engine, "record_outcome", _die)
            else:
                patched.setattr(engine, "_still_claimed", _die)
            try:
                self.place["run_due"](hurry=True)
            except Crash:
                held = Operation.objects.filter(state__in=OPEN, lease_until__isnull=False)
                held.update(lease_until=Now() - timedelta(seconds=1))
        sweep.recover(quarantine=0)

    @rule(kind=st.sampled_from(LOST), action=st.sampled_from(ACTIONS))
    def lose(self, kind: str, action: str) -> None:
        seconds = {"seconds": 5} if kind == "late_effect" else {}
        body = {"family": "mrdomain", "action": action, "kind": kind, "times": 1, **seconds}
        control(self.sandbox, "POST", "/faults", body)

    @rule()
    def settle(self) -> None:
        control(self.sandbox, "POST", "/settle")

    # --- what always holds ------------------------------------------------------------------------------------------

    @invariant()
    def money_adds_up(self) -> None:
        held = sum(
            (row.price for row in Operation.objects.filter(state__in=OPEN, price__isnull=False)), Decimal(0)
        )
        spent = Entry.objects.filter(kind="capture").aggregate(total=Sum("amount"))["total"] or Decimal(0)
        assert ledger.held(self.customer) == held
        assert ledger.balance(self.customer) == self.paid_in - held - spent
        assert not Line.objects.aggregate(total=Sum("amount"))["total"]

    @invariant()
    def nothing_is_registered_twice(self) -> None:
        journal = control(self.sandbox, "GET", "/journal")["journal"]
        counts = {key: count for key, count in effects_of(journal).items() if key[1] == "domain.create"}
        assert all(count in (0, 1) for count in counts.values()), counts

    def follow_to_the_end(self) -> None:
        control(self.sandbox, "DELETE", "/faults")
        for _turn in range(16):
            self.decide()
            control(self.sandbox, "POST", "/settle")
            self.place["run_due"](hurry=True)
        self.money_adds_up()
        journal = control(self.sandbox, "GET", "/journal")["journal"]
        found = audit(journal, {"mrdomain": {}}, ())
        broken = {name: rows for name, rows in found.broken.items() if name not in ("mirror", "doubled")}
        assert broken == {}


def _die(*_args: Any, **_named: Any) -> Any:
    raise Crash


def test_whatever_happens_money_adds_up_and_nothing_is_registered_twice(
    order_name: Callable[..., Any],
    run_due: Callable[..., int],
    sandbox: Any,
    customer: Any,
    staff: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in ("panel.account.throttle.take", "panel.account.breaker.count_failure"):
        monkeypatch.setattr(module, lambda *_: None)
    ledger.top_up(customer, Decimal(10_000), reason="enough", actor=None)
    place = {
        "order_name": order_name, "run_due": run_due, "sandbox": sandbox, "customer": customer, "staff": staff,
    }  # fmt: skip
    machine = type("PanelHere", (Panel,), {"place": place})

    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=15,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
