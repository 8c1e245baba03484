"""The health page: what stands still, what is due, and what ran last."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext, override

from panel.operation import job_words
from panel.operation.models import Heartbeat, Operation, Slot

PAGE = "/office/health/"


def test_page_counts_what_is_due_by_lane_and_leads_to_it(
    office: Client, make_operation: Callable[..., Operation]
) -> None:
    for _ in range(2):
        make_operation("queued", lane="3-sync")
    make_operation("succeeded", lane="3-sync")
    make_operation("queued", lane="1-money")

    response = office.get(PAGE)

    numbers = {item["line"].lane: item["line"].number for item in response.context["lines"]}
    assert numbers == {"1-money": 1, "2-customer": 0, "3-sync": 2}
    address = "/office/operations/?state=due&amp;lane=3-sync&amp;sort=next_check_at"
    assert address in response.content.decode()
    listing = office.get(address.replace("&amp;", "&")).context["listing"]
    assert len(listing.rows) == 2


def test_page_marks_the_job_that_did_not_run_in_time(office: Client, db: None) -> None:
    Slot.objects.create(
        task="panel.account.tasks.refresh_accounts", number=1, ended_at=timezone.now() - timedelta(days=1)
    )

    page = office.get(PAGE)

    assert page.context["jobs"][0]["name"] == "Balances"
    assert [job["name"] for job in page.context["jobs"] if job["is_late"]] == ["Balances"]
    assert "Some of the schedule was not done in time" in page.content.decode()


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_page_shows_every_job_with_its_pace_and_its_last_end(
    office: Client, staff: Any, settings: Any, language: str
) -> None:
    staff.language = language
    staff.save()
    schedule = settings.CELERY_BEAT_SCHEDULE
    for entry in schedule.values():
        Slot.objects.create(task=entry["task"], number=1, ended_at=timezone.now())

    page = unescape(office.get(PAGE).content.decode())

    with override(language):
        for name, entry in schedule.items():
            assert job_words.label(name) in page
            assert job_words.often(entry["schedule"]) in page
        assert page.count(f">{gettext('In time')}<") == len(schedule)


def test_overview_names_the_periodic_work_that_is_late(office: Client, registrar_account: Any) -> None:
    Heartbeat.objects.create(name="sweep", at=timezone.now())
    Slot.objects.create(
        task="panel.account.tasks.refresh_accounts", number=1, ended_at=timezone.now() - timedelta(days=1)
    )

    (need,) = office.get("/office/").context["needs"]

    assert (need.title, need.text, need.url) == ("Periodic work is late", "Balances", PAGE)


def test_page_tells_for_how_long_the_oldest_waits(
    office: Client, make_operation: Callable[..., Operation]
) -> None:
    make_operation("queued", lane="1-money")
    Operation.objects.update(next_check_at=timezone.now() - timedelta(minutes=20))

    page = office.get(PAGE).content.decode()

    assert "Operations wait too long for a worker" in page
    assert "20 minutes ago" in page


def test_overview_says_first_that_the_machine_stands_still(office: Client, registrar_account: Any) -> None:
    Heartbeat.objects.create(name="sweep", at=timezone.now() - timedelta(minutes=30))

    (need,) = office.get("/office/").context["needs"]

    assert (need.title, need.url) == ("The clock or the workers stand still", PAGE)


def test_overview_says_that_paid_orders_wait_for_a_worker(
    office: Client, make_operation: Callable[..., Operation]
) -> None:
    make_operation("queued", lane="1-money")
    Operation.objects.update(next_check_at=timezone.now() - timedelta(minutes=20))

    needs = office.get("/office/").context["needs"]

    assert needs[0].title == "Operations wait too long for a worker"
