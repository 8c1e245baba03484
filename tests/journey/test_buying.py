"""The main job: a customer buys two names and watches them become theirs; staff see what was said."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journey import steps

pytestmark = pytest.mark.journey


def test_customer_buys_a_com_and_a_fr_and_watches_both_become_active(
    visit: Any, screenshot: Any, registry: Any, rows: Any
) -> None:
    page = visit("customer@demo.test")
    before = page.locator("main")
    assert before.count() == 1

    steps.search(page, "lighthouse")
    page.locator(".search-line-available", has_text="lighthouse.com").first.wait_for()
    screenshot(page, "search-desktop-light")
    steps.add(page, "lighthouse.com")
    steps.add(page, "lighthouse.fr")

    page.goto("/cart/")
    steps.choose_registrant(page, "Cedar Studio SARL")
    siren = page.get_by_label("Company number (SIREN)")
    siren.wait_for()
    siren.fill("303 265 045")
    screenshot(page, "cart-desktop-light")
    page.get_by_role("button", name="Review the order").click()
    page.get_by_role("button", name="Pay ").wait_for()
    screenshot(page, "review-desktop-light")
    page.get_by_role("button", name="Pay ").click()
    page.get_by_text("of 2 active").first.wait_for()
    screenshot(page, "order-waiting-desktop-light")
    steps.wait_until_active(page, "All 2 names are yours")
    screenshot(page, "order-done-desktop-light")

    page.get_by_role("link", name="lighthouse.fr").click()
    page.get_by_role("heading", name="lighthouse.fr").wait_for()
    screenshot(page, "domain-desktop-light")
    assert len(registry.journal("domain/create", "lighthouse.com")) == 1
    assert len(registry.journal("domain/create", "lighthouse.fr")) == 1
    sent = registry.journal("domain/create", "lighthouse.fr")[0]
    assert "303" in str(sent["arguments"].get("frSirenNumber", ""))

    office = visit("staff@demo.test")
    office.goto("/office/operations/?q=lighthouse")
    office.get_by_role("link", name="lighthouse.com").first.wait_for()
    screenshot(office, "office-operations-desktop-light")
    for name in ("lighthouse.com", "lighthouse.fr"):
        (public_id,) = rows(
            "SELECT public_id FROM operation_operation WHERE kind = 'domain.create' AND label = ?", name
        )[0]
        office.goto(f"/office/operations/{public_id}/")
        office.get_by_text("domain/create").first.wait_for(state="attached")
        assert "apipasswd=demo" not in office.content()
    screenshot(office, "office-operation-desktop-light")


def test_customer_buys_on_a_phone_in_the_dark(visit: Any, screenshot: Any) -> None:
    page = visit("customer@demo.test", phone=True, dark=True)

    steps.search(page, "quiet-meadow")
    page.locator(".search-line-available", has_text="quiet-meadow.com").first.wait_for()
    screenshot(page, "search-phone-dark")
    steps.add(page, "quiet-meadow.com")
    page.goto("/cart/")
    screenshot(page, "cart-phone-dark")
    steps.order(page, registrant="Clara Reyes")
    steps.wait_until_active(page)
    screenshot(page, "order-done-phone-dark")

    for path, name in (("/", "home"), ("/domains/", "domains"), ("/domains/quiet-meadow.com/", "domain")):
        page.goto(path)
        screenshot(page, f"{name}-phone-dark")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 390, f"{path} is {width} pixels wide on a phone"


def test_read_only_colleague_sees_the_names_and_no_way_to_buy(visit: Any) -> None:
    page = visit("colleague@demo.test")

    steps.search(page, "silent-river")
    page.locator(".search-line-available").first.wait_for()

    assert page.get_by_role("button", name="cart").count() == 0
    page.goto("/domains/")
    assert page.get_by_text("cedar-workshops.com").count() > 0
    assert page.goto("/cart/review/").status == 403


def test_search_without_javascript_still_answers(chromium: Any, product: Any) -> None:
    context = chromium.new_context(base_url=product.url, java_script_enabled=False)
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill("customer@demo.test")
    page.locator("input[name=password]").fill("nameward-demo")
    page.locator("input[name=password]").press("Enter")
    page.goto("/search/")
    page.locator("main input[name=q]").fill("plain-paper")
    page.locator("main input[name=q]").press("Enter")

    found = page.locator(".search-line-available", has_text="plain-paper.com")
    for _ in range(60):
        if found.count():
            break
        page.get_by_role("link", name="Show the answers so far").click()
    assert found.count() > 0
    context.close()
