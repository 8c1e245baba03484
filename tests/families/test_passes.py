"""Passes over accounts of every registrar: what lists tell, what readings add, and names that leave."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from panel.account import runs, throttle
from panel.account.models import SyncRun
from panel.domain.drift.models import Drift
from panel.domain.models import ENDED, Domain
from panel.domain.passes import missing, sync
from panel.operation.models import Operation
from tests.conftest import control
from tests.domain.passes import synced

FAMILIES = ["mrdomain", "netim", "bookmyname", "namecom"]


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(throttle.RATES, "sync", throttle.Rate(per_minute=60_000, burst=1000))
    monkeypatch.setattr(missing, "ASKED_PER_PASS", 0)


@pytest.mark.parametrize("family", FAMILIES)
def test_second_pass_and_the_readings_after_it_find_nothing_to_decide(
    make_account: Callable[..., Any], run_due: Callable[..., int], family: str
) -> None:
    account = make_account(family)
    assert runs.can_pass(account, SyncRun.Kind.DOMAINS)
    first = synced(account)
    assert first.added == Domain.objects.count() > 0
    run_due()

    again = synced(account)
    run_due()

    assert (again.added, again.missing, again.skipped) == (0, 0, 0)
    assert not Drift.objects.exists()


def test_names_that_were_never_read_are_all_read_after_one_pass(
    make_account: Callable[..., Any], run_due: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync, "READINGS_PER_PASS", 3)
    account = make_account("netim")

    synced(account)
    run_due()

    assert Domain.objects.count() > 3
    assert not Domain.objects.filter(detailed_at__isnull=True).exclude(status__in=ENDED).exists()


def test_names_that_were_read_long_ago_are_read_anew_a_few_in_each_pass(
    make_account: Callable[..., Any], run_due: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync, "READINGS_PER_PASS", 3)
    account = make_account("netim")
    synced(account)
    run_due()
    Domain.objects.update(detailed_at=timezone.now() - sync.READ_AGAIN_AFTER * 2)
    before = Operation.objects.filter(kind="domain.refresh").count()

    synced(account)

    assert Operation.objects.filter(kind="domain.refresh").count() == before + 3


@pytest.mark.parametrize("family", ["bookmyname", "namecom"])
def test_name_that_two_lists_lack_was_transferred_away(
    make_account: Callable[..., Any], sandbox: Any, run_due: Callable[..., int], family: str
) -> None:
    account = make_account(family)
    synced(account)
    run_due()
    name = Domain.objects.filter(expires_on__isnull=False).earliest("name").name
    control(sandbox, "POST", f"/world/{family}", {"remove_domain": name})

    synced(account)
    synced(account)

    assert Domain.objects.get(name=name).status in ("transferred_away", "deleted")
