"""The cart's services."""

from __future__ import annotations

from typing import Any

import pytest

from panel.access.actor import actor_for
from panel.account.models import Account
from panel.billing import cart as carts
from panel.billing.pricing import PriceBook, Quote


@pytest.fixture
def quote(catalogue: Account, operator: Any) -> Quote:
    found = PriceBook(operator).quote("com")
    assert found is not None
    return found


def test_cart_of_a_customer_is_one(customer: Any) -> None:
    assert carts.cart_of(customer).pk == carts.cart_of(customer).pk


def test_added_line_takes_the_shortest_period(customer: Any, quote: Quote) -> None:
    line = carts.add_line(carts.cart_of(customer), "lighthouse.com", quote)

    assert (line.tld_name, line.action, line.years) == ("com", "create", 1)


def test_added_line_keeps_offered_years_and_refuses_others(customer: Any, quote: Quote) -> None:
    cart = carts.cart_of(customer)

    assert carts.add_line(cart, "a.com", quote, years=3).years == 3
    assert carts.add_line(cart, "b.com", quote, years=99).years == 1


def test_name_added_twice_is_there_once(customer: Any, quote: Quote) -> None:
    cart = carts.cart_of(customer)
    carts.add_line(cart, "lighthouse.com", quote, years=2)

    again = carts.add_line(cart, "lighthouse.com", quote)

    assert cart.lines.count() == 1
    assert again.years == 2


def test_full_cart_takes_no_more(customer: Any, quote: Quote, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carts, "MOST_LINES", 1)
    cart = carts.cart_of(customer)
    carts.add_line(cart, "a.com", quote)

    with pytest.raises(carts.CartFull):
        carts.add_line(cart, "b.com", quote)


def test_removed_line_is_returned_and_a_missing_one_is_none(customer: Any, quote: Quote) -> None:
    cart = carts.cart_of(customer)
    carts.add_line(cart, "lighthouse.com", quote, years=4)

    gone = carts.remove_line(cart, "lighthouse.com")

    assert gone is not None
    assert gone.years == 4
    assert carts.remove_line(cart, "lighthouse.com") is None


def test_years_not_offered_are_refused(customer: Any, quote: Quote) -> None:
    line = carts.add_line(carts.cart_of(customer), "lighthouse.com", quote)

    with pytest.raises(carts.YearsNotOffered):
        carts.set_years(line, 42, quote)
    carts.set_years(line, 5, quote)

    line.refresh_from_db()
    assert line.years == 5


def test_names_in_cart_are_only_the_customers_own(
    customer: Any, owner: Any, operator: Any, make_customer: Any, quote: Quote
) -> None:
    carts.add_line(carts.cart_of(customer), "mine.com", quote)
    carts.add_line(carts.cart_of(make_customer("Other")), "theirs.com", quote)
    actor = actor_for(owner, operator)
    assert actor is not None

    assert carts.names_in_cart(actor) == {"mine.com"}
    assert carts.count_lines(actor) == 1


def test_details_are_kept_encrypted(customer: Any, contact: Any) -> None:
    from django.db import connection

    cart = carts.cart_of(customer)

    carts.set_details(
        cart,
        registrant=contact,
        nameservers=["ns1.a.test", "ns2.a.test"],
        tld_fields={"madrid": {"intended_use": "a bakery in Lavapies"}},
    )

    cart.refresh_from_db()
    assert cart.tld_fields == {"madrid": {"intended_use": "a bakery in Lavapies"}}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tld_fields FROM billing_cart WHERE id = %s", [cart.pk])
        assert "bakery" not in str(cursor.fetchone()[0])
