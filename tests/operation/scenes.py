"""Where the cases of a story begin: its rows and its registrar are made once, and every case returns to them.

Making them takes as long as many a case. The rows lie in a transaction that is rolled back with the scene; a test's own
transaction is a savepoint in it, and the registrar's world is put back as it was kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from panel.billing import ledger
from panel.operation.models import Operation
from tests.operation.stage import Stage
from tests.operation.stories import Opening, Story
from tests.operation.worlds import World


@dataclass(frozen=True)
class Scene:
    """A story that has begun: its operation is planned, and nothing has been done about it. `kept` is the world."""

    story: Story
    stage: Stage
    world: World
    planned: int
    balance: Decimal
    kept: bytes


@dataclass(frozen=True)
class Case:
    """One case of a scene. `balance` is the customer's before anything was planned."""

    story: Story
    stage: Stage
    world: World
    target: Operation
    balance: Decimal
    monkeypatch: pytest.MonkeyPatch


@contextmanager
def opened(opening: Opening, sandbox: Any) -> Iterator[Scene]:
    """The scene, as long as its cases last."""
    story, world = opening.story, World(sandbox, opening.story.family)
    with transaction.atomic():
        world.begin()
        stage = Stage.built(sandbox)
        if opening.doomed and story.doomed is not None:
            story.doomed(stage)
        balance = ledger.balance(stage.customer)
        planned = story.arrange(stage)
        world.forget_requests()
        yield Scene(story, stage, world, planned.pk, balance, world.keep())
        transaction.set_rollback(True)


def begun(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A case of the scene; its rows are rolled back by the test's own savepoint."""
    scene.world.go_back(scene.kept)
    target = Operation.objects.get(pk=scene.planned)
    return Case(scene.story, scene.stage, scene.world, target, scene.balance, monkeypatch)
