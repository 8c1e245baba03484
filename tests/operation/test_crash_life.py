"""Deleting, restoring and handing over a name, cut off at every point, under every kind of answer."""

from __future__ import annotations

import pytest

from tests.operation.crashing import tell
from tests.operation.lives import LIVES
from tests.operation.scenes import Case
from tests.operation.stories import Way, cases

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("scene", "way"), cases(LIVES), indirect=["scene"], scope="module")
def test_crash_leaves_one_effect_of_a_name_s_life(case: Case, way: Way) -> None:
    tell(case, way)
