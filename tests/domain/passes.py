"""Passes over an account, and a world that changes behind the panel's back."""

from __future__ import annotations

from typing import Any

from panel.account import runs
from panel.account.models import Account, SyncRun
from panel.domain import tasks
from panel.domain.drift.models import Drift, DriftState
from panel.domain.models import Domain
from tests.conftest import control

# Names of the sandbox's world that are active there.
NAME, OTHER = "soler-estudio.com", "alder-hosting.com"


def synced(account: Account) -> SyncRun:
    """A whole pass over the account's domains."""
    run = runs.start(account, SyncRun.Kind.DOMAINS, wake=False)
    tasks.sync_domains(run.pk)
    run.refresh_from_db()
    assert run.state == SyncRun.State.DONE, run.message
    return run


def change(sandbox: Any, name: str, **fields: Any) -> None:
    """Somebody changes a name at the registrar."""
    control(sandbox, "POST", "/world/mrdomain", {"domain": name, "set": fields})


def remove(sandbox: Any, name: str) -> None:
    """A name leaves for another registrar."""
    control(sandbox, "POST", "/world/mrdomain", {"remove_domain": name})


def held(sandbox: Any, name: str) -> dict[str, Any]:
    """The name as the registrar holds it."""
    rows = control(sandbox, "GET", "/state/mrdomain")["domains"]
    found: dict[str, Any] = next(row for row in rows if row["punycode"] == name)
    return found


def domain(name: str = NAME) -> Domain:
    """The name in the mirror."""
    return Domain.objects.get(name=name)


def items(name: str = NAME, *states: str) -> list[Drift]:
    """What is written down about a name: what is open, if nothing else is asked for."""
    return list(Drift.objects.filter(domain__name=name, state__in=states or [DriftState.OPEN]).order_by("pk"))
