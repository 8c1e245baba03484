"""Orders and their live lists."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from panel.access.actor import actor_for
from panel.account.models import Account
from panel.billing import ledger
from panel.billing.cart import add_line, cart_of
from panel.billing.models import Order
from panel.billing.pricing import PriceBook
from panel.contact.models import Contact
from panel.domain.checkout import checkout, review
from tests.conftest import control

HTMX = {"HX-Request": "true"}


@pytest.fixture
def place(
    customer: Any, owner: Any, operator: Any, contact: Contact, catalogue: Account
) -> Callable[..., Order]:
    """`place("lighthouse.com", ...)`: an order that was really paid."""

    def order(*names: str) -> Order:
        cart = cart_of(customer)
        cart.registrant = contact
        cart.save()
        book = PriceBook(operator)
        for name in names:
            quote = book.quote(name.partition(".")[2])
            assert quote is not None
            add_line(cart, name, quote)
        actor = actor_for(owner, operator)
        assert actor is not None
        total = review(actor, cart).total
        return checkout(actor, cart, checkout_key=f"key-{names[0]}", expected_total=total)

    return order


def poll(client: Client, order: Order, seen: str = "") -> Any:
    return client.get(f"/orders/{order.public_id}/", {"seen": seen}, headers=HTMX)


def settle(run_due: Callable[..., int], sandbox: Any) -> None:
    """Let the registrar and the worker finish everything."""
    for _turn in range(8):
        run_due(hurry=True)
        control(sandbox, "POST", "/settle")


def test_fresh_order_counts_polls_and_reserves(own: Client, place: Any) -> None:
    order = place("lighthouse.com", "lighthouse.fr")

    page = own.get(f"/orders/{order.public_id}/").content.decode()

    assert "0 of 2 active" in page
    assert page.count("reserved") == 2
    assert 'hx-trigger="every 2s"' in page
    assert "You may leave this page" in page


def test_poll_without_news_is_empty_and_with_news_is_the_part(
    own: Client, place: Any, run_due: Callable[..., int]
) -> None:
    order = place("lighthouse.com")
    seen = own.get(f"/orders/{order.public_id}/").context["seen"]

    assert poll(own, order, seen).status_code == 204
    run_due()
    run_due()
    answer = poll(own, order, seen)

    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()


def test_order_ends_when_every_name_is_active(
    own: Client, place: Any, run_due: Callable[..., int], sandbox: Any, customer: Any
) -> None:
    order = place("lighthouse.com", "lighthouse.fr")

    settle(run_due, sandbox)

    answer = poll(own, order)
    page = answer.content.decode()
    assert answer.status_code == 286
    assert "All 2 names are yours" in page
    assert 'href="/domains/lighthouse.com/"' in page
    assert page.count(">paid<") == 2
    assert ledger.held(customer) == Decimal("0.00")
    assert "every 2s" not in own.get(f"/orders/{order.public_id}/").content.decode()


def test_refused_name_gives_its_money_back(
    own: Client, place: Any, run_due: Callable[..., int], sandbox: Any, customer: Any
) -> None:
    before = ledger.balance(customer)
    # The sandbox holds every name that begins so for somebody else.
    order = place("lighthouse.com", "taken-harbor.fr")

    settle(run_due, sandbox)

    page = poll(own, order).content.decode()
    assert "1 of 2 active" in page
    assert "went back to your wallet" in page
    paid = order.lines.get(operation__state="succeeded").price
    assert ledger.balance(customer) == before - paid


def test_order_never_names_the_registrar(
    own: Client, place: Any, run_due: Callable[..., int], sandbox: Any
) -> None:
    order = place("lighthouse.com")
    run_due()

    page = own.get(f"/orders/{order.public_id}/").content.decode().lower()

    assert "mrdomain" not in page


def test_strangers_order_is_not_there_and_readers_may_look(
    stranger: Client, colleague: Client, place: Any
) -> None:
    order = place("lighthouse.com")

    assert stranger.get(f"/orders/{order.public_id}/").status_code == 404
    assert order.public_id not in stranger.get("/orders/").content.decode()
    assert colleague.get(f"/orders/{order.public_id}/").status_code == 200


def test_list_without_orders_teaches_the_first_step(own: Client) -> None:
    assert "No orders yet" in own.get("/orders/").content.decode()


def test_list_shows_newest_first_with_its_progress(own: Client, place: Any) -> None:
    first, second = place("lighthouse.com"), place("harbor.fr", "harbor.com", "harbor.net")

    page = own.get("/orders/").content.decode()

    assert page.index(second.public_id) < page.index(first.public_id)
    assert "0 of 3 active" in page
    assert "harbor.fr and 2 more" in page


def test_list_finds_orders_by_name_and_by_state(own: Client, place: Any) -> None:
    first, second = place("lighthouse.com"), place("harbor.fr", "xn--bcher-kva.com")

    by_name = own.get("/orders/", {"q": "bücher"}).content.decode()
    assert second.public_id in by_name
    assert "harbor.fr and 1 more" in by_name
    assert first.public_id not in by_name
    assert first.public_id in own.get("/orders/", {"state": "open"}).content.decode()
    assert first.public_id not in own.get("/orders/", {"state": "done"}).content.decode()


def test_list_takes_the_same_queries_with_1_and_with_30_orders(
    own: Client, place: Any, customer: Any, django_assert_max_num_queries: Any
) -> None:
    ledger.top_up(customer, Decimal(5000), reason="for the test", actor=None)
    place("name0.com")
    own.get("/orders/")
    with django_assert_max_num_queries(40) as one:
        own.get("/orders/")
    for number in range(1, 30):
        place(f"name{number}.com")

    with django_assert_max_num_queries(40) as thirty:
        page = own.get("/orders/").content.decode()

    assert page.count("or-") >= 30
    assert len(one) == len(thirty)


def test_order_page_takes_the_same_queries_with_1_and_with_30_names(
    own: Client, place: Any, customer: Any, django_assert_max_num_queries: Any
) -> None:
    ledger.top_up(customer, Decimal(5000), reason="for the test", actor=None)
    small, large = place("a0.com"), place(*(f"b{number}.com" for number in range(30)))
    own.get("/orders/")
    with django_assert_max_num_queries(40) as one:
        own.get(f"/orders/{small.public_id}/")

    with django_assert_max_num_queries(40) as thirty:
        own.get(f"/orders/{large.public_id}/")

    assert len(one) == len(thirty)
