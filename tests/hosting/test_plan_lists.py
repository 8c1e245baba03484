"""The list of plans of an account, read in one call, and the pages that show it to each audience."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from panel.domain.models import Domain
from panel.hosting.models import Mailbox, Plan
from panel.hosting.tasks import read_plans
from panel.operation.models import Operation
from tests.conftest import control
from tests.hosting.scenes import BARE, BASIC, REDIRECTS_ONLY
from tests.selfservice.pages import words_of


@pytest.fixture
def listed(held: Callable[..., Domain], settle: Callable[[], None]) -> None:
    """Three names, the plans of two of them found by the list of their account."""
    for name in (BASIC, REDIRECTS_ONLY, BARE):
        held(name, read=False)
    read_plans()
    settle()


def marked(response: Any) -> str:
    """The entry of the navigation that says where one is."""
    return next(str(entry["label"]) for entry in response.context["nav"] if entry["active"])


def test_list_finds_plans_and_has_new_ones_read_in_full(listed: None) -> None:
    found = dict(Plan.objects.values_list("domain__name", "product_key"))

    assert found == {BASIC: "basic", REDIRECTS_ONLY: "redir"}
    assert Plan.objects.get(domain__name=BASIC).meters["mailboxes"]["maximum"] == 50
    assert Mailbox.objects.filter(domain__name=BASIC).count() == 3


def test_plan_that_two_lists_lack_is_gone(listed: None, settle: Callable[[], None], sandbox: Any) -> None:
    control(sandbox, "POST", "/world/mrdomain", {"remove_service": BASIC})

    read_plans()
    settle()
    once = Plan.objects.get(domain__name=BASIC)
    read_plans()
    settle()
    twice = Plan.objects.get(domain__name=BASIC)

    assert once.missing_since is not None
    assert once.gone_at is None
    assert twice.gone_at is not None


def test_registrar_without_plans_is_not_asked(make_account: Callable[..., Any]) -> None:
    make_account("netim")
    make_account("bookmyname")

    read_plans()

    assert not Operation.objects.exists()


def test_customer_sees_own_plans_and_how_full_they_are(
    listed: None, own: Client, sign_in: Any, make_user: Any, make_customer: Any
) -> None:
    stranger = sign_in(make_user("stranger@demo.test", customer=make_customer("Strange Ltd")))

    mine, theirs = words_of(own.get("/hosting/")), words_of(stranger.get("/hosting/"))

    assert BASIC in mine
    assert "Basic Hosting" in mine
    assert "%" in mine
    assert BASIC not in theirs
    assert "No hosting plan yet" in theirs


def test_staff_and_brand_see_whose_they_are(
    listed: None, sign_in: Any, staff: Any, make_user: Any, operator: Any
) -> None:
    brand = sign_in(make_user("brand@demo.test", brand=operator))

    office = words_of(sign_in(staff).get("/office/hosting/"))
    other = words_of(brand.get("/brand/hosting/"))

    assert "Cedar Studio" in office
    assert "MrDomain sandbox" in office
    assert marked(sign_in(staff).get("/office/hosting/")) == "Domains"
    assert marked(brand.get("/brand/hosting/")) == "Domains"
    assert marked(sign_in(staff).get("/office/")) == "Overview"
    assert "Cedar Studio" in other
    assert "MrDomain" not in other


@pytest.mark.parametrize(("query", "shown"), [("q=soler", 1), ("state=off", 0), ("state=working", 2)])
def test_plans_are_found_by_name_and_state(listed: None, own: Client, query: str, shown: int) -> None:
    page = words_of(own.get(f"/hosting/?{query}"))

    assert (BASIC in page) + (REDIRECTS_ONLY in page) == shown


def test_list_of_plans_costs_the_same_however_long(
    listed: None, own: Client, held: Callable[..., Domain], django_assert_num_queries: Any
) -> None:
    own.get("/hosting/")

    with CaptureQueriesContext(connection) as few:
        own.get("/hosting/")
    for number in range(8):
        domain = held(f"more-{number}.com", read=False)
        Plan.objects.create(domain=domain, type="Basic", product_key="basic", status="active")

    with django_assert_num_queries(len(few)):
        own.get("/hosting/")


def test_spreadsheet_of_plans(listed: None, own: Client) -> None:
    sheet = own.get("/hosting/?format=csv")

    assert sheet["Content-Type"].startswith("text/csv")
    assert BASIC in b"".join(sheet.streaming_content).decode()  # type: ignore[arg-type]
