"""Reading which names of an account have plans: one list for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from panel.account.models import Account, AccountState
from panel.core.models import database_now
from panel.domain.models import Domain
from panel.hosting import mirror
from panel.hosting.models import Plan
from panel.hosting.reading import plan_subject, read_first_time
from panel.operation.models import Operation
from panel.operation.registry import RepeatableKind, register
from panel.operation.services import AlreadyOpen, plan
from panel.operation.states import OPEN, Lane
from registrar import FAMILIES, errors, types

PAGE = 500
MOST_PAGES = 100
# Of names whose plan was never seen before, so many are read in full after a list: the rest follow the next ones.
MOST_NEW = 20


@dataclass(frozen=True, slots=True)
class Listed:
    """All plans of an account, begun `at` by the database's clock."""

    at: datetime
    plans: tuple[types.HostingPlan, ...]


@register
class ReadPlans(RepeatableKind):
    """Read the account's list of plans. One that two lists lack is gone."""

    name = "hosting.read_plans"
    methods = ("hosting.list",)
    lane = Lane.SYNC
    deadline = timedelta(hours=6)
    calls = 2

    def submit(self, operation: Operation, driver: Any) -> types.Outcome[Listed]:
        at = database_now()
        found: list[types.HostingPlan] = []
        for number in range(1, MOST_PAGES + 1):
            page: types.Page[types.HostingPlan] = driver.hosting.list(page=number, page_length=PAGE)
            found += page.items
            if page.is_last:
                return types.Done(Listed(at, tuple(found)))
        raise errors.UnreadableReply(f"more than {PAGE * MOST_PAGES} plans")

    def apply(self, operation: Operation, value: Listed | None) -> dict[str, Any]:
        if value is None:
            return {}
        account = operation.account
        listed = {found.name: found for found in value.plans}
        rows = Plan.objects.filter(domain__account=account).select_related("domain")
        known = {row.domain.name: row for row in rows}
        held = Domain.objects.filter(account=account, name__in=set(listed) | set(known))
        busy = _busy(account)
        new = []
        for domain in held.select_related("account", "customer", "hosting_survey"):
            found, row = listed.get(domain.name), known.get(domain.name)
            if plan_subject(domain.name) in busy:
                continue
            if found is None:
                mirror.miss_plan(domain, value.at)
            elif row is None or mirror.plan_differs(row, found):
                mirror.keep_plan(domain, found)
            if found is not None and not hasattr(domain, "hosting_survey"):
                new.append(domain)
        for domain in new[:MOST_NEW]:
            read_first_time(domain)
        return {"plans": len(listed), "here": len(listed.keys() & {domain.name for domain in held})}


def _busy(account: Account) -> set[str]:
    rows = Operation.objects.filter(account=account, state__in=sorted(OPEN), subject__startswith="plan:")
    return set(rows.values_list("subject", flat=True))


def plan_lists() -> int:
    """Plan to read the plans of every working account that has a list of them. Returns how many."""
    planned = 0
    for account in Account.objects.filter(state=AccountState.ACTIVE):
        if not FAMILIES[account.family].capabilities.find("hosting.list").usable:
            continue
        subject = f"plans:{account.public_id}"
        before = Operation.objects.filter(subject=subject).count()
        try:
            plan(
                ReadPlans.name,
                subject=subject,
                label=account.label,
                account=account,
                intent_key=f"{ReadPlans.name}:{account.public_id}:{before}",
                payload={},
            )
        except AlreadyOpen:
            continue
        planned += 1
    return planned
