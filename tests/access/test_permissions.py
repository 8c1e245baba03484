"""Declared permissions: who gets in, who is sent to sign in, for whom a page does not exist."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from panel.access.actor import Actor, actor_for
from panel.access.queries import brand_customers, office_customers
from panel.access.rules import Permission, actor_of, requires
from panel.access.scopes import customer_of, require_brand_admin, require_staff


def ask(permission: Permission, actor: Actor | None, path: str = "/page/", **headers: str) -> Any:
    """Call a view with that permission as the actor."""
    request = RequestFactory().get(path, headers=headers)
    request.actor = actor
    return requires(permission)(lambda request: HttpResponse("inside"))(request)


@pytest.fixture
def people(
    owner: Any, staff: Any, alder: Any, operator: Any, customer: Any, make_user: Any
) -> dict[str, Any]:
    """An actor of each kind."""
    reader = make_user("reader@demo.test", customer=customer, role="reader")
    runner = make_user("runner@demo.test", brand=alder)
    return {
        "owner": actor_for(owner, operator),
        "reader": actor_for(reader, operator),
        "staff": actor_for(staff, operator),
        "brand": actor_for(runner, alder),
    }


@pytest.mark.parametrize(
    ("permission", "inside"),
    [
        (Permission.PUBLIC, {"owner", "reader", "staff", "brand"}),
        (Permission.SIGNED_IN, {"owner", "reader", "staff", "brand"}),
        (Permission.CUSTOMER_READ, {"owner", "reader"}),
        (Permission.CUSTOMER_WRITE, {"owner"}),
        (Permission.CUSTOMER_OWNER, {"owner"}),
        (Permission.BRAND, {"brand"}),
        (Permission.STAFF, {"staff"}),
    ],
)
def test_permission_lets_in_exactly_its_people(
    people: dict[str, Any], permission: Permission, inside: set[str]
) -> None:
    entered = set()
    for name, actor in people.items():
        try:
            response = ask(permission, actor)
        except (Http404, PermissionDenied):
            continue
        if response.status_code == 200:
            entered.add(name)

    assert entered == inside


def test_read_only_member_is_told_rather_than_fooled(people: dict[str, Any]) -> None:
    with pytest.raises(PermissionDenied):
        ask(Permission.CUSTOMER_WRITE, people["reader"])


@pytest.mark.parametrize("permission", [item for item in Permission if item != Permission.PUBLIC])
def test_nobody_is_sent_to_sign_in_and_back(permission: Permission) -> None:
    response = ask(permission, None, "/page/?q=1")

    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=/page/%3Fq%3D1"


def test_fragment_for_nobody_sends_the_whole_page_to_sign_in() -> None:
    response = ask(
        Permission.SIGNED_IN, None, **{"HX-Request": "true", "HX-Current-URL": "http://testserver/page/"}
    )

    assert response.status_code == 204
    assert response["HX-Redirect"].startswith("/accounts/login/?next=")


@pytest.mark.parametrize(("who", "page"), [("staff", "/office/"), ("brand", "/brand/")])
def test_start_page_of_people_without_a_customer_is_their_own(
    people: dict[str, Any], who: str, page: str
) -> None:
    response = ask(Permission.CUSTOMER_READ, people[who], "/")

    assert response["Location"] == page


def test_actor_of_a_request_without_one_is_not_found() -> None:
    with pytest.raises(Http404):
        actor_of(RequestFactory().get("/"))


def test_actor_for_somebody_without_business_here_is_nobody(owner: Any, staff: Any, alder: Any) -> None:
    assert actor_for(owner, alder) is None
    assert actor_for(staff, alder) is None


def test_actor_for_a_closed_customer_is_nobody(owner: Any, customer: Any, operator: Any) -> None:
    customer.is_active = False
    customer.save()

    assert actor_for(owner, operator) is None


def test_actor_for_several_customers_follows_the_choice_and_ignores_a_foreign_one(
    owner: Any, operator: Any, make_customer: Any
) -> None:
    second, foreign = make_customer("Second"), make_customer("Foreign")
    owner.memberships.create(customer=second, role="reader")

    first = actor_for(owner, operator)
    chosen = actor_for(owner, operator, second.pk)
    tried = actor_for(owner, operator, foreign.pk)

    assert first is not None
    assert first.can_buy
    assert chosen is not None
    assert (chosen.customer, chosen.can_buy) == (second, False)
    assert tried is not None
    assert tried.customer == first.customer


def test_scopes_refuse_the_wrong_audience(people: dict[str, Any]) -> None:
    for check, allowed in ((customer_of, "owner"), (require_brand_admin, "brand"), (require_staff, "staff")):
        check(people[allowed])
        for name in {"owner", "brand", "staff"} - {allowed}:
            with pytest.raises(PermissionDenied):
                check(people[name])


def test_customer_scopes_show_the_own_brand_or_to_staff_everything(
    people: dict[str, Any], alder: Any, make_customer: Any
) -> None:
    rowan = make_customer("Rowan Books", brand=alder)

    assert set(brand_customers(people["brand"])) == {rowan}
    assert set(office_customers(people["staff"])) == {rowan, people["owner"].customer}
    with pytest.raises(PermissionDenied):
        brand_customers(people["owner"])
    with pytest.raises(PermissionDenied):
        office_customers(people["brand"])
