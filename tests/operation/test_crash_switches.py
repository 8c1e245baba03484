"""Switches and nameservers of a name, cut off at every point, under every kind of answer."""

from __future__ import annotations

import pytest

from tests.operation.crashing import tell
from tests.operation.scenes import Case
from tests.operation.settings_of_names import SWITCHES
from tests.operation.stories import Way, cases

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("scene", "way"), cases(SWITCHES), indirect=["scene"], scope="module")
def test_crash_sets_what_was_wanted_once(case: Case, way: Way) -> None:
    tell(case, way)
