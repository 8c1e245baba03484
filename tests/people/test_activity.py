"""The list of sessions is kept true without a write a page."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db


def writes(client: Any) -> int:
    """How many rows a page writes."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/wallet/").status_code == 200
    return sum(query["sql"].startswith(("UPDATE", "INSERT")) for query in queries)


def test_second_page_writes_nothing(client: Any, owner: Any) -> None:
    client.force_login(owner, backend="panel.people.backends.BrandAuthenticationBackend")
    client.get("/wallet/")

    assert writes(client) == 0


def test_page_minutes_later_notes_the_activity(client: Any, owner: Any) -> None:
    with time_machine.travel("2026-11-23 10:00:00+00:00") as clock:
        client.force_login(owner, backend="panel.people.backends.BrandAuthenticationBackend")
        client.get("/wallet/")
        first = UserSession.objects.get().last_seen_at

        clock.shift(600)
        client.get("/wallet/")

        assert (UserSession.objects.get().last_seen_at - first).total_seconds() >= 590
