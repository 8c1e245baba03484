"""Where an order that was not sent could go instead of its account. Whether it may move is the caller's decision."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from panel.account import market
from panel.account.models import Account, Action
from panel.billing.models import OrderLine
from panel.billing.rates import Rates
from panel.operation.models import Operation
from registrar.market import Offer, rank

# Kinds of operations that any account could carry out. A name is renewed where it is.
ACTIONS = {"domain.create": Action.CREATE, "domain.transfer": Action.TRANSFER}


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another account for an order, with what it would cost there for all years, in both currencies."""

    account: Account
    cost: Decimal
    currency: str
    account_cost: Decimal
    account_currency: str


def alternatives(operation: Operation) -> list[Alternative]:
    """Accounts that could do now what waits at the operation's own account, best first.

    They can do it, offer these years, are healthy, have the money, are not barred by staff, and bring no loss that
    nobody agreed to. Empty for premium names, whose price is each registrar's own, and for kinds that cannot move.
    """
    action = ACTIONS.get(operation.kind)
    if action is None or operation.payload.get("premium"):
        return []
    tld_name, years = operation.payload["tld"], operation.payload.get("years", 1)
    known = market.read(Rates(operation.currency), [tld_name])
    found = []
    for offer in rank(known.offers(tld_name, action), years).offers:
        row = known.cost(offer.account, tld_name, action)
        if offer.account != operation.account_id and row is not None and years in row.years:
            found.append(_alternative(known.accounts[offer.account], offer, years, operation.currency))
    limit = _limit(operation)
    return [one for one in found if limit is None or one.cost <= limit]


def _limit(operation: Operation) -> Decimal | None:
    """What an alternative may cost: the price, or more where staff agreed to a loss as great as that."""
    line = OrderLine.objects.filter(operation=operation).values_list("cost", flat=True).first()
    known = [amount for amount in (operation.price, line) if amount is not None]
    return max(known, default=None)


def _alternative(account: Account, offer: Offer, years: int, currency: str) -> Alternative:
    assert offer.cost is not None
    assert offer.price is not None
    return Alternative(account, offer.price * years, currency, offer.cost * years, offer.currency)


def record_move(operation: Operation, to: Alternative) -> None:
    """Let the order's line say what the operation costs at its new account; its price stays what was agreed."""
    OrderLine.objects.filter(operation=operation).update(
        cost=to.cost, account_cost=to.account_cost, account_currency=to.account_currency
    )
