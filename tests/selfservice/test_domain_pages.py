"""The list of domains and the page of one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from panel.contact.models import ContactHandle
from panel.domain.models import Domain
from panel.domain.tags.services import set_tags
from panel.operation.models import Operation
from panel.operation.services import plan
from panel.operation.states import State
from panel.operation.transition import move
from tests.selfservice.pages import words_of

HTMX = {"HX-Request": "true"}


@pytest.fixture
def order(registrar_account: Any, customer: Any, owner: Any) -> Callable[..., Operation]:
    """`order("name.com")`: a registration on its way, without money."""

    def make(name: str) -> Operation:
        with transaction.atomic():
            return plan(
                "domain.create",
                subject=f"domain:{name}",
                label=name,
                account=registrar_account,
                intent_key=f"test:{name}",
                payload={
                    "tld": "com",
                    "owner": "own-1",
                    "years": 1,
                    "nameservers": [],
                    "premium": False,
                    "extra": {},
                },
                customer=customer,
                actor=owner,
            )

    return make


def test_start_page_leads_to_the_domains(own: Client) -> None:
    assert own.get("/", follow=True).redirect_chain == [("/domains/", 302)]


def test_list_without_names_teaches_the_first_step(own: Client) -> None:
    page = own.get("/domains/").content.decode()

    assert "Search your first name" in page
    assert 'id="listing"' in page


def test_list_shows_names_as_people_write_them(own: Client, make_domain: Callable[..., Any]) -> None:
    make_domain("xn--bcher-kva.com")

    page = own.get("/domains/").content.decode()

    assert "bücher.com" in page
    assert "/domains/xn--bcher-kva.com/" in page
    assert "Ada Morel" in page


@pytest.mark.parametrize("typed", ["bücher", "BÜCHER.com", "xn--bcher", "ücher"])
def test_search_finds_a_name_in_both_forms(own: Client, make_domain: Callable[..., Any], typed: str) -> None:
    make_domain("xn--bcher-kva.com")
    make_domain("other.com")

    page = own.get("/domains/", {"q": typed}).content.decode()

    assert "xn--bcher-kva.com/" in page
    assert "/domains/other.com/" not in page


def test_filters_by_state_extension_and_time_left(own: Client, make_domain: Callable[..., Any]) -> None:
    today = timezone.localdate()
    make_domain("soon.com", expires_on=today + timedelta(days=20))
    make_domain("later.fr", expires_on=today + timedelta(days=80))
    make_domain("gone.com", status="grace", expires_on=today - timedelta(days=3))
    make_domain("coming.com", status="registering", expires_on=None, created_on=None)
    make_domain("never.com", status="registration_cancelled", expires_on=None, created_on=None)

    def names(**params: str) -> set[str]:
        listing = own.get("/domains/", params).context["listing"]
        return {row.record.name for row in listing.rows}

    assert names() == {"soon.com", "later.fr", "gone.com", "coming.com"}
    assert names(state="active") == {"soon.com", "later.fr"}
    assert names(state="expired") == {"gone.com"}
    assert names(state="coming") == {"coming.com"}
    assert names(state="other") == {"never.com"}
    assert names(tld="fr") == {"later.fr"}
    assert names(expires="30") == {"soon.com"}
    assert names(expires="90", sort="-expires") == {"soon.com", "later.fr"}


def test_htmx_gets_the_list_alone(own: Client, make_domain: Callable[..., Any]) -> None:
    make_domain("one.com")

    part = own.get("/domains/", headers={**HTMX, "HX-Target": "listing"}).content.decode()
    boosted = own.get("/domains/", headers=HTMX).content.decode()

    assert part.strip().startswith('<div id="listing"')
    assert "<html" not in part
    assert "<html" in boosted


def test_spreadsheet_has_words_and_no_formulas(
    own: Client, make_domain: Callable[..., Any], owner: Any
) -> None:
    set_tags(make_domain("xn--bcher-kva.com", renewal_mode="automatic"), ["=1+1"], actor=owner)

    text = b"".join(
        own.get("/domains/", {"format": "csv", "cols": ["status", "renewal", "tags"]}).streaming_content
    )

    assert text.decode().splitlines()[1] == "bücher.com,Active,Automatic,'=1+1"


def test_list_costs_the_same_with_1_and_30_names(
    own: Client, make_domain: Callable[..., Any], django_assert_max_num_queries: Callable[..., Any]
) -> None:
    make_domain("name-0.com")
    own.get("/domains/")
    with django_assert_max_num_queries(100) as one:
        own.get("/domains/?cols=name,status,expires,renewal,registrant,nameservers,tags")
    for number in range(1, 30):
        make_domain(f"name-{number}.com")

    with django_assert_max_num_queries(len(one)) as many:
        own.get("/domains/?cols=name,status,expires,renewal,registrant,nameservers,tags")

    assert len(many) == len(one)


def test_page_of_a_name_takes_at_most_twelve_queries(
    own: Client, make_domain: Callable[..., Any], catalogue: Any, django_assert_max_num_queries: Any
) -> None:
    expires = timezone.localdate() + timedelta(days=20)
    domain = make_domain("name.com", expires_on=expires, renewal_mode="automatic")
    page = f"/domains/{domain.name}/"

    shown = words_of(own.get(page))
    with django_assert_max_num_queries(12):
        own.get(page)

    assert "EUR" in shown or "€" in shown


def test_page_shows_the_registrant_and_hides_the_sellers_contacts(
    own: Client, make_domain: Callable[..., Any], registrar_account: Any
) -> None:
    seller = ContactHandle.objects.create(
        account=registrar_account,
        handle="op-9",
        fingerprint="f",
        content={"first_name": "Secret", "last_name": "Seller"},
    )
    domain = make_domain("lighthouse.com")
    Domain.objects.filter(pk=domain.pk).update(admin=domain.owner, tech=seller, billing=seller)

    page = own.get("/domains/lighthouse.com/").content.decode()

    assert page.count("Ada Morel") == 1
    assert "Registrant, Administrative" in page
    assert "Seller" not in page
    assert page.count("Looked after by us") == 1
    assert "lifecycle" in page
    assert "ns1.parking.test" in page


def test_page_never_names_the_registrar(own: Client, make_domain: Callable[..., Any], order: Any) -> None:
    operation = order("lighthouse.com")
    move(operation.pk, State.SENDING)
    move(
        operation.pk, State.QUEUED, due_in=600, reason="authentication_failed", note="MrDomain says 1003 demo-account",
        waiting_for="account",
    )  # fmt: skip
    parking = ["ns1.mrdomain.com", "ns2.mrdomain.com"]
    make_domain("lighthouse.com", raw_status="register-pending", nameservers=parking)

    for address in (
        "/domains/?cols=nameservers",
        "/domains/lighthouse.com/",
        f"/operations/{operation.public_id}/",
        "/wallet/",
    ):
        page = own.get(address).content.decode().lower()
        assert "mrdomain" not in page
        assert "1003" not in page
        assert "register-pending" not in page


def test_name_on_its_way_has_a_page_before_the_registry_knows(own: Client, order: Any) -> None:
    operation = order("waiting.com")
    move(operation.pk, State.SENDING)
    move(operation.pk, State.WAITING, due_in=600)

    page = own.get("/domains/waiting.com/").content.decode()

    assert "Waiting for the registry" in page
    assert "You need do nothing." in page
    assert "hx-trigger" in page
    assert "waiting.com" in own.get("/domains/").content.decode()


def test_poll_swaps_on_change_and_ends_with_286(
    own: Client, order: Any, make_domain: Callable[..., Any]
) -> None:
    operation = order("waiting.com")
    headers = {**HTMX, "HX-Target": "domain"}
    mark = own.get("/domains/waiting.com/").context["mark"]

    assert own.get("/domains/waiting.com/", {"seen": mark}, headers=headers).status_code == 204
    move(operation.pk, State.SENDING)
    changed = own.get("/domains/waiting.com/", {"seen": mark}, headers=headers)
    assert changed.status_code == 200
    assert "hx-trigger" in changed.content.decode()

    make_domain("waiting.com")
    move(operation.pk, State.SUCCEEDED)
    final = own.get("/domains/waiting.com/", {"seen": changed.context["mark"]}, headers=headers)
    assert final.status_code == 286
    assert "hx-trigger" not in final.content.decode()
    assert "Active" in final.content.decode()


def test_refresh_plans_one_reading_however_often_it_is_clicked(
    own: Client, make_domain: Callable[..., Any]
) -> None:
    make_domain("lighthouse.com")

    for _click in range(3):
        assert own.post("/domains/lighthouse.com/refresh/").status_code == 302

    assert Operation.objects.filter(kind="domain.refresh").count() == 1
    page = own.get("/domains/lighthouse.com/").content.decode()
    assert "Being checked" in page
    assert "hx-trigger" in page


def test_refresh_just_after_a_reading_is_not_done_again(own: Client, make_domain: Callable[..., Any]) -> None:
    make_domain("lighthouse.com", detailed_at=timezone.now())

    page = own.post("/domains/lighthouse.com/refresh/", follow=True).content.decode()

    assert "It was checked just now" in page
    assert not Operation.objects.exists()


def test_read_only_colleague_sees_and_cannot_refresh(
    colleague: Client, make_domain: Callable[..., Any]
) -> None:
    make_domain("lighthouse.com")

    page = colleague.get("/domains/lighthouse.com/").content.decode()

    assert "Check now" not in page
    assert colleague.post("/domains/lighthouse.com/refresh/").status_code == 403


def test_stranger_finds_nothing(stranger: Client, make_domain: Callable[..., Any], order: Any) -> None:
    make_domain("lighthouse.com")
    operation = order("waiting.com")

    for address in (
        "/domains/lighthouse.com/",
        "/domains/waiting.com/",
        f"/operations/{operation.public_id}/",
    ):
        assert stranger.get(address).status_code == 404
    assert stranger.post("/domains/lighthouse.com/refresh/").status_code == 404
    assert stranger.get("/domains/", {"format": "csv"}).getvalue().decode().count("\n") == 1


@pytest.mark.parametrize("name", ["missing.com", "..", "a b.com", "-.com", "x" * 80 + ".com", "%00.com"])
def test_unknown_or_impossible_name_is_missing(own: Client, name: str) -> None:
    assert own.get(f"/domains/{name}/").status_code == 404


def test_name_as_people_write_it_leads_to_its_address(own: Client, make_domain: Callable[..., Any]) -> None:
    make_domain("xn--bcher-kva.com")

    response = own.get("/domains/Bücher.com/")

    assert response.status_code == 302
    assert response["Location"] == "/domains/xn--bcher-kva.com/"


def test_operation_page_tells_and_stops(own: Client, order: Any) -> None:
    operation = order("taken.com")
    move(operation.pk, State.SENDING)
    move(operation.pk, State.UNKNOWN, due_in=600, reason="already_exists")
    move(operation.pk, State.FAILED, reason="already_exists", note="2010 Domain is taken")

    address = f"/operations/{operation.public_id}/"
    page = own.get(address).content.decode()

    assert "Somebody else has this name." in page
    assert operation.public_id in page
    assert "2010" not in page
    part = own.get(address, headers={**HTMX, "HX-Target": "operation"})
    assert part.status_code == 286
