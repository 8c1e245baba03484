"""A passkey in a real browser, under the strict policy: added, used alone, and used as the second step."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connections

pytestmark = pytest.mark.journey
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 20_000


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A browser window with an authenticator built in that always agrees; it fails on what the policy blocks."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.skip("no chromium on this machine")
    from playwright.sync_api import sync_playwright

    # Playwright runs an event loop in this thread; Django only means to warn of slow pages.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    blocked: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        window = browser.new_page()
        window.set_default_timeout(PATIENCE)
        window.on(
            "console", lambda line: blocked.append(line.text) if "Content Security" in line.text else None
        )
        session = window.context.new_cdp_session(window)
        session.send("WebAuthn.enable")
        session.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                }
            },
        )
        yield window
        # Django keeps a connection of its own for what runs inside an event loop.
        connections.close_all()
        browser.close()
    assert blocked == []


def test_passkey_is_added_and_opens_the_door_without_a_password(
    page: Any, live_server: Any, owner: Any
) -> None:
    page.goto(f"{live_server.url}/accounts/login/")
    page.fill("[name=login]", "owner@demo.test")
    page.fill("[name=password]", "nameward-demo")
    page.click("button:has-text('Sign in')")
    page.wait_for_url(lambda url: "login" not in url)

    page.goto(f"{live_server.url}/accounts/2fa/webauthn/add/")
    page.fill("[name=password]", "nameward-demo")
    page.click("button:has-text('Confirm')")
    page.fill("[name=name]", "Laptop")
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(lambda url: "/add/" not in url)
    key = Authenticator.objects.get(user=owner, type=Authenticator.Type.WEBAUTHN)

    page.goto(f"{live_server.url}/accounts/logout/")
    page.click("button:has-text('Sign out')")
    page.goto(f"{live_server.url}/accounts/login/?next=/accounts/2fa/webauthn/")
    page.click("#passkey_login")
    page.wait_for_url(lambda url: "login" not in url and "authenticate" not in url)

    assert str(key) == "Laptop"
    assert page.is_visible("text=Laptop")


def test_passkey_as_the_second_step_after_the_password(page: Any, live_server: Any, owner: Any) -> None:
    page.goto(f"{live_server.url}/accounts/login/?next=/accounts/2fa/webauthn/add/")
    page.fill("[name=login]", "owner@demo.test")
    page.fill("[name=password]", "nameward-demo")
    page.click("button:has-text('Sign in')")
    page.fill("[name=password]", "nameward-demo")
    page.click("button:has-text('Confirm')")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(lambda url: "/add/" not in url)
    page.context.clear_cookies()

    page.goto(f"{live_server.url}/accounts/login/?next=/accounts/2fa/webauthn/")
    page.fill("[name=login]", "owner@demo.test")
    page.fill("[name=password]", "nameward-demo")
    page.click("button:has-text('Sign in')")
    page.click("#mfa_webauthn_authenticate")
    page.wait_for_url(lambda url: "login" not in url and "authenticate" not in url)

    assert page.is_visible("text=Second step")


def test_passkey_that_is_not_given_is_explained(page: Any, live_server: Any, operator: Any) -> None:
    page.goto(f"{live_server.url}/accounts/login/")
    before = page.is_visible("text=No passkey was used")
    page.click("#passkey_login")

    page.wait_for_selector("text=No passkey was used", state="visible")
    assert not before
