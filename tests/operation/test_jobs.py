"""Every line of the schedule: in words, on the health page, and told to staff when it falls silent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as configured
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import override

from panel.account.alerts import tell_silence, tell_staff
from panel.account.models import Alert
from panel.operation import health, job_words, slots
from panel.operation.clock import from_now
from panel.operation.models import Heartbeat, Slot

pytestmark = pytest.mark.django_db
SCHEDULE = configured.CELERY_BEAT_SCHEDULE
# The silence of the sweep is that of everything: it is told as such.
SINGLE = sorted(set(SCHEDULE) - {"operation-sweep"})


def ran(name: str, ago: timedelta) -> None:
    """The job came to its end so long ago."""
    ended = from_now(-ago.total_seconds())
    Slot.objects.update_or_create(task=SCHEDULE[name]["task"], number=7, defaults={"ended_at": ended})


def long_ago(name: str) -> timedelta:
    """Longer than the job may be silent, and than it takes until that is told."""
    return SCHEDULE[name]["schedule"] * 2 + timedelta(minutes=11)


@pytest.fixture
def all_well() -> None:
    """The clock rings, and every job has just come to its end."""
    Heartbeat.objects.create(name="sweep", at=Now())
    for name in SCHEDULE:
        ran(name, timedelta())


@pytest.mark.parametrize("name", sorted(SCHEDULE))
def test_every_job_has_words_in_every_language(name: str) -> None:
    words = set()
    for language in ("en", "fr", "es"):
        with override(language):
            words.add((job_words.label(name), job_words.often(SCHEDULE[name]["schedule"])))

    assert len(words) == 3
    assert name not in {label for label, _often in words}


@pytest.mark.parametrize(
    ("every", "words"),
    [
        (timedelta(seconds=5), "every 5 seconds"),
        (timedelta(seconds=60), "every minute"),
        (timedelta(seconds=90), "every 90 seconds"),
        (timedelta(minutes=15), "every 15 minutes"),
        (timedelta(hours=1), "every hour"),
        (timedelta(hours=6), "every 6 hours"),
        (timedelta(hours=24), "every day"),
    ],
)
def test_pace_is_told_in_the_largest_exact_unit(every: timedelta, words: str) -> None:
    assert job_words.often(every) == words


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=1), "1 second"),
        (timedelta(seconds=119), "119 seconds"),
        (timedelta(minutes=11), "11 minutes"),
        (timedelta(hours=13), "13 hours"),
        (timedelta(days=3), "3 days"),
    ],
)
def test_age_is_told_in_a_unit_that_people_count(age: timedelta, words: str) -> None:
    assert job_words.lasting(age) == words


@pytest.mark.parametrize("name", SINGLE)
def test_silence_of_any_job_is_mailed_to_staff_once_and_again_after_it_was_over(
    all_well: None, staff: Any, mailoutbox: list[Any], name: str
) -> None:
    ran(name, long_ago(name))

    assert [tell_staff(), tell_staff()] == [1, 0]
    assert job_words.label(name) in mailoutbox[0].body
    assert job_words.often(SCHEDULE[name]["schedule"]) in mailoutbox[0].body
    ran(name, timedelta())
    assert tell_staff() == 0
    assert not Alert.objects.exists()
    ran(name, long_ago(name))
    assert tell_staff() == 1


@pytest.mark.parametrize("name", SINGLE)
def test_web_process_mails_the_silence_of_any_job_where_nobody_else_does(
    all_well: None, staff: Any, mailoutbox: list[Any], name: str
) -> None:
    ran(name, long_ago(name))

    assert tell_silence() == 1
    assert len(mailoutbox) == 1


def test_job_that_is_in_time_is_not_mailed(all_well: None, staff: Any) -> None:
    assert (tell_silence(), tell_staff()) == (0, 0)
    assert health.periodic_work().ok


def test_job_is_told_later_than_the_silence_of_everything_would_be(all_well: None, staff: Any) -> None:
    ran("account-resume-passes", timedelta(minutes=6))

    assert not health.periodic_work().ok
    assert tell_staff() == 0


def test_single_jobs_are_not_named_while_everything_stands_still(
    all_well: None, staff: Any, mailoutbox: list[Any]
) -> None:
    Heartbeat.objects.update(at=from_now(-3600))
    for name in SCHEDULE:
        ran(name, long_ago(name))

    assert tell_silence() == 1
    assert "stood still for 60 minutes" in mailoutbox[0].body


def test_job_that_was_late_before_everything_stood_still_is_not_told_twice(
    all_well: None, staff: Any, mailoutbox: list[Any]
) -> None:
    ran("account-refresh", long_ago("account-refresh"))
    tell_staff()
    Heartbeat.objects.update(at=from_now(-3600))
    tell_silence()
    Heartbeat.objects.update(at=Now())

    tell_staff()

    assert len(mailoutbox) == 2
    assert [alert.key for alert in Alert.objects.all()] == ["job:account-refresh"]


def test_job_that_never_begins_is_late_once_it_was_expected_for_long_enough(
    staff: Any, mailoutbox: list[Any]
) -> None:
    assert tell_silence() == 0
    assert not any(job.is_late for job in slots.jobs())
    Slot.objects.update(at=from_now(-15 * 60))

    tell_silence()

    late = {job.name: job.ended_at for job in slots.jobs() if job.is_late}
    assert set(late) == {
        name for name, entry in SCHEDULE.items() if entry["schedule"] * 2 < timedelta(minutes=14)
    }
    assert set(late.values()) == {None}
    assert job_words.label("operation-sweep") in mailoutbox[0].body


def test_expectation_is_noted_once_and_forgotten_when_the_job_runs() -> None:
    slots.expect()
    slots.expect()
    assert Slot.objects.count() == len(SCHEDULE)
    entry = SCHEDULE["account-refresh"]

    taken = slots.take(entry["task"], entry["schedule"])
    slots.expect()

    assert taken is not None
    assert list(Slot.objects.filter(task=entry["task"])) == [taken]


def test_lateness_goes_by_the_clock_of_the_database(all_well: None, time_machine: Any) -> None:
    time_machine.move_to(timezone.now() + timedelta(days=30), tick=True)

    assert not any(job.is_late for job in slots.jobs())


def test_jobs_are_read_in_one_query(all_well: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert len(slots.jobs()) == len(SCHEDULE)
