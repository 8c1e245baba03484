"""What may happen while an order is under way: nothing of it loses or doubles anything."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tests.journey import steps

pytestmark = pytest.mark.journey

WITHIN_SECONDS = 120


def wait_for(condition: Callable[[], Any], what: str) -> Any:
    """Poll until it is true; the processes watched are not ours to wait on."""
    deadline = time.monotonic() + WITHIN_SECONDS
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError(f"still not: {what}")


def state_of(rows: Any, name: str) -> str:
    found = rows("SELECT state FROM operation_operation WHERE kind = 'domain.create' AND label = ?", name)
    return found[0][0] if found else ""


def movements(rows: Any, name: str) -> list[tuple[str, Decimal]]:
    """What the wallet was charged with for the name."""
    found = rows(
        "SELECT e.kind, e.amount FROM billing_entry e JOIN operation_operation o ON o.id = e.operation_id "
        "WHERE o.label = ? AND o.kind = 'domain.create' ORDER BY e.id",
        name,
    )
    return [(kind, Decimal(str(amount))) for kind, amount in found]


def test_worker_killed_in_the_call_registers_and_charges_once(
    visit: Any, product: Any, registry: Any, rows: Any
) -> None:
    name = "kill-nine-harbor.com"
    page = visit("customer@demo.test")
    registry.fault("domain/create", "timeout_after", times=1)
    steps.buy(page, name)
    wait_for(lambda: state_of(rows, name) == "sending", "the worker is in the call")
    wait_for(lambda: registry.journal("domain/create", name), "the registrar has executed it")

    os.kill(product.child("celery"), signal.SIGKILL)

    steps.wait_until_active(page)
    assert len(registry.journal("domain/create", name)) == 1
    assert [kind for kind, _amount in movements(rows, name)] == ["hold", "capture"]
    assert rows("SELECT count(*) FROM domain_domain WHERE name = ? AND status = 'active'", name) == [(1,)]


def test_broker_stopped_accepts_orders_that_go_on_when_it_is_back(
    visit: Any, product: Any, registry: Any, rows: Any
) -> None:
    name = "no-broker-harbor.com"
    page = visit("customer@demo.test")
    steps.search(page, name)
    steps.add(page, name)
    broker = product.child("valkey")
    os.kill(broker, signal.SIGSTOP)
    try:
        started = time.monotonic()
        steps.order(page, registrant="Clara Reyes")
        took = time.monotonic() - started
    finally:
        os.kill(broker, signal.SIGKILL)

    steps.wait_until_active(page)
    assert took < 30
    assert len(registry.journal("domain/create", name)) == 1


def test_registrar_down_charges_nothing_loses_nothing_and_says_so(
    visit: Any, registry: Any, rows: Any, screenshot: Any
) -> None:
    name = "registrar-down-harbor.com"
    page = visit("customer@demo.test")
    steps.search(page, name)
    steps.add(page, name)
    with registry.outage():
        steps.order(page, registrant="Clara Reyes")
        page.get_by_text("not answering").first.wait_for()
        screenshot(page, "order-registrar-down")
        assert [kind for kind, _amount in movements(rows, name)] == ["hold"]
        assert "MrDomain" not in page.content()

    steps.wait_until_active(page)
    assert [kind for kind, _amount in movements(rows, name)] == ["hold", "capture"]
    assert len(registry.journal("domain/create", name)) == 1


def test_two_tabs_paying_the_same_cart_make_one_order(visit: Any, registry: Any, rows: Any) -> None:
    name = "two-tabs-harbor.com"
    page = visit("customer@demo.test")
    steps.search(page, name)
    steps.add(page, name)
    page.goto("/cart/")
    steps.choose_registrant(page, "Clara Reyes")
    page.get_by_role("button", name="Review the order").click()
    page.get_by_role("button", name="Pay ").wait_for()
    other = page.context.new_page()
    other.goto("/cart/review/")

    page.get_by_role("button", name="Pay ").click()
    other.get_by_role("button", name="Pay ").click()

    other.wait_for_url("**/orders/or-*/")
    page.wait_for_url("**/orders/or-*/")
    assert page.url == other.url
    steps.wait_until_active(page)
    assert [kind for kind, _amount in movements(rows, name)] == ["hold", "capture"]
