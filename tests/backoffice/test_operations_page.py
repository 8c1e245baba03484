"""The list of operations and an operation's page: filters, bulk actions, decisions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from panel.account.models import Exchange
from panel.billing import ledger
from panel.operation.models import Attempt, Operation

LIST = "/office/operations/"


def decide(client: Client, operation: Operation, decision: str, reason: str = "I saw it") -> Any:
    address = reverse("office:operation-decide", args=[operation.public_id])
    return client.post(address, {"decision": decision, "reason": reason}, follow=True)


def bulk(client: Client, action: str, operations: list[Operation], reason: str = "because") -> Any:
    ids = [operation.pk for operation in operations]
    return client.post(LIST, {"action": action, "ids": ids, "reason": reason}, follow=True)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("state=attention", {"stuck.com"}),
        ("state=open", {"stuck.com", "waits.com"}),
        ("q=WAITS", {"waits.com"}),
        ("kind=domain.refresh", {"done.com"}),
        ("reason=deadline", {"stuck.com"}),
        ("q=nothing-like-it", set()),
    ],
)
def test_list_filters(
    office: Client, make_operation: Callable[..., Operation], query: str, expected: set[str]
) -> None:
    make_operation("attention", name="stuck.com", reason="deadline")
    make_operation("waiting", name="waits.com")
    make_operation("succeeded", name="done.com", kind="domain.refresh")

    listing = office.get(f"{LIST}?{query}").context["listing"]

    assert {row.record.label for row in listing.rows} == expected


def test_operation_page_shows_exchanges_and_no_secret(
    office: Client, make_operation: Callable[..., Operation]
) -> None:
    operation = make_operation("attention", attempt=1)
    Attempt.objects.create(
        operation=operation, number=1, purpose="submit", worker="w", outcome="OutcomeUnknown"
    )
    Exchange.objects.create(
        account=operation.account,
        operation=operation,
        attempt=1,
        action="domain/create",
        request="domain=name-0.com",
        reply="<oops>",
    )

    page = office.get(reverse("office:operation", args=[operation.public_id])).content.decode()

    assert "domain/create" in page
    assert "domain=name-0.com" in page
    assert "&lt;oops&gt;" in page
    assert "never-to-be-seen" not in page


def test_long_call_is_shown_by_its_beginning_and_led_to(
    office: Client, make_operation: Callable[..., Operation]
) -> None:
    operation = make_operation("waiting", attempt=1)
    Attempt.objects.create(operation=operation, number=1, purpose="poll", worker="w")
    kept = Exchange.objects.create(
        account=operation.account, operation=operation, attempt=1, action="domain/list", request="page=1",
        reply="x" * 40_000 + "the-end",
    )  # fmt: skip
    whole = reverse("office:exchange", args=[kept.pk])

    page = office.get(reverse("office:operation", args=[operation.public_id])).content.decode()

    assert "x" * 2000 in page
    assert "the-end" not in page
    assert f'href="{whole}"' in page
    assert "the-end" in office.get(whole).content.decode()


def test_attempts_of_days_of_polling_are_shown_when_asked_for(
    office: Client, make_operation: Callable[..., Operation]
) -> None:
    operation = make_operation("waiting", attempt=23)
    for number in range(1, 24):
        Attempt.objects.create(operation=operation, number=number, purpose="poll", worker="w")
    address = reverse("office:operation", args=[operation.public_id])

    page, whole = office.get(address), office.get(f"{address}?all=1")

    assert [item["attempt"].number for item in page.context["attempts"]] == [*range(23, 3, -1)]
    assert "3 earlier attempts" in page.content.decode()
    assert [item["attempt"].number for item in whole.context["attempts"]] == [*range(23, 0, -1)]
    assert "earlier attempt" not in whole.content.decode()


def test_decision_without_a_reason_changes_nothing(
    office: Client, make_operation: Callable[..., Operation]
) -> None:
    operation = make_operation("attention")

    response = decide(office, operation, "give-up", reason="  ")

    operation.refresh_from_db()
    assert operation.state == "attention"
    assert response.status_code == 422
    assert "Say why" in response.content.decode()


def test_it_did_not_happen_give_up_releases_the_money(
    office: Client, staff: Any, customer: Any, make_operation: Callable[..., Operation]
) -> None:
    operation = make_operation("attention", price=Decimal("10.00"), currency="EUR")
    ledger.hold(operation)
    assert ledger.held(customer) == Decimal("10.00")

    decide(office, operation, "give-up", "not in their panel")

    operation.refresh_from_db()
    assert operation.state == "failed"
    assert ledger.held(customer) == 0
    assert ledger.balance(customer) == Decimal("500.00")
    event = operation.events.last()
    assert event is not None
    assert (event.actor, event.note) == (staff, "not in their panel")


def test_it_did_happen_captures_the_money_and_makes_the_domain(
    office: Client, customer: Any, make_operation: Callable[..., Operation]
) -> None:
    operation = make_operation("attention", name="mine.com", price=Decimal("10.00"), currency="EUR")
    ledger.hold(operation)

    decide(office, operation, "happened")

    operation.refresh_from_db()
    assert operation.state == "succeeded"
    assert ledger.balance(customer) == Decimal("490.00")
    assert customer.domains.get().name == "mine.com"


@pytest.mark.parametrize(("decision", "state"), [("again", "queued"), ("look", "unknown")])
def test_send_again_and_look_again(
    office: Client, make_operation: Callable[..., Operation], decision: str, state: str
) -> None:
    operation = make_operation("attention")

    decide(office, operation, decision)

    operation.refresh_from_db()
    assert operation.state == state


def test_hurry_is_refused_in_its_own_words_when_the_registrar_was_asked_a_moment_ago(
    office: Client, make_operation: Callable[..., Operation]
) -> None:
    operation = make_operation("waiting", asked_at=timezone.now())

    page = decide(office, operation, "retry").content.decode()

    assert "Not now: it was asked about a moment ago" in page


def test_cancel_of_what_was_sent_is_refused(office: Client, make_operation: Callable[..., Operation]) -> None:
    operation = make_operation("waiting")

    response = decide(office, operation, "cancel")

    operation.refresh_from_db()
    assert operation.state == "waiting"
    assert "Too late" in response.content.decode()


def test_bulk_cancel_takes_only_what_was_not_sent(
    office: Client, make_operation: Callable[..., Operation]
) -> None:
    unsent, sent = make_operation("queued"), make_operation("sending")

    bulk(office, "cancel", [unsent, sent])

    assert list(Operation.objects.order_by("pk").values_list("state", flat=True)) == ["cancelled", "sending"]


def test_bulk_retry_makes_due_and_sends_nothing_by_itself(
    office: Client, make_operation: Callable[..., Operation]
) -> None:
    later = timezone.now() + timedelta(hours=1)
    rows = [make_operation("queued"), make_operation("unknown"), make_operation("succeeded")]
    Operation.objects.exclude(state="succeeded").update(next_check_at=later)

    page = bulk(office, "retry", rows).content.decode()

    due = Operation.objects.filter(next_check_at__lte=timezone.now())
    assert set(due) == set(rows[:2])
    assert not Exchange.objects.exists()
    assert "2 operations: done." in page


@pytest.mark.parametrize(
    ("action", "reason"), [("look", " "), ("cancel", ""), ("erase", "because"), ("", "x")]
)
def test_bulk_without_a_reason_or_an_action_is_refused_and_keeps_the_choice(
    office: Client, make_operation: Callable[..., Operation], action: str, reason: str
) -> None:
    operation, queued = make_operation("attention"), make_operation("queued")
    ids = [operation.pk, queued.pk]

    response = office.post(f"{LIST}?state=attention", {"action": action, "reason": reason, "ids": ids})

    assert response.status_code == 422
    assert [row.label for row in response.context["listing"].rows] == [operation.label]
    assert response.context["listing"].picked == {str(pk) for pk in ids}
    assert set(Operation.objects.values_list("state", flat=True)) == {"attention", "queued"}


def test_bulk_comes_back_to_the_list_as_it_was_filtered(
    office: Client, make_operation: Callable[..., Operation]
) -> None:
    operation = make_operation("queued")

    response = office.post(f"{LIST}?state=queued&size=25", {"action": "retry", "ids": [operation.pk]})

    assert (response.status_code, response["Location"]) == (302, f"{LIST}?state=queued&size=25")


def test_poll_of_an_open_operation_goes_on_and_ends(
    office: Client, make_operation: Callable[..., Operation]
) -> None:
    operation = make_operation("waiting")
    address = reverse("office:operation", args=[operation.public_id])
    headers = {"HTTP_HX_REQUEST": "true"}

    assert office.get(address, **headers).status_code == 200
    Operation.objects.update(state="attention")
    ended = office.get(address, **headers)

    assert ended.status_code == 286
    assert ended["HX-Refresh"] == "true"
