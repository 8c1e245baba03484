"""The life of an operation, against a registrar on real HTTP."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from django.utils import timezone

from panel.account import gateway
from panel.account.models import Account, Exchange
from panel.billing import ledger
from panel.billing.models import Entry
from panel.contact.models import ContactHandle
from panel.domain.models import Domain
from panel.operation import engine, services, sweep
from panel.operation.models import Attempt, Operation
from panel.operation.states import FINAL, PROOFS_OF_ABSENCE, TRANSITIONS, Purpose, State
from panel.operation.transition import IllegalTransition, move
from registrar import errors
from tests.conftest import control

pytestmark = pytest.mark.django_db

NAME = "quiet-harbor-lights.com"


def creations(sandbox: Any, name: str = NAME) -> list[dict[str, Any]]:
    """What the registrar really executed for the name."""
    journal = control(sandbox, "GET", "/journal")
    rows = journal["journal"] if isinstance(journal, dict) and "journal" in journal else journal
    rows = rows["entries"] if isinstance(rows, dict) else rows
    return [row for row in rows if row["action"] == "domain/create" and row["subject"] == name]


def fault(sandbox: Any, kind: str, action: str = "domain/create", times: int = 1, **more: Any) -> None:
    """Make the registrar misbehave."""
    control(
        sandbox,
        "POST",
        "/faults",
        {"family": "mrdomain", "action": action, "kind": kind, "times": times, **more},
    )


def finish(operation: Operation, run_due: Callable[..., int], sandbox: Any, rounds: int = 14) -> Operation:
    """Let everything happen at once until the operation rests."""
    for _ in range(rounds):
        run_due(hurry=True)
        operation.refresh_from_db()
        if operation.state in FINAL or operation.state == State.ATTENTION:
            break
        control(sandbox, "POST", "/settle")
    return operation


def test_order_becomes_an_active_domain(order_name: Any, run_due: Any, sandbox: Any, customer: Any) -> None:
    operation = order_name(NAME)

    finish(operation, run_due, sandbox)

    domain = Domain.objects.get(name=NAME)
    assert operation.state == State.SUCCEEDED
    assert domain.status == Domain.Status.ACTIVE
    assert domain.customer == customer
    assert domain.expires_on is not None
    assert len(creations(sandbox)) == 1


def test_order_holds_the_price_and_captures_it_on_success(
    order_name: Any, run_due: Any, sandbox: Any, customer: Any
) -> None:
    operation = order_name(NAME)
    held = ledger.held(customer)

    finish(operation, run_due, sandbox)

    assert held == operation.price > 0
    assert ledger.held(customer) == 0
    assert ledger.balance(customer) == Decimal(500) - operation.price
    assert list(operation.entries.order_by("pk").values_list("kind", flat=True)) == ["hold", "capture"]


def test_waiting_operation_is_not_done_while_the_registry_is_slow(
    order_name: Any, run_due: Any, sandbox: Any
) -> None:
    operation = order_name(NAME)

    for _ in range(2):
        run_due()

    operation.refresh_from_db()
    assert operation.state == State.WAITING
    assert Domain.objects.get(name=NAME).status == Domain.Status.REGISTERING
    assert Entry.objects.filter(operation=operation, kind="capture").count() == 0


def test_waiting_operation_is_polled_at_the_ten_minute_beat(
    order_name: Any, run_due: Any, sandbox: Any, settings: Any
) -> None:
    settings.OPERATION_POLL_SECONDS = 600
    operation = order_name(NAME)

    for _ in range(2):
        run_due()

    operation.refresh_from_db()
    wait = operation.next_check_at - timezone.now()
    assert timedelta(seconds=450) < wait < timedelta(seconds=730)
    assert run_due() == 0


@pytest.mark.parametrize(
    "kind", ["timeout_after", "reset_after", "http_500_after", "garbage", "cut"], ids=lambda kind: kind
)
def test_lost_answer_is_looked_up_and_never_sent_again(
    order_name: Any, run_due: Any, sandbox: Any, customer: Any, settings: Any, kind: str
) -> None:
    settings.OPERATION_CALL_SECONDS = 1
    operation = order_name(NAME)
    fault(sandbox, kind, seconds=3)

    finish(operation, run_due, sandbox)

    assert operation.state == State.SUCCEEDED
    assert len(creations(sandbox)) == 1
    assert operation.events.filter(to_state=State.UNKNOWN).exists()
    assert ledger.balance(customer) == Decimal(500) - operation.price


@pytest.mark.parametrize("kind", ["timeout_before", "reset_before", "http_500_before"])
def test_request_that_was_lost_is_sent_again_after_two_proofs_of_absence(
    order_name: Any, run_due: Any, sandbox: Any, settings: Any, kind: str
) -> None:
    settings.OPERATION_CALL_SECONDS = 1
    operation = order_name(NAME)
    fault(sandbox, kind, seconds=3)

    finish(operation, run_due, sandbox)

    looks = operation.attempts.filter(purpose=Purpose.RECONCILE, outcome="absent").count()
    assert operation.state == State.SUCCEEDED
    assert operation.sends == 2
    assert looks == PROOFS_OF_ABSENCE
    assert len(creations(sandbox)) == 1


def test_registrar_that_is_down_delays_and_charges_nothing(
    order_name: Any, run_due: Any, sandbox: Any, customer: Any
) -> None:
    operation = order_name(NAME)
    endpoint = operation.account.endpoint
    Account.objects.update(endpoint="http://127.0.0.1:9/")

    for _ in range(4):
        run_due(hurry=True)

    waiting = Operation.objects.get(pk=operation.depends_on_id)
    assert waiting.state == State.QUEUED
    assert waiting.waiting_for == "registrar"
    assert Entry.objects.filter(kind="capture").count() == 0

    Account.objects.update(endpoint=endpoint, failures=0, retry_after=None)
    finish(operation, run_due, sandbox)
    assert operation.state == State.SUCCEEDED


def test_name_that_somebody_took_fails_and_gives_the_money_back(
    order_name: Any, run_due: Any, sandbox: Any, customer: Any
) -> None:
    operation = order_name(NAME)
    control(sandbox, "POST", "/world/mrdomain", {"take_name": NAME})

    finish(operation, run_due, sandbox)

    assert operation.state == State.FAILED
    assert operation.reason == "already_exists"
    assert ledger.balance(customer) == Decimal(500)
    assert ledger.held(customer) == 0
    assert creations(sandbox) == []


def test_registration_that_the_registry_cancels_fails_and_gives_the_money_back(
    order_name: Any, run_due: Any, sandbox: Any, customer: Any
) -> None:
    operation = order_name(NAME)
    for _ in range(2):
        run_due()
    control(sandbox, "POST", "/world/mrdomain", {"domain": NAME, "set": {"status": "register-cancel"}})

    run_due(hurry=True)

    operation.refresh_from_db()
    assert operation.state == State.FAILED
    assert ledger.balance(customer) == Decimal(500)
    assert Domain.objects.get(name=NAME).status == Domain.Status.REGISTRATION_CANCELLED


def test_empty_registrar_balance_parks_the_operation_until_the_top_up(
    order_name: Any, run_due: Any, sandbox: Any
) -> None:
    control(sandbox, "POST", "/world/mrdomain", {"balance": 1})
    operation = order_name(NAME)

    for _ in range(3):
        run_due(hurry=True)

    operation.refresh_from_db()
    assert (operation.state, operation.waiting_for) == (State.QUEUED, "funds")

    control(sandbox, "POST", "/world/mrdomain", {"balance": 500})
    finish(operation, run_due, sandbox)
    assert operation.state == State.SUCCEEDED


def test_refused_credentials_stop_the_queue_of_that_account_only(
    order_name: Any, run_due: Any, sandbox: Any
) -> None:
    operation = order_name(NAME)
    account = operation.account
    account.credentials = {"apiuser": "demo", "apipasswd": "wrong"}
    account.save()

    run_due()

    account.refresh_from_db()
    operation.refresh_from_db()
    assert account.state == "stopped"
    assert run_due(hurry=True) == 0
    assert operation.state == State.PLANNED


def test_worker_that_died_in_the_call_leaves_an_unknown_that_is_found_out(
    order_name: Any, run_due: Any, sandbox: Any
) -> None:
    operation = order_name(NAME)
    run_due()
    Operation.objects.filter(pk=operation.pk).update(next_check_at=timezone.now() - timedelta(seconds=5))
    claimed = engine.claim(operation.pk)
    assert claimed is not None
    Operation.objects.filter(pk=operation.pk).update(lease_until=timezone.now() - timedelta(seconds=1))

    recovered = sweep.recover(quarantine=0)

    operation.refresh_from_db()
    assert recovered == 1
    assert (operation.state, operation.reason) == (State.UNKNOWN, "lease_lapsed")
    assert finish(operation, run_due, sandbox).state == State.SUCCEEDED
    assert len(creations(sandbox)) == 1


def test_worker_that_wakes_up_after_its_lease_records_nothing(
    order_name: Any, run_due: Any, sandbox: Any
) -> None:
    operation = order_name(NAME)
    run_due()
    Operation.objects.filter(pk=operation.pk).update(next_check_at=timezone.now() - timedelta(seconds=5))
    claimed = engine.claim(operation.pk)
    assert claimed is not None
    late, _purpose = claimed
    Operation.objects.filter(pk=operation.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    sweep.recover(quarantine=0)

    engine.record_refusal(late, engine.registry.kind_for(late.kind), errors.Refused("no", reason="refused"))

    operation.refresh_from_db()
    assert operation.state == State.UNKNOWN
    assert Entry.objects.filter(operation=operation, kind="release").count() == 0


def test_claim_is_given_to_one_worker_only(order_name: Any, run_due: Any) -> None:
    operation = order_name(NAME)
    first = operation.depends_on

    assert engine.claim(first.pk) is not None
    assert engine.claim(first.pk) is None
    assert Attempt.objects.filter(operation=first).count() == 1


def test_run_of_an_operation_that_is_not_due_does_nothing(
    order_name: Any, run_due: Any, sandbox: Any
) -> None:
    operation = order_name(NAME)
    run_due()
    run_due()
    before = Exchange.objects.count()

    for _ in range(3):
        engine.run(operation.pk)

    assert Exchange.objects.count() == before


def test_final_state_is_never_left(order_name: Any, run_due: Any, sandbox: Any) -> None:
    operation = finish(order_name(NAME), run_due, sandbox)

    for target in State:
        sources = [source for source, targets in TRANSITIONS.items() if target in targets]
        if sources:
            assert move(operation.pk, target) is None
    operation.refresh_from_db()
    assert operation.state == State.SUCCEEDED


def test_move_that_the_table_does_not_have_is_refused(order_name: Any) -> None:
    operation = order_name(NAME)

    with pytest.raises(IllegalTransition):
        move(operation.pk, State.SUCCEEDED, sources=[State.PLANNED])


def test_second_open_operation_for_the_same_name_dies_in_the_database(order_name: Any) -> None:
    operation = order_name(NAME)

    with pytest.raises(services.AlreadyOpen) as raised:
        services.plan(
            "domain.create",
            subject=operation.subject,
            label=NAME,
            account=operation.account,
            intent_key="another intent",
            payload={},
        )

    assert raised.value.operation == operation


def test_same_intent_is_the_same_operation(order_name: Any) -> None:
    operation = order_name(NAME)

    again = services.plan(
        operation.kind,
        subject=operation.subject,
        label=NAME,
        account=operation.account,
        intent_key=operation.intent_key,
        payload={},
    )

    assert again == operation


def test_contact_is_copied_once_for_two_names_of_one_order(
    order_name: Any, run_due: Any, sandbox: Any
) -> None:
    first = order_name(NAME)
    second = order_name("second-harbor-lights.com")

    finish(first, run_due, sandbox)
    finish(second, run_due, sandbox)

    assert {first.state, second.state} == {State.SUCCEEDED}
    assert ContactHandle.objects.filter(contact__isnull=False).count() == 1


def test_lost_answer_of_a_contact_is_found_by_its_content(
    order_name: Any, run_due: Any, sandbox: Any, contact: Any
) -> None:
    operation = order_name(NAME)
    fault(sandbox, "reset_after", action="contact/create")

    finish(operation, run_due, sandbox)

    assert operation.state == State.SUCCEEDED
    journal = control(sandbox, "GET", "/journal")
    rows = journal if isinstance(journal, list) else next(v for v in journal.values() if isinstance(v, list))
    assert len([row for row in rows if row["action"] == "contact/create"]) == 1


def test_dependent_fails_with_its_dependency_and_the_money_comes_back(
    order_name: Any, run_due: Any, sandbox: Any, customer: Any
) -> None:
    operation = order_name(NAME)
    fault(sandbox, "code:3002", action="contact/create", times=9)

    finish(operation, run_due, sandbox)

    assert (operation.state, operation.reason) == (State.FAILED, "dependency_failed")
    assert ledger.balance(customer) == Decimal(500)


def test_deadline_ends_in_attention_and_not_in_silence(order_name: Any, run_due: Any, sandbox: Any) -> None:
    operation = order_name(NAME)
    for _ in range(2):
        run_due()
    past = timezone.now() - timedelta(minutes=1)
    Operation.objects.filter(pk=operation.pk).update(deadline_at=past)

    sweep.overdue()

    operation.refresh_from_db()
    assert (operation.state, operation.reason) == (State.ATTENTION, "deadline")


@pytest.mark.parametrize(
    ("verdict", "state", "balance"),
    [(services.it_happened, State.SUCCEEDED, "-"), (services.give_up, State.FAILED, "500.00")],
    ids=["it happened", "given up"],
)
def test_verdict_of_a_person_ends_the_operation_and_settles_the_money(
    order_name: Any,
    run_due: Any,
    sandbox: Any,
    staff: Any,
    customer: Any,
    verdict: Any,
    state: str,
    balance: str,
) -> None:
    operation = order_name(NAME)
    for _ in range(2):
        run_due()
    move(operation.pk, State.ATTENTION, sources=[State.WAITING], reason="deadline")
    operation.refresh_from_db()

    assert verdict(operation, actor=staff, reason="seen in the registrar's panel")

    operation.refresh_from_db()
    expected = Decimal(500) - operation.price if balance == "-" else Decimal(balance)
    assert operation.state == state
    assert ledger.balance(customer) == expected
    assert operation.events.last().actor == staff


def test_audit_trail_has_one_beginning_one_end_and_no_gap(
    order_name: Any, run_due: Any, sandbox: Any, settings: Any
) -> None:
    settings.OPERATION_CALL_SECONDS = 1
    operation = order_name(NAME)
    fault(sandbox, "reset_after")

    finish(operation, run_due, sandbox)

    events = list(operation.events.all())
    numbers = list(operation.attempts.values_list("number", flat=True))
    assert events[0].from_state == ""
    assert sum(event.to_state in FINAL for event in events) == 1
    assert all(after.from_state == before.to_state for before, after in pairwise(events))
    assert numbers == list(range(1, operation.attempt + 1))
    assert operation.attempts.filter(ended_at__isnull=True).count() == 0


def test_exchanges_are_archived_without_the_password(order_name: Any, run_due: Any, sandbox: Any) -> None:
    account = Account.objects.get()
    operation = finish(order_name(NAME), run_due, sandbox)

    sent = list(Exchange.objects.filter(account=account))

    assert "domain/create" in {exchange.action for exchange in sent}
    assert all("apipasswd=demo" not in exchange.request for exchange in sent)
    assert operation.exchanges.count() > 0


def test_registry_in_maintenance_delays_that_name_only(order_name: Any, run_due: Any, sandbox: Any) -> None:
    operation = order_name(NAME)
    fault(sandbox, "code:2003")

    for _ in range(2):
        run_due(hurry=True)

    operation.refresh_from_db()
    assert (operation.state, operation.waiting_for) == (State.QUEUED, "registrar")
    assert Account.objects.get().retry_after is None
    assert finish(operation, run_due, sandbox).state == State.SUCCEEDED


def test_http_429_rests_the_whole_account(
    registrar_account: Any, order_name: Any, run_due: Any, sandbox: Any
) -> None:
    operation = order_name(NAME)
    with pytest.raises(errors.RateLimited), gateway.open_account(registrar_account, "customer"):
        raise errors.RateLimited("slow down", after=120)

    run_due(hurry=True)

    operation.refresh_from_db()
    registrar_account.refresh_from_db()
    assert registrar_account.retry_after > timezone.now() + timedelta(seconds=100)
    assert operation.depends_on.exchanges.count() == 0
    assert Operation.objects.get(pk=operation.depends_on_id).waiting_for == "registrar"


def test_name_held_by_a_copy_of_the_registrant_is_ours(order_name: Any, run_due: Any, sandbox: Any) -> None:
    operation = order_name(NAME)
    fault(sandbox, "reset_after")
    run_due()
    run_due()
    original = ContactHandle.objects.get(contact__isnull=False)
    ContactHandle.objects.filter(pk=original.pk).update(handle="XXX-1")
    Operation.objects.filter(pk=operation.depends_on_id).update(result={"handle": "XXX-1"})

    finish(operation, run_due, sandbox)

    assert operation.state == State.SUCCEEDED
    assert len(creations(sandbox)) == 1
