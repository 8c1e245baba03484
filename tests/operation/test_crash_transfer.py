"""A transfer in at each family that has it, cut off at every point, under every kind of answer."""

from __future__ import annotations

import pytest

from tests.operation.crashing import Story, cases, tell
from tests.operation.renewals import TRANSFERS
from tests.operation.stage import Stage
from tests.operation.worlds import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("story", "point", "answer"), list(cases(TRANSFERS)))
def test_crash_brings_the_name_in_once(
    story: Story, point: str, answer: str, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(stage.sandbox, story.family)

    tell(story, point, answer, stage=stage, world=world, monkeypatch=monkeypatch)
