"""One remote handle per registrar account and content."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from panel.contact.models import Contact, ContactHandle
from panel.contact.services import plan_handle
from panel.operation.models import Operation
from panel.people.models import User
from tests.between import after_query

pytestmark = pytest.mark.django_db


def test_copy_that_is_finished_while_another_order_looks_for_it_is_used_by_both(
    contact: Contact, registrar_account: Any, owner: User, run_due: Callable[..., int]
) -> None:
    plan_handle(contact, registrar_account, owner)

    with after_query(0, lambda: run_due(hurry=True)):
        second = plan_handle(contact, registrar_account, owner)

    assert second == ContactHandle.objects.get(contact=contact)
    assert Operation.objects.filter(kind="contact.create").count() == 1


@pytest.mark.parametrize("looks", range(5))
def test_copy_that_is_ordered_twice_at_once_is_one_order(
    contact: Contact, registrar_account: Any, owner: User, looks: int
) -> None:
    """Whichever of the second order's looks the first one comes after."""
    ordered: list[Any] = []

    with after_query(looks, lambda: ordered.append(plan_handle(contact, registrar_account, owner))):
        second = plan_handle(contact, registrar_account, owner)

    assert ordered == [second]
    assert Operation.objects.filter(kind="contact.create").count() == 1
