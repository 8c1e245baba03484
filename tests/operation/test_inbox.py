"""What stands still, by cause: what is grouped, in which order, and what may be sent again without a look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from panel.account.models import Account
from panel.operation import engine, inbox, services, sweep
from panel.operation.clock import from_now
from panel.operation.models import Operation
from panel.operation.states import MOST_SENDS, State
from panel.operation.transition import move
from registrar import errors

pytestmark = pytest.mark.django_db


@pytest.fixture
def make(db: None) -> Callable[..., Operation]:
    """`make("attention", family="netim", reason="deadline")`"""
    accounts = {
        family: Account.objects.create(label=f"{family} {n}", family=family, endpoint="http://127.0.0.1:9/")
        for n, family in enumerate(("mrdomain", "netim"))
    }

    def make(state: str, *, family: str = "netim", promised: float = 3600, **fields: Any) -> Operation:
        number = Operation.objects.count()
        operation = Operation.objects.create(
            kind=fields.pop("kind", "domain.create"), subject=f"domain:d{number}.com", label=f"d{number}.com",
            account=accounts[family], intent_key=f"inbox:{number}", state=state,
            finished_at=timezone.now() if state == "failed" else None, **fields,
        )  # fmt: skip
        Operation.objects.filter(pk=operation.pk).update(promised_at=from_now(promised))
        return operation

    return make


def standing() -> Any:
    return inbox.standing(Operation.objects.all())


def test_same_message_about_many_names_is_one_group(make: Any) -> None:
    for phone in ("+33.612345678", "+34.600000000"):
        operation = make("sending")
        error = errors.OutcomeUnknown(f"phone {phone} of {operation.label} is odd")
        engine.record_refusal(operation, engine.registry.kind_for(operation.kind), error)

    (group,) = inbox.grouped(standing())

    assert (group.number, group.family, group.cause) == (2, "netim", "phone … of … is odd")


@pytest.mark.parametrize(
    "other",
    [
        {"family": "mrdomain"},
        {"kind": "contact.create"},
        {"state": "unknown"},
        {"reason": "vanished"},
        {"cause": "phone is odd"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_another_registrar_kind_state_reason_or_message_is_another_group(make: Any, other: Any) -> None:
    make("attention", reason="deadline")
    make(**{"state": "attention", "reason": "deadline", **other})

    assert [group.number for group in inbox.grouped(standing())] == [1, 1]


def test_group_with_the_earliest_deadline_of_a_customer_comes_first(make: Any) -> None:
    make("attention", reason="deadline", promised=500)
    make("attention", reason="vanished", promised=9000)
    make("attention", reason="vanished", promised=-60)
    Operation.objects.filter(pk=make("unknown").pk).update(promised_at=None)

    groups = inbox.grouped(standing())

    assert [(group.reason, group.number) for group in groups] == [("vanished", 2), ("deadline", 1), ("", 1)]


def test_what_goes_on_by_itself_is_not_in_the_inbox(make: Any) -> None:
    for state in ("planned", "queued", "sending", "waiting"):
        make(state)
    make("failed", reason="taken")

    assert not standing().exists()


def test_waiting_operation_is_in_the_inbox_once_it_is_later_than_promised(make: Any) -> None:
    operation = make("waiting", promised=-10)

    assert standing().get() == operation


def test_failures_of_late_leave_out_echoes_and_what_a_person_chose(make: Any) -> None:
    shown = make("failed", reason="taken")
    for reason in ("dependency_failed", "given_up"):
        make("failed", reason=reason)
    old = make("failed", reason="taken")
    Operation.objects.filter(pk=old.pk).update(finished_at=timezone.now() - timedelta(days=4))

    assert inbox.failed_lately(Operation.objects.all()).get() == shown


def test_groups_and_their_first_rows_take_two_queries_for_any_number(
    make: Any, django_assert_num_queries: Any
) -> None:
    for number in range(30):
        make("attention", reason=f"reason-{number % 6}")
    scope = standing().select_related("account")

    with django_assert_num_queries(2):
        groups = inbox.grouped(scope)
        rows = inbox.first_of_each(scope, groups, 3)

    assert [len(rows[group.key]) for group in groups] == [3] * 6


def test_first_rows_are_those_that_were_promised_first(make: Any) -> None:
    late, later, latest = (make("attention", promised=promised) for promised in (10, 20, 30))
    groups = inbox.grouped(standing())

    (rows,) = inbox.first_of_each(standing(), groups, 2).values()

    assert rows == [late, later]
    assert latest not in rows


def test_key_leads_back_to_the_group_and_to_no_other(make: Any) -> None:
    make("attention", reason="deadline", cause="schön, “…”")
    make("attention", reason="")
    for group in inbox.grouped(standing()):
        assert inbox.in_group(standing(), group.key).count() == 1


@pytest.mark.parametrize("key", ["", "x", "é", "W10", "WzEsMiwzLDQsNSw2XQ", "%%%%", "a" * 5000, "bnVsbA"])
def test_key_that_nobody_made_is_no_group(make: Any, key: str) -> None:
    with pytest.raises(inbox.NoSuchGroup):
        inbox.in_group(standing(), key)


def test_promise_is_kept_when_a_person_sends_again(order_name: Any, run_due: Any, staff: Any) -> None:
    operation = order_name("quiet-harbor-lights.com")
    promised = operation.promised_at
    move(operation.depends_on_id, State.FAILED, sources=[State.QUEUED])
    Operation.objects.filter(pk=operation.pk).update(state="attention", finished_at=None)

    services.send_again(operation, actor=staff, reason="not there")

    operation.refresh_from_db()
    assert timedelta(hours=23) < promised - timezone.now() < timedelta(hours=25)
    assert operation.promised_at == promised
    assert operation.deadline_at > promised


def test_words_of_a_person_are_no_cause(make: Any, staff: Any) -> None:
    operation = make("attention", note="x", cause="x")

    services.look_again(operation, actor=staff, reason="the customer called, 12345")

    operation.refresh_from_db()
    assert (operation.cause, operation.note) == ("", "the customer called, 12345")


def test_queued_operation_past_its_deadline_may_be_sent_again_without_a_look(make: Any, staff: Any) -> None:
    operation = make("queued", waiting_for="funds")
    Operation.objects.update(deadline_at=from_now(-1))
    sweep.overdue()
    (group,) = inbox.grouped(standing())
    operation.refresh_from_db()

    sent = services.send_again_if_proved(operation, actor=staff, reason="topped up")

    assert (group.state, group.sendable, sent) == (State.ATTENTION, 1, True)
    operation.refresh_from_db()
    assert operation.state == State.QUEUED


def test_operation_sent_too_often_may_be_sent_again_without_a_look(make: Any) -> None:
    operation = make("queued", sends=MOST_SENDS)
    Operation.objects.update(next_check_at=from_now(-1))

    engine.run(operation.pk)

    assert inbox.grouped(standing())[0].sendable == 1


@pytest.mark.parametrize("absences", [0, 1])
def test_what_is_not_proved_absent_is_not_sent_again_without_a_look(
    make: Any, staff: Any, absences: int
) -> None:
    operation = make("attention", reason="vanished", absences=absences)

    assert inbox.grouped(standing())[0].sendable == 0
    assert not services.send_again_if_proved(operation, actor=staff, reason="I think so")
    operation.refresh_from_db()
    assert operation.state == State.ATTENTION


def test_proof_does_not_outlive_a_look_that_came_between(make: Any, staff: Any) -> None:
    stale = make("attention", absences=2)
    services.look_again(stale, actor=staff, reason="to be sure")
    Operation.objects.update(state="attention", attempt=1, absences=2)

    assert not services.send_again_if_proved(stale, actor=staff, reason="as I saw it")
