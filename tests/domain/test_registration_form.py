"""What the cart's form asks for an extension of a registrar that is not MrDomain."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from panel.account.models import Account, Cost, Tld
from panel.billing.models import Cart, CartLine
from panel.billing.pricing import PriceBook
from panel.contact.models import Contact
from panel.domain.registration_form import RegistrationForm

pytestmark = pytest.mark.django_db

PERSON = {
    "extra_fr_identification": "individual",
    "extra_birth_date": "1984-05-23",
    "extra_birth_postal_code": "69003",
    "extra_birth_city": "Lyon",
    "extra_birth_country": "FR",
}


@pytest.fixture
def cart(customer: Any, contact: Any) -> Cart:
    """A cart with a .fr that BookMyName sells."""
    account = Account.objects.create(
        label="BookMyName",
        family="bookmyname",
        endpoint="http://127.0.0.1:9/apis.cgi",
        is_sandbox=True,
        credentials={"dist_id": "13490", "dist_passwd": "demo"},
    )
    tld = Tld.objects.create(account=account, name="fr", parent="fr", seen_at=timezone.now())
    Cost.objects.create(tld=tld, action="create", amount=Decimal("5.00"), currency="EUR", years=[1])
    cart = Cart.objects.create(customer=customer, registrant=contact)
    CartLine.objects.create(cart=cart, name="calm-orchard.fr", tld_name="fr")
    return cart


def form_of(cart: Cart, contact: Contact, **given: str) -> RegistrationForm:
    data = {"registrant": contact.public_id, "nameserver_choice": "parking", **given}
    lines, book = list(cart.lines.all()), PriceBook(cart.customer.brand)
    return RegistrationForm(cart, lines, Contact.objects.all(), book, data)


def test_person_is_offered_the_answers_for_persons_and_a_list_of_countries(cart: Cart, contact: Any) -> None:
    form = form_of(cart, contact, **PERSON)

    offered = dict(form.fields["extra_fr_identification"].choices)  # type: ignore[attr-defined]
    countries = dict(form.fields["extra_birth_country"].choices)  # type: ignore[attr-defined]

    assert set(offered) == {"", "individual", "trademark"}
    assert countries["FR"] == "France"
    assert "extra_establishment_number" not in form.fields
    assert form.is_valid()
    assert form.cleaned_data["tld_fields"]["fr"]["birth_country"] == "FR"


def test_answer_that_another_answer_makes_necessary_is_missed(cart: Cart, contact: Any) -> None:
    form = form_of(cart, contact, extra_fr_identification="individual")

    assert not form.is_valid()
    assert set(form.errors) == {
        "extra_birth_date",
        "extra_birth_postal_code",
        "extra_birth_city",
        "extra_birth_country",
    }


def test_nameservers_are_counted_as_bookmyname_counts_them(cart: Cart, contact: Any) -> None:
    five = "\n".join(f"ns{number}.example.com" for number in range(5))

    form = form_of(cart, contact, nameservers=five, **PERSON | {"nameserver_choice": "own"})

    assert "nameservers" in form.errors
