"""When a registrar last showed a name: in a reading of its own, or in a whole list that found it as it was.

A pass writes nothing to the rows that it finds unchanged, so the second is told by the pass, once for all its names.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from panel.account.models import SyncRun
from panel.domain.models import Domain

WHOLE = {"kind": SyncRun.Kind.DOMAINS, "state": SyncRun.State.DONE}


def with_listing(domains: QuerySet[Domain]) -> QuerySet[Domain]:
    """The same names, each with `listed_at`: when the last whole pass over its account began."""
    passes = SyncRun.objects.filter(account=OuterRef("account"), **WHOLE).order_by("-pk")
    return domains.annotate(listed_at=Subquery(passes.values("created_at")[:1]))


def last_seen(domain: Domain) -> datetime | None:
    """When the registrar last showed the name, or None. Takes a query unless with_listing() brought the name."""
    if "listed_at" in domain.__dict__:
        listed = domain.__dict__["listed_at"]
    else:
        passes = SyncRun.objects.filter(account=domain.account_id, **WHOLE).order_by("-pk")
        listed = passes.values_list("created_at", flat=True).first()
    if domain.missing_since is not None or (listed is not None and listed < domain.created_at):
        listed = None
    known = [moment for moment in (domain.synced_at, listed) if moment is not None]
    return max(known, default=None)
