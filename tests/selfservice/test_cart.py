"""The cart page."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from panel.account.models import Account
from panel.billing.cart import add_line, cart_of
from panel.billing.models import Cart, CartLine
from panel.billing.pricing import PriceBook
from panel.contact.models import Contact
from panel.domain.models import Availability

HTMX = {"HX-Request": "true"}


@pytest.fixture
def buyer(own: Client, catalogue: Account) -> Client:
    """The owner of `customer`, with extensions for sale."""
    return own


@pytest.fixture
def fill(customer: Any, catalogue: Account, operator: Any) -> Any:
    """`fill("lighthouse.com", ...)` puts names into the cart."""

    def put(*names: str) -> Cart:
        book = PriceBook(operator)
        cart = cart_of(customer)
        for name in names:
            quote = book.quote(name.partition(".")[2])
            assert quote is not None
            add_line(cart, name, quote)
        return cart

    return put


def details(contact: Contact, **changes: str) -> dict[str, str]:
    return {
        "registrant": contact.public_id,
        "nameserver_choice": "parking",
        "nameservers": "",
        "step": "review",
        **changes,
    }


def test_empty_cart_leads_to_the_search(buyer: Client) -> None:
    page = buyer.get("/cart/").content.decode()

    assert "Your cart is empty" in page
    assert 'href="/search/"' in page


def test_cart_shows_lines_years_and_total(buyer: Client, fill: Any, operator: Any) -> None:
    fill("lighthouse.com", "lighthouse.fr")
    book = PriceBook(operator)
    total = book.quote("com").price + book.quote("fr").price  # type: ignore[union-attr]

    page = buyer.get("/cart/").content.decode()

    assert page.count('name="years"') == 2
    assert f'value="{total}"' in page


def test_changed_years_change_price_and_total(buyer: Client, fill: Any, operator: Any) -> None:
    fill("lighthouse.com")

    page = buyer.post("/cart/years/", {"name": "lighthouse.com", "years": 3}, headers=HTMX).content.decode()

    assert CartLine.objects.get().years == 3
    assert f'value="{PriceBook(operator).quote("com").price * 3}"' in page  # type: ignore[union-attr]
    assert "<html" not in page


@pytest.mark.parametrize("years", ["99", "0", "-1", "x", ""])
def test_years_not_offered_change_nothing(buyer: Client, fill: Any, years: str) -> None:
    fill("lighthouse.com")

    answer = buyer.post("/cart/years/", {"name": "lighthouse.com", "years": years}, follow=True)

    assert CartLine.objects.get().years == 1
    assert "not offered" in answer.content.decode()


def test_removed_name_can_be_put_back_with_its_years(buyer: Client, fill: Any, catalogue: Account) -> None:
    fill("lighthouse.com")
    CartLine.objects.update(years=4)
    Availability.objects.create(
        account=catalogue, name="lighthouse.com", state="available", checked_at=timezone.now()
    )

    page = buyer.post("/cart/remove/", {"name": "lighthouse.com"}, follow=True).content.decode()
    assert "Put it back" in page
    assert not CartLine.objects.exists()

    buyer.post("/cart/add/", {"name": "lighthouse.com", "years": 4})
    assert CartLine.objects.get().years == 4


def test_complete_details_lead_to_the_review(buyer: Client, fill: Any, contact: Contact) -> None:
    fill("lighthouse.com")

    answer = buyer.post("/cart/", details(contact))

    assert answer.status_code == 302
    assert answer["Location"] == "/cart/review/"
    assert Cart.objects.get().registrant == contact


def test_missing_registrant_is_told_and_nothing_is_lost(buyer: Client, fill: Any, contact: Contact) -> None:
    fill("lighthouse.com")
    own = {"nameserver_choice": "own", "nameservers": "ns1.cedar.test\nns2.cedar.test"}

    answer = buyer.post("/cart/", details(contact, registrant="", **own))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose who the names are registered for" in page
    assert "ns2.cedar.test" in page


@pytest.mark.parametrize("text", ["", "ns1.cedar.test", "ns1.cedar.test 192.0.2.1", "not a host"])
def test_wrong_nameservers_are_refused(buyer: Client, fill: Any, contact: Contact, text: str) -> None:
    fill("lighthouse.com")

    answer = buyer.post("/cart/", details(contact, nameserver_choice="own", nameservers=text))

    assert answer.status_code == 422
    assert Cart.objects.get().nameservers == []


def test_own_nameservers_are_kept(buyer: Client, fill: Any, contact: Contact) -> None:
    fill("lighthouse.com")

    buyer.post(
        "/cart/",
        details(contact, nameserver_choice="own", nameservers="ns1.cedar.test, NS2.cedar.test."),
    )

    assert Cart.objects.get().nameservers == ["ns1.cedar.test", "ns2.cedar.test"]


def test_extension_asks_its_own_question_once_with_the_reason(
    buyer: Client, fill: Any, contact: Contact
) -> None:
    cart = fill("lighthouse.com", "lighthouse.madrid", "harbor.madrid")
    cart.registrant = contact
    cart.save()

    page = buyer.get("/cart/").content.decode()

    assert page.count('name="extra_intended_use"') == 1
    assert "The extension is for a community" in page
    assert ".madrid" in page


def test_unanswered_question_is_refused_and_an_answer_is_kept(
    buyer: Client, fill: Any, contact: Contact
) -> None:
    fill("lighthouse.madrid")

    refused = buyer.post("/cart/", details(contact))
    assert refused.status_code == 422
    assert "Please fill this in." in refused.content.decode()

    accepted = buyer.post("/cart/", details(contact, extra_intended_use="Website of a bakery"))
    assert accepted.status_code == 302
    assert Cart.objects.get().tld_fields == {"madrid": {"intended_use": "Website of a bakery"}}


def test_changed_registrant_changes_the_questions(
    buyer: Client, fill: Any, contact: Contact, customer: Any
) -> None:
    fill("lighthouse.fr")
    Contact.objects.filter(pk=contact.pk).update(type="organization", organization="Cedar")

    page = buyer.post("/cart/", details(contact, step="refresh"), headers=HTMX).content.decode()

    assert "extra_company_number" in page
    assert "<html" not in page
    Contact.objects.filter(pk=contact.pk).update(type="individual")
    page = buyer.post("/cart/", details(contact, step="refresh"), headers=HTMX).content.decode()
    assert "extra_company_number" not in page


def test_way_to_a_new_contact_keeps_what_was_entered(buyer: Client, fill: Any, contact: Contact) -> None:
    fill("lighthouse.madrid")

    answer = buyer.post("/cart/", details(contact, step="contact", extra_intended_use="A bakery"))

    assert answer["Location"] == "/contacts/new/?next=%2Fcart%2F"
    assert Cart.objects.get().tld_fields == {"madrid": {"intended_use": "A bakery"}}


def test_strangers_contact_cannot_be_chosen(
    buyer: Client, fill: Any, contact: Contact, make_customer: Any
) -> None:
    fill("lighthouse.com")
    Contact.objects.filter(pk=contact.pk).update(customer=make_customer("Other"))

    answer = buyer.post("/cart/", details(contact))

    assert answer.status_code == 422
    assert Cart.objects.get().registrant is None


def test_removing_a_name_keeps_what_was_entered(buyer: Client, fill: Any, contact: Contact) -> None:
    fill("lighthouse.com", "lighthouse.madrid")

    page = buyer.post(
        "/cart/remove/",
        {"name": "lighthouse.com", **details(contact, extra_intended_use="A bakery")},
        headers=HTMX,
    ).content.decode()

    assert "A bakery" in page
    assert 'id="cart-count" hx-swap-oob="true">1<' in page


def test_reader_sees_the_cart_and_cannot_change_it(colleague: Client, fill: Any, contact: Contact) -> None:
    fill("lighthouse.com")

    page = colleague.get("/cart/").content.decode()

    assert "lighthouse" in page
    assert 'name="years"' not in page
    assert "Review the order" not in page
    for path, data in (
        ("/cart/remove/", {"name": "lighthouse.com"}),
        ("/cart/years/", {"name": "lighthouse.com", "years": "2"}),
    ):
        assert colleague.post(path, data).status_code == 403
    colleague.post("/cart/", details(contact))
    assert Cart.objects.get().registrant is None
    assert colleague.get("/cart/review/").status_code == 403


def test_strangers_cart_is_another(stranger: Client, fill: Any) -> None:
    fill("lighthouse.com")

    assert "lighthouse" not in stranger.get("/cart/").content.decode()
    assert stranger.post("/cart/years/", {"name": "lighthouse.com", "years": 2}).status_code == 404
    stranger.post("/cart/remove/", {"name": "lighthouse.com"})
    assert CartLine.objects.count() == 1


def test_cart_takes_the_same_queries_with_1_and_with_30_names(
    buyer: Client, fill: Any, contact: Contact, django_assert_max_num_queries: Any
) -> None:
    cart = fill("lighthouse.com")
    cart.registrant = contact
    cart.save()
    buyer.get("/cart/")
    with django_assert_max_num_queries(60) as one:
        buyer.get("/cart/")
    fill(*(f"name{number}.com" for number in range(29)))

    with django_assert_max_num_queries(60) as thirty:
        buyer.get("/cart/")

    assert len(one) == len(thirty)


def test_contact_made_on_the_way_is_chosen_to_begin_with(
    buyer: Client, fill: Any, contact: Contact, customer: Any
) -> None:
    fill("lighthouse.com")
    buyer.post("/cart/", details(contact, step="contact"))
    fields = {field.name: getattr(contact, field.name) for field in Contact._meta.fields}
    made = Contact.objects.create(**{**fields, "id": None, "public_id": "co-newcontact2", "last_name": "Neu"})

    page = buyer.get("/cart/").content.decode()

    assert f'value="{made.public_id}" selected' in page
