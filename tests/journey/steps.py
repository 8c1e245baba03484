"""What a customer does, in the words of the pages."""

from __future__ import annotations

import re
from typing import Any

ACTIVE_WITHIN = 90_000


def search(page: Any, words: str) -> None:
    """Search for a name from the search page and wait until the exact line is answered."""
    page.goto("/search/")
    page.locator("main input[name=q]").fill(words)
    page.locator("main input[name=q]").press("Enter")
    page.wait_for_url(re.compile(r"/search/se-"))


def add(page: Any, name: str) -> None:
    """Put a name of the result into the cart."""
    line = page.locator(".search-line", has_text=name).first
    line.get_by_role("button", name="Add to cart").click()
    page.locator(".search-line", has_text=name).first.get_by_text(
        re.compile("in (the )?cart", re.I)
    ).wait_for()


def choose_registrant(page: Any, name: str) -> None:
    """Choose who the names will belong to, and let the questions that depend on it come in."""
    select = page.locator("select[name=registrant]")
    value = select.locator("option", has_text=name).first.get_attribute("value")
    with page.expect_response(lambda answer: answer.request.method == "POST" and "/cart/" in answer.url):
        select.select_option(value=value)


def order(page: Any, *, registrant: str) -> str:
    """From the cart to the placed order; returns the order's id."""
    page.goto("/cart/")
    choose_registrant(page, registrant)
    page.get_by_role("button", name="Review the order").click()
    page.wait_for_url(re.compile(r"/cart/review/"))
    page.get_by_role("button", name=re.compile("^Pay ")).click()
    page.wait_for_url(re.compile(r"/orders/or-"))
    return str(page.url).rstrip("/").rpartition("/")[2]


def buy(page: Any, name: str, *, registrant: str = "Clara Reyes") -> str:
    """Search for one name, buy it, and return the order's id."""
    search(page, name)
    add(page, name)
    return order(page, registrant=registrant)


def wait_until_active(page: Any, text: str = "The name is yours") -> None:
    """Stay on the order's page, without reloading it, until it says so."""
    page.get_by_text(text, exact=True).wait_for(timeout=ACTIVE_WITHIN)
