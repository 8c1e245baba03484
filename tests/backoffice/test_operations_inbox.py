"""The inbox's page: groups, what is offered for each, and that every verdict has a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from panel.account.models import Exchange
from panel.backoffice import inbox as page
from panel.operation.models import Operation

INBOX = "/office/operations/inbox/"


def act(client: Client, action: str, key: str, reason: str = "") -> Any:
    return client.post(f"{INBOX}act/", {"group": key, "action": action, "reason": reason}, follow=True)


def entries(client: Client) -> Any:
    return client.get(INBOX).context["entries"]


def test_page_says_registrar_cause_and_number(
    office: Client, make_operation: Callable[..., Operation]
) -> None:
    for _ in range(14):
        make_operation("attention", reason="nothing_proved", cause="phone … invalid", note="phone 1 invalid")

    response = office.get(INBOX)

    (entry,) = response.context["entries"]
    assert (entry.title, entry.number) == ("MrDomain: phone … invalid", 14)
    assert entry.detail == "Registration · Several looks proved nothing."
    assert len(entry.rows) == page.SHOWN
    content = response.content.decode()
    assert "14 operations" in content
    assert "phone 1 invalid" in content
    assert "Show them as a list: 4 more" in content


def test_group_leads_to_the_list_of_its_operations(
    office: Client, make_operation: Callable[..., Operation]
) -> None:
    stuck = make_operation("attention", reason="deadline")
    make_operation("attention", reason="vanished")

    entry = next(entry for entry in entries(office) if stuck in entry.rows)

    rows = office.get(entry.url).context["listing"].rows
    assert [row.record for row in rows] == [stuck]


def test_list_of_a_group_that_nobody_knows_is_empty(
    office: Client, make_operation: Callable[..., Operation]
) -> None:
    make_operation("attention")

    assert office.get("/office/operations/?group=nonsense").context["listing"].rows == []


@pytest.mark.parametrize(
    ("state", "fields", "actions"),
    [
        ("attention", {}, ("look",)),
        ("attention", {"absences": 2}, ("look", "send")),
        ("unknown", {}, ("retry",)),
        ("queued", {"waiting_for": "registrar"}, ("retry",)),
    ],
)
def test_only_what_is_safe_is_offered(
    office: Client, make_operation: Callable[..., Operation], state: str, fields: Any, actions: Any
) -> None:
    make_operation(state, **fields)

    assert entries(office)[0].actions == actions


def test_failures_are_shown_and_nothing_is_offered(
    office: Client, make_operation: Callable[..., Operation]
) -> None:
    make_operation("failed", reason="contact_data", cause="phone … invalid")

    response = office.get(INBOX)

    (failure,) = response.context["failures"]
    assert (failure.title, failure.actions) == ("MrDomain: phone … invalid", ())
    assert not response.context["entries"]
    assert "Failed of late" in response.content.decode()


def test_looking_again_takes_the_whole_group_with_the_reason(
    office: Client, staff: Any, make_operation: Callable[..., Operation]
) -> None:
    rows = [make_operation("attention", reason="deadline") for _ in range(page.SHOWN + 2)]
    other = make_operation("attention", reason="vanished")
    key = next(entry.key for entry in entries(office) if rows[0] in entry.rows)

    response = act(office, "look", key, "registrar says it is back")

    assert set(Operation.objects.filter(state="unknown")) == set(rows)
    event = rows[-1].events.get()
    assert (event.actor, event.note) == (staff, "registrar says it is back")
    other.refresh_from_db()
    assert other.state == "attention"
    assert "12 operations: done." in response.content.decode()


def test_sending_again_takes_only_what_is_proved_absent(
    office: Client, make_operation: Callable[..., Operation]
) -> None:
    proved = make_operation("attention", reason="deadline", absences=2)
    unproved = make_operation("attention", reason="deadline")
    (entry,) = entries(office)

    act(office, "send", entry.key, "topped up")

    assert entry.sendable == 1
    assert Operation.objects.get(pk=proved.pk).state == "queued"
    assert Operation.objects.get(pk=unproved.pk).state == "attention"
    assert not Exchange.objects.exists()


def test_trying_now_makes_the_group_due_without_a_reason(
    office: Client, make_operation: Callable[..., Operation]
) -> None:
    rows = [make_operation("queued", waiting_for="registrar") for _ in range(3)]
    Operation.objects.update(next_check_at=timezone.now() + timedelta(hours=1))

    act(office, "retry", entries(office)[0].key)

    assert set(Operation.objects.filter(next_check_at__lte=timezone.now())) == set(rows)


@pytest.mark.parametrize(
    ("action", "reason", "says"),
    [
        ("look", "  ", "Say why"),
        ("send", "", "Say why"),
        ("give-up", "because", "Select a valid choice"),
        ("", "because", "required"),
        ("look", "x" * 501, "at most 500"),
    ],
)
def test_bad_input_is_refused_and_changes_nothing(
    office: Client, make_operation: Callable[..., Operation], action: str, reason: str, says: str
) -> None:
    operation = make_operation("attention", absences=2)

    response = act(office, action, entries(office)[0].key, reason)

    operation.refresh_from_db()
    assert (response.status_code, operation.state) == (422, "attention")
    assert says in response.content.decode()
    assert response.context["entries"][0].is_open


@pytest.mark.parametrize("key", ["", "nonsense", "W10"])
def test_group_that_nobody_knows_is_refused(
    office: Client, make_operation: Callable[..., Operation], key: str
) -> None:
    make_operation("attention")

    response = act(office, "look", key, "because")

    assert response.status_code == 422
    assert "reload the page" in response.content.decode() or not key


def test_group_that_is_gone_meanwhile_is_told(
    office: Client, make_operation: Callable[..., Operation]
) -> None:
    make_operation("attention", reason="deadline")
    key = entries(office)[0].key
    Operation.objects.update(state="unknown")

    page = act(office, "look", key, "because").content.decode()

    assert "it has changed meanwhile" in page


def test_large_group_is_done_in_several_clicks(
    office: Client, make_operation: Callable[..., Operation], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "MOST_AT_ONCE", 2)
    for _ in range(3):
        make_operation("attention", reason="deadline")
    key = entries(office)[0].key

    first = act(office, "look", key, "because").content.decode()
    second = act(office, "look", key, "because").content.decode()

    assert "press again" in first
    assert "press again" not in second
    assert Operation.objects.filter(state="unknown").count() == 3


def test_page_takes_the_same_queries_with_1_and_40_operations(
    office: Client, make_operation: Callable[..., Operation]
) -> None:
    def queries() -> int:
        office.get(INBOX)
        with CaptureQueriesContext(connection) as captured:
            office.get(INBOX)
        return len(captured)

    make_operation("attention", reason="r0")
    make_operation("failed", reason="f0")
    few = queries()
    for number in range(40):
        make_operation("attention", reason=f"r{number % 7}")
        make_operation("failed", reason=f"f{number % 5}")

    assert queries() == few


def test_empty_inbox_says_what_gathers_there(office: Client, db: None) -> None:
    assert "Nothing stands still" in office.get(INBOX).content.decode()


def test_customer_reads_the_same_truth_in_other_words_with_an_id_to_quote(
    owner: Any, make_operation: Callable[..., Operation]
) -> None:
    from tests.backoffice.conftest import sign_in

    operation = make_operation("attention", reason="vanished", note="[2003] unknown at MrDomain")

    content = sign_in(owner).get(f"/operations/{operation.public_id}/").content.decode()

    assert "It was accepted, and we cannot see what became of it" in content
    assert operation.public_id in content
    assert "MrDomain" not in content
    assert "2003" not in content
