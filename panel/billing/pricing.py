"""Retail prices: computed from the registrar's cost and the brand's margins, never typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from panel.account import market
from panel.account.market import CostRow
from panel.account.models import Account, Action
from panel.billing.models import PriceList, PriceRule, Rounding
from panel.billing.rates import Rates
from panel.brand.models import Brand
from registrar.market import convert

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Quote:
    """What one action costs a customer in an extension, for one year where it buys time.

    `price` and `cost` are in `currency`, the price list's; `account_cost` is what the registrar asks, in
    `account_currency`. `sellable` is False while the price would be under the cost and no staff member agreed to that.
    """

    tld_name: str
    action: str
    account: Account
    price: Decimal
    cost: Decimal
    currency: str
    account_cost: Decimal
    account_currency: str
    years: tuple[int, ...]
    in_promo: bool
    sellable: bool

    def total(self, years: int) -> Decimal:
        """The price of so many years. ASSUMPTION: a registrar charges each year alike (its manual does not say)."""
        return self.price * years

    def costs(self, years: int) -> dict[str, Decimal | str]:
        """The costs of so many years, as an OrderLine keeps them."""
        return {
            "cost": self.cost * years,
            "account_cost": self.account_cost * years,
            "account_currency": self.account_currency,
        }


def round_price(amount: Decimal, rounding: str) -> Decimal:
    """`amount` rounded as a price list asks; never downwards, except to the cent."""
    if rounding == Rounding.CENT:
        return amount.quantize(CENT, ROUND_HALF_UP)
    if rounding in (Rounding.NINETY_NINE, Rounding.NINETY):
        ending = Decimal("0" + rounding)
        whole = amount.to_integral_value(ROUND_CEILING)
        lower = whole - 1 + ending
        return (lower if lower >= amount else whole + ending).quantize(CENT)
    step = Decimal(rounding)
    return ((amount / step).to_integral_value(ROUND_CEILING) * step).quantize(CENT)


def retail(cost: Decimal, price_list: PriceList, rules: Iterable[PriceRule]) -> Decimal:
    """The price for `cost`: the list's margins, overridden by the rules from general to special, then rounded."""
    percent, fixed, rounding = price_list.margin_percent, price_list.margin_fixed, price_list.rounding
    for rule in rules:
        percent = rule.margin_percent if rule.margin_percent is not None else percent
        fixed = rule.margin_fixed if rule.margin_fixed is not None else fixed
        rounding = rule.rounding or rounding
    return max(round_price(cost * (1 + percent / 100) + fixed, rounding), Decimal("0.00"))


class PriceBook:
    """A brand's prices, read once for a page: seven queries however many extensions are asked for.

    `tld_names` are the only ones that will be asked for: registrars sell more than a thousand. Where only names are
    asked for that have an account already, three of the queries are not made.
    """

    def __init__(self, brand: Brand, tld_names: Iterable[str] | None = None) -> None:
        self.brand = brand
        self.price_list = price_list_of(brand)
        names = None if tld_names is None else list(tld_names)
        rules = self.price_list.rules.all()
        if names is not None:
            rules = rules.filter(tld_name__in=names)
        self.rules: dict[tuple[str, str], PriceRule] = {(rule.tld_name, rule.action): rule for rule in rules}
        self.market = market.read(Rates(self.price_list.currency), names)

    def tlds(self, action: str = "create") -> list[str]:
        """Extensions that can be sold for `action`, in alphabetical order."""
        return sorted(
            name
            for name in self.market.sold(action)
            if self._is_sold(name, action) and self.account_for(name, action)
        )

    def account_for(self, tld_name: str, action: str = "create") -> Account | None:
        """The account through which the extension is bought: chosen by preference, health, ability and price."""
        best = self.market.ranking(tld_name, action).best
        return self.market.accounts[best.account] if best else None

    def cost_for(self, tld_name: str, action: str = "create") -> CostRow | None:
        """The cost that counts: that of the chosen account."""
        best = self.market.ranking(tld_name, action).best
        return self.market.cost(best.account, tld_name, action) if best else None

    def chosen(self) -> list[CostRow]:
        """The costs that count, of every extension and action."""
        found = (self.cost_for(tld_name, action) for tld_name, action in self.market.costs)
        return [row for row in found if row is not None]

    def quote(
        self,
        tld_name: str,
        action: str = "create",
        *,
        cost: Decimal | None = None,
        account: Account | None = None,
    ) -> Quote | None:
        """The price of one year, or None when the extension is not sold.

        `cost` replaces the catalogue's (premium); it is in the currency of the account. `account` is where it has to be
        bought, for a name that is there already.
        """
        if account is None:
            entry = self.cost_for(tld_name, action)
        else:
            entry = self.market.cost(account.pk, tld_name, action)
            if entry is not None and entry.currency not in self.market.rates:
                return None
        if entry is None or not self._is_sold(tld_name, action):
            return None
        rules = self._rules_for(tld_name, action)
        asked = entry.amount if cost is None else cost
        amount = convert(asked, self.market.rates[entry.currency])
        # Nobody sells a change of owner that costs nothing.
        free = action == Action.TRADE and not asked
        price = Decimal("0.00") if free else retail(amount, self.price_list, rules)
        approved = any(rule.below_cost_approved_by_id for rule in rules)
        return Quote(
            tld_name=tld_name,
            action=action,
            account=account or self.market.accounts[entry.account],
            price=price,
            cost=amount,
            currency=self.price_list.currency,
            account_cost=asked,
            account_currency=entry.currency,
            years=entry.years,
            in_promo=entry.in_promo,
            sellable=free or (price > 0 and (price >= amount or approved)),
        )

    def _rules_for(self, tld_name: str, action: str) -> list[PriceRule]:
        keys = ((tld_name, ""), (tld_name, action))
        return [self.rules[key] for key in keys if key in self.rules]

    def _is_sold(self, tld_name: str, action: str) -> bool:
        return all(rule.is_sold for rule in self._rules_for(tld_name, action))


def price_list_of(brand: Brand) -> PriceList:
    """The brand's price list, as it was read with the brand, or made with the default margins at first use."""
    relation = Brand._meta.get_field("price_list")
    if relation.is_cached(brand) and relation.get_cached_value(brand) is not None:
        return brand.price_list
    price_list, _created = PriceList.objects.get_or_create(brand=brand, defaults={"currency": brand.currency})
    if relation.is_cached(brand):
        # Brands outlive requests (panel.hosts): one that kept its list would sell at margins that were changed since.
        relation.delete_cached_value(brand)
    return price_list
