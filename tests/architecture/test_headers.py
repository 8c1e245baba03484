"""What every answer carries, whatever page it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from django.test import Client

from tests.architecture.house import ROOT

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}
PAGES = [
    "/accounts/login/",
    "/nothing-here/",
    "/theme.css",
    "/healthz",
    "/",
    "/office/",
    "/accounts/2fa/",
    "/i18n/",
]


def policy_of(response: Any) -> set[str]:
    return {part.strip() for part in response["Content-Security-Policy"].split(";") if part.strip()}


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("who", ["nobody", "owner", "staff"])
def test_policy_is_the_strict_one_on_every_kind_of_page(
    client: Client, owner: Any, staff: Any, who: str, path: str
) -> None:
    person = {"owner": owner, "staff": staff}.get(who)
    if person:
        client.force_login(person, backend="panel.people.backends.BrandAuthenticationBackend")

    response = client.get(path)

    assert policy_of(response) == POLICY
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"


def test_policy_holds_for_unknown_hosts_as_well(client: Client, operator: Any) -> None:
    assert policy_of(client.get("/", headers={"host": "unknown.example"})) == POLICY


def test_own_pages_are_not_kept_by_anybody_on_the_way(client: Client, owner: Any) -> None:
    client.force_login(owner, backend="panel.people.backends.BrandAuthenticationBackend")

    response = client.get("/accounts/2fa/")

    assert "Cookie" in response["Vary"]


READ = """
import django, json; django.setup()
from django.conf import settings as s
names = [n for n in dir(s) if n.startswith(("SESSION_COOKIE", "CSRF_COOKIE", "SECURE_", "LANGUAGE_COOKIE", "X_FRAME"))]
print(json.dumps({n: getattr(s, n) for n in names}, default=str))
"""


def test_cookies_of_production_are_bound_to_host_and_https(tmp_path: Any) -> None:
    import base64

    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "panel.settings",
        "DEBUG": "0",
        "SECRET_KEY": "qK7zR2mXv9TgLw4sYbN8dHc3fJp6aEu5" * 2,
        "FIELD_KEYS": "k1:" + base64.b64encode(b"k" * 32).decode(),
        "OPERATOR_HOSTS": "panel.example.com",
        "DATA_DIR": str(tmp_path),
    }
    result = subprocess.run(
        [sys.executable, "-c", READ],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    values = json.loads(result.stdout)

    for cookie in ("SESSION_COOKIE", "CSRF_COOKIE"):
        assert values[f"{cookie}_NAME"].startswith("__Host-")
        assert values[f"{cookie}_SECURE"] is True
        assert values[f"{cookie}_HTTPONLY"] is True
        assert values[f"{cookie}_SAMESITE"] == "Lax"
        assert values[f"{cookie}_DOMAIN"] is None
        assert values[f"{cookie}_PATH"] == "/"
    assert values["LANGUAGE_COOKIE_SECURE"] is True
    assert values["SECURE_HSTS_SECONDS"] >= 31536000
    assert values["SECURE_SSL_REDIRECT"] is True


def test_cookie_set_over_https_is_one_that_a_browser_takes(
    client: Client, operator: Any, settings: Any
) -> None:
    settings.CSRF_COOKIE_NAME, settings.CSRF_COOKIE_SECURE = "__Host-csrf", True

    client.get("/accounts/login/", secure=True)

    cookie = client.cookies["__Host-csrf"]
    assert cookie["secure"]
    assert cookie["path"] == "/"
    assert not cookie["domain"]
