"""A transfer in at each family that has it, cut off at every point, under every kind of answer."""

from __future__ import annotations

import pytest

from tests.operation.crashing import tell
from tests.operation.renewals import RESTARTS, TRANSFERS
from tests.operation.scenes import Case
from tests.operation.stories import Way, cases

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("scene", "way"), cases(TRANSFERS), indirect=["scene"], scope="module")
def test_crash_brings_the_name_in_once(case: Case, way: Way) -> None:
    tell(case, way)


@pytest.mark.parametrize(("scene", "way"), cases(RESTARTS), indirect=["scene"], scope="module")
def test_crash_changes_a_transfer_that_is_under_way_once(case: Case, way: Way) -> None:
    tell(case, way)
