"""The sample pages in a browser, under the strict policy: accessible, within the window, usable by keyboard."""

from __future__ import annotations

import mimetypes
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.template import Context
from django.template.loader import get_template
from django.test import RequestFactory

from panel.core.styleguide import PARTS, sample

CHROMIUM = shutil.which("chromium")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
PAGES = ("index", "domain-list", "domain", "search", "staff-dashboard", "sign-in")
NAV = [
    {"label": f"Entry {number}", "url": f"#{number}", "icon": "globe", "active": number == 1}
    for number in range(1, 8)
]

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
]


def rendered(page: str) -> bytes:
    request = RequestFactory().get("/")
    context = {**sample(), "request": request, "csrf_token": "t", "nav": NAV, "pages": (), "parts": PARTS}
    return (
        get_template(f"styleguide/{page.replace('-', '_')}.html").template.render(Context(context)).encode()
    )  # type: ignore[attr-defined]


class Handler(BaseHTTPRequestHandler):
    pages: dict[str, bytes] = {}

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        found = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
        if path in self.pages:
            self.answer(self.pages[path], "text/html; charset=utf-8")
        elif isinstance(found, str):
            with open(found, "rb") as file:
                self.answer(file.read(), mimetypes.guess_type(found)[0] or "application/octet-stream")
        else:
            self.answer(b"", "text/css")

    def answer(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the test's output quiet."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    Handler.pages = {f"/{page}": rendered(page) for page in PAGES}
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_sample_pages_are_accessible_and_fit_the_window(
    site: str, browser: Any, theme: str, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    view = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=theme)
    complaints: list[str] = []
    for name in PAGES:
        page = view.new_page()
        page.on(
            "console", lambda message: complaints.append(message.text) if message.type == "error" else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{site}/{name}", wait_until="load")
        assert complaints == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        # axe writes style elements of its own, which the policy blocks: not a complaint about the page.
        violations = Axe().run(page).response["violations"]
        assert [(found["id"], found["nodes"][0]["html"]) for found in violations] == [], name
        complaints.clear()
        page.close()
    view.close()


def test_keyboard_reaches_search_menus_and_dialogs(site: str, browser: Any) -> None:
    page = browser.new_page()
    page.goto(f"{site}/domain")

    page.locator("summary[aria-label='More actions']").press("Enter")
    assert page.locator("details[open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("details[open]").count() == 0
    page.locator("summary[aria-label='More actions']").press("Enter")
    page.get_by_text("Delete the name").press("Enter")
    assert page.locator("dialog[open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    page.close()


def test_bulk_bar_counts_the_selected_rows(site: str, browser: Any) -> None:
    page = browser.new_page()
    page.goto(f"{site}/domain-list")

    assert not page.locator("[data-bulk-bar]").is_visible()
    page.locator("[data-bulk-item]").nth(2).check()
    assert page.locator("[data-bulk-count]").inner_text() == "1 selected"
    page.locator("[data-bulk-all]").check()
    assert page.locator("[data-bulk-count]").inner_text() == "7 selected"
    page.close()


def test_without_javascript_a_dialog_opens_by_its_link(site: str, browser: Any) -> None:
    view = browser.new_context(java_script_enabled=False)
    page = view.new_page()
    page.goto(f"{site}/domain")

    page.locator("summary[aria-label='More actions']").click()
    page.get_by_text("Delete the name").click()
    assert page.get_by_role("button", name="Delete lighthouse.com").is_visible()
    page.get_by_role("link", name="Keep it").click()
    assert not page.get_by_role("button", name="Delete lighthouse.com").is_visible()
    view.close()
