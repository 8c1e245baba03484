"""Retail prices: computed from the registrar's cost and the brand's margins, never typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from panel.account.models import Account, Cost, Tld
from panel.account.queries import selling_accounts
from panel.billing.models import PriceList, PriceRule, Rounding
from panel.brand.models import Brand

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Quote:
    """What one action costs a customer for one year in an extension.

    `sellable` is False while the price would be under the cost and no staff member agreed to that.
    """

    tld_name: str
    action: str
    account: Account
    price: Decimal
    cost: Decimal
    currency: str
    years: tuple[int, ...]
    in_promo: bool
    sellable: bool

    def total(self, years: int) -> Decimal:
        """The price of so many years. ASSUMPTION: a registrar charges each year alike (its manual does not say)."""
        return self.price * years

    def cost_total(self, years: int) -> Decimal:
        """The cost of so many years, under the same assumption."""
        return self.cost * years


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
    """A brand's prices, read once for a page: three queries however many extensions are asked for."""

    def __init__(self, brand: Brand) -> None:
        self.brand = brand
        self.price_list = price_list_of(brand)
        self.rules: dict[tuple[str, str], PriceRule] = {
            (rule.tld_name, rule.action): rule for rule in self.price_list.rules.all()
        }
        self._costs: dict[tuple[str, str], Cost] = {}
        costs = Cost.objects.filter(tld__account__in=selling_accounts(), currency=self.price_list.currency)
        for cost in costs.select_related("tld__account").order_by("amount", "pk"):
            self._costs.setdefault((cost.tld.name, cost.action), cost)

    def tlds(self, action: str = "create") -> list[str]:
        """Extensions that can be sold for `action`, in alphabetical order."""
        return sorted(name for name, kind in self._costs if kind == action and self._is_sold(name, action))

    def account_for(self, tld_name: str, action: str = "create") -> Account | None:
        """The account through which the extension is bought, the cheapest where there are several."""
        cost = self._costs.get((tld_name, action))
        return cost.tld.account if cost else None

    def tld(self, tld_name: str, action: str = "create") -> Tld | None:
        """The catalogue's entry of the extension, or None."""
        cost = self._costs.get((tld_name, action))
        return cost.tld if cost else None

    def quote(self, tld_name: str, action: str = "create", *, cost: Decimal | None = None) -> Quote | None:
        """The price of one year, or None when the extension is not sold. `cost` replaces the catalogue's (premium)."""
        entry = self._costs.get((tld_name, action))
        if entry is None or not self._is_sold(tld_name, action):
            return None
        rules = self._rules_for(tld_name, action)
        amount = entry.amount if cost is None else cost
        price = retail(amount, self.price_list, rules)
        approved = any(rule.below_cost_approved_by_id for rule in rules)
        return Quote(
            tld_name=tld_name,
            action=action,
            account=entry.tld.account,
            price=price,
            cost=amount,
            currency=entry.currency,
            years=tuple(entry.years) or (1,),
            in_promo=entry.in_promo,
            sellable=price > 0 and (price >= amount or approved),
        )

    def _rules_for(self, tld_name: str, action: str) -> list[PriceRule]:
        keys = ((tld_name, ""), (tld_name, action))
        return [self.rules[key] for key in keys if key in self.rules]

    def _is_sold(self, tld_name: str, action: str) -> bool:
        return all(rule.is_sold for rule in self._rules_for(tld_name, action))


def price_list_of(brand: Brand) -> PriceList:
    """The brand's price list, made with the default margins at first use."""
    price_list, _created = PriceList.objects.get_or_create(brand=brand, defaults={"currency": brand.currency})
    return price_list
