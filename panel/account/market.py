"""The registrar accounts as one market: who sells what, at what cost, and who would be used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.utils import timezone

from panel.account.models import Account, AccountState, Action, Cost, Preference
from panel.operation.models import Operation
from panel.operation.states import State, WaitingFor
from registrar import FAMILIES
from registrar.market import Health, Offer, Ranking, Stance, convert, rank

# What an account's API must be able to say for an action to go through it.
NEEDS = {
    Action.CREATE: "domain.create",
    Action.RENEW: "domain.renew",
    Action.TRANSFER: "domain.transfer",
    Action.TRADE: "domain.change_owner",
    Action.RESTORE: "domain.restore",
    Action.PRIVACY: "domain.buy_whois_privacy",
}


@dataclass(frozen=True, slots=True)
class CostRow:
    """A cost of the catalogue, as light as it can be: a page reads thousands."""

    pk: int
    account: int
    tld_name: str
    action: str
    amount: Decimal
    currency: str
    years: tuple[int, ...]
    in_promo: bool


@dataclass
class Market:
    """Everything that is needed to choose accounts, read once: four queries however many extensions.

    `rates` says what one unit of a currency is worth in the currency in which offers are compared; `names` are the only
    extensions that are asked for, None for all. Whoever asks for the cost of one account alone reads the costs alone.
    """

    costs: dict[tuple[str, str], dict[int, CostRow]]
    rates: Mapping[str, Decimal]
    names: list[str] | None = None
    _rankings: dict[tuple[str, str], Ranking] = field(default_factory=dict)

    @cached_property
    def accounts(self) -> dict[int, Account]:
        """Every account by its key."""
        return {account.pk: account for account in Account.objects.order_by("pk")}

    @cached_property
    def wishes(self) -> dict[tuple[int, str], Stance]:
        """What staff said of an account in an extension."""
        rows = Preference.objects.all()
        if self.names is not None:
            rows = rows.filter(tld_name__in=self.names)
        found = rows.values_list("account_id", "tld_name", "stance")
        return {(account, name): Stance(stance) for account, name, stance in found}

    @cached_property
    def short(self) -> set[int]:
        """Accounts where an order waits for money."""
        waiting = Operation.objects.filter(state=State.QUEUED, waiting_for=WaitingFor.FUNDS)
        return set(waiting.order_by().values_list("account_id", flat=True).distinct())

    def sold(self, action: str) -> Iterable[str]:
        """Extensions that some account has a cost for."""
        return (name for name, kind in self.costs if kind == action)

    def cost(self, account: int, tld_name: str, action: str) -> CostRow | None:
        """An account's own cost, or None."""
        return self.costs.get((tld_name, action), {}).get(account)

    def offers(self, tld_name: str, action: str) -> list[Offer]:
        """What every account says to one action in one extension."""
        return [self._offer(account, tld_name, action) for account in self.accounts.values()]

    def ranking(self, tld_name: str, action: str) -> Ranking:
        """The accounts for one year, best first.

        Names are renewed where they are: what a new name will cost to renew is the cost of the account that would
        register it. Others are asked only where nobody would.
        """
        key = (tld_name, action)
        if key not in self._rankings:
            self._rankings[key] = self._rank(tld_name, action)
        return self._rankings[key]

    def _rank(self, tld_name: str, action: str) -> Ranking:
        offers = self.offers(tld_name, action)
        if action == Action.RENEW:
            home = self.ranking(tld_name, Action.CREATE).best
            if home is not None:
                offers = [offer for offer in offers if offer.account == home.account]
        return rank(offers)

    def _offer(self, account: Account, tld_name: str, action: str) -> Offer:
        cost = self.cost(account.pk, tld_name, action)
        currency = cost.currency if cost else account.currency
        rate = self.rates.get(currency)
        return Offer(
            account=account.pk,
            support=FAMILIES[account.family].capabilities.find(NEEDS[Action(action)], tld_name).support,
            cost=cost.amount if cost else None,
            currency=currency,
            price=convert(cost.amount, rate) if cost and rate is not None else None,
            health=health_of(account),
            balance=self._balance(account, currency),
            stance=self.wishes.get((account.pk, tld_name), Stance.NONE),
            is_open=account.is_default,
        )

    def _balance(self, account: Account, currency: str) -> Decimal | None:
        """What is known of the account's money: where its API tells nothing, a refusal for want of it does."""
        if account.balance is None and account.pk in self.short:
            return Decimal(0)
        return account.balance if currency == account.currency else None


def read(rates: Mapping[str, Decimal], tld_names: Iterable[str] | None = None) -> Market:
    """The market as it stands, of all extensions or of some."""
    costs = Cost.objects.all()
    names = None if tld_names is None else list(tld_names)
    if names is not None:
        costs = costs.filter(tld__name__in=names)
    table: dict[tuple[str, str], dict[int, CostRow]] = {}
    columns = ("pk", "tld__account_id", "tld__name", "action", "amount", "currency", "years", "in_promo")
    for pk, account, name, action, amount, currency, years, in_promo in costs.values_list(*columns):
        row = CostRow(pk, account, name, action, amount, currency, tuple(years) or (1,), in_promo)
        table.setdefault((name, action), {})[account] = row
    return Market(costs=table, rates=rates, names=names)


def health_of(account: Account) -> Health:
    """Whether orders can go through an account now."""
    if account.state == AccountState.PAUSED:
        return Health.PAUSED
    if account.state == AccountState.STOPPED:
        return Health.STOPPED
    if account.retry_after is not None and account.retry_after > timezone.now():
        return Health.RESTING
    return Health.WORKING
