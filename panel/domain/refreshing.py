"""Reading a domain anew because somebody asks for it."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from panel.access.actor import Actor
from panel.domain.history.reading import ReadHistory
from panel.domain.models import Domain
from panel.domain.operations import plan_refresh
from panel.domain.operations_read import can_read, plan_reading
from panel.operation.models import Operation

# A reading costs several calls at a registrar that bans for too many of them.
PAUSE = timedelta(seconds=30)


class JustRead(Exception):
    """The domain was read less than PAUSE ago."""


def refresh_now(actor: Actor, domain: Domain) -> Operation:
    """Plan a reading of everything that the registrar shows of the domain, or return the open one. Raises JustRead."""
    if domain.detailed_at is not None and timezone.now() - domain.detailed_at < PAUSE:
        raise JustRead(domain.name)
    with transaction.atomic():
        number = Operation.objects.filter(kind="domain.refresh", subject=domain.subject).count()
        operation = plan_refresh(
            domain.name, domain.account, key=f"asked:{number}", customer=domain.customer, actor=actor.user
        )
        if can_read(domain, ReadHistory):
            plan_reading(domain, ReadHistory, actor=actor.user)
    return operation
