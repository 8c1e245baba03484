"""The last look before paying, and paying."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from panel.account.models import Account, Cost
from panel.billing import ledger
from panel.billing.cart import add_line, cart_of
from panel.billing.models import Cart, CartLine, Order
from panel.billing.pricing import PriceBook
from panel.contact.models import Contact
from panel.domain.models import Domain
from panel.operation.models import Operation

REVIEW = "/cart/review/"


@pytest.fixture
def buyer(own: Client, catalogue: Account) -> Client:
    """The owner of `customer`, with extensions for sale."""
    return own


@pytest.fixture
def basket(customer: Any, contact: Contact, catalogue: Account, operator: Any) -> Cart:
    """lighthouse.com and lighthouse.fr for a year each, for `contact`."""
    cart = cart_of(customer)
    book = PriceBook(operator)
    for name in ("lighthouse.com", "lighthouse.fr"):
        quote = book.quote(name.partition(".")[2])
        assert quote is not None
        add_line(cart, name, quote)
    cart.registrant = contact
    cart.save()
    return cart


@pytest.fixture
def total(operator: Any, basket: Cart) -> Decimal:
    book = PriceBook(operator)
    return book.quote("com").price + book.quote("fr").price  # type: ignore[union-attr]


def payment(client: Client) -> dict[str, str]:
    """What the pay button of a freshly opened review posts."""
    context = client.get(REVIEW).context
    return {"checkout_key": context["checkout_key"], "expected_total": context["expected_total"]}


def test_review_shows_registrant_and_wallet_before_and_after(
    buyer: Client, basket: Cart, total: Decimal
) -> None:
    page = buyer.get(REVIEW).content.decode()

    assert "Ada Morel" in page
    for amount in (Decimal("500.00"), total, Decimal("500.00") - total):
        assert f'value="{amount}"' in page
    assert "Pay " in page


def test_review_of_an_empty_cart_leads_back(buyer: Client) -> None:
    assert buyer.get(REVIEW)["Location"] == "/cart/"


def test_payment_reserves_the_money_and_shows_the_order(
    buyer: Client, basket: Cart, customer: Any, total: Decimal
) -> None:
    answer = buyer.post(REVIEW, payment(buyer))

    order = Order.objects.get()
    assert answer["Location"] == f"/orders/{order.public_id}/"
    assert order.total == total
    assert ledger.held(customer) == total
    assert not CartLine.objects.exists()
    assert Operation.objects.filter(kind="domain.create").count() == 2


def test_double_click_orders_once(buyer: Client, basket: Cart, customer: Any, total: Decimal) -> None:
    posted = payment(buyer)

    first = buyer.post(REVIEW, posted)
    second = buyer.post(REVIEW, posted)

    assert first["Location"] == second["Location"]
    assert Order.objects.count() == 1
    assert ledger.held(customer) == total


def test_next_cart_gets_another_key(buyer: Client, basket: Cart, operator: Any) -> None:
    first = payment(buyer)
    buyer.post(REVIEW, first)
    quote = PriceBook(operator).quote("com")
    assert quote is not None
    add_line(basket, "harbor.com", quote)

    second = payment(buyer)

    assert second["checkout_key"] != first["checkout_key"]
    assert buyer.post(REVIEW, second).status_code == 302
    assert Order.objects.count() == 2


@pytest.mark.parametrize("key", ["", "made-up", "é"])
def test_foreign_key_pays_nothing(buyer: Client, basket: Cart, key: str) -> None:
    posted = payment(buyer)

    answer = buyer.post(REVIEW, {**posted, "checkout_key": key})

    assert answer.status_code == 422
    assert not Order.objects.exists()


def test_missing_money_is_named_and_the_cart_is_kept(
    buyer: Client, basket: Cart, customer: Any, total: Decimal, operator: Any
) -> None:
    posted = payment(buyer)
    ledger.top_up(customer, Decimal("-495.00"), reason="for the test", actor=None)

    answer = buyer.post(REVIEW, posted)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"€{total - 5} missing in your wallet" in page
    assert operator.support_email in page
    assert CartLine.objects.count() == 2
    assert not Operation.objects.exists()
    assert ledger.balance(customer) == Decimal("5.00")


def test_changed_price_is_asked_again_and_then_paid(
    buyer: Client, basket: Cart, customer: Any, total: Decimal
) -> None:
    posted = payment(buyer)
    Cost.objects.filter(tld__name="com", action="create").update(amount=Decimal("20.00"))

    answer = buyer.post(REVIEW, posted)

    assert answer.status_code == 422
    assert "A price changed" in answer.content.decode()
    assert not Order.objects.exists()
    context = answer.context
    agreed = {"checkout_key": context["checkout_key"], "expected_total": context["expected_total"]}
    assert Decimal(agreed["expected_total"]) > total
    assert buyer.post(REVIEW, agreed).status_code == 302


@pytest.mark.parametrize("expected", ["", "x", "NaN", "0", "-1"])
def test_other_totals_pay_nothing(buyer: Client, basket: Cart, expected: str) -> None:
    answer = buyer.post(REVIEW, {**payment(buyer), "expected_total": expected})

    assert answer.status_code == 422
    assert not Order.objects.exists()


def test_name_gone_meanwhile_blocks_the_payment(
    buyer: Client, basket: Cart, catalogue: Account, make_customer: Any
) -> None:
    posted = payment(buyer)
    Domain.objects.create(
        name="lighthouse.com",
        unicode_name="lighthouse.com",
        tld_name="com",
        account=catalogue,
        customer=make_customer("Other"),
        status="active",
        synced_at=timezone.now(),
    )

    answer = buyer.post(REVIEW, posted)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "no longer free" in page
    assert "Pay from the wallet" in page
    assert not Order.objects.exists()


def test_cart_without_registrant_cannot_be_paid(buyer: Client, basket: Cart) -> None:
    Cart.objects.update(registrant=None)

    page = buyer.get(REVIEW).content.decode()

    assert "Choose who the names are registered for" in page
    assert 'name="checkout_key"' not in page


def test_strangers_key_does_not_show_the_order(buyer: Client, basket: Cart, stranger: Client) -> None:
    posted = payment(buyer)
    buyer.post(REVIEW, posted)

    answer = stranger.post(REVIEW, posted)

    assert Order.objects.get().public_id not in answer.get("Location", "")
