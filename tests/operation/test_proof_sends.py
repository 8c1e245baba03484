"""What may be sent, how often, until when, and what is kept of it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from panel.account.models import Account, Exchange
from panel.billing import ledger
from panel.domain.operations import plan_refresh
from panel.operation import engine, registry, services, sweep
from panel.operation.models import Operation
from panel.operation.states import MOST_SENDS, State
from panel.operation.transition import move
from tests.conftest import control
from tests.operation.proving import overdue, turns
from tests.operation.test_engine import NAME, creations, fault, finish

pytestmark = pytest.mark.django_db


# --- sends ----------------------------------------------------------------------------------------------------------


def test_worker_that_slept_through_its_lease_sends_nothing(ready: Operation, sandbox: Any) -> None:
    Operation.objects.filter(pk=ready.pk).update(next_check_at=timezone.now() - timedelta(seconds=5))
    claimed = engine.claim(ready.pk)
    assert claimed is not None
    late = claimed[0]
    Operation.objects.filter(pk=ready.pk).update(lease_until=timezone.now() - timedelta(seconds=1))

    engine._submit(late, registry.kind_for(late.kind))

    assert creations(sandbox) == []
    ready.refresh_from_db()
    assert ready.state == State.SENDING


def test_name_reported_as_taken_is_not_sent_again_after_a_second_look(
    ready: Operation, run_due: Any, sandbox: Any, staff: Any, customer: Any
) -> None:
    control(sandbox, "POST", "/world/mrdomain", {"take_name": NAME})
    turns(ready, run_due, 1)
    move(ready.pk, State.ATTENTION, sources=[State.UNKNOWN], reason="deadline")
    services.look_again(ready, actor=staff, reason="once more")

    turns(ready, run_due, 3)

    assert (ready.state, ready.reason, ready.sends) == (State.FAILED, "already_exists", 1)
    assert ledger.balance(customer) == Decimal(500)


def test_request_that_may_have_left_is_not_cancelled(
    ready: Operation, run_due: Any, sandbox: Any, staff: Any, customer: Any
) -> None:
    fault(sandbox, "late_effect", seconds=3600)
    turns(ready, run_due, 3)
    assert (ready.state, ready.reason) == (State.QUEUED, "did_not_happen")

    assert not services.cancel(ready, actor=staff, reason="changed my mind")

    control(sandbox, "POST", "/settle")
    assert finish(ready, run_due, sandbox).state == State.SUCCEEDED
    assert len(creations(sandbox)) == 1


def test_order_that_was_never_sent_is_cancelled(ready: Operation, staff: Any, customer: Any) -> None:
    assert services.cancel(ready, actor=staff, reason="changed my mind")

    ready.refresh_from_db()
    assert ready.state == State.CANCELLED
    assert ledger.balance(customer) == Decimal(500)


def test_person_may_send_once_more_what_was_sent_too_often(
    ready: Operation, run_due: Any, sandbox: Any, staff: Any
) -> None:
    Operation.objects.filter(pk=ready.pk).update(sends=MOST_SENDS)
    turns(ready, run_due, 1)
    assert (ready.state, ready.reason) == (State.ATTENTION, "sent_too_often")

    services.send_again(ready, actor=staff, reason="it is not there")

    assert finish(ready, run_due, sandbox).state == State.SUCCEEDED


def test_second_proof_of_absence_is_not_hurried(ready: Operation, run_due: Any, sandbox: Any) -> None:
    fault(sandbox, "reset_before")
    turns(ready, run_due, 1)

    first = services.retry_now(ready)
    run_due()
    ready.refresh_from_db()
    second = services.retry_now(ready)

    assert (first, second) == (True, False)
    assert (ready.state, ready.absences) == (State.UNKNOWN, 1)
    assert run_due() == 0


# --- deadlines ------------------------------------------------------------------------------------------------------


def test_unknown_operation_of_a_stopped_account_reaches_a_person(
    ready: Operation, run_due: Any, sandbox: Any
) -> None:
    fault(sandbox, "reset_before")
    turns(ready, run_due, 1)
    overdue(ready)
    sweep.overdue()
    ready.refresh_from_db()
    assert ready.state == State.UNKNOWN

    Account.objects.update(state="stopped")
    sweep.overdue()

    ready.refresh_from_db()
    assert (ready.state, ready.reason) == (State.ATTENTION, "deadline")


def test_attempt_of_a_worker_that_died_polling_is_closed_at_the_deadline(waiting: Operation) -> None:
    Operation.objects.filter(pk=waiting.pk).update(next_check_at=timezone.now() - timedelta(seconds=5))
    assert engine.claim(waiting.pk) is not None
    overdue(waiting)
    assert sweep.overdue() == 0

    overdue(waiting, lease_until=timezone.now() - timedelta(seconds=1))
    sweep.overdue()

    waiting.refresh_from_db()
    assert waiting.state == State.ATTENTION
    assert not waiting.attempts.filter(ended_at__isnull=True).exists()


def test_dependent_has_its_whole_time_from_when_it_can_start(
    order_name: Any, run_due: Any, sandbox: Any
) -> None:
    ordered = order_name(NAME)
    overdue(ordered)

    run_due(hurry=True)
    sweep.overdue()

    ordered.refresh_from_db()
    assert ordered.state == State.QUEUED
    assert ordered.deadline_at > timezone.now() + timedelta(days=9)


def test_reading_past_its_deadline_ends_without_a_person(registrar_account: Any) -> None:
    reading = plan_refresh("soler-estudio.com", registrar_account, key="asked")
    overdue(reading)

    sweep.overdue()

    reading.refresh_from_db()
    assert (reading.state, reading.reason) == (State.FAILED, "deadline")


def test_reading_is_tried_as_often_as_its_deadline_allows(
    registrar_account: Any, run_due: Any, sandbox: Any
) -> None:
    reading = plan_refresh("soler-estudio.com", registrar_account, key="asked")
    Operation.objects.filter(pk=reading.pk).update(sends=MOST_SENDS)

    turns(reading, run_due, 1)

    assert reading.state == State.SUCCEEDED


# --- intents --------------------------------------------------------------------------------------------------------


def test_long_names_keep_intents_of_their_own(registrar_account: Any) -> None:
    beginning = ".".join(["x" * 60] * 3)
    long_names = [f"{beginning}.first.com", f"{beginning}.other.com"]

    first, other = (plan_refresh(name, registrar_account, key="after:op-0123456789ab") for name in long_names)
    again = plan_refresh(long_names[0], registrar_account, key="after:op-0123456789ab")

    assert first != other
    assert again == first
    assert max(len(first.intent_key), len(other.intent_key)) <= 120


# --- secrets --------------------------------------------------------------------------------------------------------


def test_secret_of_an_extension_is_sent_and_kept_nowhere(
    ready: Operation, run_due: Any, sandbox: Any
) -> None:
    Operation.objects.filter(pk=ready.pk).update(
        subject="domain:calm-orchard.aero",
        payload=ready.payload | {"tld": "aero", "extra": {"aero_id": "12345"}},
        secrets={"extra": {"aero_password": "canary-aero"}},
    )
    fault(sandbox, "reset_before")

    finish(ready, run_due, sandbox)

    sent = [row for row in Exchange.objects.filter(operation=ready) if row.action == "domain/create"]
    told = [f"{row.request} {row.reply}" for row in Exchange.objects.all()]
    told += [*ready.events.values_list("note", flat=True), *ready.attempts.values_list("message", flat=True)]
    assert ready.state == State.SUCCEEDED
    assert len(sent) == ready.sends == 2
    assert all("aeroPass=***" in row.request for row in sent)
    assert not [text for text in told if "canary-aero" in text]
    assert ready.secrets == {}
