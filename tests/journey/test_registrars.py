"""The main job at each of four registrars: a customer buys and watches, staff add an account and import its names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest

from tests.journey import steps

pytestmark = pytest.mark.journey


@dataclass(frozen=True)
class Place:
    """A registrar of the demo: an extension that goes to it, and what it calls a registration."""

    label: str
    tld: str
    action: str
    credentials: dict[str, str]


PLACES = {
    "mrdomain": Place("MrDomain", "com", "domain/create", {"apiuser": "demo", "apipasswd": "demo"}),
    "netim": Place("Netim", "eu", "domainCreate", {"reseller": "DEMO01", "password": "demo"}),
    "bookmyname": Place("BookMyName", "info", "domain_create", {"dist_id": "13490", "dist_passwd": "demo"}),
    "namecom": Place("Name.com", "me", "domain/create", {"username": "demo-ote", "api_token": "demo"}),
}
FAMILIES = list(PLACES)


@pytest.mark.parametrize("family", FAMILIES)
def test_customer_buys_a_name_and_watches_it_become_active(
    family: str, visit: Any, screenshot: Any, registry: Any, rows: Any
) -> None:
    place = PLACES[family]
    name = f"calm-orchard-lane.{place.tld}"
    page = visit("customer@demo.test")

    steps.search(page, name)
    page.locator(".search-line-available", has_text=name).first.wait_for()
    steps.add(page, name)
    steps.order(page, registrant="Clara Reyes")
    steps.wait_until_active(page)

    bought = [row for row in registry.journal(place.action, name) if row["family"] == family]
    assert len(bought) == 1
    page.goto(f"/domains/{name}/")
    page.get_by_role("heading", name=name).wait_for()
    screenshot(page, f"domain-at-{family}")
    assert place.label.lower() not in page.locator("body").inner_text().lower()
    ((public_id,),) = rows(
        "SELECT public_id FROM operation_operation WHERE kind = 'domain.create' AND label = ?", name
    )
    office = visit("staff@demo.test")
    office.goto(f"/office/operations/{public_id}/")
    assert place.label in office.locator("body").inner_text()
    assert "demo-secret" not in office.content()
    screenshot(office, f"office-operation-at-{family}")


@pytest.mark.parametrize("family", FAMILIES)
def test_customer_has_a_name_read_anew(family: str, visit: Any, rows: Any) -> None:
    ((name,),) = rows(
        "SELECT d.name FROM domain_domain d JOIN registrar_account_account a ON a.id = d.account_id "
        "JOIN people_customer c ON c.id = d.customer_id "
        "WHERE a.family = ? AND d.status = 'active' AND c.name = 'Cedar Studio' ORDER BY d.detailed_at LIMIT 1",
        family,
    )
    before = rows("SELECT detailed_at FROM domain_domain WHERE name = ?", name)
    page = visit("customer@demo.test")
    page.goto(f"/domains/{name}/")

    page.get_by_role("button", name="Check now").click()

    for _ in range(60):
        if rows("SELECT detailed_at FROM domain_domain WHERE name = ?", name) != before:
            break
        page.wait_for_timeout(500)
    assert rows("SELECT detailed_at FROM domain_domain WHERE name = ?", name) != before


@pytest.mark.parametrize("family", FAMILIES)
def test_staff_add_an_account_and_import_what_it_holds(
    family: str, visit: Any, screenshot: Any, rows: Any
) -> None:
    place = PLACES[family]
    label = f"Second account at {place.label}"
    page = visit("staff@demo.test")
    page.goto(f"/office/accounts/new/?family={family}")
    page.locator("input[name=label]").fill(label)
    page.locator("input[name=place][value=sandbox]").check()
    for name, value in place.credentials.items():
        page.locator(f"input[name=credential_{name}]").fill(value)
    screenshot(page, f"office-account-new-{family}")
    page.locator("main form").get_by_role("button").last.click()

    page.get_by_role("link", name="Open the account").click()
    page.wait_for_url(re.compile(r"/office/accounts/ac-"))
    page.get_by_role("heading", name=label).wait_for()
    screenshot(page, f"office-account-{family}")

    ((public_id,),) = rows("SELECT public_id FROM registrar_account_account WHERE label = ?", label)
    page.goto(f"/office/accounts/{public_id}/import/")
    page.locator("main form").get_by_role("button").last.click()
    for _ in range(120):
        done = rows(
            "SELECT r.seen, r.state FROM registrar_account_syncrun r JOIN registrar_account_account a "
            "ON a.id = r.account_id WHERE a.public_id = ? AND r.kind = 'domains' ORDER BY r.id DESC LIMIT 1",
            public_id,
        )
        if done and done[0][1] == "done":
            break
        page.wait_for_timeout(500)
    assert done[0][1] == "done"
    assert done[0][0] > 5
    # The page follows the pass by itself.
    page.get_by_role("button", name="Import again").wait_for(timeout=60_000)
    screenshot(page, f"office-import-{family}")
