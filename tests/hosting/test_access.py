"""Who may see and change hosting: what is lent, what is the owners' alone, what staff set, what a name's page shows."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from panel.access.parts import Part
from panel.domain.models import Domain
from panel.hosting.desk import DESKS, KIND_PARTS
from panel.hosting.models import Mailbox, Price
from panel.operation.registry import kinds
from tests.hosting.scenes import BASIC, SECRET, page
from tests.selfservice.lending import READ, WRITE, lent
from tests.selfservice.pages import words_of


@pytest.fixture
def friend(sign_in: Callable[[Any], Client], make_user: Callable[..., Any], make_customer: Any) -> Any:
    """`friend(domain, WRITE, Part.MAILBOXES)`: the browser of somebody to whom parts of the name are lent."""

    def lend(domain: Domain, level: Any, *parts: Part) -> Client:
        user = make_user("friend@demo.test", customer=make_customer("Friend Ltd"))
        lent(domain, user, level, *parts)
        return sign_in(user)

    return lend


def test_name_page_leads_to_hosting_only_where_there_is_any(
    own: Client, held: Callable[..., Domain], make_account: Callable[..., Any]
) -> None:
    held(BASIC)
    held("phare-numerique.fr", account=make_account("netim"))
    held("harbor.com", account=make_account("bookmyname"), read=False)

    at_mrdomain, at_netim, at_bookmyname = (
        own.get(f"/domains/{name}/").content.decode() for name in (BASIC, "phare-numerique.fr", "harbor.com")
    )

    assert page(BASIC, "databases") in at_mrdomain
    assert page("phare-numerique.fr", "redirects") in at_netim
    assert "databases/" not in at_netim
    assert "hosting/" not in at_bookmyname


def test_staff_and_brand_pages_of_a_name_lead_there_too(
    held: Callable[..., Domain], sign_in: Any, staff: Any, make_user: Any, operator: Any
) -> None:
    held(BASIC)
    brand = make_user("brand@demo.test", brand=operator)

    office = sign_in(staff).get(f"/office/domains/{BASIC}/").content.decode()
    other = sign_in(brand).get(f"/brand/domains/{BASIC}/").content.decode()

    assert f"/office/domains/{BASIC}/hosting/mailboxes/" in office
    assert f"/brand/domains/{BASIC}/hosting/mailboxes/" in other


def test_lent_mailboxes_can_be_changed_and_nothing_else_be_seen(
    held: Callable[..., Domain], friend: Callable[..., Client], settle: Callable[[], None]
) -> None:
    domain = held(BASIC)
    browser = friend(domain, WRITE, Part.MAILBOXES)

    made = browser.post(page(BASIC, "mailboxes"), {"name": "ventas", "password": SECRET, "form": "a"})
    settle()
    overview = words_of(browser.get(page(BASIC)))

    assert made.status_code == 302
    assert Mailbox.objects.filter(name=f"ventas@{BASIC}").exists()
    assert browser.get(page(BASIC, "databases")).status_code == 404
    assert browser.get(page(BASIC, "plan")).status_code == 404
    assert browser.get(page(BASIC, "builder")).status_code == 404
    assert "Change the plan" not in overview
    assert "FTP users" not in overview.partition("How full it is")[0]


def test_what_is_lent_to_be_read_is_not_changed(
    held: Callable[..., Domain], friend: Callable[..., Client]
) -> None:
    domain = held(BASIC)
    browser = friend(domain, READ, Part.DATABASES)

    shown = browser.get(page(BASIC, "databases"))
    pressed = browser.post(page(BASIC, "databases"), {"password": SECRET, "form": "a"})

    assert shown.status_code == 200
    assert 'name="password"' not in shown.content.decode()
    assert pressed.status_code == 403


def test_every_kind_about_a_thing_is_told_to_those_to_whom_the_thing_is_lent() -> None:
    of_things = {kind.name for desk in DESKS.values() for kind in (desk.create, desk.change, desk.delete)}

    assert of_things <= set(KIND_PARTS)
    assert of_things <= set(kinds())
    assert all(isinstance(part, Part) for parts in KIND_PARTS.values() for part in parts)


def test_word_that_is_no_page_is_not_found(own: Client, held: Callable[..., Domain]) -> None:
    held(BASIC, read=False)

    assert own.get(page(BASIC, "nonsense")).status_code == 404
    assert own.get(page(BASIC, "mailboxes", "hi-nothing")).status_code == 404


def test_staff_set_what_plans_cost(sign_in: Any, staff: Any, operator: Any) -> None:
    office = sign_in(staff)
    where = "/office/prices/hosting/"

    kept = office.post(where, {"basic": "39.90", "mini": "12"})
    changed = office.post(where, {"basic": "41"})
    wrong = office.post(where, {"basic": "-1"})

    assert (kept.status_code, changed.status_code, wrong.status_code) == (302, 302, 422)
    assert list(Price.objects.values_list("product_key", "amount")) == [("basic", Decimal("41.00"))]
    assert 'value="41.00"' in office.get(where).content.decode()
