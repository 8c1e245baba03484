"""From cart to order, in one transaction or not at all."""

from __future__ import annotations

import threading
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from panel.access.actor import actor_for
from panel.billing import ledger
from panel.billing.models import Cart, CartLine, Order
from panel.contact.models import Contact
from panel.domain.checkout import CartNotReady, PriceChanged, checkout, review
from panel.domain.models import Availability, Domain
from panel.operation.models import Operation
from panel.operation.services import AlreadyOpen

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor(owner: Any, customer: Any) -> Any:
    return actor_for(owner, customer.brand)


@pytest.fixture
def cart(customer: Any, contact: Any, catalogue: Any) -> Cart:
    """A cart with one .com and one .fr."""
    cart = Cart.objects.create(customer=customer, registrant=contact)
    CartLine.objects.create(cart=cart, name="calm-orchard.com", tld_name="com")
    CartLine.objects.create(cart=cart, name="calm-orchard.fr", tld_name="fr", years=2)
    return cart


def pay(actor: Any, cart: Cart, key: str = "key-1") -> Order:
    return checkout(actor, cart, checkout_key=key, expected_total=review(actor, cart).total)


def test_review_adds_up_the_prices(actor: Any, cart: Cart) -> None:
    found = review(actor, cart)

    assert [line.total for line in found.lines] == [Decimal("12.90"), Decimal("21.80")]
    assert found.total == Decimal("34.70")
    assert found.ready


def test_checkout_plans_holds_and_empties_the_cart(actor: Any, cart: Cart, customer: Any) -> None:
    order = pay(actor, cart)

    assert order.lines.count() == 2
    assert ledger.held(customer) == Decimal("34.70")
    assert cart.lines.count() == 0
    assert Operation.objects.filter(kind="contact.create").count() == 1
    assert Operation.objects.filter(kind="domain.create", state="planned").count() == 2


def test_checkout_with_the_same_key_gives_the_same_order(actor: Any, cart: Cart, customer: Any) -> None:
    first = pay(actor, cart)

    again = checkout(actor, cart, checkout_key="key-1", expected_total=Decimal("34.70"))

    assert again == first
    assert ledger.held(customer) == Decimal("34.70")


def test_checkout_without_enough_money_keeps_the_cart_and_says_what_is_missing(
    actor: Any, cart: Cart, customer: Any
) -> None:
    ledger.top_up(customer, Decimal(-480), reason="spent elsewhere", actor=None)

    with pytest.raises(ledger.NotEnoughMoney) as raised:
        pay(actor, cart)

    assert raised.value.missing == Decimal("14.70")
    assert cart.lines.count() == 2
    assert not Operation.objects.exists()


def test_checkout_at_another_price_than_agreed_is_refused(actor: Any, cart: Cart) -> None:
    with pytest.raises(PriceChanged) as raised:
        checkout(actor, cart, checkout_key="key-1", expected_total=Decimal("30.00"))

    assert raised.value.new_total == Decimal("34.70")
    assert not Order.objects.exists()


def test_checkout_without_a_registrant_is_refused(actor: Any, cart: Cart) -> None:
    cart.registrant = None
    cart.save()

    with pytest.raises(CartNotReady) as raised:
        pay(actor, cart)

    assert raised.value.review.problems


def test_registrant_of_another_customer_is_not_accepted(actor: Any, cart: Cart, make_customer: Any) -> None:
    other = make_customer("Other")
    fields = {field.name: getattr(cart.registrant, field.name) for field in Contact._meta.concrete_fields}
    stranger = Contact.objects.create(**{**fields, "id": None, "public_id": "co-strange", "customer": other})
    cart.registrant = stranger
    cart.save()

    with pytest.raises(CartNotReady):
        pay(actor, cart)


def test_extension_field_that_is_missing_is_named(actor: Any, cart: Cart) -> None:
    CartLine.objects.create(cart=cart, name="calm-orchard.madrid", tld_name="madrid")

    found = review(actor, cart)

    line = next(line for line in found.lines if line.line.tld_name == "madrid")
    assert list(line.field_errors) == ["intended_use"]
    assert not found.ready


def test_name_that_became_taken_is_refused(actor: Any, cart: Cart, catalogue: Any) -> None:
    Availability.objects.create(
        account=catalogue, name="calm-orchard.com", state="taken", checked_at=timezone.now()
    )

    with pytest.raises(CartNotReady):
        pay(actor, cart)


def test_premium_price_that_is_old_must_be_looked_up_again(actor: Any, cart: Cart, catalogue: Any) -> None:
    row = Availability.objects.create(
        account=catalogue,
        name="calm-orchard.com",
        state="premium",
        cost=Decimal(100),
        currency="EUR",
        checked_at=timezone.now() - timedelta(hours=2),
    )
    assert review(actor, cart).lines[0].problem

    row.checked_at = timezone.now()
    row.save()

    line = review(actor, cart).lines[0]
    assert (line.premium, line.total, str(line.problem)) == (True, Decimal("125.90"), "")


def test_name_in_somebodys_portfolio_is_refused(actor: Any, cart: Cart, catalogue: Any) -> None:
    Domain.objects.create(
        name="calm-orchard.com",
        unicode_name="calm-orchard.com",
        tld_name="com",
        account=catalogue,
        status="active",
    )

    with pytest.raises(CartNotReady):
        pay(actor, cart)


def test_name_that_another_tenant_is_buying_is_refused(
    actor: Any, cart: Cart, make_customer: Any, make_user: Any
) -> None:
    pay(actor, cart)
    rival = make_customer("Rival", money="100")
    rival_user = make_user("rival@demo.test", customer=rival)
    rival_cart = Cart.objects.create(customer=rival)
    CartLine.objects.create(cart=rival_cart, name="calm-orchard.com", tld_name="com")

    found = review(actor_for(rival_user, rival.brand), rival_cart)

    assert found.lines[0].problem
    assert ledger.held(rival) == 0


def test_secret_extension_fields_are_kept_apart_from_the_payload(
    actor: Any, cart: Cart, catalogue: Any
) -> None:
    from panel.account.models import Cost, Tld

    tld = Tld.objects.create(account=catalogue, name="aero", parent="aero", seen_at=timezone.now())
    Cost.objects.create(tld=tld, action="create", amount=Decimal(40), currency="EUR", years=[1])
    CartLine.objects.create(cart=cart, name="calm-orchard.aero", tld_name="aero")
    cart.tld_fields = {"aero": {"aero_id": "A-1234", "aero_password": "canary-aero"}}
    cart.save()

    pay(actor, cart)

    operation = Operation.objects.get(subject="domain:calm-orchard.aero")
    with connection.cursor() as cursor:
        cursor.execute("SELECT payload, secrets FROM operation_operation WHERE id = %s", [operation.pk])
        stored = str(cursor.fetchone())
    assert operation.secrets == {"extra": {"aero_password": "canary-aero"}}
    assert "canary-aero" not in stored


@pytest.mark.django_db(transaction=True)
def test_double_click_on_pay_makes_one_order(actor: Any, cart: Cart, customer: Any) -> None:
    results: list[Any] = []
    ready = threading.Barrier(3)

    def click() -> None:
        try:
            ready.wait(10)
            results.append(
                checkout(actor, cart, checkout_key="key-1", expected_total=Decimal("34.70")).public_id
            )
        except (AlreadyOpen, CartNotReady) as error:
            results.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert len(set(results)) == 1
    assert Order.objects.count() == 1
    assert ledger.held(customer) == Decimal("34.70")
