"""Who sees what: strangers, white-label customers, staff."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.journey

OURS = ("nameward", "mrdomain", "dondominio", "netim", "bookmyname", "name.com", "sandbox")


def test_stranger_gets_404_on_everything_of_the_customer(visit: Any, rows: Any) -> None:
    page = visit("stranger@demo.test")
    paths = ["/domains/cedar-workshops.com/"]
    for path, table in (
        ("contacts", "contact_contact"),
        ("orders", "billing_order"),
        ("operations", "operation_operation"),
    ):
        found = rows(
            f"SELECT t.public_id FROM {table} t JOIN people_customer c ON c.id = t.customer_id "
            "WHERE c.name = 'Cedar Studio' LIMIT 3"
        )
        assert found
        paths += [f"/{path}/{public_id}/" for (public_id,) in found]

    answers = {path: page.request.get(path).status for path in paths}

    assert set(answers.values()) == {404}


def test_white_label_host_shows_nothing_of_operator_or_registrar(visit: Any, screenshot: Any) -> None:
    page = visit("reader@demo.test", host="alder.localhost")

    for path in ("/", "/domains/", "/search/", "/cart/", "/orders/", "/contacts/", "/wallet/", "/security/"):
        page.goto(path)
        text = page.locator("body").inner_text().lower()
        assert not [word for word in OURS if word in text.replace("nameward-demo", "")], path
    page.goto("/")
    screenshot(page, "alder-home")
    page.goto("/accounts/logout/")
    screenshot(page, "alder-sign-out")


def test_back_office_does_not_exist_on_a_white_label_host(visit: Any) -> None:
    page = visit("brand@demo.test", host="alder.localhost")

    assert page.goto("/office/").status == 404
    assert page.goto("/brand/").status == 200


def test_customer_of_a_brand_cannot_sign_in_on_the_operators_host(product: Any, chromium: Any) -> None:
    context = chromium.new_context(base_url=product.url)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill("reader@demo.test")
    page.locator("input[name=password]").fill("nameward-demo")

    page.locator("input[name=password]").press("Enter")

    page.get_by_text("The e-mail address or the password is not right.").first.wait_for()
    context.close()
