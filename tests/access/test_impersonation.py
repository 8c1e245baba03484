"""Staff act as a customer's person: for a reason, not for long, with both names, never in what is the person's own."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from panel.access.models import Impersonation
from panel.domain.models import Domain
from panel.operation.models import Operation
from panel.people.models import Membership
from tests.access.conftest import BACKEND, NAME, PASSWORD, begin, words_of
from tests.architecture.house import routes

# --- beginning ------------------------------------------------------------------------------------------------------


def test_staff_see_the_customers_pages_under_a_bar_that_names_both(
    acting: Client, staff: Any, owner: Any, customer: Any, name: Domain
) -> None:
    page = acting.get("/domains/")

    assert NAME in page.content.decode()
    assert f"{staff}, you act as {owner} ({customer})." in words_of(page)
    assert 'action="/acting/end/"' in page.content.decode()


def test_beginning_is_written_down_with_its_reason(
    acting: Client, staff: Any, owner: Any, customer: Any
) -> None:
    row = Impersonation.objects.get()

    assert (row.staff, row.user, row.customer, row.reason) == (
        staff,
        owner,
        customer,
        "She asked on the phone",
    )
    assert row.until - row.started_at == timedelta(minutes=30)
    assert row.ended_at is None


def test_without_a_reason_nothing_begins(office: Client, owner: Any) -> None:
    answer = begin(office, owner, " ")

    assert answer.status_code == 422
    assert "Say why" in words_of(answer)
    assert not Impersonation.objects.exists()


def test_it_asks_for_the_password_again(staff: Any, owner: Any) -> None:
    browser = Client()
    browser.force_login(staff, backend=BACKEND)

    assert "reauthenticate" in begin(browser, owner)["Location"]
    assert not Impersonation.objects.exists()


@pytest.mark.parametrize("change", ["is_staff", "is_superuser", "inactive", "closed"])
def test_nobody_acts_as_staff_or_as_who_may_not_sign_in(
    office: Client, owner: Any, customer: Any, change: str
) -> None:
    if change == "inactive":
        owner.is_active = False
    elif change == "closed":
        customer.is_active = False
        customer.save()
    else:
        setattr(owner, change, True)
    owner.save()

    assert begin(office, owner).status_code == 404
    assert "/act/" not in office.get(f"/office/customers/{customer.public_id}/").content.decode()
    assert not Impersonation.objects.exists()


def test_customers_and_brand_people_cannot_begin(
    owner: Any, make_user: Callable[..., Any], operator: Any, customer: Any
) -> None:
    other = make_user("other@demo.test", customer=customer, role="reader")
    for person in (owner, make_user("brand@demo.test", brand=operator)):
        browser = Client()
        browser.force_login(person, backend=BACKEND)
        browser.post("/accounts/reauthenticate/", PASSWORD)
        assert begin(browser, other).status_code == 404


def test_member_of_another_customer_is_missing(office: Client, owner: Any, make_customer: Any) -> None:
    member = Membership.objects.get(user=owner)
    address = reverse("office:member-act", args=[make_customer("Other").public_id, member.pk])

    assert office.post(address, {"reason": "x"}).status_code == 404


# --- what is carried over, and what is not --------------------------------------------------------------------------


def test_session_is_a_fresh_one_with_nothing_proved(office: Client, owner: Any) -> None:
    before = dict(office.session)
    key = office.session.session_key
    begin(office, owner)

    assert "account_authentication_methods" in before
    assert "account_authentication_methods" not in office.session
    assert office.session.session_key != key
    assert office.session[SESSION_KEY] == str(owner.pk)
    assert office.session.get_expiry_age() <= 30 * 60


def test_person_is_not_told_of_a_sign_in_or_a_device(acting: Client, owner: Any) -> None:
    acting.get("/domains/")

    owner.refresh_from_db()
    assert owner.last_login is None
    assert not UserSession.objects.filter(user=owner).exists()


def test_language_that_staff_choose_is_not_the_persons(acting: Client, owner: Any) -> None:
    acting.post("/i18n/", {"language": "fr"})

    owner.refresh_from_db()
    assert owner.language == ""
    assert "Domaines" in acting.get("/domains/").content.decode()


# --- what is the person's own ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "/security/",
        "/switch-customer/",
        f"/domains/{NAME}/auth-code/",
        "/accounts/reauthenticate/",
        "/accounts/password/change/",
        "/accounts/email/",
        "/accounts/2fa/",
        "/accounts/2fa/reauthenticate/",
        "/accounts/2fa/totp/activate/",
        "/accounts/2fa/totp/code.svg",
        "/accounts/2fa/webauthn/add/",
        "/accounts/2fa/recovery-codes/",
        "/accounts/sessions/",
        "/accounts/invitation/x/",
    ],
)
@pytest.mark.parametrize("has_password", [True, False])
def test_what_is_the_persons_own_is_refused(
    acting: Client, owner: Any, name: Domain, address: str, has_password: bool
) -> None:
    if not has_password:
        # Without a password there is nothing to type again: allauth then asks for no proof at all.
        owner.set_unusable_password()
        owner.save()
        session = acting.session
        session["_auth_user_hash"] = owner.get_session_auth_hash()
        session.save()

    for answer in (acting.get(address), acting.post(address, PASSWORD)):
        assert answer.status_code in (403, 405)
        if answer.status_code == 403:
            assert "This is for the person alone" in words_of(answer)
    assert not Operation.objects.exists()


@pytest.mark.parametrize("address", ["/office/", "/brand/", "/brand/prices/"])
def test_back_office_and_brand_pages_are_not_there(
    office: Client, owner: Any, operator: Any, address: str
) -> None:
    owner.brand_memberships.create(brand=operator)
    begin(office, owner)

    assert office.get(address).status_code == 404


def test_other_customers_of_the_person_are_not_there(
    office: Client, owner: Any, make_customer: Any, name: Domain
) -> None:
    other = make_customer("Second")
    begin(office, owner)
    owner.memberships.create(customer=other)
    Domain.objects.update(customer=other)

    assert office.get(f"/domains/{NAME}/").status_code == 404


@pytest.mark.parametrize("urlconf", ["panel.urls", "panel.urls_brand"])
def test_what_asks_a_customer_for_the_password_is_the_persons_own(urlconf: str) -> None:
    asking = [
        route.view
        for route in routes()
        if route.urlconf == urlconf
        and not route.path.startswith(("office/", "brand/", "accounts/"))
        and hasattr(route.view, "permission")
        and "@reauthentication_required" in inspect.getsource(inspect.unwrap(route.view))
    ]

    assert asking
    assert all(view.personal for view in asking)


def test_menu_does_not_offer_what_would_be_refused(acting: Client) -> None:
    assert 'href="/security/"' not in acting.get("/domains/").content.decode()


# --- brands ---------------------------------------------------------------------------------------------------------


def test_person_of_a_white_label_customer_is_seen_under_its_brand(
    office: Client, alder: Any, make_customer: Any, make_user: Any
) -> None:
    begin(office, make_user("rowan@demo.test", customer=make_customer("Rowan Books", brand=alder)))

    page = office.get("/domains/")

    assert page.status_code == 200
    assert "Alder Hosting" in page.content.decode()
    assert page.context["brand"] == alder


def test_session_is_worth_nothing_on_a_brands_host(
    office: Client, alder: Any, make_customer: Any, make_user: Any
) -> None:
    begin(office, make_user("rowan@demo.test", customer=make_customer("Rowan Books", brand=alder)))

    answer = office.get("/domains/", headers={"host": "alder.localhost"})

    assert "/accounts/login/" in answer["Location"]


# --- ending ---------------------------------------------------------------------------------------------------------


def test_button_gives_the_staff_their_own_session_back_with_nothing_proved(
    acting: Client, staff: Any, customer: Any, owner: Any
) -> None:
    key = acting.session.session_key

    answer = acting.post("/acting/end/")

    row = Impersonation.objects.get()
    assert answer["Location"] == f"/office/customers/{customer.public_id}/"
    assert (row.ending, row.ended_at is not None) == ("button", True)
    assert acting.session.session_key != key
    assert acting.session[SESSION_KEY] == str(staff.pk)
    page = acting.get(answer["Location"])
    assert "She asked on the phone" in words_of(page)
    assert re.search(r"\d\d:\d\d ended", words_of(page))
    assert "you act as" not in words_of(page)
    assert "reauthenticate" in begin(acting, owner)["Location"]


def test_time_ends_it_and_nobody_is_signed_in(acting: Client, name: Domain) -> None:
    row = Impersonation.objects.get()
    with time_machine.travel(row.until - timedelta(seconds=5), tick=False):
        assert acting.get("/domains/").status_code == 200

    with time_machine.travel(row.until + timedelta(seconds=1), tick=False):
        answer = acting.get("/domains/")
        assert "/accounts/login/" in answer["Location"]
        assert acting.post("/acting/end/").status_code == 302
        assert "/accounts/login/" in acting.get("/office/")["Location"]
        assert not Impersonation.objects.get().is_open


def test_time_of_the_row_counts_even_where_the_session_lives_longer(acting: Client) -> None:
    session = acting.session
    session.set_expiry(86_400)
    session.save()
    row = Impersonation.objects.get()

    with time_machine.travel(row.until + timedelta(seconds=1), tick=False):
        assert "/accounts/login/" in acting.get("/domains/")["Location"]

    row.refresh_from_db()
    assert (row.ending, row.ended_at) == ("time", row.until)


def test_minutes_are_a_setting(office: Client, owner: Any, settings: Any) -> None:
    settings.IMPERSONATION_MINUTES = 5

    begin(office, owner)

    row = Impersonation.objects.get()
    assert row.until - row.started_at == timedelta(minutes=5)


def test_signing_out_ends_it(acting: Client) -> None:
    assert acting.post("/accounts/logout/").status_code == 302

    assert Impersonation.objects.get().ending == "signed_out"
    assert "/accounts/login/" in acting.get("/domains/")["Location"]


@pytest.mark.parametrize(
    "change",
    [
        "staff left",
        "staff inactive",
        "staff has another password",
        "person left",
        "person became staff",
        "ended",
    ],
)
def test_it_ends_when_it_is_no_longer_allowed(acting: Client, staff: Any, owner: Any, change: str) -> None:
    match change:
        case "staff left":
            staff.is_staff = False
        case "staff inactive":
            staff.is_active = False
        case "staff has another password":
            staff.set_password("another-long-password")
        case "person left":
            owner.memberships.all().delete()
        case "person became staff":
            owner.is_staff = True
        case "ended":
            Impersonation.objects.update(ended_at=timezone.now(), ending="button")
    staff.save()
    owner.save()

    assert "/accounts/login/" in acting.get("/domains/")["Location"]

    assert Impersonation.objects.get().ending == ("button" if change == "ended" else "withdrawn")


def test_ending_what_never_began_is_missing(office: Client) -> None:
    assert office.post("/acting/end/").status_code == 404


def test_ending_is_not_done_by_looking(acting: Client) -> None:
    assert acting.get("/acting/end/").status_code == 405


# --- what it costs --------------------------------------------------------------------------------------------------


def test_customers_page_takes_the_same_queries_with_1_and_9_rows(
    office: Client, owner: Any, staff: Any, customer: Any, django_assert_max_num_queries: Any
) -> None:
    def add(count: int) -> None:
        now = timezone.now()
        for _number in range(count):
            Impersonation.objects.create(
                staff=staff, user=owner, customer=customer, reason="x", started_at=now, until=now
            )

    page = f"/office/customers/{customer.public_id}/"
    add(1)
    office.get(page)
    with django_assert_max_num_queries(100) as one:
        office.get(page)
    add(8)
    with django_assert_max_num_queries(100) as many:
        office.get(page)

    assert len(one) == len(many)
