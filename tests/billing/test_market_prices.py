"""Prices where several accounts sell the same extension, in several currencies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from panel.account.models import Account, Cost, Preference
from panel.billing import prices, rates
from panel.billing.models import PriceList
from panel.billing.pricing import PriceBook, Quote, price_list_of
from panel.operation.models import Operation

MakeAccount = Callable[..., Account]


def quote(operator: Any, tld: str = "com", action: str = "create") -> Quote:
    found = PriceBook(operator).quote(tld, action)
    assert found is not None
    return found


def test_book_buys_where_it_is_cheapest(catalogue: Account, make_account: MakeAccount, operator: Any) -> None:
    cheap = make_account("Cheap", {"com": "9.00"})

    assert quote(operator).account == cheap
    assert quote(operator, "net").account == catalogue


def test_book_compares_costs_at_the_current_rate(
    catalogue: Account, make_account: MakeAccount, dollars: Any, operator: Any
) -> None:
    make_account("Dollars", {"com": "11.10", "net": "13.00"}, currency="USD")

    com, net = quote(operator), quote(operator, "net")

    assert (com.account_cost, com.account_currency) == (Decimal("11.10"), "USD")
    assert (com.cost, com.currency) == (Decimal("9.99"), "EUR")
    assert net.account == catalogue


def test_cost_is_rounded_to_the_cent_before_the_margin(
    make_account: MakeAccount, operator: Any, dollars: Any
) -> None:
    PriceList.objects.filter(pk=price_list_of(operator).pk).update(
        margin_percent=Decimal(100), rounding="0.01"
    )
    make_account("Dollars", {"io": "10.55"}, currency="USD")

    found = quote(operator, "io")

    # 10.55 x 0.90 is 9.495: 9.50 to the cent, and twice that is 19.00, not 18.99.
    assert (found.cost, found.price) == (Decimal("9.50"), Decimal("19.00"))


def test_cost_without_a_rate_is_not_sold_and_staff_are_told(
    catalogue: Account, make_account: MakeAccount, operator: Any
) -> None:
    price_list_of(operator)
    make_account("Dollars", {"io": "10.00", "me": "5.00"}, currency="USD")

    book = PriceBook(operator)

    assert book.quote("io") is None
    assert "io" not in book.tlds()
    assert rates.missing_rates() == [rates.MissingRate("USD", "EUR", 2)]


def test_rate_of_the_future_does_not_count_yet(
    make_account: MakeAccount, operator: Any, dollars: Any
) -> None:
    make_account("Dollars", {"io": "10.00"}, currency="USD")
    rates.set_rate("USD", "EUR", Decimal("2.00"), timezone.now() + timedelta(days=1), None)

    assert quote(operator, "io").cost == Decimal("9.00")


def test_latest_rate_counts(make_account: MakeAccount, operator: Any, dollars: Any) -> None:
    make_account("Dollars", {"io": "10.00"}, currency="USD")
    rates.set_rate("USD", "EUR", Decimal("0.95"), timezone.now() - timedelta(hours=1), None)
    rates.set_rate("USD", "EUR", Decimal("0.10"), timezone.now() - timedelta(days=9), None)

    assert quote(operator, "io").cost == Decimal("9.50")
    assert [str(row) for row in rates.current_rates()] == ["1 USD = 0.95 EUR"]


@pytest.mark.parametrize(
    ("rate", "unusual"), [("0.95", False), ("0.99", False), ("9.00", True), ("0.80", True)]
)
def test_rate_far_from_the_one_in_force_is_unusual(dollars: Any, rate: str, unusual: bool) -> None:
    assert rates.is_unusual("USD", "EUR", Decimal(rate)) is unusual


def test_preferred_account_is_used_though_it_costs_more(
    catalogue: Account, make_account: MakeAccount, operator: Any
) -> None:
    dear = make_account("Dear", {"com": "19.00"})
    Preference.objects.create(account=dear, tld_name="com", stance="prefer")

    assert quote(operator).account == dear
    assert quote(operator).cost == Decimal("19.00")


def test_account_that_staff_barred_is_never_used(
    catalogue: Account, make_account: MakeAccount, operator: Any
) -> None:
    cheap = make_account("Cheap", {"com": "1.00", "net": "1.00"})
    Preference.objects.create(account=cheap, tld_name="com", stance="never")

    assert quote(operator).account == catalogue
    assert quote(operator, "net").account == cheap


@pytest.mark.parametrize(
    "trouble",
    [
        {"state": "stopped"},
        {"state": "paused"},
        {"retry_after": timezone.now() + timedelta(hours=1)},
        {"balance": Decimal("8.99")},
        {"is_default": False},
    ],
)
def test_account_in_trouble_gives_way_to_one_that_works(
    catalogue: Account, make_account: MakeAccount, operator: Any, trouble: dict[str, Any]
) -> None:
    make_account("Cheap", {"com": "9.00"}, **trouble)

    assert quote(operator).account == catalogue


def test_refusal_for_want_of_money_counts_where_no_balance_is_told(
    catalogue: Account, make_account: MakeAccount, operator: Any, customer: Any
) -> None:
    silent = make_account("Silent", {"com": "9.00"}, family="bookmyname")
    assert quote(operator).account == silent

    Operation.objects.create(
        kind="domain.create",
        subject="domain:lantern.com",
        label="lantern.com",
        state="queued",
        waiting_for="funds",
        account=silent,
        customer=customer,
        brand=customer.brand,
        intent_key="test",
    )

    assert quote(operator).account == catalogue


def test_only_account_sells_on_while_it_is_stopped(catalogue: Account, operator: Any) -> None:
    Account.objects.update(state="stopped")

    assert quote(operator).account == catalogue


def test_new_name_is_renewed_where_it_will_be(
    catalogue: Account, make_account: MakeAccount, operator: Any
) -> None:
    cheap = make_account("Cheap", {"com": "9.00"})
    Cost.objects.filter(tld__account=cheap, action="renew").update(amount=Decimal("20.00"))

    assert quote(operator, "com", "renew").account == cheap
    assert quote(operator, "com", "renew").cost == Decimal("20.00")


def test_renewal_has_no_price_where_the_registering_account_has_none(
    catalogue: Account, make_account: MakeAccount, operator: Any
) -> None:
    cheap = make_account("Cheap", {"com": "9.00"})
    Cost.objects.filter(tld__account=cheap, action="renew").delete()

    assert PriceBook(operator).quote("com", "renew") is None


def test_premium_cost_is_in_the_currency_of_the_account(
    make_account: MakeAccount, operator: Any, dollars: Any
) -> None:
    make_account("Dollars", {"io": "10.00"}, currency="USD")

    premium = PriceBook(operator).quote("io", cost=Decimal(1000))

    assert premium is not None
    assert (premium.cost, premium.account_cost) == (Decimal("900.00"), Decimal(1000))


def test_order_line_keeps_both_costs(make_account: MakeAccount, operator: Any, dollars: Any) -> None:
    make_account("Dollars", {"io": "10.00"}, currency="USD")

    assert quote(operator, "io").costs(3) == {
        "cost": Decimal("27.00"),
        "account_cost": Decimal("30.00"),
        "account_currency": "USD",
    }


def test_price_list_sorts_by_the_converted_cost(
    catalogue: Account, make_account: MakeAccount, operator: Any, dollars: Any
) -> None:
    make_account("Dollars", {"io": "10.50"}, currency="USD")

    rows = prices.chosen_costs(PriceBook(operator)).filter(action="create").order_by("local")

    assert [row.tld.name for row in rows] == ["es", "fr", "io", "com", "net", "madrid"]


def test_accounts_and_currencies_cost_no_further_queries(
    catalogue: Account, make_account: MakeAccount, operator: Any, dollars: Any, django_assert_num_queries: Any
) -> None:
    price_list_of(operator)
    for number in range(4):
        make_account(f"A{number}", {"com": f"{number}.50", f"x{number}": "3.00"}, currency="USD")

    with django_assert_num_queries(7):
        book = PriceBook(operator)
        for tld_name in book.tlds():
            book.quote(tld_name)
            book.quote(tld_name, "renew")
