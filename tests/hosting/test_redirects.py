"""Addresses that lead somewhere else, at both registrars, and the waiting page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from panel.domain.models import Domain
from panel.hosting.models import Plan, Redirect
from panel.operation.models import Operation
from tests.hosting.scenes import BASIC, REDIRECTS_ONLY, last, page
from tests.selfservice.pages import words_of

FORWARDS = page(BASIC, "redirects")
# At Netim in the sandbox's world: a name with a web forward.
WITH = "carnets-de-garonne.org"


@pytest.fixture
def at_netim(make_account: Callable[..., Any], held: Callable[..., Domain]) -> Domain:
    """A name of the customer that Netim holds, its hosting read."""
    return held(WITH, account=make_account("netim"))


def test_redirect_is_created_changed_and_deleted(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None], effects: Any
) -> None:
    held(BASIC)
    origin = f"http://www.{BASIC}/tienda/"

    own.post(
        FORWARDS,
        {
            "name": f"www.{BASIC}/tienda/",
            "destination": "https://shop.test/",
            "type": "permanent",
            "form": "a",
        },
    )
    settle()
    made = Redirect.objects.get(name=origin)
    where = page(BASIC, "redirects", made.public_id)
    own.post(where, {"destination": "https://shop.test/new", "type": "frame", "form": "b"})
    settle()
    changed = Redirect.objects.get(pk=made.pk)
    own.post(where, {"delete": origin})
    settle()

    assert (made.destination, made.type) == ("https://shop.test/", "permanent")
    assert (changed.destination, changed.type) == ("https://shop.test/new", "frame")
    assert not Redirect.objects.present().exists()
    assert effects("redirect") == [f"service/redirect{verb}" for verb in ("create", "update", "delete")]


def test_lost_answer_makes_no_second_redirect(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None], faulty: Any, effects: Any
) -> None:
    held(BASIC)
    faulty("service/redirectcreate", "reset_after")

    own.post(FORWARDS, {"name": BASIC, "destination": "https://shop.test/", "type": "temporary", "form": "a"})
    settle()

    assert last("hosting.create_redirect").state == "succeeded"
    assert effects("redirect") == ["service/redirectcreate"]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({"name": "http://www.elsewhere.com/"}, f"It must be an address of {BASIC}"),
        ({"name": "http://www. x"}, "Write a whole address"),
        ({"destination": "shop"}, "Write a whole address"),
        ({"destination": "javascript:alert(1)"}, "Write a whole address"),
        ({"destination": f"https://{BASIC}"}, "It cannot lead to itself"),
        ({"type": "address"}, "Select a valid choice"),
    ],
    ids=["elsewhere", "no-address", "no-target", "script", "itself", "not-here"],
)
def test_wrong_redirect_is_refused_beside_its_field(
    own: Client, held: Callable[..., Domain], data: dict[str, str], text: str
) -> None:
    held(BASIC)
    right = {"name": f"http://{BASIC}/", "destination": "https://shop.test/", "type": "permanent"}

    answer = own.post(FORWARDS, {**right, **data, "form": "a"})

    assert answer.status_code == 422
    assert text in words_of(answer)
    assert not Operation.objects.filter(kind="hosting.create_redirect").exists()


def test_netim_takes_hosts_titles_and_addresses(
    own: Client, at_netim: Domain, settle: Callable[[], None]
) -> None:
    where = page(WITH, "redirects")

    own.post(
        where,
        {"name": "blog", "destination": "https://a.test/x", "type": "frame", "title": "Mine", "form": "a"},
    )
    own.post(where, {"name": "srv", "destination": "192.0.2.7", "type": "address", "form": "b"})
    own.post(where, {"name": "soon", "destination": "", "type": "parking", "form": "c"})
    settle()

    rows = {row.name: (row.type, row.destination, row.title) for row in Redirect.objects.present()}
    assert rows[f"blog.{WITH}"] == ("frame", "https://a.test/x", "Mine")
    assert rows[f"srv.{WITH}"] == ("address", "192.0.2.7", "")
    assert rows[f"soon.{WITH}"][0] == "parking"
    assert f"srv.{WITH}" in words_of(own.get(where))


def test_netim_forward_is_deleted_by_its_host(
    own: Client, at_netim: Domain, settle: Callable[[], None], faulty: Any
) -> None:
    row = Redirect.objects.present().get()
    faulty("domainWebFwdDelete", "reset_after", family="netim")

    own.post(page(WITH, "redirects", row.public_id), {"delete": row.name})
    settle()
    settle()

    assert last("hosting.delete_redirect").state == "succeeded"
    assert not Redirect.objects.present().exists()


def test_waiting_page_is_turned_off_and_on(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None], effects: Any
) -> None:
    held(REDIRECTS_ONLY)
    forwards, switch = page(REDIRECTS_ONLY, "redirects"), page(REDIRECTS_ONLY, "parking")
    before = words_of(own.get(forwards))

    off = own.post(switch, {"to": "off"})
    meanwhile = words_of(own.get(forwards))
    settle()
    shown = Plan.objects.get().parking
    again = own.post(switch, {"to": "off"})

    assert "Turn off" in before
    assert (off.status_code, again.status_code) == (302, 422)
    assert "Changing" in meanwhile
    assert shown is False
    assert effects("parking") == ["service/parkingupdate"]


def test_waiting_page_whose_answer_is_lost_is_looked_at(
    own: Client, held: Callable[..., Domain], settle: Callable[[], None], faulty: Any, effects: Any
) -> None:
    held(REDIRECTS_ONLY)
    faulty("service/parkingupdate", "reset_after")

    own.post(page(REDIRECTS_ONLY, "parking"), {"to": "off"})
    settle()

    assert last("hosting.parking").state == "succeeded"
    assert effects("parking") == ["service/parkingupdate"]
