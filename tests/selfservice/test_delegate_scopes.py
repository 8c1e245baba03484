"""Who belongs to one customer and has names of another lent; scopes that follow what a view needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from panel.access.actor import actor_for
from panel.access.grants import lent_to
from panel.access.parts import ANY, OWNERS, Part, need_of
from panel.domain.models import Domain
from panel.domain.queries import domains_for
from panel.operation.models import Operation
from tests.access.conftest import begin
from tests.selfservice.lending import READ, WRITE, lent
from tests.selfservice.pages import words_of

NAME = "lent-name.com"
PAGE = f"/domains/{NAME}/"
BACKEND = "panel.people.backends.BrandAuthenticationBackend"


@pytest.fixture(autouse=True)
def _nobody_asked_before() -> None:
    """Passwords may be typed again only so often; the count outlives a test."""
    cache.clear()


@pytest.fixture
def name(make_domain: Callable[..., Any], catalogue: Any) -> Domain:
    domain: Domain = make_domain(
        NAME, transfer_lock=False, whois_privacy=False, renewal_mode="manual", detailed_at=timezone.now()
    )
    return domain


@pytest.fixture
def agency(make_user: Callable[..., Any]) -> Any:
    """Somebody who belongs to no customer."""
    return make_user("agency@demo.test")


@pytest.fixture
def delegate(agency: Any, signed_in: Callable[[Any], Client]) -> Client:
    """The browser of that person."""
    return signed_in(agency)


# --- a member of one customer to whom another lends -------------------------------------------------------------------


def test_member_of_another_customer_keeps_the_two_apart(
    make_user: Callable[..., Any],
    make_customer: Callable[..., Any],
    signed_in: Any,
    name: Domain,
    make_domain: Any,
) -> None:
    second = make_customer("Second Ltd", money="50")
    both = make_user("both@demo.test", customer=second)
    make_domain("second-own.com", customer=second)
    lent(name, both, READ, Part.DNS_ZONE)
    browser = signed_in(both)

    assert "second-own.com" in words_of(browser.get("/domains/"))
    assert NAME not in words_of(browser.get("/domains/"))
    assert NAME not in words_of(browser.get("/renewals/"))
    assert NAME in words_of(browser.get("/shared/"))
    assert browser.get(PAGE).status_code == 200
    # An owner of one customer is no owner of what another lends.
    assert browser.post(f"{PAGE}renew/").status_code == 404
    assert browser.get(f"{PAGE}nameservers/").status_code == 404
    assert browser.get("/domains/second-own.com/nameservers/").status_code == 200
    assert (
        browser.post("/jobs/new/", {"ids": [str(name.pk)], "action": "transfer-lock:on"}).status_code != 500
    )
    assert not Operation.objects.exists()


def test_reader_of_one_customer_may_change_what_another_lends(
    make_user: Callable[..., Any],
    make_customer: Callable[..., Any],
    signed_in: Any,
    name: Domain,
    make_domain: Any,
) -> None:
    second = make_customer("Second Ltd")
    reader = make_user("reader2@demo.test", customer=second, role="reader")
    make_domain("second-own.com", customer=second)
    lent(name, reader, WRITE, Part.TRANSFER_LOCK)
    browser = signed_in(reader)

    assert browser.post(f"{PAGE}turn/transfer-lock/", {"to": "on"}).status_code == 302
    assert browser.post("/domains/second-own.com/turn/transfer-lock/", {"to": "on"}).status_code == 403


def test_staff_who_act_as_a_member_do_not_have_what_others_lend(
    staff: Any, make_user: Callable[..., Any], make_customer: Callable[..., Any], name: Domain
) -> None:
    both = make_user("both@demo.test", customer=make_customer("Second Ltd"))
    lent(name, both, READ, Part.DNS_ZONE)
    browser = Client()
    browser.force_login(staff, backend=BACKEND)
    browser.post("/accounts/reauthenticate/", {"password": "nameward-demo"})
    begin(browser, both)

    assert browser.get("/domains/").status_code == 200
    assert browser.get(PAGE).status_code == 404


# --- scopes -----------------------------------------------------------------------------------------------------------


def test_actor_may_what_is_lent(agency: Any, operator: Any, name: Domain, owner: Any) -> None:
    lent(name, agency, READ, Part.DNS_ZONE)
    actor, own = actor_for(agency, operator), actor_for(owner, operator)
    assert actor is not None
    assert own is not None

    assert actor.may(Part.DNS_ZONE, READ, name)
    assert not actor.may(Part.DNS_ZONE, WRITE, name)
    assert not actor.may(Part.MAILBOXES, READ, name)
    assert own.may(Part.DNS_ZONE, WRITE, name)


def test_scope_follows_the_need_and_is_the_customers_own_without_one(
    agency: Any,
    operator: Any,
    name: Domain,
    make_domain: Callable[..., Any],
    make_customer: Callable[..., Any],
) -> None:
    second = make_customer("Second Ltd")
    agency.memberships.create(customer=second, role="owner")
    own = make_domain("second-own.com", customer=second)
    lent(name, agency, READ, Part.DNS_ZONE)
    actor = actor_for(agency, operator)
    assert actor is not None

    def found(declared: Any, safe: bool = True) -> set[str]:
        need = need_of(declared, None, safe, {})
        return set(domains_for(replace(actor, need=need)).values_list("name", flat=True))

    assert set(domains_for(actor).values_list("name", flat=True)) == {own.name}
    assert found(Part.DNS_ZONE) == {own.name, NAME}
    assert found(ANY) == {own.name, NAME}
    assert found(Part.DNS_ZONE, safe=False) == {own.name}
    assert found(Part.MAILBOXES) == {own.name}
    assert found(OWNERS) == {own.name}


def test_list_of_what_is_lent_costs_the_same_for_one_and_many(
    delegate: Client, agency: Any, make_domain: Callable[..., Any], catalogue: Any
) -> None:
    lent(make_domain("one.com"), agency, READ, Part.DNS_ZONE)
    delegate.get("/shared/")
    with CaptureQueriesContext(connection) as few:
        delegate.get("/shared/")
    for number in range(12):
        lent(make_domain(f"many-{number}.com"), agency, WRITE, *Part)
    with CaptureQueriesContext(connection) as many:
        delegate.get("/shared/")

    assert len(few) == len(many)


def test_lent_to_is_of_this_brand_only(
    agency: Any, alder: Any, operator: Any, name: Domain, make_customer: Callable[..., Any], make_domain: Any
) -> None:
    elsewhere = make_domain("alder-name.com", customer=make_customer("Alder's", brand=alder))
    lent(name, agency, READ, Part.DNS_ZONE)
    lent(elsewhere, agency, READ, Part.DNS_ZONE)

    here, there = actor_for(agency, operator), actor_for(agency, alder)

    assert here is not None
    assert there is not None
    assert [grant.domain for grant in lent_to(here)] == [name]
    assert [grant.domain for grant in lent_to(there)] == [elsewhere]
