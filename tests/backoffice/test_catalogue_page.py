"""Costs of an account: the list, and entering them by hand where the registrar tells none."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from panel.account import handkept
from panel.account.handkept import Entry
from panel.account.models import Account, Cost
from panel.billing.pricing import price_list_of

LIST = "tld,create,renew,transfer,years\nio,34.90,36.00,34.90,1-10\nme,5.00,,,1"


@pytest.fixture
def account(db: None) -> Account:
    """An account at a registrar that tells no costs, in dollars."""
    return Account.objects.create(
        label="By hand",
        family="bookmyname",
        endpoint="http://127.0.0.1:9",
        is_sandbox=True,
        currency="USD",
    )


def address(account: Account, route: str = "catalogue", *rest: str) -> str:
    return reverse(f"office:{route}", args=[account.public_id, *rest])


def test_list_shows_costs_in_the_accounts_currency(office: Client, account: Account) -> None:
    handkept.keep(account, [Entry("io", Decimal("34.90"), None, None, (1, 2, 3))], None)

    page = office.get(address(account)).content.decode()

    assert "34.90" in page
    assert "1-3" in page
    assert ".io" in page


def test_list_of_another_account_shows_none_of_it(
    office: Client, account: Account, catalogue: Account
) -> None:
    handkept.keep(account, [Entry("io", Decimal("34.90"), None, None, (1,))], None)

    assert ".io" not in office.get(address(catalogue)).content.decode()


def test_extension_is_added_by_hand(office: Client, account: Account) -> None:
    response = office.post(
        address(account, "catalogue-new"), {"extension": ".IO", "create": "34,90", "years": "1-5"}
    )

    assert response["Location"] == address(account)
    cost = Cost.objects.get()
    assert (cost.tld.name, cost.amount, cost.currency) == ("io", Decimal("34.90"), "USD")
    assert cost.years == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("entered", "field"),
    [
        ({"extension": "io", "create": "cheap", "years": "1"}, "create"),
        ({"extension": "io", "create": "", "years": "1"}, "create"),
        ({"extension": "i o", "create": "5", "years": "1"}, "extension"),
        ({"extension": "io", "create": "5", "years": "0-3"}, "years"),
        ({"extension": "me", "create": "5", "years": "1"}, "extension"),
    ],
)
def test_mistakes_are_shown_beside_the_field(
    office: Client, account: Account, entered: dict[str, str], field: str
) -> None:
    handkept.keep(account, [Entry("me", Decimal("5.00"), None, None, (1,))], None)

    response = office.post(address(account, "catalogue-new"), entered)

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert Cost.objects.count() == 1


def test_extension_is_changed_and_removed(office: Client, account: Account) -> None:
    handkept.keep(account, [Entry("io", Decimal("34.90"), Decimal("36.00"), None, (1, 2))], None)
    page = address(account, "catalogue-extension", "io")

    assert 'value="34.90"' in office.get(page).content.decode()
    office.post(page, {"create": "30.00", "renew": "", "years": "1"})
    assert list(Cost.objects.values_list("action", "amount")) == [("create", Decimal("30.00"))]
    office.post(page, {"remove": "1"})

    assert not Cost.objects.exists()
    assert office.get(page).status_code == 404


def test_cost_of_privacy_is_asked_for_where_the_registrar_sells_it(office: Client, account: Account) -> None:
    page = address(account, "catalogue-new")
    without = office.get(page).content.decode()
    Account.objects.update(family="namecom")

    response = office.post(page, {"extension": "io", "privacy": "3,99", "years": "1-2"})

    cost = Cost.objects.get()
    assert 'name="privacy"' not in without
    assert response["Location"] == address(account)
    assert (cost.action, cost.amount, cost.years) == ("privacy", Decimal("3.99"), [1, 2])
    assert 'value="3.99"' in office.get(address(account, "catalogue-extension", "io")).content.decode()


def test_pasted_list_is_shown_before_it_is_kept(office: Client, account: Account) -> None:
    shown = office.post(address(account, "catalogue-import"), {"text": LIST})

    assert shown.status_code == 200
    assert "34.90" in shown.content.decode()
    assert not Cost.objects.exists()

    kept = office.post(address(account, "catalogue-import"), {"text": LIST, "apply": "1"})

    assert kept["Location"] == address(account)
    assert Cost.objects.count() == 4


def test_list_with_a_mistake_is_422_keeps_the_input_and_nothing_else(
    office: Client, account: Account
) -> None:
    text = LIST + "\ntv,free0,,,1"

    response = office.post(address(account, "catalogue-import"), {"text": text, "apply": "1"})

    page = response.content.decode()
    assert response.status_code == 422
    assert "free0" in page
    assert "1 line cannot be kept" in page
    assert "34.90" in page
    assert not Cost.objects.exists()


def test_costs_that_the_registrar_tells_cannot_be_entered(office: Client, catalogue: Account) -> None:
    for route, rest in (("catalogue-new", ()), ("catalogue-import", ()), ("catalogue-extension", ("com",))):
        assert office.get(address(catalogue, route, *rest)).status_code == 404, route
        assert office.post(address(catalogue, route, *rest), {"text": LIST}).status_code == 404, route


def test_downloaded_list_can_be_pasted_again(office: Client, account: Account) -> None:
    handkept.keep(account, [Entry("io", Decimal("34.90"), Decimal("36.00"), None, (1, 2))], None)
    answer = office.get(f"{address(account)}?format=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]

    shown = office.post(address(account, "catalogue-import"), {"text": text})

    assert shown.status_code == 200
    assert [line.note for line in shown.context["lines"]] == ["Already so."]


def test_account_and_its_list_say_that_a_rate_is_missing(
    office: Client, account: Account, operator: Any
) -> None:
    price_list_of(operator)
    handkept.keep(account, [Entry("io", Decimal("34.90"), None, None, (1,))], None)

    for page in (address(account), address(account, "account"), "/office/prices/nameward/"):
        assert "No exchange rate from USD to EUR" in office.get(page).content.decode(), page
