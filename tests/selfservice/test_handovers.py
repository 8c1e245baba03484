"""Handing a name from one customer to another: offer, mail, answer, and who may do any of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from panel.domain import handovers
from panel.domain.models import Domain, Handover
from panel.domain.operations_settings import plan_transfer_lock
from tests.selfservice.pages import words_of

NAME = "soler-estudio.com"
GIVE = f"/domains/{NAME}/hand-over/"


@pytest.fixture
def name(make_domain: Callable[..., Any], catalogue: Any) -> Domain:
    domain: Domain = make_domain(NAME, transfer_lock=False)
    return domain


@pytest.fixture
def next_customer(make_customer: Callable[..., Any]) -> Any:
    return make_customer("Next Ltd", money="50")


@pytest.fixture
def taker(next_customer: Any, make_user: Callable[..., Any], signed_in: Any) -> Client:
    """The browser of the next customer's owner."""
    browser: Client = signed_in(make_user("next@demo.test", customer=next_customer))
    return browser


def offered() -> Handover:
    return Handover.objects.get()


def test_offer_is_mailed_accepted_and_the_name_is_the_next_customers(
    own: Client, taker: Client, name: Domain, next_customer: Any
) -> None:
    response = own.post(GIVE, {"email": "Next@Demo.test"})
    counts = handovers.run()
    again = handovers.run()
    listed = words_of(taker.get("/offers/"))
    accepted = taker.post(f"/offers/{offered().public_id}/", {"accept": "1"})

    name.refresh_from_db()
    assert response.status_code == 302
    assert (counts, again) == ((1, 0), (0, 0))
    assert [message.to for message in mail.outbox] == [["next@demo.test"]]
    assert NAME in mail.outbox[0].subject
    assert NAME in listed
    assert accepted.status_code == 302
    assert name.customer == next_customer
    assert offered().state == "accepted"
    assert own.get(f"/domains/{NAME}/").status_code == 404
    assert taker.get(f"/domains/{NAME}/").status_code == 200


def test_declined_offer_leaves_the_name_where_it_is(
    own: Client, taker: Client, name: Domain, customer: Any
) -> None:
    own.post(GIVE, {"email": "next@demo.test"})

    taker.post(f"/offers/{offered().public_id}/", {"decline": "1"})

    name.refresh_from_db()
    assert name.customer == customer
    assert offered().state == "declined"


def test_offer_that_was_taken_back_cannot_be_accepted(
    own: Client, taker: Client, name: Domain, customer: Any
) -> None:
    own.post(GIVE, {"email": "next@demo.test"})
    public_id = offered().public_id

    own.post(GIVE, {"withdraw": "1"})
    late = taker.post(f"/offers/{public_id}/", {"accept": "1"})

    name.refresh_from_db()
    assert late.status_code == 404
    assert name.customer == customer


def test_offer_that_nobody_answered_ends_by_itself(own: Client, taker: Client, name: Domain) -> None:
    own.post(GIVE, {"email": "next@demo.test"})
    Handover.objects.update(lapses_at=timezone.now() - timedelta(minutes=1))

    late = taker.post(f"/offers/{offered().public_id}/", {"accept": "1"})
    handovers.run()

    assert late.status_code == 404
    assert offered().state == "lapsed"
    assert own.post(GIVE, {"email": "next@demo.test"}).status_code == 302


def test_name_about_which_something_is_under_way_is_not_handed_over(
    own: Client, taker: Client, name: Domain, owner: Any, customer: Any
) -> None:
    own.post(GIVE, {"email": "next@demo.test"})
    plan_transfer_lock(name, True, actor=owner)

    response = taker.post(f"/offers/{offered().public_id}/", {"accept": "1"})

    name.refresh_from_db()
    assert response.status_code == 422
    assert "Something is under way" in words_of(response)
    assert (name.customer, offered().state) == (customer, "offered")


def test_planned_deletion_does_not_go_along(
    own: Client, taker: Client, name: Domain, owner: Any, settings: Any
) -> None:
    plan = name.planned_deletions.create(customer=name.customer, due_at=timezone.now() + timedelta(hours=3))
    own.post(GIVE, {"email": "next@demo.test"})

    taker.post(f"/offers/{offered().public_id}/", {"accept": "1"})

    plan.refresh_from_db()
    assert plan.outcome == "kept"


def test_offer_to_an_unknown_address_says_the_same_and_mails_nobody(own: Client, name: Domain) -> None:
    known_words = "we do not say whether the address is known here"

    shown = words_of(own.get(GIVE))
    response = own.post(GIVE, {"email": "nobody@nowhere.test"})
    handovers.run()

    assert known_words in shown
    assert response.status_code == 302
    assert mail.outbox == []


def test_offer_reaches_nobody_of_another_brand(
    own: Client, name: Domain, alder: Any, make_customer: Callable[..., Any], make_user: Callable[..., Any]
) -> None:
    make_user("next@demo.test", customer=make_customer("Elsewhere", brand=alder))

    own.post(GIVE, {"email": "next@demo.test"})
    handovers.run()

    assert mail.outbox == []


@pytest.mark.parametrize(
    ("email", "text"),
    [("owner@", "valid email"), ("own", "your own address")],
    ids=["no-address", "own-address"],
)
def test_wrong_address_is_refused_beside_the_field(
    own: Client, name: Domain, owner: Any, email: str, text: str
) -> None:
    response = own.post(GIVE, {"email": owner.email if email == "own" else email})

    assert response.status_code == 422
    assert text in words_of(response)
    assert not Handover.objects.exists()


def test_offers_and_answers_are_for_those_they_are_meant_for(
    own: Client, stranger: Client, colleague: Client, name: Domain, taker: Client
) -> None:
    own.post(GIVE, {"email": "next@demo.test"})
    answer = f"/offers/{offered().public_id}/"

    assert stranger.get(GIVE).status_code == 404
    assert colleague.post(GIVE, {"email": "x@y.test"}).status_code == 403
    assert stranger.post(answer, {"accept": "1"}).status_code == 404
    assert own.post(answer, {"accept": "1"}).status_code == 404
    assert NAME not in words_of(stranger.get("/offers/"))
    assert offered().state == "offered"
