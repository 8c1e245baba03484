"""News about what a registrar has not finished: one list for all that are due, and nobody asked too often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from panel.account import gateway
from panel.account.models import Account, Exchange
from panel.domain.models import Domain
from panel.operation import clock, engine, polling, services
from panel.operation.clock import from_now
from panel.operation.models import Attempt, Operation
from panel.operation.states import State
from registrar import types
from tests.conftest import control

pytestmark = pytest.mark.django_db


@pytest.fixture
def netim(sandbox: Any) -> Account:
    return Account.objects.create(
        label="Netim sandbox",
        family="netim",
        endpoint=f"{sandbox.url('netim').rstrip('/')}/2.0/",
        is_sandbox=True,
        credentials={"reseller": "DEMO01", "password": "demo"},
        balance=Decimal(5000),
    )


@pytest.fixture
def pending(netim: Account, customer: Any) -> Callable[[int], list[Operation]]:
    """`pending(3)`: registrations that wait at a slow registry, and are due."""

    def make(count: int) -> list[Operation]:
        rows = []
        with gateway.open_account(netim, "money") as driver:
            owner = driver.domains.contacts("brandt-moebelhaus.com").owner.handle
            for number in range(count):
                name = f"poll-{number}-harbor.fr"
                outcome = driver.domains.create(types.DomainOrder(name=name, owner=owner))
                assert isinstance(outcome, types.Pending)
                rows.append(waiting(netim, customer, name, outcome.reference))
        Exchange.objects.all().delete()
        return rows

    return make


def waiting(account: Account, customer: Any, name: str, reference: str) -> Operation:
    payload = {"years": 1, "nameservers": [], "tld": "fr", "owner": "", "premium": False, "extra": {}}
    operation = Operation.objects.create(
        kind="domain.create", subject=f"domain:{name}", label=name, state="waiting", account=account,
        customer=customer, brand=customer.brand, intent_key=name, payload=payload, reference=reference, lane="1-money",
    )  # fmt: skip
    Operation.objects.filter(pk=operation.pk).update(
        next_check_at=from_now(-1), deadline_at=from_now(86400), asked_at=from_now(-700)
    )
    return operation


def asked() -> Counter[str]:
    """How often each function was called for news."""
    actions = Exchange.objects.values_list("action", flat=True)
    return Counter(action for action in actions if action.startswith("query"))


def test_one_list_answers_for_all_operations_of_an_account(pending: Any, run_due: Any) -> None:
    rows = pending(6)

    run_due()

    assert asked() == {"queryOpePending": 1}
    for row in rows:
        row.refresh_from_db()
        assert (row.state, row.setbacks) == (State.WAITING, 0)
        assert timedelta(seconds=590) < row.next_check_at - timezone.now() < timedelta(seconds=725)
    assert Attempt.objects.count() == 1


def test_single_operation_is_asked_about_by_itself(pending: Any, run_due: Any) -> None:
    pending(1)

    run_due()

    assert asked() == {"queryOpe": 1}


def test_operation_that_is_not_in_the_list_is_asked_about_by_itself(
    pending: Any, run_due: Any, sandbox: Any
) -> None:
    rows = pending(3)
    control(sandbox, "POST", "/settle")

    run_due()
    run_due()

    assert asked()["queryOpePending"] == 1
    assert asked()["queryOpe"] == 3
    assert set(Operation.objects.filter(kind="domain.create").values_list("state", flat=True)) == {
        "succeeded"
    }
    assert Domain.objects.filter(name__in=[row.label for row in rows]).count() == 3


def test_absence_from_the_list_is_no_proof_of_anything(
    pending: Any, run_due: Any, customer: Any, netim: Account
) -> None:
    pending(2)
    strange = waiting(netim, customer, "elsewhere-harbor.fr", "424242")

    run_due()
    run_due()

    strange.refresh_from_db()
    assert (strange.state, strange.reason) == (State.UNKNOWN, "vanished")


def test_list_that_cannot_be_read_changes_nothing(pending: Any, run_due: Any, sandbox: Any) -> None:
    pending(3)
    fault = {"family": "netim", "action": "queryOpePending", "kind": "garbage", "times": 1}
    control(sandbox, "POST", "/faults", fault)

    run_due()

    assert set(Operation.objects.values_list("state", flat=True)) == {"waiting"}


def test_next_round_reads_the_list_again(pending: Any, run_due: Any) -> None:
    pending(3)
    run_due()
    Operation.objects.update(next_check_at=from_now(-1), listed_at=from_now(-700), asked_at=from_now(-700))

    run_due()

    assert asked() == {"queryOpePending": 2}


def test_list_of_one_account_says_nothing_of_another(
    pending: Any, run_due: Any, customer: Any, netim: Account
) -> None:
    pending(2)
    other = Account.objects.create(
        label="Another", family="netim", endpoint=netim.endpoint, is_sandbox=True, is_default=False,
        credentials=netim.credentials,
    )  # fmt: skip
    waiting(other, customer, "other-harbor.fr", "1")

    run_due()

    assert asked()["queryOpePending"] == 1
    assert Exchange.objects.filter(account=other, action="queryOpe").count() == 1


def test_family_without_a_list_is_asked_about_each(order_name: Any, run_due: Any) -> None:
    orders = [order_name(name) for name in ("quiet-harbor-lights.com", "loud-harbor-lights.com")]
    for _ in range(3):
        run_due(hurry=True)

    polled = Operation.objects.filter(pk__in=[order.pk for order in orders], attempts__purpose="poll")
    assert set(polled.values_list("state", "listed_at")) == {(State.WAITING, None)}
    assert polled.distinct().count() == 2


def test_list_that_another_worker_reads_is_not_read_twice(pending: Any) -> None:
    first, second, third = pending(3)
    claimed, other = engine.claim(first.pk), engine.claim(second.pk)
    assert claimed is not None
    assert other is not None

    assert [row[0] for row in polling._reserve(claimed[0])] == [third.pk]
    assert polling._reserve(other[0]) == []


def test_worker_that_dies_while_it_asks_leaves_the_pace_as_it_is(pending: Any) -> None:
    (row,) = pending(1)
    assert engine.claim(row.pk) is not None
    Operation.objects.update(lease_until=from_now(-1))

    assert engine.claim(row.pk) is None
    row.refresh_from_db()
    assert row.next_check_at > timezone.now() + timedelta(seconds=590)


def test_person_in_a_hurry_does_not_have_the_registrar_asked_within_five_minutes(pending: Any) -> None:
    (row,) = pending(1)
    Operation.objects.update(asked_at=from_now(-200), next_check_at=from_now(400))
    assert not services.retry_now(row)

    Operation.objects.update(asked_at=from_now(-301))

    assert services.retry_now(row)


def test_operation_that_begins_to_wait_was_asked_about_just_now(order_name: Any, run_due: Any) -> None:
    operation = order_name("quiet-harbor-lights.com")
    for _ in range(2):
        run_due()

    operation.refresh_from_db()
    assert operation.state == State.WAITING
    assert not services.retry_now(operation)


@pytest.mark.parametrize("setting", [300, 600])
def test_pace_is_never_below_the_setting(setting: int) -> None:
    waits = [clock.paced(setting) for _ in range(500)]

    assert min(waits) >= setting
    assert max(waits) <= setting * 1.2


def test_read_that_fails_is_repeated_no_sooner_than_at_the_usual_pace(
    pending: Any, run_due: Any, sandbox: Any
) -> None:
    (row,) = pending(1)
    control(
        sandbox, "POST", "/faults", {"family": "netim", "action": "queryOpe", "kind": "garbage", "times": 1}
    )

    run_due()

    row.refresh_from_db()
    assert row.next_check_at - timezone.now() > timedelta(seconds=590)


def test_operation_whose_reference_is_lost_is_not_looked_for_in_the_list(
    pending: Any, netim: Account
) -> None:
    first, _second = pending(2)
    first.reference = ""

    with gateway.open_account(netim, "customer") as driver:
        assert not polling.still_pending(first, driver)

    assert asked() == {}
