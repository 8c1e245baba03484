"""Every page passes axe, by day and by night, on a desk and on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pytest

from tests.journey.conftest import PATIENCE

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
    "/brand/domains/jobs/",
    "/brand/renewals/",
    "/brand/prices/",
    "/brand/look/",
)
# What is about one name, or about names that are lent and names that went: the same pages for all three audiences.
OF_A_NAME = ("dns/", "dns/import/", "dns/templates/", "dns/templates/google/", "hosting/", "hosting/mailboxes/",
             "tags/", "history/", "access/")  # fmt: skip
MORE_OF_A_NAME = ("dns/record/?type=MX", "dns/versions/", "dns/served/", "hosting/plan/", "hosting/aliases/",
                  "hosting/ftp/", "hosting/databases/", "hosting/subdomains/", "hosting/redirects/", "hosting/log/",
                  "hosting/builder/")  # fmt: skip
LISTS = ("domains/gone/", "hosting/", "access/", "access/new/")
LOOKED_AFTER = [
    ("customer@demo.test", "127.0.0.1", "/", "soler-estudio.com", OF_A_NAME + MORE_OF_A_NAME),
    ("staff@demo.test", "127.0.0.1", "/office/", "panaderia-etxeberria.com", OF_A_NAME),
    ("brand@demo.test", "alder.localhost", "/brand/", "alderpanel.app", OF_A_NAME),
]
VIEWS = pytest.mark.parametrize(
    ("phone", "dark"), [(False, False), (True, True)], ids=["desk by day", "phone by night"]
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


def examine(
    page: Any, paths: Iterable[str], screenshot: Any, prefix: str, *, phone: bool
) -> dict[str, list[str]]:
    """What is wrong with each of these pages: what axe finds, and whether it is wider than the window."""
    found: dict[str, list[str]] = {}
    for path in paths:
        answer = page.goto(path)
        assert answer.status == 200, path
        name = re.sub(r"\W+", "-", path.strip("/")) or "home"
        screenshot(page, f"{prefix}-{name}-{'phone-dark' if phone else 'desktop-light'}")
        if bad := violations(page):
            found[path] = bad
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > (390 if phone else 1280):
            found.setdefault(path, []).append(f"scrolls sideways: {width} pixels")
    return found


@VIEWS
@pytest.mark.parametrize(("email", "host", "paths"), PEOPLE, ids=["customer", "staff", "brand"])
def test_pages_pass_axe(
    visit: Any, screenshot: Any, email: str, host: str, paths: tuple[str, ...], phone: bool, dark: bool
) -> None:
    page = visit(email, host=host, phone=phone, dark=dark, examined=True)

    found = examine(page, paths, screenshot, email.partition("@")[0], phone=phone)

    assert found == {}


@VIEWS
@pytest.mark.parametrize(
    ("email", "host", "start", "name", "parts"), LOOKED_AFTER, ids=["customer", "staff", "brand"]
)
def test_pages_of_a_name_pass_axe(
    visit: Any, screenshot: Any, email: str, host: str, start: str, name: str, parts: tuple[str, ...],
    phone: bool, dark: bool,
) -> None:  # fmt: skip
    page = visit(email, host=host, phone=phone, dark=dark, examined=True)
    address = f"{start}domains/{name}/"
    # What was never read begins to be by being opened; the page follows by itself.
    # A reading waits for its turn behind those of the pages before.
    page.goto(f"{address}dns/")
    page.locator(".zone-row").first.wait_for(timeout=2 * PATIENCE)
    page.goto(f"{address}hosting/")
    page.get_by_role("button", name="Read again").first.wait_for()
    paths = [*(f"{address}{part}" for part in parts), *(f"{start}{part}" for part in LISTS)]

    found = examine(page, paths, screenshot, email.partition("@")[0], phone=phone)

    assert found == {}


@VIEWS
def test_pages_of_what_is_lent_pass_axe(visit: Any, screenshot: Any, phone: bool, dark: bool) -> None:
    page = visit("agency@demo.test", phone=phone, dark=dark, examined=True)
    paths = ("/shared/", "/domains/soler-estudio.com/")

    assert examine(page, paths, screenshot, "agency", phone=phone) == {}


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/password/reset/", "/nothing-here/"])
def test_pages_for_nobody_signed_in_pass_axe(visit: Any, screenshot: Any, path: str) -> None:
    for dark in (False, True):
        page = visit(dark=dark, examined=True)
        page.goto(path)
        screenshot(page, f"anonymous-{path.strip('/').replace('/', '-')}-{'dark' if dark else 'light'}")

        assert violations(page) == []
