"""What proves a renewal, and what only looks like one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from panel.billing import ledger
from panel.domain.operations_renew import Moved, later, moved, plan_renew
from panel.operation.looks import MOST_UNCLEAR
from panel.operation.models import Operation
from panel.operation.services import it_happened
from panel.operation.states import State
from tests.operation.crashing import work
from tests.operation.renewals import PRICE, RENEWED
from tests.operation.stage import Stage
from tests.operation.worlds import World

pytestmark = pytest.mark.django_db
FAMILIES = list(RENEWED)
# How the sandboxes are told another expiry.
DATE = {
    "mrdomain": "tsExpir",
    "netim": "dateExpiration",
    "bookmyname": "registrar_expiration",
    "namecom": "expire_date",
}
REQUEST = {
    "mrdomain": "domain/renew",
    "netim": "domainRenew",
    "bookmyname": "domain_renew",
    "namecom": "order",
}
SOON = timedelta(days=20)


def ordered(stage: Stage, family: str, name: str = "", **believed: Any) -> Operation:
    domain = stage.domain(family, name or RENEWED[family], **believed)
    assert domain.expires_on is not None
    return plan_renew(domain, years=1, expires_on=domain.expires_on, actor=None, price=PRICE)


def start_of(operation: Operation) -> date:
    return date.fromisoformat(operation.starts_from["expires_on"])


def moves(stage: Stage, operation: Operation, family: str, until: date) -> None:
    """Somebody or something else at the registrar changes the expiry."""
    name = operation.payload["name"]
    World(stage.sandbox, family).change(domain=name, set={DATE[family]: until.isoformat()})


def lose(stage: Stage, family: str, kind: str = "reset_before") -> World:
    world = World(stage.sandbox, family)
    world.plant(REQUEST[family], kind, 1)
    return world


def after(operation: Operation, rounds: int = 2) -> Operation:
    for _ in range(rounds):
        work()
    operation.refresh_from_db()
    return operation


@pytest.mark.parametrize("family", FAMILIES)
def test_renewal_of_somebody_else_before_ours_is_not_ours(family: str, stage: Stage) -> None:
    operation = ordered(stage, family)
    moves(stage, operation, family, later(start_of(operation), 1))

    after(operation, 4)

    assert (operation.state, operation.reason) == (State.FAILED, "expiry_differs")
    assert "somebody else renewed it" in operation.note
    assert ledger.held(stage.customer) == 0
    assert World(stage.sandbox, family).effects(operation.payload["name"]) == []


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("years", [2, 0.5], ids=["by more", "by less"])
def test_expiry_that_moved_otherwise_goes_to_a_person_and_is_never_sent_again(
    family: str, years: float, stage: Stage
) -> None:
    operation = ordered(stage, family)
    lose(stage, family)
    work()
    moves(stage, operation, family, start_of(operation) + timedelta(days=round(365.25 * years)))

    after(operation, MOST_UNCLEAR + 2)

    assert (operation.state, operation.reason) == (State.ATTENTION, "nothing_proved")
    assert operation.sends == 1
    assert "not as ordered" in operation.note
    assert ledger.held(stage.customer) == PRICE


def test_expiry_is_compared_within_a_day() -> None:
    start = date(2026, 3, 1)

    assert moved(start, date(2027, 2, 28), 1) is Moved.AS_ORDERED
    assert moved(start, date(2027, 3, 3), 1) is Moved.OTHERWISE
    assert moved(start, start, 1) is Moved.NOT
    assert moved(date(2028, 2, 29), date(2029, 3, 1), 1) is Moved.AS_ORDERED
    assert later(date(2028, 2, 29), 1) == date(2029, 2, 28)


@pytest.mark.parametrize(
    ("mode", "days", "ends"),
    [
        ("automatic", 20, State.ATTENTION),
        ("automatic", 200, State.SUCCEEDED),
        ("manual", 20, State.SUCCEEDED),
        ("unknown", 20, State.SUCCEEDED),
    ],
)
def test_renewal_that_may_be_the_registrars_own_is_not_taken_for_ours(
    mode: str, days: int, ends: str, stage: Stage
) -> None:
    expiry = timezone.now().date() + timedelta(days=days)
    name = RENEWED["mrdomain"]
    World(stage.sandbox, "mrdomain").change(domain=name, set={"tsExpir": expiry.isoformat()})
    operation = ordered(stage, "mrdomain", renewal_mode=mode)
    lose(stage, "mrdomain")
    work()
    moves(stage, operation, "mrdomain", later(expiry, 1))

    after(operation, MOST_UNCLEAR + 2)

    assert operation.state == ends
    if ends == State.ATTENTION:
        assert "the registrar may have renewed it by itself" in operation.note


def test_registrars_own_history_is_shown_to_the_person_who_decides(stage: Stage) -> None:
    expiry = timezone.now().date() + SOON
    name = RENEWED["mrdomain"]
    world = World(stage.sandbox, "mrdomain")
    world.change(domain=name, set={"tsExpir": expiry.isoformat(), "renewalMode": "autorenew"})
    operation = ordered(stage, "mrdomain")
    lose(stage, "mrdomain")
    work()
    world.advance((SOON + timedelta(days=1)).total_seconds())

    after(operation, MOST_UNCLEAR + 2)

    assert operation.state == State.ATTENTION
    assert "system: Renewal Renewed automatically" in operation.note
    assert [row["action"] for row in world.effects(name)] == ["(autorenew)"]


def test_pending_renewal_of_somebody_else_is_waited_for_and_not_ours(stage: Stage) -> None:
    operation = ordered(stage, "netim", "bastienroux-photo.fr")
    with stage.driver("netim") as driver:
        driver.domains.renew("bastienroux-photo.fr", current_expiry=start_of(operation), years=1)
    World(stage.sandbox, "netim").plant("domainRenew", "code:E15-M1502", 9)

    after(operation, 2)
    assert (operation.state, "of somebody else is under way" in operation.note) == (State.UNKNOWN, True)
    World(stage.sandbox, "netim").settle()
    after(operation, 3)

    assert operation.state == State.FAILED
    assert ledger.held(stage.customer) == 0


def test_lost_answer_is_found_in_the_list_of_unfinished_operations(stage: Stage) -> None:
    operation = ordered(stage, "netim", "bastienroux-photo.fr")
    world = lose(stage, "netim", "reset_after")

    after(operation)

    assert operation.state == State.WAITING
    assert operation.reference.isdecimal()
    world.settle()
    assert after(operation).state == State.SUCCEEDED


def test_operation_that_is_older_than_the_order_is_not_it(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    operation = ordered(stage, "netim", "bastienroux-photo.fr")
    lose(stage, "netim", "reset_after")
    Operation.objects.filter(pk=operation.pk).update(created_at=timezone.now() + timedelta(days=3))

    after(operation, 3)

    assert operation.state == State.UNKNOWN
    assert operation.attempts.filter(outcome="unclear").exists()
    assert "is under way since" in operation.note


def test_lost_transaction_is_followed_by_the_pending_bit(stage: Stage) -> None:
    operation = ordered(stage, "bookmyname")
    world = lose(stage, "bookmyname", "reset_after")

    after(operation)

    assert (operation.state, operation.reference) == (State.WAITING, "")
    assert stage.customer.domains.get().status == "renewing"
    world.settle()
    assert after(operation).state == State.SUCCEEDED


def test_renewal_waits_for_another_change_of_the_name(stage: Stage) -> None:
    operation = ordered(stage, "bookmyname", "whitman-prints.com")

    after(operation, 1)
    assert (operation.state, operation.waiting_for, operation.sends) == (State.QUEUED, "registrar", 0)
    assert "under way: pendingUpdate" in operation.note
    account = stage.account("bookmyname")
    account.refresh_from_db()
    assert account.retry_after is None

    World(stage.sandbox, "bookmyname").settle()
    after(operation, 1)
    World(stage.sandbox, "bookmyname").settle()
    assert after(operation, 1).state == State.SUCCEEDED


def test_name_that_left_the_account_after_a_lost_answer_goes_to_a_person(stage: Stage) -> None:
    operation = ordered(stage, "namecom")
    world = lose(stage, "namecom")
    work()
    world.change(remove_domain=operation.payload["name"])

    after(operation, MOST_UNCLEAR + 2)

    assert (operation.state, operation.reason) == (State.ATTENTION, "nothing_proved")
    assert "not in the account any more" in operation.note


def test_person_vouches_for_the_years_that_were_ordered(stage: Stage, staff: Any) -> None:
    operation = ordered(stage, "mrdomain")
    Operation.objects.filter(pk=operation.pk).update(state=State.ATTENTION, next_check_at=None)

    assert it_happened(operation, actor=staff, reason="seen in the registrar's panel")

    operation.refresh_from_db()
    assert operation.result["expires_on"] == later(start_of(operation), 1).isoformat()
    assert stage.customer.domains.get().expires_on == later(start_of(operation), 1)
    assert ledger.balance(stage.customer) == 500 - PRICE
