"""Passes: one worker at a time, careful reading, and every task that is named exists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings

from panel.account import runs
from panel.account.models import Account, SyncRun
from panel.domain import tasks
from panel.domain.models import Domain
from registrar import errors, types
from tests.conftest import control


class Shelf:
    """A list of numbers read page by page, some of which make their page unreadable."""

    def __init__(self, total: int, *, bad: set[int], longest: int = 1000) -> None:
        self.total, self.bad, self.longest, self.calls = total, bad, longest, 0

    def list(self, *, page: int, page_length: int) -> types.Page[int]:
        self.calls += 1
        length = min(page_length, self.longest)
        numbers = range((page - 1) * length, min(page * length, self.total))
        if self.bad & set(numbers):
            raise errors.UnreadableReply("a line of the page")
        return types.Page(tuple(numbers), page, length, self.total)


@pytest.fixture
def polite(registrar_account: Account, monkeypatch: pytest.MonkeyPatch) -> runs.Polite:
    return runs.Polite(registrar_account, prepaid=10_000)


@pytest.mark.parametrize("bad", [set(), {0}, {57}, {199}, {3, 120}, {0, 199}])
def test_read_carefully_finds_every_line_but_the_bad_ones(polite: runs.Polite, bad: set[int]) -> None:
    shelf = Shelf(200, bad=bad)

    listing = runs.read_carefully(polite, shelf.list, 1, 200)

    assert set(listing.items) == set(range(200)) - bad
    assert len(listing.items) == len(set(listing.items))
    assert listing.unreadable == len(bad)
    assert listing.is_last


def test_read_carefully_of_several_pages_knows_the_last(polite: runs.Polite) -> None:
    shelf = Shelf(250, bad={210})

    first = runs.read_carefully(polite, shelf.list, 1, 200)
    second = runs.read_carefully(polite, shelf.list, 2, 200)

    assert (first.is_last, second.is_last) == (False, True)
    assert set(first.items) | set(second.items) == set(range(250)) - {210}


def test_read_carefully_gives_up_on_garbage_soon(polite: runs.Polite) -> None:
    shelf = Shelf(200, bad=set(range(200)))

    with pytest.raises(errors.UnreadableReply):
        runs.read_carefully(polite, shelf.list, 1, 200)

    assert shelf.calls < 10


def test_read_carefully_trusts_a_registrar_that_gives_shorter_pages(polite: runs.Polite) -> None:
    shelf = Shelf(200, bad=set(), longest=100)

    assert not runs.read_carefully(polite, shelf.list, 1, 200).is_last
    assert runs.read_carefully(polite, shelf.list, 2, 200).is_last


@pytest.fixture
def damage(sandbox: Any) -> Callable[..., None]:
    def plant(kind: str, action: str = "domain/list", times: int = 1) -> None:
        control(
            sandbox, "POST", "/faults", {"family": "mrdomain", "action": action, "kind": kind, "times": times}
        )

    return plant


@pytest.mark.parametrize("kind", ["reset_after", "http_500_after", "reset_before", "rate_limit"])
def test_pass_that_meets_trouble_rests_and_then_ends_well(
    registrar_account: Account, damage: Callable[..., None], kind: str
) -> None:
    damage(kind)
    run = runs.start(registrar_account, SyncRun.Kind.DOMAINS, wake=False)

    tasks.sync_domains(run.pk)
    run.refresh_from_db()
    assert run.state == SyncRun.State.QUEUED
    assert run.message

    Account.objects.update(retry_after=None)
    tasks.sync_domains(run.pk)
    run.refresh_from_db()
    assert run.state == SyncRun.State.DONE
    assert run.seen == Domain.objects.count() == run.total


def test_pass_over_garbage_reads_the_page_again_in_parts(
    registrar_account: Account, damage: Callable[..., None]
) -> None:
    damage("garbage")
    run = runs.start(registrar_account, SyncRun.Kind.DOMAINS, wake=False)

    tasks.sync_domains(run.pk)

    run.refresh_from_db()
    assert run.state == SyncRun.State.DONE
    assert run.seen == Domain.objects.count() == run.total


def test_every_named_task_exists() -> None:
    from panel.celery import app

    app.loader.import_default_modules()
    named = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} | set(runs.TASKS.values())

    assert named <= set(app.tasks)
