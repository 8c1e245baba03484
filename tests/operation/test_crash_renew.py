"""A renewal at each family, cut off at every point, under every kind of answer."""

from __future__ import annotations

import pytest

from panel.operation.states import State
from tests.operation.crashing import Story, cases, tell
from tests.operation.renewals import RENEWALS
from tests.operation.stage import Stage
from tests.operation.worlds import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("story", "point", "answer"), list(cases(RENEWALS)))
def test_crash_renews_once_and_is_paid_once(
    story: Story,
    point: str,
    answer: str,
    stage: Stage,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = World(stage.sandbox, story.family)

    trial = tell(story, point, answer, stage=stage, world=world, monkeypatch=monkeypatch)

    with stage.driver(story.family) as driver:
        shown = driver.domains.info(story.subject).expires_on
    start = trial.target.starts_from["expires_on"]
    moved = shown.year - int(start[:4])
    assert moved == (1 if trial.target.state == State.SUCCEEDED else 0)
    domain = stage.customer.domains.get(name=story.subject)
    assert domain.expires_on == shown
