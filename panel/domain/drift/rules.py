"""What is decided about drift without a person: as a rule says, and only while there is little of it.

All that is open of a rule's field counts, not only what a pass has found: a registrar's mistake over the whole
portfolio is more than any threshold, and stays for a person, pass after pass.
"""

from __future__ import annotations

from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

from panel.account.models import Account
from panel.domain.drift.models import Drift, DriftOutcome, DriftRule, DriftState
from panel.domain.self_renewal.deciding import charge_by_rule

log = structlog.get_logger(__name__)


@transaction.atomic
def apply_rules(account: Account) -> int:
    """Decide what the account's rules say; one for the account goes before one for all. Returns how many items."""
    wake_ignored()
    rules = {rule.field: rule for rule in DriftRule.objects.filter(account=None)}
    rules |= {rule.field: rule for rule in DriftRule.objects.filter(account=account)}
    decided = 0
    for rule in rules.values():
        if rule.action == DriftRule.Action.CHARGE:
            decided += charge_by_rule(account, rule)
            continue
        rows = Drift.objects.filter(
            domain__account=account,
            field=rule.field,
            state=DriftState.OPEN,
            implausible=False,
            operation=None,
        )
        keys = list(rows.select_for_update(of=("self",)).values_list("pk", flat=True)[: rule.at_most + 1])
        if len(keys) > rule.at_most:
            log.warning("drift_rule_held_back", rule=rule.pk, account=account.label, field=rule.field)
            continue
        decided += _decide(rule, keys)
    return decided


def _decide(rule: DriftRule, keys: list[int]) -> int:
    rows = Drift.objects.filter(pk__in=keys)
    if rule.action == DriftRule.Action.ACCEPT:
        return rows.update(
            state=DriftState.CLOSED, outcome=DriftOutcome.ACCEPTED, rule=rule, reason=rule.reason,
            decided_at=Now(), updated_at=Now(),
        )  # fmt: skip
    return rows.update(
        state=DriftState.IGNORED, ignored_until=timezone.localdate() + timedelta(days=rule.days), rule=rule,
        reason=rule.reason, decided_at=Now(), updated_at=Now(),
    )  # fmt: skip


def wake_ignored() -> int:
    """Open again what was ignored until a day that has come. Returns how many items."""
    rows = Drift.objects.filter(state=DriftState.IGNORED, ignored_until__lte=timezone.localdate())
    return rows.update(state=DriftState.OPEN, opened_at=F("opened_at"), updated_at=Now())
