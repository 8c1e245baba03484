"""Changing a brand's margins. What a name costs is the operator's affair: a brand only hears what does not work."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction

from panel.account.models import MAIN_ACTIONS
from panel.billing.models import PriceList, PriceRule
from panel.billing.pricing import PriceBook, Quote
from panel.brand.models import Brand


class BelowCost(Exception):
    """The change would sell something for less than it costs. `extensions` names what, without the costs."""

    def __init__(self, extensions: list[str]) -> None:
        super().__init__(", ".join(extensions))
        self.extensions = extensions


def set_margins(price_list: PriceList, *, percent: Decimal, fixed: Decimal, rounding: str) -> None:
    """Change the margins of the whole list. Raises BelowCost, and then nothing is changed."""
    with transaction.atomic():
        before = losses(price_list.brand)
        price_list.margin_percent, price_list.margin_fixed, price_list.rounding = percent, fixed, rounding
        price_list.save()
        _refuse_new_losses(price_list.brand, before)


def set_rule(
    price_list: PriceList,
    tld_name: str,
    *,
    percent: Decimal | None,
    fixed: Decimal | None,
    rounding: str,
    is_sold: bool,
) -> None:
    """Change what is different for one extension; nothing different removes the rule. Raises BelowCost.

    An approval to sell under cost was given for the old margins: it ends with them.
    """
    values = {"margin_percent": percent, "margin_fixed": fixed, "rounding": rounding, "is_sold": is_sold}
    with transaction.atomic():
        before = losses(price_list.brand)
        rule = PriceRule.objects.filter(price_list=price_list, tld_name=tld_name, action="").first()
        if percent is None and fixed is None and not rounding and is_sold:
            PriceRule.objects.filter(price_list=price_list, tld_name=tld_name, action="").delete()
        elif rule is None:
            PriceRule.objects.create(price_list=price_list, tld_name=tld_name, action="", **values)
        elif any(getattr(rule, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(rule, name, value)
            rule.below_cost_approved_by = None
            rule.save()
        _refuse_new_losses(price_list.brand, before)


def losses(brand: Brand) -> set[str]:
    """Extensions that the brand could sell and that would bring a loss."""
    book = PriceBook(brand)
    quotes: list[Quote | None] = [book.quote(tld, action) for tld in book.tlds() for action in MAIN_ACTIONS]
    return {quote.tld_name for quote in quotes if quote is not None and not quote.sellable}


def _refuse_new_losses(brand: Brand, before: set[str]) -> None:
    new = losses(brand) - before
    if new:
        raise BelowCost(sorted(new))
