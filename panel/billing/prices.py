"""Changing price lists for the operator: every loss is named, and happens only when a person agrees to it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Case, DecimalField, ExpressionWrapper, F, QuerySet, Value, When

from panel.account.models import Action, Cost, Promotion
from panel.billing.models import PriceList, PriceRule
from panel.billing.pricing import PriceBook, Quote
from panel.people.models import User

log = structlog.get_logger(__name__)


class Loss(Exception):
    """The change would sell below cost. `quotes` are the extensions and actions that would."""

    def __init__(self, quotes: list[Quote]) -> None:
        super().__init__(", ".join(f".{quote.tld_name} {quote.action}" for quote in quotes))
        self.quotes = quotes


def losses(price_list: PriceList) -> dict[tuple[str, str], Quote]:
    """What the list would sell below cost without anybody's consent, by extension and action."""
    book = PriceBook(price_list.brand)
    quotes = (book.quote(tld, action) for action in Action for tld in book.tlds(action))
    return {(quote.tld_name, quote.action): quote for quote in quotes if quote and not quote.sellable}


def change_list(price_list: PriceList, values: Mapping[str, Any], approver: User | None) -> None:
    """Change the margins of a whole list. Raises Loss without an approver, and then nothing is changed."""
    with transaction.atomic():
        before = losses(price_list)
        for name, value in values.items():
            setattr(price_list, name, value)
        price_list.save()
        _settle_losses(price_list, before, approver)


def change_rule(
    price_list: PriceList, tld_name: str, action: str, values: Mapping[str, Any], approver: User | None
) -> PriceRule:
    """Write the rule of an extension and action ("": all). An earlier consent to a loss ends with the old margins.

    Raises Loss without an approver, and then nothing is changed.
    """
    with transaction.atomic():
        before = losses(price_list)
        PriceRule.objects.filter(price_list=price_list, tld_name=tld_name).update(below_cost_approved_by=None)
        rule, _created = PriceRule.objects.update_or_create(
            price_list=price_list,
            tld_name=tld_name,
            action=action,
            defaults={**values, "below_cost_approved_by": None},
        )
        _settle_losses(price_list, before, approver)
    rule.refresh_from_db()
    return rule


def remove_rule(rule: PriceRule, approver: User | None) -> None:
    """The extension follows the list again. Raises Loss without an approver, and then nothing is changed."""
    with transaction.atomic():
        before = losses(rule.price_list)
        PriceRule.objects.filter(pk=rule.pk).delete()
        _settle_losses(rule.price_list, before, approver)


def _settle_losses(
    price_list: PriceList, before: Mapping[tuple[str, str], Quote], approver: User | None
) -> None:
    new = {key: quote for key, quote in losses(price_list).items() if key not in before}
    # A change of a price that lost money already without consent is as good as a new one.
    worse = {
        key: quote
        for key, quote in losses(price_list).items()
        if key in before and quote.price < before[key].price
    }
    new |= worse
    if not new:
        return
    if approver is None:
        raise Loss([new[key] for key in sorted(new)])
    for tld_name, action in new:
        approve(price_list, tld_name, action, approver)


def approve(price_list: PriceList, tld_name: str, action: str, approver: User) -> None:
    """Note who agreed to sell this below cost."""
    PriceRule.objects.update_or_create(
        price_list=price_list,
        tld_name=tld_name,
        action=action,
        defaults={"below_cost_approved_by": approver},
    )
    log.info("below_cost_approved", tld=tld_name, action=action, by=approver.public_id)


def chosen_costs(book: PriceBook) -> QuerySet[Cost]:
    """The cost that counts of every extension and action: the chosen account's. `local` is in the list's currency."""
    rates = [When(currency=code, then=Value(rate)) for code, rate in book.market.rates.items()]
    rate = Case(*rates, default=Value(Decimal(1)), output_field=DecimalField(max_digits=18, decimal_places=8))
    local = ExpressionWrapper(F("amount") * rate, output_field=DecimalField(max_digits=18, decimal_places=2))
    chosen = [row.pk for row in book.chosen()]
    return Cost.objects.filter(pk__in=chosen).annotate(local=local).select_related("tld__account")


def running_promotions() -> dict[tuple[int, str, str], Promotion]:
    """Promotions by account, extension and action."""
    return {(row.account_id, row.tld_name, row.action): row for row in Promotion.objects.exclude(tld_name="")}


def margin(quote: Quote) -> tuple[Decimal, Decimal | None]:
    """What is earned with one year: the amount, and its share of the cost in percent."""
    earned = quote.price - quote.cost
    return earned, (earned / quote.cost * 100).quantize(Decimal("0.1")) if quote.cost else None
