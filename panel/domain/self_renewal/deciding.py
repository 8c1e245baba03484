"""Whether the customer pays for a term that a registrar prolonged by itself. Never twice, and never beside an order."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import structlog
from django.db import transaction
from django.db.models.functions import Now

from panel.account.models import Account
from panel.billing import ledger
from panel.domain.drift.models import DriftRule
from panel.domain.models import Domain
from panel.domain.operations_renew import RenewDomain
from panel.domain.planning import price_of
from panel.domain.refusals import BadValue, CannotDo, NoPrice, NotNow
from panel.domain.self_renewal.models import SelfRenewal
from panel.operation.models import Operation
from panel.operation.states import OPEN, State
from panel.people.models import User

log = structlog.get_logger(__name__)
Stand = SelfRenewal.State


@transaction.atomic
def charge(item: SelfRenewal, user: User | None, *, reason: str = "", rule: DriftRule | None = None) -> bool:
    """Take the price from the wallet of whose name it was then. False where it was decided already.

    Raises NotNow while a renewal of ours is under way, CannotDo(paid) where an order paid for this very term (it is
    noted as that), NoPrice, and ledger.NotEnoughMoney.
    """
    domain, row = _locked(item)
    if row is None:
        return False
    renewals = Operation.objects.filter(kind=RenewDomain.name, subject=domain.subject)
    if renewals.filter(state__in=OPEN).exists():
        raise NotNow("renewal_under_way")
    if _was_ordered(row, renewals.filter(state=State.SUCCEEDED)):
        return False
    price = row.price if row.price is not None else _price_now(domain, row)
    entry = ledger.charge(
        row.customer, price, about=domain.name, actor=user, idempotency_key=f"self-renewal:{row.public_id}"
    )
    fields: dict[str, Any] = {"price": price, "currency": row.customer.currency, "entry": entry}
    _decide(row, Stand.CHARGED, user, reason, rule, **fields)
    log.info(
        "self_renewal_charged", name=domain.name, price=str(price), by=user.public_id if user else "rule"
    )
    return True


@transaction.atomic
def waive(item: SelfRenewal, user: User, *, reason: str) -> bool:
    """The operator bears it. False where it was decided already."""
    _domain, row = _locked(item)
    if row is None:
        return False
    _decide(row, Stand.WAIVED, user, reason, None)
    return True


def charge_by_rule(account: Account, rule: DriftRule) -> int:
    """Charge what is open of an account's names, while it is no more than the rule allows. Returns how many.

    What cannot be charged (no price, no money, something under way) stays for a person or for the next pass.
    """
    rows = SelfRenewal.objects.filter(domain__account=account, state=Stand.OPEN).order_by("pk")
    items = list(rows.select_related("domain")[: rule.at_most + 1])
    if len(items) > rule.at_most:
        log.warning("self_renewal_rule_held_back", rule=rule.pk, account=account.label)
        return 0
    charged = 0
    for item in items:
        try:
            charged += charge(item, None, reason=rule.reason, rule=rule)
        except (CannotDo, ledger.NotEnoughMoney) as refusal:
            log.info("self_renewal_waits", name=item.domain.name, why=type(refusal).__name__)
    return charged


def _locked(item: SelfRenewal) -> tuple[Domain, SelfRenewal | None]:
    """The name and the item, both locked; None where somebody has decided."""
    domain = Domain.objects.select_for_update(of=("self",)).select_related("account").get(pk=item.domain_id)
    rows = SelfRenewal.objects.select_for_update(of=("self",)).filter(pk=item.pk, state=Stand.OPEN)
    return domain, rows.select_related("customer__brand").first()


def _was_ordered(row: SelfRenewal, done: Any) -> bool:
    """Whether an order of ours has paid for this very term, which is noted: the registrar only did as it was told."""
    paid = [
        operation
        for operation in done
        if operation.starts_from.get("expires_on") == row.expired_on.isoformat()
    ]
    if not paid:
        return False
    _decide(row, Stand.OURS, None, paid[-1].public_id, None)
    return True


def _price_now(domain: Domain, row: SelfRenewal) -> Decimal:
    """The price where none was known when it was seen. Raises NoPrice."""
    if domain.customer_id != row.customer_id:
        raise NoPrice
    domain.customer = row.customer
    try:
        price = price_of(domain, "renew", row.years)
    except BadValue:
        raise NoPrice from None
    if not price:
        raise NoPrice
    return price


def _decide(
    row: SelfRenewal, state: str, user: User | None, reason: str, rule: DriftRule | None, **fields: Any
) -> None:
    for name, value in {**fields, "state": state, "decided_by": user, "reason": reason, "rule": rule}.items():
        setattr(row, name, value)
    row.decided_at = Now()
    row.save()
