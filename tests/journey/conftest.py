"""The product as `make run` starts it, and a browser in front of it."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.infrastructure.product import Product

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PASSWORD = "nameward-demo"
SCREENSHOTS = Path(os.environ.get("SCREENSHOTS", Path(__file__).resolve().parents[2] / "var" / "screenshots"))
PATIENCE = 60_000


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """One started product for all journeys: demo data, worker, broker, sandbox."""
    data = tmp_path_factory.mktemp("journey")
    with Product(data) as running:
        yield running.wait_until_ready()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's browser, driven by Playwright."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.skip("no chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
        )
        yield browser
        browser.close()


Visit = Callable[..., Any]


@pytest.fixture
def visit(product: Product, chromium: Any) -> Iterator[Visit]:
    """`visit("customer@demo.test", phone=..., dark=..., host=...)`: a signed-in page in its own window."""
    contexts: list[Any] = []
    troubles: list[str] = []

    def open_page(
        email: str = "",
        *,
        phone: bool = False,
        dark: bool = False,
        host: str = "127.0.0.1",
        language: str = "en",
        examined: bool = False,
    ) -> Any:
        context = chromium.new_context(
            base_url=f"http://{host}:{product.port}",
            viewport={"width": 390, "height": 844} if phone else {"width": 1280, "height": 900},
            color_scheme="dark" if dark else "light",
            locale=language,
            # What examines a page writes styles into it, which the page's own policy would refuse.
            bypass_csp=examined,
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda message: (
                troubles.append(f"{page.url}: {message.text}")
                if message.type == "error" and "Content Security Policy" in message.text
                else None
            ),
        )
        if email:
            page.goto("/accounts/login/")
            page.locator("input[name=login]").fill(email)
            page.locator("input[name=password]").fill(PASSWORD)
            page.locator("main form button[type=submit], main form button:not([type])").first.click()
            page.wait_for_url(lambda url: "/accounts/login/" not in url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture
def screenshot() -> Callable[[Any, str], None]:
    """`screenshot(page, "name")` keeps a picture of the whole page in `var/screenshots`."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)

    def take(page: Any, name: str) -> None:
        # Hiding the caret would write style attributes into the page, which its policy refuses.
        page.screenshot(path=str(SCREENSHOTS / f"{name}.png"), full_page=True, caret="initial")

    return take


class Sandbox:
    """The registrars' control port."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """One request, JSON in and out."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._url + path, data=data, method=method)
        request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=20) as response:
            return json.loads(response.read() or b"null")

    def journal(self, action: str, subject: str) -> list[dict[str, Any]]:
        """Effects really executed at the registrar."""
        answer = self.call("GET", "/journal")
        rows = answer if isinstance(answer, list) else next(v for v in answer.values() if isinstance(v, list))
        return [row for row in rows if row["action"] == action and row["subject"] == subject]

    def fault(self, action: str, kind: str, **more: Any) -> None:
        """Make the registrar misbehave."""
        self.call("POST", "/faults", {"family": "mrdomain", "action": action, "kind": kind, **more})

    @contextmanager
    def outage(self) -> Iterator[None]:
        """The registrar is down meanwhile."""
        self.call("POST", "/world/mrdomain", {"outage": True})
        try:
            yield
        finally:
            self.call("POST", "/world/mrdomain", {"outage": False})


@pytest.fixture
def registry(product: Product) -> Iterator[Sandbox]:
    """The sandbox of the started product, without faults before and after."""
    sandbox = Sandbox(product.sandbox_url)
    sandbox.call("DELETE", "/faults")
    yield sandbox
    sandbox.call("DELETE", "/faults")


@pytest.fixture
def rows(product: Product) -> Callable[..., list[tuple[Any, ...]]]:
    """`rows("SELECT ...")`: the product's database, read from outside."""

    def query(sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        with sqlite3.connect(
            f"file:{product.data}/nameward.sqlite3?mode=ro", uri=True, timeout=20
        ) as database:
            return database.execute(sql, parameters).fetchall()

    return query
