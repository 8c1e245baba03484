"""Every page passes axe, by day and by night, on a desk and on a phone."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.journey

CUSTOMER = ("/", "/domains/", "/domains/cedar-workshops.com/", "/search/", "/cart/", "/orders/", "/contacts/",
            "/contacts/new/", "/wallet/", "/security/", "/find/?q=cedar", "/accounts/2fa/", "/accounts/email/",
            "/renewals/", "/accounts/sessions/", "/accounts/password/change/")  # fmt: skip
STAFF = ("/office/", "/office/operations/", "/office/operations/inbox/", "/office/domains/",
         "/office/renewals/", "/office/customers/", "/office/accounts/",
         "/office/accounts/new/", "/office/accounts/new/?family=bookmyname", "/office/accounts/matrix/",
         "/office/prices/", "/office/prices/market/", "/office/prices/market/eu/", "/office/prices/rates/",
         "/office/health/")  # fmt: skip
BRAND = (
    "/brand/",
    "/brand/customers/",
    "/brand/domains/",
    "/brand/renewals/",
    "/brand/prices/",
    "/brand/look/",
)
PEOPLE = [
    ("customer@demo.test", "127.0.0.1", CUSTOMER),
    ("staff@demo.test", "127.0.0.1", STAFF),
    ("brand@demo.test", "alder.localhost", BRAND),
]


def violations(page: Any) -> list[str]:
    """What axe finds on the page that is open."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{item['id']}: {item['nodes'][0]['html'][:120]}" for item in found]


@pytest.mark.parametrize(
    ("phone", "dark"), [(False, False), (True, True)], ids=["desk by day", "phone by night"]
)
@pytest.mark.parametrize(("email", "host", "paths"), PEOPLE, ids=["customer", "staff", "brand"])
def test_pages_pass_axe(
    visit: Any, screenshot: Any, email: str, host: str, paths: tuple[str, ...], phone: bool, dark: bool
) -> None:
    page = visit(email, host=host, phone=phone, dark=dark, examined=True)
    found: dict[str, list[str]] = {}

    for path in paths:
        answer = page.goto(path)
        assert answer.status == 200, path
        name = path.strip("/").replace("/", "-").replace("?", "-") or "home"
        screenshot(page, f"{email.partition('@')[0]}-{name}-{'phone-dark' if phone else 'desktop-light'}")
        if bad := violations(page):
            found[path] = bad
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > (390 if phone else 1280):
            found.setdefault(path, []).append(f"scrolls sideways: {width} pixels")

    assert found == {}


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/password/reset/", "/nothing-here/"])
def test_pages_for_nobody_signed_in_pass_axe(visit: Any, screenshot: Any, path: str) -> None:
    for dark in (False, True):
        page = visit(dark=dark, examined=True)
        page.goto(path)
        screenshot(page, f"anonymous-{path.strip('/').replace('/', '-')}-{'dark' if dark else 'light'}")

        assert violations(page) == []
