"""Wallet, the search of the top bar, security, and acting for another customer."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from panel.billing import ledger
from panel.billing.models import Entry, LedgerAccount
from panel.operation.models import Operation
from panel.operation.services import plan
from panel.operation.states import State
from panel.operation.transition import move
from panel.people.models import Membership


@pytest.fixture
def paid(registrar_account: Any, customer: Any, owner: Any) -> Callable[..., Operation]:
    """`paid("name.com")`: an ordered name whose price is reserved."""

    def make(name: str) -> Operation:
        with transaction.atomic():
            operation = plan(
                "domain.create",
                subject=f"domain:{name}",
                label=name,
                account=registrar_account,
                intent_key=f"test:{name}",
                payload={
                    "tld": "com",
                    "owner": "h",
                    "years": 1,
                    "nameservers": [],
                    "premium": False,
                    "extra": {},
                },
                customer=customer,
                actor=owner,
                price=Decimal("12.50"),
                currency="EUR",
            )
            ledger.hold(operation)
        return operation

    return make


def test_wallet_shows_balance_reserved_and_every_movement(
    own: Client, paid: Callable[..., Operation]
) -> None:
    paid("xn--bcher-kva.com")
    failed = paid("taken.com")
    move(failed.pk, State.FAILED, reason="already_exists")

    response = own.get("/wallet/")
    page = response.content.decode()

    wallet = response.context["wallet"]
    assert (wallet.balance, wallet.held, wallet.available) == (
        Decimal("487.50"),
        Decimal("12.50"),
        Decimal("487.50"),
    )
    assert "€487.50" in page
    assert "Reserved for bücher.com" in page
    assert "Given back: taken.com did not come about" in page
    assert "Topped up: for the test" in page
    assert page.count("wallet-chip") >= 1


def test_wallet_spreadsheet_adds_up_to_the_balance(own: Client, paid: Callable[..., Operation]) -> None:
    move(paid("one.com").pk, State.FAILED, reason="refused")
    paid("two.com")

    lines = (
        own.get("/wallet/", {"format": "csv", "cols": "wallet,reserved"}).getvalue().decode().splitlines()[1:]
    )

    sums = [sum(Decimal(line.split(",")[column]) for line in lines) for column in (1, 2)]
    assert sums == [Decimal("487.50"), Decimal("12.50")]


def test_looking_at_a_wallet_writes_nothing(
    signed_in: Callable[..., Client], make_customer: Callable[..., Any], make_user: Callable[..., Any]
) -> None:
    browser = signed_in(make_user("poor@demo.test", customer=make_customer("Poor")))

    assert "Nothing has moved yet" in browser.get("/wallet/").content.decode()
    assert not LedgerAccount.objects.exists()


def test_wallet_costs_the_same_with_1_and_30_movements(
    own: Client, paid: Callable[..., Operation], django_assert_max_num_queries: Callable[..., Any]
) -> None:
    paid("name.com")
    own.get("/wallet/")
    with django_assert_max_num_queries(100) as few:
        own.get("/wallet/")
    for number in range(30):
        paid(f"name-{number}.com")

    with django_assert_max_num_queries(len(few)) as many:
        own.get("/wallet/")

    assert len(many) == len(few)


def test_stranger_sees_none_of_it(stranger: Client, paid: Callable[..., Operation]) -> None:
    operation = paid("secret.com")

    page = stranger.get("/wallet/").content.decode()

    assert "secret.com" not in page
    assert Entry.objects.count() == 3
    for text in ("secret.com", "secret", operation.public_id):
        response = stranger.get("/find/", {"q": text})
        assert response.status_code == 200
        assert operation.public_id not in response.content.decode().replace(f'value="{text}"', "").replace(
            f"“{text}”", ""
        ).replace(f"q={text}", "")


@pytest.mark.parametrize("typed", ["xn--bcher-kva.com", "bücher.com", " BÜCHER.com. "])
def test_find_opens_an_exact_name_at_once(own: Client, make_domain: Callable[..., Any], typed: str) -> None:
    make_domain("xn--bcher-kva.com")

    assert own.get("/find/", {"q": typed})["Location"] == "/domains/xn--bcher-kva.com/"


def test_find_opens_ids_and_lists_the_rest(
    own: Client, make_domain: Callable[..., Any], paid: Callable[..., Operation], contact: Any
) -> None:
    operation = paid("lighthouse.net")
    make_domain("lighthouse.com")

    page = own.get("/find/", {"q": "lightho"}).content.decode()

    assert own.get("/find/", {"q": operation.public_id})["Location"] == f"/operations/{operation.public_id}/"
    assert own.get("/find/", {"q": contact.public_id})["Location"] == f"/contacts/{contact.public_id}/"
    assert "/domains/lighthouse.com/" in page
    assert "lighthouse.net" in page
    assert "Ada Morel" in own.get("/find/", {"q": "morel ada"}).content.decode()


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "zzzz", "%", "x" * 4000, "or-", "op-' or 1=1"])
def test_find_survives_anything(own: Client, typed: str) -> None:
    assert own.get("/find/", {"q": typed}).status_code == 200


def test_security_page_tells_what_is_set_up(own: Client) -> None:
    page = own.get("/security/").content.decode()

    for address in ("/accounts/password/change/", "/accounts/2fa/webauthn/", "/accounts/sessions/", "/i18n/"):
        assert address in page
    assert "Act for" not in page


def test_acting_for_another_customer(own: Client, owner: Any, make_customer: Callable[..., Any]) -> None:
    other = make_customer("Cedar Labs", money="7")
    Membership.objects.create(user=owner, customer=other, role="reader")
    foreign = make_customer("Strange Ltd")

    assert "Act for" in own.get("/security/").content.decode()
    assert own.post("/switch-customer/", {"customer": foreign.public_id}).status_code == 404
    assert own.get("/switch-customer/").status_code == 405
    own.post("/switch-customer/", {"customer": other.public_id})
    assert own.get("/wallet/").context["wallet"].balance == Decimal(7)
    assert own.get("/contacts/new/").status_code == 403
