"""Passes over accounts of every registrar: what lists tell, what readings add, and names that leave."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from panel.account import runs, throttle
from panel.account.models import SyncRun
from panel.domain.drift.models import Drift
from panel.domain.models import Domain
from panel.domain.passes import missing
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
