"""An order that was never sent goes to another registrar when the first one cannot take it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from panel.account.models import Account
from panel.billing.models import OrderLine
from panel.domain.models import Domain
from panel.domain.rerouting import reroute_stuck
from panel.operation.models import Operation
from panel.operation.states import State
from tests.conftest import control
from tests.families.test_buying_on_each import finish

pytestmark = pytest.mark.django_db
NAME = "quiet-harbor-lights.com"


@pytest.fixture(autouse=True)
def _at_once(settings: Any) -> None:
    settings.REROUTE_AFTER_SECONDS = 0


def rest(account: Account) -> None:
    """The registrar does not answer; the account is left alone for ten minutes."""
    Account.objects.filter(pk=account.pk).update(
        failures=9, retry_after=timezone.now() + timedelta(minutes=10)
    )


def test_order_of_a_silent_registrar_is_carried_out_by_another(
    make_account: Any, order_name: Any, run_due: Any, settle: Any, effects: Any
) -> None:
    silent, other = make_account("netim", cost="8.00"), make_account("mrdomain", cost="8.50")
    operation = order_name(NAME)
    rest(silent)

    assert reroute_stuck() == 1
    finish(operation, run_due, settle)

    assert (operation.state, operation.account) == (State.SUCCEEDED, other)
    assert len(effects("mrdomain", NAME)) == 1
    assert effects("netim", NAME) == []
    assert Domain.objects.get(name=NAME).account == other
    line = OrderLine.objects.get(operation=operation)
    assert (line.cost, line.account_cost) == (Decimal("8.50"), Decimal("8.50"))
    assert operation.events.filter(reason="rerouted").count() == 1


def test_rerouted_order_leaves_no_work_behind_at_the_silent_registrar(
    make_account: Any, order_name: Any, run_due: Any, settle: Any
) -> None:
    silent = make_account("netim", cost="8.00")
    make_account("mrdomain", cost="8.50")
    order_name(NAME)
    rest(silent)

    reroute_stuck()

    left = Operation.objects.filter(account=silent)
    assert list(left.values_list("kind", "state")) == [("contact.create", State.CANCELLED)]


def test_order_goes_to_a_registrar_that_takes_contacts_inside_orders(
    make_account: Any, dollars: None, order_name: Any, run_due: Any, settle: Any, effects: Any
) -> None:
    silent, other = make_account("netim", cost="8.00"), make_account("namecom", cost="9.00")
    operation = order_name(NAME)
    rest(silent)

    assert reroute_stuck() == 1
    finish(operation, run_due, settle)

    assert (operation.state, operation.account) == (State.SUCCEEDED, other)
    line = OrderLine.objects.get(operation=operation)
    assert (line.cost, line.account_cost, line.account_currency) == (Decimal("8.10"), Decimal("9.00"), "USD")


def test_order_that_was_sent_stays_where_it_is(
    make_account: Any, order_name: Any, run_due: Any, sandbox: Any
) -> None:
    silent = make_account("netim", cost="8.00")
    make_account("mrdomain", cost="8.50")
    operation = order_name(NAME)
    run_due(hurry=True)
    fault = {"family": "netim", "action": "domainCreate", "kind": "reset_after", "times": 1}
    control(sandbox, "POST", "/faults", fault)
    run_due(hurry=True)
    rest(silent)

    assert reroute_stuck() == 0

    operation.refresh_from_db()
    assert (operation.state, operation.account) == (State.UNKNOWN, silent)


def test_request_that_never_left_may_be_carried_out_elsewhere(
    make_account: Any, order_name: Any, run_due: Any, settle: Any, sandbox: Any, effects: Any
) -> None:
    silent, other = make_account("netim", cost="8.00"), make_account("mrdomain", cost="8.50")
    operation = order_name(NAME)
    run_due(hurry=True)
    control(sandbox, "POST", "/world/netim", {"outage": True})
    run_due(hurry=True)
    operation.refresh_from_db()
    assert (operation.state, operation.sends) == (State.QUEUED, 0)
    rest(silent)

    assert reroute_stuck() == 1
    control(sandbox, "POST", "/world/netim", {"outage": False})
    finish(operation, run_due, settle)

    assert (operation.state, operation.account) == (State.SUCCEEDED, other)
    assert effects("netim", NAME) == []


@pytest.mark.parametrize("dearer", ["12.95", "40.00"])
def test_order_is_not_moved_at_a_loss(make_account: Any, order_name: Any, dearer: str) -> None:
    silent = make_account("netim", cost="8.00")
    make_account("mrdomain", cost=dearer)
    operation = order_name(NAME)
    assert operation.price < Decimal(dearer)
    rest(silent)

    assert reroute_stuck() == 0

    operation.refresh_from_db()
    assert operation.account == silent


def test_order_of_a_working_registrar_is_not_moved(make_account: Any, order_name: Any) -> None:
    make_account("netim", cost="8.00")
    make_account("mrdomain", cost="7.00", is_default=False)
    order_name(NAME)

    assert reroute_stuck() == 0


def test_order_waits_for_the_time_that_is_set(make_account: Any, order_name: Any, settings: Any) -> None:
    settings.REROUTE_AFTER_SECONDS = 300
    silent = make_account("netim", cost="8.00")
    make_account("mrdomain", cost="8.50")
    order_name(NAME)
    rest(silent)

    assert reroute_stuck() == 0


def test_paused_account_keeps_its_orders(make_account: Any, order_name: Any) -> None:
    paused = make_account("netim", cost="8.00")
    make_account("mrdomain", cost="8.50")
    order_name(NAME)
    Account.objects.filter(pk=paused.pk).update(state="paused")

    assert reroute_stuck() == 0


def test_rerouting_twice_moves_once(make_account: Any, order_name: Callable[..., Any]) -> None:
    silent = make_account("netim", cost="8.00")
    make_account("mrdomain", cost="8.50")
    order_name(NAME)
    rest(silent)

    assert [reroute_stuck(), reroute_stuck()] == [1, 0]
