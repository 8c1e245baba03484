"""The contact book."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from panel.billing.models import Cart
from panel.contact.models import Contact, ContactHandle
from panel.contact.services import plan_handle

SPANISH = {
    "type": "individual",
    "country": "ES",
    "first_name": "Nuria",
    "last_name": "Vidal",
    "identification": "00000000T",
    "email": "nuria@vidal.test",
    "phone": "600 123 456",
    "address": "Calle Alta 3",
    "postal_code": "48001",
    "city": "Bilbao",
    "state": "",
}


def test_person_in_spain_is_saved_as_registries_want(own: Client, customer: Any) -> None:
    response = own.post("/contacts/new/", SPANISH)

    saved = Contact.objects.get(email="nuria@vidal.test")
    assert response.status_code == 302
    assert response["Location"] == f"/contacts/{saved.public_id}/"
    assert saved.customer == customer
    assert saved.phone == "+34.600123456"
    assert saved.state == "Bizkaia"
    assert "Nuria Vidal" in own.get("/contacts/").content.decode()


def test_organization_in_spain_names_its_type_and_is_warned_of_a_doubtful_one(own: Client) -> None:
    firm = {**SPANISH, "type": "organization", "organization": "Vidal SL", "identification": "B64717838"}

    missing = own.post("/contacts/new/", firm)
    doubtful = own.post("/contacts/new/", {**firm, "organization_type": "524"}, follow=True)

    assert missing.status_code == 422
    assert "organization_type" in missing.context["form"].errors
    assert Contact.objects.get(organization="Vidal SL").organization_type == "524"
    assert "usually means" in doubtful.content.decode()


def test_errors_come_once_each_with_status_422(own: Client) -> None:
    response = own.post("/contacts/new/", {"type": "individual", "country": "ES", "state": "Madrid"})
    form = response.context["form"]

    assert response.status_code == 422
    assert all(len(problems) == 1 for problems in form.errors.values())
    assert "12345678Z" in form.errors["identification"][0]
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    ("country", "contact_type", "there", "absent"),
    [
        ("US", "individual", ["ZIP code", "94103", 'value="CA"'], ['name="organization"']),
        ("ES", "organization", ['name="organization_type"', "As the postal code says"], []),
        ("FR", "organization", ["SIREN", "75001", 'name="organization"'], ['name="organization_type"']),
        ("CA", "individual", ["Ontario", "K1A 0B1"], []),
        ("AE", "individual", ["no postal codes"], []),
    ],
)
def test_fields_follow_country_and_type_and_keep_what_was_typed(
    own: Client, country: str, contact_type: str, there: list[str], absent: list[str]
) -> None:
    typed = {**SPANISH, "country": country, "type": contact_type}

    part = own.post("/contacts/fields/", typed, headers={"HX-Request": "true"})
    page = own.post("/contacts/new/", {**typed, "other_choice": "1"})

    for response in (part, page):
        text = response.content.decode()
        assert response.status_code == 200
        assert 'value="Nuria"' in text
        assert "field-error" not in text
        for words in there:
            assert words in text
        for words in absent:
            assert words not in text
    assert not Contact.objects.exists()


def test_similar_contact_is_warned_of_and_saved_when_confirmed(own: Client, contact: Contact) -> None:
    twin = {**SPANISH, "identification": contact.identification}

    warned = own.post("/contacts/new/", twin)

    assert warned.status_code == 422
    assert "in the book already" in warned.content.decode()
    assert contact.public_id in warned.content.decode()
    assert own.post("/contacts/new/", {**twin, "keep_duplicate": "on"}).status_code == 302
    assert Contact.objects.count() == 2


def test_edit_changes_the_book_and_no_copy(own: Client, contact: Contact, registrar_account: Any) -> None:
    handle = ContactHandle.objects.create(
        account=registrar_account, contact=contact, handle="h-1", fingerprint="f", content={"city": "Madrid"}
    )
    form = own.get(f"/contacts/{contact.public_id}/edit/").context["form"]
    typed = {name: form[name].value() or "" for name in form.fields if name != "keep_duplicate"}

    response = own.post(f"/contacts/{contact.public_id}/edit/", {**typed, "city": "Alcorcón"})

    contact.refresh_from_db()
    handle.refresh_from_db()
    assert response.status_code == 302
    assert contact.city == "Alcorcón"
    assert handle.content == {"city": "Madrid"}


@pytest.mark.parametrize(
    ("target", "location"),
    [
        ("/cart/review/", "/cart/review/"),
        ("https://evil.test/", None),
        ("//evil.test", None),
        ("javascript:x", None),
    ],
)
def test_next_leads_back_only_within_the_panel(own: Client, target: str, location: str | None) -> None:
    response = own.post("/contacts/new/", {**SPANISH, "next": target})

    assert response["Location"] == (location or f"/contacts/{Contact.objects.get().public_id}/")


def test_delete_waits_for_the_cart_and_for_open_operations(
    own: Client, contact: Contact, customer: Any, owner: Any, registrar_account: Any
) -> None:
    address = f"/contacts/{contact.public_id}/delete/"
    cart = Cart.objects.create(customer=customer, registrant=contact)
    own.post(address)
    assert Contact.objects.filter(pk=contact.pk).exists()

    cart.delete()
    with transaction.atomic():
        operation = plan_handle(contact, registrar_account, owner)
    own.post(address)
    assert Contact.objects.filter(pk=contact.pk).exists()

    operation.delete()
    response = own.post(address, follow=True)
    assert not Contact.objects.filter(pk=contact.pk).exists()
    assert "no longer in your contact book" in response.content.decode()


def test_delete_is_never_done_by_looking(own: Client, contact: Contact) -> None:
    assert own.get(f"/contacts/{contact.public_id}/delete/").status_code == 405


def test_strangers_contacts_do_not_exist(stranger: Client, contact: Contact) -> None:
    for address in ("", "edit/"):
        assert stranger.get(f"/contacts/{contact.public_id}/{address}").status_code == 404
    assert stranger.post(f"/contacts/{contact.public_id}/edit/", SPANISH).status_code == 404
    assert stranger.post(f"/contacts/{contact.public_id}/delete/").status_code == 404
    assert "Ada" not in stranger.get("/contacts/").content.decode()


def test_colleague_reads_and_does_not_write(colleague: Client, contact: Contact) -> None:
    page = colleague.get(f"/contacts/{contact.public_id}/").content.decode()

    assert "Ada" in page
    assert "/edit/" not in page
    assert colleague.get("/contacts/new/").status_code == 403
    assert colleague.post("/contacts/new/", SPANISH).status_code == 403
    assert colleague.post("/contacts/fields/", SPANISH).status_code == 403
    assert colleague.post(f"/contacts/{contact.public_id}/delete/").status_code == 403


def test_list_costs_the_same_with_1_and_30(
    own: Client, contact: Contact, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    own.get("/contacts/")
    with django_assert_max_num_queries(100) as one:
        own.get("/contacts/")
    for number in range(29):
        contact.pk, contact.public_id = None, f"co-{number}"
        contact.save()

    with django_assert_max_num_queries(len(one)) as many:
        own.get("/contacts/")

    assert len(many) == len(one)
