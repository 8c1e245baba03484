"""The market: costs side by side, who would be used and why, and what staff wish; exchange rates."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from panel.account import handkept
from panel.account.handkept import Entry
from panel.account.models import Account, Preference
from panel.billing.models import ExchangeRate
from panel.billing.pricing import PriceBook, price_list_of

PAGE = "/office/prices/market/com/"


@pytest.fixture
def second(db: None) -> Account:
    """Another account that sells .com, dearer than the first."""
    account = Account.objects.create(
        label="Second",
        family="bookmyname",
        endpoint="http://127.0.0.1:9",
        is_sandbox=True,
    )
    handkept.keep(account, [Entry("com", Decimal("12.00"), Decimal("12.00"), None, (1,))], None)
    return account


def stance(account: Account, value: str) -> dict[str, str]:
    return {f"stance-{account.public_id}": value}


def test_page_shows_every_accounts_cost_and_the_one_that_is_used(
    office: Client, catalogue: Account, second: Account, operator: Any
) -> None:
    response = office.get(PAGE)

    stalls = response.context["stalls"]
    assert [(stall.account, stall.is_used) for stall in stalls] == [(catalogue, True), (second, False)]
    page = response.content.decode()
    assert "10.00" in page
    assert "12.00" in page
    assert "The cheapest of those that can do it now." in page


def test_preference_wins_from_then_on(
    office: Client, catalogue: Account, second: Account, operator: Any, staff: Any
) -> None:
    office.post(PAGE, {**stance(catalogue, ""), **stance(second, "prefer")})

    book = PriceBook(operator)
    assert book.account_for("com") == second
    assert book.account_for("net") == catalogue
    assert Preference.objects.get().set_by == staff
    assert "Preferred by staff." in office.get(PAGE).content.decode()


def test_preference_moves_and_goes(office: Client, catalogue: Account, second: Account) -> None:
    office.post(PAGE, stance(second, "prefer"))
    office.post(PAGE, {**stance(catalogue, "prefer"), **stance(second, "never")})

    stances = set(Preference.objects.values_list("account__label", "stance"))
    assert stances == {("MrDomain sandbox", "prefer"), ("Second", "never")}
    office.post(PAGE, {**stance(catalogue, ""), **stance(second, "")})
    assert not Preference.objects.exists()


def test_two_preferred_accounts_are_refused(office: Client, catalogue: Account, second: Account) -> None:
    response = office.post(PAGE, {**stance(catalogue, "prefer"), **stance(second, "prefer")})

    assert response.status_code == 422
    assert not Preference.objects.exists()
    assert response.content.decode().count('value="prefer" selected') == 2


def test_reasons_for_those_left_out_are_told(
    office: Client, catalogue: Account, second: Account, operator: Any
) -> None:
    Account.objects.filter(pk=catalogue.pk).update(state="paused")
    Account.objects.filter(pk=second.pk).update(state="stopped")

    page = office.get(PAGE).content.decode()

    assert "Paused by staff" in page
    assert "Stopped: credentials refused" in page
    assert "orders are taken, and wait" in page


def test_list_says_where_each_extension_goes(
    office: Client, catalogue: Account, second: Account, operator: Any
) -> None:
    office.post(PAGE, stance(second, "prefer"))

    page = office.get("/office/prices/market/").content.decode()
    wished = office.get("/office/prices/market/?show=wished").content.decode()
    several = office.get("/office/prices/market/?show=several").content.decode()

    assert "Preferred by staff." in page
    assert "MrDomain sandbox" in page
    for narrowed in (wished, several):
        assert ">.com<" in narrowed
        assert ">.net<" not in narrowed


def test_unknown_extension_is_404(office: Client, catalogue: Account) -> None:
    assert office.get("/office/prices/market/nothing/").status_code == 404


def test_rate_is_set_with_who_and_when(office: Client, operator: Any, staff: Any) -> None:
    price_list_of(operator)

    response = office.post("/office/prices/rates/", {"source": "USD", "target": "EUR", "rate": "0.92"})

    assert response.status_code == 302
    row = ExchangeRate.objects.get()
    assert (str(row), row.set_by) == ("1 USD = 0.92 EUR", staff)
    assert "1 USD = 0.92 EUR" in office.get("/office/prices/rates/").content.decode()


def test_slip_of_the_decimal_point_is_asked_about(office: Client, operator: Any) -> None:
    ExchangeRate.objects.create(source="USD", target="EUR", rate=Decimal("0.92"), since=timezone.now())
    entered = {"source": "USD", "target": "EUR", "rate": "9.20"}

    asked = office.post("/office/prices/rates/", entered)

    assert asked.status_code == 422
    assert "sure" in asked.content.decode()
    assert ExchangeRate.objects.count() == 1
    assert office.post("/office/prices/rates/", {**entered, "sure": "on"}).status_code == 302
    assert ExchangeRate.objects.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"target": "USD"},
        {"rate": "0"},
        {"rate": "-1"},
        {"rate": "x"},
        {"source": "XXX"},
        {"since": "tomorrow"},
    ],
)
def test_rate_that_makes_no_sense_is_422(office: Client, operator: Any, wrong: dict[str, str]) -> None:
    price_list_of(operator)

    response = office.post(
        "/office/prices/rates/", {"source": "USD", "target": "EUR", "rate": "0.92", **wrong}
    )

    assert response.status_code == 422
    assert not ExchangeRate.objects.exists()


def test_brand_cannot_take_an_address_of_the_back_office(office: Client, db: None) -> None:
    response = office.post("/office/customers/brands/new/", {"slug": "market"})

    assert response.status_code == 422
    assert "slug" in response.context["form"].errors


def test_prices_show_what_the_account_asks_and_what_it_is_worth(
    office: Client, catalogue: Account, operator: Any
) -> None:
    ExchangeRate.objects.create(source="USD", target="EUR", rate=Decimal("0.90"), since=timezone.now())
    dollars = Account.objects.create(
        label="Dollars", family="bookmyname", endpoint="http://127.0.0.1:9", is_sandbox=True, currency="USD"
    )
    handkept.keep(dollars, [Entry("io", Decimal("30.00"), None, None, (1,))], None)

    page = office.get("/office/prices/nameward/?q=io").content.decode()

    assert "27.00" in page
    assert "30.00" in page
