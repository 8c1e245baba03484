"""Renewals by registrars, for staff."""

from __future__ import annotations

from django.db.models import QuerySet

from panel.access.actor import Actor
from panel.access.scopes import require_staff
from panel.domain.models import Domain
from panel.domain.self_renewal.models import SelfRenewal


def office_self_renewals(actor: Actor) -> QuerySet[SelfRenewal]:
    """Every one, with what a list of them shows, for staff."""
    require_staff(actor)
    around = ("domain__account", "customer__brand", "decided_by", "rule", "entry")
    return SelfRenewal.objects.select_related(*around)


def undecided(rows: QuerySet[SelfRenewal]) -> QuerySet[SelfRenewal]:
    """What waits for a person."""
    return rows.filter(state=SelfRenewal.State.OPEN)


def undecided_about(actor: Actor, domain: Domain) -> SelfRenewal | None:
    """What waits for a person about one name."""
    return undecided(office_self_renewals(actor)).filter(domain=domain).first()
