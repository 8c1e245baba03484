"""Bringing the mirror in step with what a registrar shows, inside the transaction that records it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db.models.functions import Now

from panel.core.text import storable
from panel.domain.models import Domain
from panel.hosting.models import LONGEST_NAME, Item, Plan
from panel.hosting.nouns import Line, Noun
from registrar import types

# Of a certificate and its chain.
LONGEST_TEXT = 60_000


def keep(domain: Domain, noun: Noun, line: Line) -> Item:
    """The row of one thing as it is shown, made where there is none. What is not told (None) leaves it as it is."""
    known = noun.model._default_manager.filter(domain=domain, name=line.name).first()
    row = known or noun.model(domain=domain)
    _set(row, line)
    row.save()
    return row


def end(domain: Domain, noun: Noun, name: str) -> None:
    """The thing is gone."""
    rows = noun.model._default_manager.filter(domain=domain, name=name, gone_at__isnull=True)
    rows.update(gone_at=Now(), missing_since=None, updated_at=Now())


def take_in(domain: Domain, noun: Noun, lines: Sequence[Line], busy: Collection[str], at: datetime) -> None:
    """A whole list: rows are made and changed; what it lacks is noted, and ended when it was noted before.

    `busy` are the subjects that somebody changed since the reading began, or still changes: they stay as they are.
    `at` is when it began.
    """
    known = {row.name: row for row in noun.model._default_manager.filter(domain=domain)}
    seen: set[str] = set()
    for line in lines:
        strange = len(line.name) > LONGEST_NAME or line.name in seen
        seen.add(line.name)
        if strange or noun.subject_of(line.name) in busy:
            continue
        row = known.get(line.name)
        if row is None:
            row = noun.model(domain=domain)
        elif not _differs(row, line):
            continue
        _set(row, line)
        row.save()
    for name, row in known.items():
        if name in seen or row.gone_at is not None or noun.subject_of(name) in busy:
            continue
        if row.missing_since is None:
            row.missing_since = at
            row.save(update_fields=["missing_since", "updated_at"])
        elif row.missing_since < at:
            end(domain, noun, name)


def _set(row: Item, line: Line) -> None:
    row.name = line.name
    row.remote_id = line.remote_id or row.remote_id
    row.missing_since = row.gone_at = None
    for column, value in line.values.items():
        if value is not None:
            longest = getattr(row._meta.get_field(column), "max_length", None)
            setattr(
                row, column, storable(value, longest or LONGEST_TEXT) if isinstance(value, str) else value
            )


def _differs(row: Item, line: Line) -> bool:
    if row.gone_at is not None or row.missing_since is not None:
        return True
    if line.remote_id and row.remote_id != line.remote_id:
        return True
    return any(value is not None and getattr(row, column) != value for column, value in line.values.items())


def keep_plan(domain: Domain, found: types.HostingPlan, **more: Any) -> Plan:
    """The name's plan as it is shown; `more` are columns beside (meters, servers, php, parking). None is not told."""
    values: dict[str, Any] = {
        "type": storable(found.type, 120),
        "product_key": storable(found.product_key, 60),
        "status": str(found.status),
        "raw_status": storable(found.raw_status, 60),
        "expires_on": found.expires_on,
        "started_on": found.created_on,
        "renewable": found.renewable,
        "renewal_mode": "" if found.renewal_mode == types.RenewalMode.UNKNOWN else str(found.renewal_mode),
        **more,
    }
    told = {column: value for column, value in values.items() if value not in (None, "")}
    plan, _made = Plan.objects.update_or_create(
        domain=domain, defaults={**told, "missing_since": None, "gone_at": None}
    )
    return plan


def plan_differs(plan: Plan, found: types.HostingPlan) -> bool:
    """Whether a line of a list shows a plan otherwise than its row."""
    if plan.gone_at is not None or plan.missing_since is not None:
        return True
    shown = (found.type, found.product_key, str(found.status), found.expires_on)
    return shown != (plan.type, plan.product_key, plan.status, plan.expires_on)


def miss_plan(domain: Domain, at: datetime) -> None:
    """The registrar shows no plan for the name: noted once, and ended the second time."""
    Plan.objects.filter(domain=domain, gone_at__isnull=True, missing_since__lt=at).update(gone_at=Now())
    Plan.objects.filter(domain=domain, gone_at__isnull=True, missing_since__isnull=True).update(
        missing_since=at
    )
