"""Retail prices are computed from cost and margin."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.account.models import Cost
from panel.billing.models import PriceRule, Rounding
from panel.billing.pricing import PriceBook, price_list_of, round_price

AMOUNTS = st.decimals(min_value="0.01", max_value="9999", places=4)


@pytest.mark.parametrize(
    ("amount", "rounding", "expected"),
    [
        ("12.4449", Rounding.CENT, "12.44"),
        ("12.445", Rounding.CENT, "12.45"),
        ("12.41", Rounding.TEN_CENTS, "12.50"),
        ("12.41", Rounding.HALF, "12.50"),
        ("12.51", Rounding.HALF, "13.00"),
        ("12.01", Rounding.WHOLE, "13.00"),
        ("12.00", Rounding.WHOLE, "12.00"),
        ("12.50", Rounding.NINETY_NINE, "12.99"),
        ("12.995", Rounding.NINETY_NINE, "13.99"),
        ("12.91", Rounding.NINETY, "13.90"),
        ("12.90", Rounding.NINETY, "12.90"),
        ("0.10", Rounding.NINETY, "0.90"),
    ],
)
def test_price_is_rounded_as_the_list_asks(amount: str, rounding: str, expected: str) -> None:
    assert round_price(Decimal(amount), rounding) == Decimal(expected)


@given(amount=AMOUNTS, rounding=st.sampled_from([item for item in Rounding if item != Rounding.CENT]))
def test_rounding_never_goes_below_the_amount(amount: Decimal, rounding: str) -> None:
    rounded = round_price(amount, rounding)

    assert rounded >= amount
    assert rounded - amount <= 1
    assert round_price(rounded, rounding) == rounded


@pytest.mark.django_db
def test_quote_adds_the_margin_of_the_list(catalogue: Any, operator: Any) -> None:
    quote = PriceBook(operator).quote("com")

    assert quote is not None
    assert (quote.cost, quote.price, quote.sellable) == (Decimal("10.00"), Decimal("12.90"), True)


@pytest.mark.django_db
def test_rule_of_an_extension_overrides_the_list_and_its_action_the_rule(
    catalogue: Any, operator: Any
) -> None:
    prices = price_list_of(operator)
    PriceRule.objects.create(price_list=prices, tld_name="com", margin_percent=Decimal(50))
    PriceRule.objects.create(
        price_list=prices, tld_name="com", action="renew", margin_fixed=Decimal(3), rounding=Rounding.CENT
    )

    book = PriceBook(operator)

    assert book.quote("com", "create").price == Decimal("15.90")
    assert book.quote("com", "renew").price == Decimal("18.00")
    assert book.quote("net", "create").price == Decimal("13.90")


@pytest.mark.django_db
def test_price_under_cost_is_not_sellable_until_staff_agreed(
    catalogue: Any, operator: Any, staff: Any
) -> None:
    rule = PriceRule.objects.create(
        price_list=price_list_of(operator),
        tld_name="com",
        margin_percent=Decimal(-50),
        rounding=Rounding.CENT,
    )
    assert not PriceBook(operator).quote("com").sellable

    rule.below_cost_approved_by = staff
    rule.save()

    assert PriceBook(operator).quote("com").sellable


@pytest.mark.django_db
def test_extension_that_is_not_sold_has_no_quote(catalogue: Any, operator: Any) -> None:
    PriceRule.objects.create(price_list=price_list_of(operator), tld_name="fr", is_sold=False)

    book = PriceBook(operator)

    assert book.quote("fr") is None
    assert "fr" not in book.tlds()


@pytest.mark.django_db
def test_extension_that_no_account_offers_has_no_quote(catalogue: Any, operator: Any) -> None:
    assert PriceBook(operator).quote("museum") is None


@pytest.mark.django_db
def test_cost_in_another_currency_is_not_offered_without_a_rate(catalogue: Any, operator: Any) -> None:
    Cost.objects.filter(tld__name="com").update(currency="USD")

    assert PriceBook(operator).quote("com") is None


@pytest.mark.django_db
def test_premium_price_is_computed_from_the_cost_of_the_check(catalogue: Any, operator: Any) -> None:
    quote = PriceBook(operator).quote("com", cost=Decimal(1000))

    assert quote is not None
    assert quote.price == Decimal("1250.90")


@pytest.mark.django_db
def test_price_book_costs_the_same_queries_for_any_number_of_extensions(
    catalogue: Any, operator: Any, django_assert_max_num_queries: Any
) -> None:
    price_list_of(operator)

    with django_assert_max_num_queries(7):
        book = PriceBook(operator)
        for tld_name in ("com", "net", "fr", "es", "madrid"):
            book.quote(tld_name)
