"""Has() finds what Exists() of the same filter finds."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import Exists
from django.utils import timezone

from panel.core.conditions import Has
from panel.people.models import User


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "there"),
    [
        ({"email": "carla@demo.test"}, True),
        ({"email": "nobody@demo.test"}, False),
        ({"email": "carla@demo.test", "is_staff": True}, False),
        ({"email": "carla@demo.test", "last_login": None}, False),
        ({"email": "sam@demo.test", "last_login": None, "is_staff": False}, True),
    ],
)
def test_condition_holds_where_one_row_has_all_of_the_values(values: dict[str, Any], there: bool) -> None:
    carla = User.objects.create_user("carla@demo.test", last_login=timezone.now())
    User.objects.create_user("sam@demo.test")

    found = User.objects.annotate(has=Has(User, **values), exists=Exists(User.objects.filter(**values))).get(
        pk=carla.pk
    )

    assert found.has == found.exists == there
