"""Drift for staff: what is open, grouped, and the rules about it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from panel.access.actor import Actor
from panel.access.scopes import require_staff
from panel.domain.drift.models import Drift, DriftRule, DriftState
from panel.domain.models import Domain


@dataclass(frozen=True, slots=True)
class Group:
    """Open items of one field at one account."""

    field: str
    account: int
    label: str
    number: int


def office_drift(actor: Actor) -> QuerySet[Drift]:
    """Every item that has been judged, with what a list of them shows, for staff."""
    require_staff(actor)
    rows = Drift.objects.exclude(state=DriftState.HELD)
    return rows.select_related("domain__customer", "domain__account", "operation", "decided_by", "rule")


def office_rules(actor: Actor) -> QuerySet[DriftRule]:
    """Every rule, for staff."""
    require_staff(actor)
    return DriftRule.objects.select_related("account", "made_by")


def undecided(rows: QuerySet[Drift]) -> QuerySet[Drift]:
    """What waits for a person: also what was ignored until a day that has come."""
    over = Q(state=DriftState.IGNORED, ignored_until__lte=timezone.localdate())
    return rows.filter(Q(state=DriftState.OPEN) | over)


def groups(rows: QuerySet[Drift]) -> list[Group]:
    """Items by field and account, most first."""
    counted = (
        rows.select_related(None).order_by().values("field", "domain__account", "domain__account__label")
    )
    found = counted.annotate(number=Count("pk")).order_by("-number", "field", "domain__account")
    return [
        Group(row["field"], row["domain__account"], row["domain__account__label"], row["number"])
        for row in found
    ]


def open_about(actor: Actor, domain: Domain) -> list[Drift]:
    """What is open about one name."""
    return list(undecided(office_drift(actor).filter(domain=domain)).order_by("field"))
