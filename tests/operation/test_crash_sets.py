"""Contacts, keys, hosts, codes and zones, cut off at every point, under every kind of answer."""

from __future__ import annotations

import pytest

from tests.operation.crashing import Story, cases, tell
from tests.operation.settings_of_names import SETS
from tests.operation.stage import Stage
from tests.operation.worlds import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("story", "point", "answer"), list(cases(SETS)))
def test_crash_makes_what_was_wanted_once(
    story: Story, point: str, answer: str, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(stage.sandbox, story.family)

    tell(story, point, answer, stage=stage, world=world, monkeypatch=monkeypatch)
