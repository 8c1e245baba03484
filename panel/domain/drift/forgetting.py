"""Dropping what was decided about differences once nobody asks any more."""

from __future__ import annotations

from datetime import timedelta

from panel.domain.drift.models import Drift, DriftState
from panel.operation.clock import from_now

KEPT = timedelta(days=180)
AT_ONCE = 2000


def forget_decided() -> int:
    """Delete items that were closed longer ago than KEPT. Returns how many; what is not decided stays."""
    old = Drift.objects.filter(state=DriftState.CLOSED, decided_at__lt=from_now(-KEPT.total_seconds()))
    forgotten = 0
    while keys := list(old.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        forgotten += Drift.objects.filter(pk__in=keys).delete()[0]
    return forgotten
