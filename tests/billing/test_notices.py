"""Customers are told how an order ended: once, when nothing of it is under way any more."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from panel.billing.models import Order, OrderLine
from panel.billing.notices import tell_customers
from panel.operation.services import plan
from panel.operation.states import State
from panel.operation.transition import move

pytestmark = pytest.mark.django_db


@pytest.fixture
def make_order(catalogue: Any, customer: Any, owner: Any) -> Callable[..., Order]:
    """`make_order("succeeded", "waiting")`: one name for each state."""

    def make(*states: str) -> Order:
        order = Order.objects.create(
            customer=customer,
            placed_by=owner,
            total=Decimal(10),
            currency="EUR",
            checkout_key=f"key-{states}",
        )
        for number, state in enumerate(states):
            name = f"xn--caf-dma-{number}.com" if number else "calm-orchard.com"
            operation = plan(
                "domain.refresh",
                subject=f"domain:{name}",
                label=name,
                account=catalogue,
                intent_key=name,
                payload={},
            )
            move(operation.pk, State.SENDING, sources=[State.QUEUED])
            if state != "sending":
                move(operation.pk, State(state), sources=[State.SENDING])
            OrderLine.objects.create(
                order=order,
                name=name,
                action="create",
                price=Decimal(10),
                cost=Decimal(8),
                operation=operation,
            )
        return order

    return make


def test_customer_is_told_once_in_the_brands_name(make_order: Any, owner: Any, mailoutbox: list[Any]) -> None:
    order = make_order("succeeded")

    first, second = tell_customers(), tell_customers()

    (mail,) = mailoutbox
    assert (first, second) == (1, 0)
    assert mail.to == [owner.email]
    assert mail.from_email.startswith("Nameward <")
    assert "calm-orchard.com" in mail.body
    assert order.public_id in mail.body
    assert "MrDomain" not in mail.body + mail.alternatives[0][0]


def test_customer_is_not_told_while_a_name_is_under_way(make_order: Any, mailoutbox: list[Any]) -> None:
    make_order("succeeded", "waiting")

    assert tell_customers() == 0
    assert mailoutbox == []


def test_failed_name_is_told_with_the_money_that_came_back(make_order: Any, mailoutbox: list[Any]) -> None:
    make_order("succeeded", "failed")

    tell_customers()

    assert "not every name" in mailoutbox[0].subject
    assert "went back to your wallet" in mailoutbox[0].body


def test_mail_speaks_the_customers_language(make_order: Any, owner: Any, mailoutbox: list[Any]) -> None:
    owner.language = "fr"
    owner.save()
    make_order("succeeded")

    tell_customers()

    assert "vos noms sont enregistrés" in mailoutbox[0].subject


def test_white_label_customer_is_told_by_the_brand(
    make_order: Any, alder: Any, customer: Any, mailoutbox: list[Any]
) -> None:
    make_order("succeeded")
    type(customer).objects.update(brand=alder)

    tell_customers()

    mail = mailoutbox[0]
    assert "alder.localhost" in mail.body
    assert "Nameward" not in mail.body + mail.alternatives[0][0] + mail.subject + mail.from_email


def test_mail_that_cannot_be_sent_is_tried_again(
    make_order: Any, settings: Any, mailoutbox: list[Any]
) -> None:
    make_order("succeeded")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert tell_customers() == 0

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert tell_customers() == 1
