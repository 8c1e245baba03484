"""An order ready to be carried out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def order_name(catalogue: Any, customer: Any, owner: Any, contact: Any) -> Callable[..., Any]:
    """`order_name("example-harbor.com")` puts the name through a real checkout and returns its operation."""
    from panel.access.actor import actor_for
    from panel.billing.models import Cart, CartLine
    from panel.domain.checkout import checkout, review

    def order(name: str, *, years: int = 1) -> Any:
        actor = actor_for(owner, customer.brand)
        assert actor is not None
        cart, _created = Cart.objects.get_or_create(customer=customer)
        cart.registrant = contact
        cart.save()
        CartLine.objects.create(cart=cart, name=name, tld_name=name.partition(".")[2], years=years)
        placed = checkout(actor, cart, checkout_key=f"key-{name}", expected_total=review(actor, cart).total)
        return placed.lines.get(name=name).operation

    return order


@pytest.fixture
def stage(sandbox: Any, customer: Any, contact: Any) -> Any:
    """A customer with names at any of the four registrars."""
    from tests.operation.stage import Stage

    return Stage(sandbox, customer, contact)


@pytest.fixture
def ready(order_name: Callable[..., Any], run_due: Callable[..., int]) -> Any:
    """A registration that is due to be sent: its registrant's copy is made."""
    operation = order_name("quiet-harbor-lights.com")
    run_due(hurry=True)
    operation.refresh_from_db()
    assert operation.state == "queued"
    return operation


@pytest.fixture
def waiting(ready: Any, run_due: Callable[..., int]) -> Any:
    """A registration that the registrar accepted and has not finished."""
    run_due(hurry=True)
    ready.refresh_from_db()
    assert ready.state == "waiting"
    return ready
