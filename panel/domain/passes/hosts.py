"""Hosts below names, read once a day: no list of a registrar shows them, and most names have none.

Not at the end of a pass: names about which something is under way are left out of the next one.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from panel.account.models import Account
from panel.domain.delegation_models import GlueRecord
from panel.domain.models import ENDED, Domain
from panel.domain.operations_read import ReadDelegation, plan_reading
from registrar import FAMILIES

METHOD = "domain.glue_records"
READINGS_AT_ONCE = 50
READ_AGAIN_AFTER = timedelta(days=1)


def with_hosts(account: Account) -> QuerySet[Domain]:
    """The account's living names that have hosts below them: they are known, or serve the name itself."""
    below = Concat(Value("."), F("name"), Value('"'))
    names = Domain.objects.filter(account=account).exclude(status__in=ENDED)
    own = names.annotate(servers=Cast("nameservers", TextField()))
    return own.filter(Q(servers__contains=below) | Exists(GlueRecord.objects.filter(domain=OuterRef("pk"))))


def read_hosts(account: Account) -> int:
    """Have those read that were not for a day, never read ones first. Returns how many."""
    if not FAMILIES[account.family].capabilities.find(METHOD).usable:
        return 0
    stale = Q(delegation_read_at=None) | Q(delegation_read_at__lt=timezone.now() - READ_AGAIN_AFTER)
    rows = with_hosts(account).filter(stale, missing_since=None).select_related("account", "customer")
    found = list(rows.order_by(F("delegation_read_at").asc(nulls_first=True), "pk")[:READINGS_AT_ONCE])
    with transaction.atomic():
        for domain in found:
            plan_reading(domain, ReadDelegation, actor=None)
    return len(found)
