"""A customer's page: money with a reason, people, credit."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core import mail
from django.test import Client
from django.urls import reverse

from panel.billing import ledger
from panel.billing.models import Entry
from panel.people.models import Customer, Invitation, Membership


def address(customer: Customer, route: str = "customer", *more: Any) -> str:
    return reverse(f"office:{route}", args=[customer.public_id, *more])


def test_top_up_books_once_with_reason_and_actor(office: Client, staff: Any, customer: Customer) -> None:
    form = {"amount": "25.50", "reason": "Bank transfer", "key": "form:one"}

    office.post(address(customer, "customer-top-up"), form)
    office.post(address(customer, "customer-top-up"), form)

    assert ledger.balance(customer) == Decimal("525.50")
    entry = Entry.objects.get(reason="Bank transfer")
    assert (entry.actor, entry.kind) == (staff, "top_up")


def test_top_up_without_a_reason_is_422(office: Client, customer: Customer) -> None:
    response = office.post(address(customer, "customer-top-up"), {"amount": "10", "reason": "", "key": "k"})

    assert response.status_code == 422
    assert "reason" in response.context["top_up_form"].errors
    assert ledger.balance(customer) == Decimal("500.00")


def test_correction_takes_money_out_and_not_more_than_there_is(office: Client, customer: Customer) -> None:
    office.post(address(customer, "customer-top-up"), {"amount": "-100", "reason": "typo", "key": "a"})
    assert ledger.balance(customer) == Decimal("400.00")

    response = office.post(
        address(customer, "customer-top-up"), {"amount": "-400.01", "reason": "x", "key": "b"}
    )

    assert response.status_code == 422
    assert "0.01 EUR" in response.content.decode()
    assert ledger.balance(customer) == Decimal("400.00")


def test_credit_line_is_set_and_not_below_what_is_owed(office: Client, customer: Customer) -> None:
    office.post(address(customer, "customer-credit"), {"credit_line": "100"})
    office.post(address(customer, "customer-top-up"), {"amount": "-550", "reason": "x", "key": "c"})

    response = office.post(address(customer, "customer-credit"), {"credit_line": "10"})

    customer.refresh_from_db()
    assert response.status_code == 422
    assert customer.credit_line == Decimal("100.00")


def test_member_is_invited_under_the_brands_own_host(
    office: Client, alder: Any, make_customer: Any, django_capture_on_commit_callbacks: Any
) -> None:
    theirs = make_customer("Their Person", brand=alder)

    with django_capture_on_commit_callbacks(execute=True):
        office.post(address(theirs, "customer-invite"), {"email": "new@x.test", "role": "manager"})

    assert Invitation.objects.get().customer == theirs
    assert "//alder.localhost" in mail.outbox[0].body


def test_member_is_removed(office: Client, customer: Customer, owner: Any) -> None:
    member = Membership.objects.get()

    office.post(address(customer, "member-remove", member.pk))

    assert not Membership.objects.exists()


def test_member_of_another_customer_is_not_removed(
    office: Client, customer: Customer, owner: Any, make_customer: Any
) -> None:
    other = make_customer("Other")

    response = office.post(address(other, "member-remove", Membership.objects.get().pk))

    assert response.status_code == 404
    assert Membership.objects.exists()


def test_new_customer_belongs_to_the_chosen_brand(office: Client, alder: Any, db: None) -> None:
    form = {"brand_choice": alder.pk, "name": "Fresh", "email": "f@x.test", "owner_email": "o@x.test"}

    response = office.post("/office/customers/new/", form)

    made = Customer.objects.get(name="Fresh")
    assert response["Location"] == address(made)
    assert made.brand == alder
    assert Invitation.objects.get().role == "owner"


def test_customers_are_found_by_a_members_email(office: Client, customer: Customer, owner: Any) -> None:
    listing = office.get("/office/customers/?q=owner@demo").context["listing"]

    assert [row.record for row in listing.rows] == [customer]
