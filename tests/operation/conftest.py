"""An order ready to be carried out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest


@pytest.fixture
def order_name(catalogue: Any, owner: Any, contact: Any) -> Callable[..., Any]:
    """`order_name("example-harbor.com")` puts the name through a real checkout and returns its operation."""
    from tests.operation.stage import checked_out

    return partial(checked_out, owner, contact)


@pytest.fixture
def stage(sandbox: Any, customer: Any, contact: Any) -> Any:
    """A customer with names at any of the four registrars."""
    from tests.operation.stage import Stage

    return Stage(sandbox, customer, contact)


@pytest.fixture(scope="module")
def scene(request: Any, _sandbox_server: Any, django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """The beginning of a story, for all of its cases that follow each other."""
    from tests.operation.scenes import opened

    with django_db_blocker.unblock(), opened(request.param, _sandbox_server) as scene:
        yield scene


@pytest.fixture
def case(scene: Any, db: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A case of the scene, which is as it was afterwards."""
    from tests.operation.scenes import begun

    return begun(scene, monkeypatch)


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
