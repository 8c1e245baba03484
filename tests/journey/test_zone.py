"""A zone in a browser: edited in its lines, reviewed, applied and undone; fit for a phone at night."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import TimeoutError as TooLong

from tests.journey.conftest import PATIENCE
from tests.journey.test_accessibility import violations

pytestmark = pytest.mark.journey

NAME, OTHER = "soler-estudio.com", "bastienroux-photo.com"
TURNS = 6


def read(page: Any, name: str) -> str:
    """The zone's page, after its records were read; the page asks for them and shows them by itself.

    Other journeys may have used up the account's calls of this minute, or met a reading that failed: a person waits,
    and presses the button.
    """
    address = f"/domains/{name}/dns/"
    row, button = page.locator(".zone-row").first, page.get_by_role("button", name="Read it now")
    for _turn in range(TURNS):
        page.goto(address)
        page.wait_for_timeout(1000)
        try:
            if button.count():
                button.click(timeout=3000)
            row.wait_for(timeout=PATIENCE / 2)
        except TooLong:
            continue
        return address
    raise AssertionError(f"{name} was not read: {page.locator('main').inner_text()}")


def apply(page: Any) -> None:
    """From the review to the end of the change, which the page follows by itself."""
    page.get_by_role("button", name="Apply 1 change").click()
    page.get_by_text("DNS records changed", exact=True).wait_for(timeout=PATIENCE)


def test_record_is_added_in_its_line_applied_and_undone(visit: Any, registry: Any, screenshot: Any) -> None:
    page = visit("customer@demo.test")
    read(page, NAME)

    page.locator(".zone-type", has_text="MX").click()
    form = page.locator(".record-form")
    form.locator("input[name=name]").fill("Post")
    shown = form.locator("output").inner_text()
    form.locator("input[name=host]").fill("192.0.2.9")
    form.get_by_role("button", name="Add", exact=True).click()
    wrong = form.locator(".field-error").inner_text()
    form.locator("input[name=host]").fill("mx.calm-harbor.net")
    form.get_by_role("button", name="Add", exact=True).click()
    bar = page.locator(".draft-bar").inner_text()
    screenshot(page, "zone-draft")
    page.locator(".draft-bar").get_by_role("link", name="Review").click()
    apply(page)
    screenshot(page, "zone-applied")
    there = page.locator(".zone-row", has_text="mx.calm-harbor.net").count()
    page.get_by_role("button", name="Undo").click()
    # It is the last mail server of that name: that asks for a second yes.
    page.get_by_label("Yes, this is what I want").check()
    apply(page)
    left = page.locator(".zone-row", has_text="mx.calm-harbor.net").count()

    assert shown == f"post.{NAME}"
    assert "is an address" in wrong
    assert "1 change" in bar
    assert (there, left) == (1, 0)
    calls = ("service/dnscreate", "service/dnsdelete", "service/dnssetzone")
    assert [len(registry.journal(call, NAME)) for call in calls] == [1, 1, 0]


def test_escape_leaves_a_form_and_search_narrows_while_typing(visit: Any) -> None:
    page = visit("customer@demo.test")
    read(page, NAME)

    page.locator(".zone-row a[hx-get]").first.click()
    page.locator(".record-form input[name=name]").press("Escape")
    page.locator(".record-form").wait_for(state="detached")
    page.get_by_label("Name, value or comment").fill("nothing-like-it")
    page.get_by_text("No record fits").wait_for()

    assert "q=nothing-like-it" in page.url


@pytest.mark.parametrize(
    ("phone", "dark"), [(False, False), (True, True)], ids=["desk by day", "phone by night"]
)
def test_pages_of_a_zone_pass_axe_and_fit(visit: Any, screenshot: Any, phone: bool, dark: bool) -> None:
    page = visit("customer@demo.test", phone=phone, dark=dark, examined=True)
    address = read(page, OTHER)
    found: dict[str, Any] = {}

    def examine(what: str) -> None:
        screenshot(page, f"zone-{what}-{'phone-dark' if phone else 'desktop-light'}")
        if bad := violations(page):
            found[what] = bad
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > (390 if phone else 1280):
            found[f"{what} is too wide"] = width

    page.locator(".zone-row").get_by_role("button", name="Delete").first.click()
    page.locator(".zone-row-delete").wait_for()
    page.locator(".zone-row a[hx-get]").first.click()
    page.locator(".record-form").wait_for()
    examine("editing")
    page.goto(f"{address}review/")
    examine("review")
    page.goto(f"{address}versions/?from=1&to=1")
    examine("versions")
    page.goto(f"{address}reset/")
    examine("reset")
    page.goto(address)
    page.get_by_role("button", name="Discard").click()
    page.locator(".draft-bar").wait_for(state="detached")

    assert found == {}
