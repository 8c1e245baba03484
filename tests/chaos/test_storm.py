"""A storm: many orders, workers that die at random, leases that lapse under them, a registrar that loses answers.

Whatever happens in whatever order, what remains must be as if nothing had happened. The dice are cast from a seed;
threads are not, so that a failure may need several runs to come back.
"""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.models.functions import Now
from django.utils import timezone

from panel.account.models import Account
from panel.domain.models import Domain
from panel.operation import engine, registry, services, sweep
from panel.operation.models import Operation
from panel.operation.states import OPEN, State
from registrar.transport.http import HttpClient
from tests.conftest import control
from tests.operation.crashing import (
    Crash,
    assert_no_secret_is_kept,
    assert_paid_once,
    assert_trail_is_whole,
)
from tests.operation.worlds import World

pytestmark = pytest.mark.django_db(transaction=True)

ORDERS = 6
WORKERS = 3
LONGEST_SECONDS = 60
DEATHS = 0.06
FAULTS = {
    "domain/create": {"reset_after": 0.2, "reset_before": 0.15, "http_500_after": 0.1, "late_effect": 0.1},
    "domain/getinfo": {"reset_before": 0.1, "garbage": 0.1, "code:300": 0.1},
}


class Storm:
    """The weather: it cuts seams at random, in whatever thread comes by, until it calms down."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
        self.dice = random.Random(seed)
        self.raging = True
        self.deaths = 0
        self._monkeypatch = monkeypatch
        create = type(registry.kind_for("domain.create"))
        for owner, name in (
            (engine, "claim"), (engine, "move"), (engine, "record_outcome"), (HttpClient, "post"),
            (create, "submit"), (create, "reconcile"), (create, "poll"), (create, "apply"),
        ):  # fmt: skip
            self._cut(owner, name)

    def _cut(self, owner: Any, name: str) -> None:
        original = getattr(owner, name)

        def cut(*args: Any, **named: Any) -> Any:
            self._strike()
            result = original(*args, **named)
            self._strike()
            return result

        self._monkeypatch.setattr(owner, name, cut)

    def _strike(self) -> None:
        in_a_worker = threading.current_thread().name.startswith("worker")
        if self.raging and in_a_worker and self.dice.random() < DEATHS:
            self.deaths += 1
            raise Crash


def work(over: threading.Event, dice: random.Random) -> None:
    """A worker that runs whatever is due, as often as it likes, and is replaced when it dies."""
    try:
        while not over.is_set():
            ids = list(Operation.objects.filter(state__in=OPEN).values_list("pk", flat=True))
            dice.shuffle(ids)
            for pk in ids:
                try:
                    engine.run(pk)
                except (Crash, OperationalError):
                    connection.close()
            time.sleep(0.01)
    finally:
        connection.close()


def pass_time(storm: Storm, sandbox: Any, staff: Any) -> None:
    """Everything becomes due, some leases lapse under their workers, the registrar goes on, a person decides."""
    Account.objects.update(failures=0, retry_after=None)
    sweep.release_planned()
    if storm.dice.random() < 0.3:
        past = timezone.now() - timedelta(seconds=1)
        Operation.objects.filter(lease_until__isnull=False, state__in=OPEN).update(lease_until=past)
    sweep.recover(quarantine=0)
    Operation.objects.filter(state__in=[State.QUEUED, State.WAITING, State.UNKNOWN]).update(
        next_check_at=Now(), woken_at=None
    )
    if storm.dice.random() < 0.2:
        control(sandbox, "POST", "/settle")
    for operation in Operation.objects.filter(state=State.ATTENTION):
        decide = services.send_again if operation.reason == "sent_too_often" else services.look_again
        decide(operation, actor=staff, reason="after the storm")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_storm_leaves_every_order_executed_and_paid_once(
    seed: int,
    order_name: Callable[..., Any],
    run_due: Callable[..., int],
    sandbox: Any,
    customer: Any,
    staff: Any,
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
) -> None:
    monkeypatch.setattr("panel.account.throttle.take", lambda *_: None)
    names = [f"storm-{seed}-{number}-harbor.com" for number in range(ORDERS)]
    orders = [order_name(name) for name in names]
    run_due(hurry=True)
    for action, kinds in FAULTS.items():
        for kind, rate in kinds.items():
            body = {"family": "mrdomain", "action": action, "kind": kind, "rate": rate}
            control(sandbox, "POST", "/faults", body | ({"seconds": 3} if kind == "late_effect" else {}))
    control(sandbox, "POST", "/world/mrdomain", {"limits": {"checks": 100_000, "errors": 100_000}})
    storm = Storm(monkeypatch, seed)
    over = threading.Event()
    workers = [
        threading.Thread(target=work, args=(over, random.Random(seed + number)), name=f"worker-{number}")
        for number in range(WORKERS)
    ]
    for worker in workers:
        worker.start()
    started = time.monotonic()
    try:
        while time.monotonic() - started < LONGEST_SECONDS:
            pass_time(storm, sandbox, staff)
            if time.monotonic() - started > 4:
                storm.raging = False
                control(sandbox, "DELETE", "/faults")
            if not storm.raging and not Operation.objects.filter(state__in=OPEN).exists():
                break
            time.sleep(0.05)
    finally:
        over.set()
        for worker in workers:
            worker.join(30)
    control(sandbox, "POST", "/settle")

    executed = Counter(row["subject"] for row in World(sandbox, "mrdomain").executed("domain/create"))
    assert storm.deaths > 0
    assert executed == Counter(dict.fromkeys(names, 1))
    assert {Operation.objects.get(pk=order.pk).state for order in orders} == {State.SUCCEEDED}
    assert Domain.objects.filter(customer=customer, status=Domain.Status.ACTIVE).count() == ORDERS
    assert_paid_once(customer, Decimal(500))
    assert_trail_is_whole()
    assert_no_secret_is_kept()
