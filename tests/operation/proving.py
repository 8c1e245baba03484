"""Letting workers have turns, time pass, and the registrar show what a test wants."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from panel.operation import registry
from panel.operation.models import Operation
from panel.operation.states import Purpose
from tests.conftest import control
from tests.operation.test_engine import NAME


def turns(operation: Operation, run_due: Callable[..., int], number: int) -> Operation:
    """Let the workers have so many turns, and nothing else happen."""
    for _ in range(number):
        run_due(hurry=True)
    operation.refresh_from_db()
    return operation


def overdue(operation: Operation, **more: Any) -> None:
    """Let the operation's deadline be over."""
    past = timezone.now() - timedelta(minutes=1)
    Operation.objects.filter(pk=operation.pk).update(deadline_at=past, **more)


def put(sandbox: Any, name: str = NAME, **values: Any) -> None:
    """A name in the account that came there by another way."""
    control(sandbox, "POST", "/world/mrdomain", {"add_domain": {"domain": name, **values}})


def look(operation: Operation) -> Any:
    """What the operation's kind finds at the registrar."""
    with registry.open_driver(operation, Purpose.RECONCILE) as driver:
        return registry.kind_for(operation.kind).reconcile(operation, driver)
