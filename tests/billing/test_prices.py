"""Price lists and rules: computed prices, and no loss without a person's consent."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from panel.billing import prices
from panel.billing.models import PriceList, PriceRule
from panel.billing.pricing import PriceBook, price_list_of

LIST = {"margin_percent": Decimal(10), "margin_fixed": Decimal(0), "rounding": "0.01"}
RULE = {"margin_percent": Decimal(-20), "margin_fixed": None, "rounding": "", "is_sold": True}


@pytest.fixture
def price_list(catalogue: Any, operator: Any) -> PriceList:
    found = price_list_of(operator)
    prices.change_list(found, LIST, None)
    return found


@pytest.fixture
def office(staff: Any) -> Client:
    client = Client()
    client.force_login(staff, backend="panel.people.backends.BrandAuthenticationBackend")
    return client


def price(operator: Any, tld: str = "com", action: str = "create") -> Decimal:
    quote = PriceBook(operator).quote(tld, action)
    assert quote is not None
    return quote.price


def test_change_list_moves_every_price(price_list: PriceList, operator: Any) -> None:
    assert price(operator) == Decimal("11.00")

    prices.change_list(price_list, {**LIST, "margin_fixed": Decimal("1.50")}, None)

    assert price(operator) == Decimal("12.50")


def test_change_list_below_cost_is_refused_whole(price_list: PriceList, operator: Any) -> None:
    with pytest.raises(prices.Loss) as refusal:
        prices.change_list(price_list, {**LIST, "margin_percent": Decimal(-1)}, None)

    assert {quote.tld_name for quote in refusal.value.quotes} == {"com", "net", "fr", "es", "madrid"}
    assert price(operator) == Decimal("11.00")


def test_change_rule_below_cost_needs_an_approver_and_keeps_the_name(
    price_list: PriceList, operator: Any, staff: Any
) -> None:
    with pytest.raises(prices.Loss):
        prices.change_rule(price_list, "com", "create", RULE, None)
    assert not PriceRule.objects.exists()

    prices.change_rule(price_list, "com", "create", RULE, staff)

    quote = PriceBook(operator).quote("com")
    assert quote is not None
    assert (quote.price, quote.sellable) == (Decimal("8.00"), True)
    assert PriceRule.objects.get().below_cost_approved_by == staff
    assert price(operator, action="renew") == Decimal("11.00")


def test_consent_ends_when_the_rule_changes(price_list: PriceList, staff: Any) -> None:
    prices.change_rule(price_list, "com", "", RULE, staff)

    with pytest.raises(prices.Loss):
        prices.change_rule(price_list, "com", "", {**RULE, "margin_percent": Decimal(-50)}, None)


def test_rule_not_sold_hides_the_extension(price_list: PriceList, operator: Any) -> None:
    prices.change_rule(price_list, "com", "", {**RULE, "margin_percent": None, "is_sold": False}, None)

    assert "com" not in PriceBook(operator).tlds()


def test_remove_rule_returns_to_the_list(price_list: PriceList, operator: Any, staff: Any) -> None:
    rule = prices.change_rule(price_list, "com", "create", RULE, staff)

    prices.remove_rule(rule, None)

    assert price(operator) == Decimal("11.00")


def test_remove_rule_that_prevents_a_loss_is_refused(price_list: PriceList, staff: Any) -> None:
    rule = prices.change_rule(price_list, "com", "create", {**RULE, "margin_percent": Decimal(30)}, None)
    PriceList.objects.update(margin_percent=Decimal(-5))
    rule.refresh_from_db()

    with pytest.raises(prices.Loss):
        prices.remove_rule(rule, None)

    assert PriceRule.objects.exists()


def test_cheapest_cost_is_the_one_that_the_price_book_uses(
    price_list: PriceList, catalogue: Any, operator: Any
) -> None:
    from django.utils import timezone

    from panel.account.models import Account, Cost, Tld

    other = Account.objects.create(
        label="Cheap", family="mrdomain", endpoint="http://127.0.0.1:9", is_sandbox=True
    )
    tld = Tld.objects.create(account=other, name="com", parent="com", seen_at=timezone.now())
    cheap = Cost.objects.create(tld=tld, action="create", amount=Decimal("9.00"), currency="EUR", years=[1])

    found = prices.chosen_costs(PriceBook(operator)).filter(tld__name="com", action="create")

    assert list(found) == [cheap]
    quote = PriceBook(operator).quote("com")
    assert quote is not None
    assert quote.cost == Decimal("9.00")


def test_page_refuses_a_loss_with_422_and_names_it(
    office: Client, price_list: PriceList, operator: Any
) -> None:
    form = {"margin_percent": "-10", "margin_fixed": "0", "rounding": "0.01"}

    response = office.post("/office/prices/nameward/", form)

    assert response.status_code == 422
    assert ".madrid" in response.content.decode()
    assert price(operator) == Decimal("11.00")


def test_page_accepts_a_loss_that_staff_agree_to(
    office: Client, price_list: PriceList, operator: Any
) -> None:
    form = {"margin_percent": "-10", "margin_fixed": "0", "rounding": "0.01", "approve": "on"}

    assert office.post("/office/prices/nameward/", form).status_code == 302

    assert price(operator) == Decimal("9.00")
    assert PriceRule.objects.filter(below_cost_approved_by__email="staff@demo.test").exists()


def test_page_of_an_extension_sets_and_removes_a_rule(
    office: Client, price_list: PriceList, operator: Any
) -> None:
    address = "/office/prices/nameward/com/"

    office.post(address, {"action": "", "is_sold": "on", "margin_fixed": "5"})
    assert price(operator) == Decimal("16.00")
    refused = office.post(
        address, {"action": "renew", "is_sold": "on", "margin_percent": "-50", "margin_fixed": "0"}
    )
    assert refused.status_code == 422
    office.post(address, {"remove": PriceRule.objects.get().pk})

    assert price(operator) == Decimal("11.00")
