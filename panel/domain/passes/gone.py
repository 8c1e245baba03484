"""Names that left their account: ended by two proofs, never by one, and never deleted.

The first proof is a whole list that lacks the name (`missing_since`). The second is another whole list, or the
registrar's own "not found" when it is asked about the name. The row keeps its customer, and a name that is listed again
is as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import structlog
from django.db.models import QuerySet
from django.db.models.functions import Now

from panel.account.models import Account
from panel.domain.drift.models import LIVE_STATES, Drift, DriftField, DriftOutcome, DriftState
from panel.domain.models import ENDED, Domain, name_in, subject_of
from panel.operation.models import Operation
from panel.operation.states import OPEN

log = structlog.get_logger(__name__)

# A name whose time was over did not move: it was deleted.
RUN_OUT = (Domain.Status.GRACE, Domain.Status.REDEMPTION, Domain.Status.PENDING_DELETE)


def at_rest(rows: QuerySet[Domain]) -> list[Domain]:
    """The rows, locked, without those that an operation is about."""
    found = list(rows.select_for_update(of=("self",)).order_by("pk"))
    busy = Operation.objects.filter(state__in=OPEN, subject__in=[subject_of(row.name) for row in found])
    names = {name_in(subject) for subject in busy.values_list("subject", flat=True)}
    return [row for row in found if row.name not in names]


def not_found(account: Account, name: str, asked_at: datetime) -> bool:
    """The registrar says that it does not have the name: the second proof, where a whole list lacked it before."""
    rows = Domain.objects.filter(account=account, name=name, missing_since__lte=asked_at)
    found = at_rest(rows.exclude(status__in=ENDED))
    end(found)
    return bool(found)


def end(rows: Sequence[Domain]) -> None:
    """The names left the account; what was open about them is over, and that they left is news for staff."""
    if not rows:
        return
    over = [row.pk for row in rows if row.status in RUN_OUT]
    moved = [row.pk for row in rows if row.status not in RUN_OUT]
    for keys, status in ((over, Domain.Status.DELETED), (moved, Domain.Status.TRANSFERRED_AWAY)):
        if keys:
            Domain.objects.filter(pk__in=keys).update(status=status, missing_since=None, updated_at=Now())
    live = Drift.objects.filter(domain__in=rows, state__in=LIVE_STATES)
    live.filter(state=DriftState.HELD).delete()
    closed: dict[str, Any] = {
        "state": DriftState.CLOSED,
        "outcome": DriftOutcome.GONE,
        "decided_at": Now(),
        "updated_at": Now(),
    }
    live.update(**closed)
    Drift.objects.bulk_create(
        Drift(
            domain=row,
            field=DriftField.PRESENCE,
            agreed=row.status,
            observed=Domain.Status.DELETED if row.status in RUN_OUT else Domain.Status.TRANSFERRED_AWAY,
            state=DriftState.CLOSED,
            outcome=DriftOutcome.GONE,
            opened_at=Now(),
            decided_at=Now(),
        )
        for row in rows
    )
    for row in rows:
        log.info("domain_gone", name=row.name, was=row.status)
