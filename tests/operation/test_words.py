"""Operations in plain words: every state of every kind, for both readers."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from panel.operation.models import Operation
from panel.operation.reasons import failure_text, reason_label
from panel.operation.services import plan
from panel.operation.states import State, WaitingFor
from panel.operation.transition import move
from panel.operation.words import describe, kind_label, timeline_for
from registrar.mrdomain.errors import CODES

KINDS = ("contact.create", "domain.create", "domain.refresh", "mail.create")
TELLTALES = ("registrar", "mrdomain", "api", "account", "balance", "credential")


def unsaved(kind: str = "domain.create", state: str = State.QUEUED, **fields: Any) -> Operation:
    return Operation(kind=kind, state=state, subject="domain:a.com", label="a.com", **fields)


@pytest.mark.parametrize(
    ("kind", "state", "waiting"), list(itertools.product(KINDS, State.values, WaitingFor.values))
)
def test_words_for_customers_are_whole_and_never_name_the_registrar(
    kind: str, state: str, waiting: str
) -> None:
    words = describe(
        unsaved(kind, state, waiting_for=waiting, note="MrDomain said 1100 balance", reason="deadline")
    )

    assert words.title
    assert words.tone in {"neutral", "info", "success", "warning", "danger", "pending"}
    assert words.icon
    everything = f"{words.title} {words.text} {words.next_step}".lower()
    assert not [telltale for telltale in TELLTALES if telltale in everything]


@pytest.mark.parametrize("waiting", [WaitingFor.FUNDS, WaitingFor.REGISTRAR, WaitingFor.ACCOUNT])
def test_held_back_order_is_safe_and_not_charged(waiting: str) -> None:
    words = describe(unsaved(waiting_for=waiting, price=Decimal(10)))

    assert "nothing is charged until it succeeds" in words.text
    assert "You need do nothing." in words.next_step


def test_free_operation_says_nothing_of_money() -> None:
    for state in State.values:
        words = describe(unsaved("domain.refresh", state))
        assert "charged" not in f"{words.text} {words.next_step}"


@pytest.mark.parametrize("reason", sorted({row.reason for row in CODES.values()}))
def test_every_reason_of_a_refusal_has_a_sentence_and_a_step(reason: str) -> None:
    text, step = failure_text(reason)

    assert text.endswith(".")
    assert step.endswith(".")
    assert "_" not in text
    assert reason_label(reason)


def test_failure_says_whom_to_ask_and_what_to_quote(operator: Any) -> None:
    operation = unsaved(state=State.FAILED, reason="cancelled_by_registry", brand=operator, price=Decimal(10))

    words = describe(operation)

    assert "The registry cancelled the registration" in words.text
    assert "the money is back in your wallet" in words.text
    assert operator.support_email in words.next_step
    assert operation.public_id in words.next_step


def test_staff_read_the_cause_and_what_was_seen() -> None:
    operation = unsaved(waiting_for=WaitingFor.FUNDS, reason="insufficient_funds", note="1100: no balance")

    words = describe(operation, "staff")

    assert "Money at the registrar" in words.text
    assert "1100: no balance" in words.text
    assert "Top up the registrar account" in words.next_step


def test_unknown_kind_has_sane_words() -> None:
    assert kind_label("mail.create") == "Change"
    assert describe(unsaved("mail.create", State.SUCCEEDED)).title == "Done"


@pytest.fixture
def followed(registrar_account: Any, customer: Any, owner: Any, contact: Any) -> Callable[..., Operation]:
    """`followed((State.SENDING, {}), ...)`: an operation that went through these states."""

    def follow(*steps: tuple[State, dict[str, Any]]) -> Operation:
        with transaction.atomic():
            operation = plan(
                "contact.create",
                subject="contact:x",
                label="Ada",
                account=registrar_account,
                intent_key="words",
                payload={"contact_pk": contact.pk, "fingerprint": "x"},
                customer=customer,
                actor=owner,
            )
        for state, options in steps:
            assert move(operation.pk, state, **options)
        return (
            Operation.objects.prefetch_related("events__actor").select_related("brand").get(pk=operation.pk)
        )

    return follow


def test_timeline_tells_customers_what_matters_and_staff_everything(
    followed: Callable[..., Operation], staff: Any
) -> None:
    operation = followed(
        (State.SENDING, {}),
        (State.QUEUED, {"reason": "not_sent", "note": "connection refused", "due_in": 1}),
        (State.SENDING, {}),
        (State.QUEUED, {"reason": "not_sent", "note": "connection refused", "due_in": 1}),
        (State.SENDING, {}),
        (State.UNKNOWN, {"reason": "outcome_unknown", "due_in": 1}),
        (State.ATTENTION, {"reason": "deadline"}),
        (State.FAILED, {"reason": "given_up", "actor": staff, "note": "called them"}),
    )

    customers = timeline_for([operation])
    staffs = timeline_for([operation], "staff")

    assert [moment.words.title for moment in customers] == [
        "Registrant's details not accepted",
        "One of us is looking at it",
        "Being checked",
        "Waiting for our supplier",
        "Ordered",
    ]
    assert [bool(moment.words.text) for moment in customers] == [True, False, False, False, False]
    assert customers[-1].by == "Owner"
    assert customers[0].by == ""
    assert len(staffs) == 10
    assert staffs[0].by == "Staff"
    assert "called them" in staffs[0].words.text
    assert staffs[0].words.title.startswith("Failed")


def test_timeline_of_several_operations_is_newest_first(followed: Callable[..., Operation]) -> None:
    operation = followed((State.SENDING, {}))

    moments = timeline_for([operation], "staff")

    assert [moment.at for moment in moments] == sorted((moment.at for moment in moments), reverse=True)
