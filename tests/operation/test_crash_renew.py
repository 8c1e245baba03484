"""A renewal at each family, cut off at every point, under every kind of answer."""

from __future__ import annotations

import pytest

from panel.operation.states import State
from tests.operation.crashing import tell
from tests.operation.renewals import RENEWALS
from tests.operation.scenes import Case
from tests.operation.stories import Way, cases

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("scene", "way"), cases(RENEWALS), indirect=["scene"], scope="module")
def test_crash_renews_once_and_is_paid_once(case: Case, way: Way) -> None:
    renewed = tell(case, way)

    with case.stage.driver(case.story.family) as driver:
        shown = driver.domains.info(case.story.subject).expires_on
    moved = shown.year - int(renewed.starts_from["expires_on"][:4])
    assert moved == (1 if renewed.state == State.SUCCEEDED else 0)
    domain = case.stage.customer.domains.get(name=case.story.subject)
    assert domain.expires_on == shown
