"""Every customers' route of a name, asked by everybody who might: what is lent decides, and nothing else is there."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from panel.access.actor import actor_for
from panel.access.parts import ANY, Level, Part, need_of
from panel.domain.models import Domain
from panel.domain.operations_settings import plan_nameservers, plan_renewal_mode
from panel.domain.queries import domain_operations
from panel.hosting.nouns import NOUNS
from panel.operation.models import Operation
from registrar.types import RenewalMode
from tests.architecture.house import Route, routes
from tests.selfservice.lending import READ, WRITE, lent
from tests.selfservice.pages import words_of

NAME = "lent-name.com"
PAGE = f"/domains/{NAME}/"
BACKEND = "panel.people.backends.BrandAuthenticationBackend"
SWITCHES = ("transfer-lock", "change-lock", "privacy", "visibility", "auto-renew")

OF_A_NAME = [
    route
    for route in routes()
    if route.urlconf == "panel.urls"
    and route.path.startswith("domains/<str:name>/")
    and getattr(route.view, "part", None) is not None
]


def ways() -> list[tuple[str, str, str, tuple[Part, ...], Level]]:
    """Every way to ask about the name: address, method, and the need that its view declares."""
    found = []
    for route in OF_A_NAME:
        for arguments in _arguments(route):
            address = "/" + route.path.replace("<str:name>", NAME)
            for key, value in {**arguments, "public_id": "none-such"}.items():
                address = address.replace(f"<slug:{key}>", value).replace(f"<str:{key}>", value)
            for method in ("get", "post"):
                need = need_of(route.view.part, _level(route), method == "get", {"name": NAME, **arguments})
                found.append((route.name, address, method, need.parts, need.level))
    return found


def _arguments(route: Route) -> list[dict[str, str]]:
    words = SWITCHES if route.name == "domain-turn" else [noun.slug for noun in NOUNS]
    return [{"slug": word} for word in words] if "<slug:slug>" in route.path else [{}]


def _level(route: Route) -> Level | None:
    level: Level | None = route.view.level
    return level


WAYS = ways()
ROUTES = sorted({way[0] for way in WAYS})


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
def others(make_user: Callable[..., Any], make_customer: Callable[..., Any], alder: Any) -> Client:
    """The browser of another brand's person, on that brand's host."""
    browser = Client(headers={"host": "alder.localhost"})
    browser.force_login(
        make_user("other@demo.test", customer=make_customer("Other brand", brand=alder)), backend=BACKEND
    )
    return browser


@pytest.fixture
def delegate(agency: Any, signed_in: Callable[[Any], Client]) -> Client:
    """The browser of that person, who has just typed the password again."""
    return signed_in(agency)


@pytest.fixture(autouse=True)
def _nobody_asked_before() -> None:
    """Passwords may be typed again only so often; the count outlives a test."""
    cache.clear()


def typed(browser: Client) -> None:
    """The password was typed a moment ago, as the auth code asks."""
    session = browser.session
    session["account_authentication_methods_user"] = session.get(SESSION_KEY)
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    session.save()


def status(browser: Client, address: str, method: str) -> int:
    """What a browser is answered; a form that lacks everything is at most wrong."""
    response = getattr(browser, method)(address)
    return int(response.status_code)


def test_the_table_is_about_every_route_of_a_name() -> None:
    assert {route.name for route in OF_A_NAME} == {name for name, *_rest in WAYS}
    assert len({route.name for route in OF_A_NAME}) > 30


@pytest.mark.parametrize("route", ROUTES)
def test_each_way_to_a_name_is_open_to_whom_it_should_be(
    name: Domain,
    agency: Any,
    delegate: Client,
    own: Client,
    colleague: Client,
    stranger: Client,
    others: Client,
    signed_in: Any,
    staff: Any,
    route: str,
) -> None:
    """Who has the part lent at the level that is needed is answered as an owner is, whatever that is."""
    office = signed_in(staff)
    for browser in (own, colleague, stranger, others):
        typed(browser)
    for _name, address, method, parts, needed in (way for way in WAYS if way[0] == route):
        lent_parts = parts[:1] or tuple(Part)
        where = f"{method} {address}"
        of_owner = status(own, address, method)
        grant = lent(name, agency, WRITE, *lent_parts)
        delegate.force_login(agency, backend=BACKEND)
        typed(delegate)
        with_write = status(delegate, address, method)
        grant.levels = {part.value: "read" for part in lent_parts}
        grant.save()
        with_read = status(delegate, address, method)
        grant.levels = {part.value: "write" for part in Part if part not in parts} or grant.levels
        grant.save()
        with_another = status(delegate, address, method)
        grant.delete()
        refused = {404, 405} if of_owner == 405 else {404}

        assert with_write == (of_owner if parts else 404), (where, with_write, of_owner)
        if parts and needed == WRITE:
            assert with_read == 403, where
        else:
            assert with_read == (of_owner if parts else 404), (where, with_read, of_owner)
        if parts != ANY:
            assert with_another == 404, where
        assert status(stranger, address, method) in refused, where
        assert status(others, address, method) in refused, where
        # Staff have pages of their own: these are customers'.
        assert status(office, address, method) == 404, where
        # A read-only colleague looks, and where that is not enough is told so.
        seen = status(colleague, address, method)
        assert seen in ({403, 405} if method == "post" else {of_owner, 403}), (where, seen)


def test_nobody_who_is_not_signed_in_reaches_a_name(name: Domain) -> None:
    browser = Client()

    for _route, address, method, _parts, _needed in WAYS:
        response = getattr(browser, method)(address)
        assert response.status_code == 302, address
        assert response["Location"].startswith("/accounts/login/"), address


@pytest.mark.parametrize(
    "address",
    [
        "/domains/",
        "/wallet/",
        "/contacts/",
        "/orders/",
        "/jobs/",
        "/renewals/",
        "/cart/",
        "/search/",
        "/access/",
        "/transfers/new/",
        "/contacts/new/",
        "/offers/",
        "/office/",
        "/brand/",
        "/access/new/",
    ],
)
def test_delegate_has_nothing_of_a_customer(
    delegate: Client, agency: Any, name: Domain, address: str
) -> None:
    lent(name, agency, WRITE, *Part)

    response = delegate.get(address)

    expected = 302 if address == "/domains/" else 404
    assert response.status_code == expected


def test_delegate_begins_at_what_is_shared(delegate: Client, agency: Any, name: Domain) -> None:
    lent(name, agency, READ, Part.DNS_ZONE, until=timezone.localdate())

    assert delegate.get("/")["Location"] == "/shared/"
    assert delegate.get("/domains/")["Location"] == "/shared/"
    page = words_of(delegate.get("/shared/"))
    assert NAME in page
    assert "See: DNS records" in page
    assert name.customer.name in page  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "change",
    [
        {"until": timezone.localdate() - timedelta(days=2)},
        {"revoked_at": timezone.now()},
        {"user_id": None},
    ],
)
def test_grant_that_does_not_stand_lends_nothing(
    delegate: Client, agency: Any, name: Domain, change: dict[str, Any]
) -> None:
    lent(name, agency, WRITE, *Part, **change)

    assert delegate.get(PAGE).status_code == 302
    assert "_auth_user_id" not in delegate.session


def test_name_of_another_customer_by_now_is_lent_no_more(
    delegate: Client, agency: Any, name: Domain, make_customer: Callable[..., Any]
) -> None:
    lent(name, agency, WRITE, *Part)
    assert delegate.get(PAGE).status_code == 200
    name.customer = make_customer("Next Ltd")
    name.save()

    assert delegate.get(PAGE).status_code == 302


def test_page_shows_only_the_parts_that_are_lent(delegate: Client, agency: Any, name: Domain) -> None:
    lent(name, agency, READ, Part.NAMESERVERS, Part.TRANSFER_LOCK)

    response = delegate.get(PAGE)
    page, html = words_of(response), response.content.decode()

    assert "Nameservers" in page
    assert "ns1.parking.test" in page
    assert "Transfer lock" in page
    for hidden in ("Morel", "Automatic renewal", "WHOIS privacy", "Lifecycle", "Tags", "People with access"):
        assert hidden not in page
    for link in ("renew/", "delete/", "hand-over/", "owner/", "turn/", "nameservers/", "glue/", "auth-code/"):
        assert f"{PAGE}{link}" not in html


def test_page_has_the_buttons_of_the_parts_that_may_be_changed(
    delegate: Client, agency: Any, name: Domain
) -> None:
    lent(name, agency, WRITE, Part.NAMESERVERS, Part.TRANSFER_LOCK, Part.CONTACTS, Part.GLUE_RECORDS)

    html = delegate.get(PAGE).content.decode()

    for link in ("nameservers/", "turn/transfer-lock/", "contacts/", "glue/", "refresh/"):
        assert f"{PAGE}{link}" in html
    for link in ("renew/", "delete/", "hand-over/", "owner/", "turn/privacy/", "turn/auto-renew/", "dnssec/"):
        assert f"{PAGE}{link}" not in html


def test_registrant_is_told_only_where_it_is_lent(delegate: Client, agency: Any, name: Domain) -> None:
    grant = lent(name, agency, READ, Part.CONTACTS)
    without = words_of(delegate.get(PAGE))
    grant.levels = {"owner_contact": "read"}
    grant.save()

    assert "ada@cedar.test" not in without
    assert "ada@cedar.test" in words_of(delegate.get(PAGE))


def test_what_is_read_only_shows_values_without_forms(delegate: Client, agency: Any, name: Domain) -> None:
    name.glue_records.create(name=f"ns1.{NAME}", addresses=["192.0.2.7"])
    lent(name, agency, READ, Part.GLUE_RECORDS)

    response = delegate.get(f"{PAGE}glue/")

    assert "192.0.2.7" in words_of(response)
    body = response.content.decode().partition("<main")[2].partition("</main")[0]
    assert "<form" not in body
    assert delegate.post(f"{PAGE}glue/", {"remove": f"ns1.{NAME}"}).status_code == 403
    assert not Operation.objects.exists()


def test_delegate_changes_and_it_is_the_customers_operation_by_that_person(
    delegate: Client, agency: Any, name: Domain
) -> None:
    lent(name, agency, WRITE, Part.TRANSFER_LOCK)

    assert delegate.post(f"{PAGE}turn/transfer-lock/", {"to": "on"}).status_code == 302

    operation = Operation.objects.get(kind="domain.transfer_lock")
    assert (operation.customer, operation.actor) == (name.customer, agency)
    assert operation.price is None
    assert delegate.get(f"/operations/{operation.public_id}/").status_code == 404


def test_history_tells_what_is_about_the_parts_that_are_lent(
    delegate: Client, agency: Any, owner: Any, operator: Any, name: Domain
) -> None:
    about_servers = plan_nameservers(name, ["ns1.elsewhere.net", "ns2.elsewhere.net"], actor=owner)
    about_renewal = plan_renewal_mode(name, RenewalMode.AUTOMATIC, actor=owner)
    lent(name, agency, READ, Part.NAMESERVERS)

    page = words_of(delegate.get(PAGE))

    actor = actor_for(agency, operator)
    assert actor is not None
    seen = domain_operations(replace(actor, rights=actor.rights_to(NAME)), NAME)
    assert list(seen) == [about_servers]
    assert about_renewal.pk not in seen.values_list("pk", flat=True)
    assert "In the queue" in page
    # The page of an operation is its customer's.
    assert "/operations/" not in delegate.get(PAGE).content.decode()


def test_fragment_is_refused_as_the_page_is(delegate: Client, agency: Any, name: Domain) -> None:
    grant = lent(name, agency, READ, Part.DNSSEC)
    fragment = {"HX-Request": "true", "HX-Target": "domain"}

    assert delegate.get(PAGE, headers=fragment).status_code in (200, 286)
    grant.levels = {"mailboxes": "read"}
    grant.save()
    assert delegate.get(f"{PAGE}dnssec/", headers={"HX-Request": "true"}).status_code == 404


def test_contacts_can_be_chosen_among_those_on_the_name_only(
    delegate: Client, agency: Any, name: Domain, contact: Any, customer: Any
) -> None:
    from panel.contact.models import Contact

    contact.handles.add(name.owner)
    secret = Contact.objects.create(
        customer=customer, first_name="Secret", last_name="Person", email="secret@cedar.test", country="ES"
    )
    lent(name, agency, WRITE, Part.CONTACTS, Part.OWNER_CONTACT)

    page = words_of(delegate.get(f"{PAGE}contacts/"))

    assert "Ada Morel" in page
    assert "Secret Person" not in page
    answer = delegate.post(f"{PAGE}contacts/", {"admin": secret.public_id})
    assert answer.status_code == 422


def test_auth_code_is_read_by_whoever_may_and_others_do_not_learn_who(
    delegate: Client, agency: Any, name: Domain, owner: Any
) -> None:
    name.auth_codes.create(code="X-1", read_at=timezone.now(), shown_at=timezone.now(), shown_to=owner)
    lent(name, agency, READ, Part.AUTH_CODE)

    assert delegate.get(f"{PAGE}auth-code/").status_code == 302
    typed(delegate)
    page = words_of(delegate.get(f"{PAGE}auth-code/"))

    assert "Read the auth code" in page
    assert owner.name not in page


def test_search_finds_what_is_lent_and_nothing_else(
    delegate: Client, agency: Any, name: Domain, make_domain: Callable[..., Any]
) -> None:
    make_domain("lent-not.com")
    lent(name, agency, READ, Part.DNS_ZONE)

    assert delegate.get("/find/", {"q": NAME})["Location"] == PAGE
    page = words_of(delegate.get("/find/", {"q": "lent"}))
    assert NAME in page
    assert "lent-not.com" not in page
