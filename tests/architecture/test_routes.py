"""Every route says who may open it, and nothing is changed by opening one."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from typing import Any

import pytest
from django.http import HttpResponseNotAllowed
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse

from panel.access.actor import Actor
from panel.access.rules import OF_CUSTOMERS, Permission
from panel.access.third_party import ALLAUTH
from tests.architecture.house import AUDIENCES, Route, routes

OURS = [route for route in routes() if hasattr(route.view, "permission")]
METHODS = ("require_POST", "require_GET", "require_safe", "require_http_methods")


def source_of(route: Route) -> str:
    """The view's source with its decorators."""
    return textwrap.dedent(inspect.getsource(inspect.unwrap(route.view)))


def decorators_of(route: Route) -> set[str]:
    """The names of what decorates the view."""
    node = ast.parse(source_of(route)).body[0]
    assert isinstance(node, ast.FunctionDef)
    calls = [item.func if isinstance(item, ast.Call) else item for item in node.decorator_list]
    return {item.id for item in calls if isinstance(item, ast.Name)}


def test_every_route_declares_a_permission_or_is_known_as_not_ours() -> None:
    unknown = [str(route) for route in routes() if route not in OURS and route.name not in ALLAUTH]

    assert unknown == []


def about_a_name(route: Route) -> bool:
    """Whether it is a customer's route about one name."""
    audience = {*OF_CUSTOMERS, Permission.SIGNED_IN}
    return "domains/<str:name>/" in route.path and route.view.permission in audience


@pytest.mark.parametrize("route", [route for route in OURS if about_a_name(route)], ids=str)
def test_customers_route_about_a_name_declares_the_part_of_it(route: Route) -> None:
    assert route.view.part is not None


def test_there_are_customers_routes_about_a_name() -> None:
    assert len([route for route in OURS if about_a_name(route)]) > 30


def test_known_routes_that_are_not_ours_all_exist_and_come_from_the_library() -> None:
    foreign = {route.name: route.view.__module__ for route in routes() if route.name in ALLAUTH}

    assert set(foreign) == set(ALLAUTH)
    assert all(module.startswith("allauth.") for module in foreign.values())


@pytest.mark.parametrize("route", [route for route in OURS if route.path.startswith("office/")], ids=str)
def test_back_office_routes_are_for_staff(route: Route) -> None:
    assert route.view.permission == Permission.STAFF


@pytest.mark.parametrize("route", [route for route in OURS if route.path.startswith("brand/")], ids=str)
def test_brand_routes_are_for_those_who_run_it(route: Route) -> None:
    assert route.view.permission == Permission.BRAND


def test_brand_hosts_have_no_back_office() -> None:
    assert not [route for route in routes() if route.urlconf == "panel.urls_brand" and "office" in str(route)]


def test_public_routes_are_the_known_few() -> None:
    public = {route.name for route in OURS if route.view.permission == Permission.PUBLIC}

    assert public <= {
        "healthz",
        "readyz",
        "metrics",
        "favicon",
        "theme",
        "set-theme",
        "set_language",
        "invitation",
        "styleguide",
        "styleguide-page",
    }


@pytest.mark.parametrize("route", OURS, ids=str)
def test_view_that_reads_a_post_says_by_which_method(route: Route) -> None:
    source = source_of(route)
    if "request.POST" not in source:
        return

    says = decorators_of(route) & set(METHODS)
    assert says or "request.method" in source


@pytest.fixture
def almighty(db: None, customer: Any, owner: Any, operator: Any) -> Actor:
    """Somebody who may open every page."""
    return Actor(owner, operator, customer=customer, role="owner", is_staff=True, is_brand_admin=True)


@pytest.mark.parametrize("route", [route for route in OURS if "@require_POST" in source_of(route)], ids=str)
@pytest.mark.parametrize("method", ["get", "head", "put", "delete"])
def test_route_that_changes_something_answers_to_post_only(
    almighty: Actor, route: Route, method: str
) -> None:
    request = getattr(RequestFactory(), method)("/")
    request.actor, request.user, request.brand = almighty, almighty.user, almighty.brand

    response = route.view(request, **arguments_of(route))

    assert isinstance(response, HttpResponseNotAllowed)
    assert response["Allow"] == "POST"


def test_there_are_routes_that_change_something() -> None:
    assert len([route for route in OURS if "@require_POST" in source_of(route)]) > 5


@pytest.mark.parametrize("audience", AUDIENCES)
def test_route_names_can_be_reversed(audience: str) -> None:
    broken = []
    for route in OURS:
        if route.urlconf == "panel.urls" and f"panel.{audience}." in inspect.unwrap(route.view).__module__:
            try:
                reverse(route.name, kwargs=arguments_of(route))
            except NoReverseMatch as error:
                broken.append(f"{route}: {error}")

    assert broken == []


def arguments_of(route: Route) -> dict[str, Any]:
    """Something that fits each part of the address."""
    parts = re.findall(r"<(?:(\w+):)?(\w+)>", route.path)
    return {name: 1 if kind == "int" else "x" for kind, name in parts}
