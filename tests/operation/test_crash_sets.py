"""Contacts, keys, hosts, codes and zones, cut off at every point, under every kind of answer."""

from __future__ import annotations

import pytest

from tests.operation.crashing import tell
from tests.operation.scenes import Case
from tests.operation.settings_of_names import SETS
from tests.operation.stories import Way, cases

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("scene", "way"), cases(SETS), indirect=["scene"], scope="module")
def test_crash_makes_what_was_wanted_once(case: Case, way: Way) -> None:
    tell(case, way)
