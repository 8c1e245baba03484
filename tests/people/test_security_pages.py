"""Every page about signing in wears the panel's design, in every audience's layout."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client

from panel.core.encryption import encrypt

PUBLIC = [
    "/accounts/login/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-wrong/",
    "/accounts/password/reset/key/done/",
    "/accounts/signup/",
    "/accounts/inactive/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/wrong/",
    "/accounts/invitation/wrong/",
]
OWN = [
    "/accounts/2fa/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/2fa/recovery-codes/",
    "/accounts/2fa/recovery-codes/generate/",
    "/accounts/2fa/totp/deactivate/",
    "/accounts/2fa/reauthenticate/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/sessions/",
    "/accounts/logout/",
    "/accounts/reauthenticate/",
]


@pytest.mark.parametrize("path", PUBLIC)
def test_public_page_stands_alone_in_the_design(client: Client, operator: Any, path: str) -> None:
    response = client.get(path)

    page = response.content.decode()
    assert response.status_code in (200, 410)
    assert 'class="skip-link"' in page
    assert 'class="focus' in page
    assert page.count("<h1") == 1


@pytest.mark.parametrize("path", OWN)
def test_own_page_is_in_the_design(
    client: Client, sign_in: Callable[..., Any], owner: Any, path: str
) -> None:
    Authenticator.objects.create(
        user=owner, type=Authenticator.Type.RECOVERY_CODES,
        data={"seed": encrypt("a" * 20, context="mfa.secret"), "used_mask": 0},
    )  # fmt: skip
    Authenticator.objects.create(
        user=owner, type=Authenticator.Type.TOTP, data={"secret": encrypt("A" * 32, context="mfa.secret")}
    )
    client.force_login(owner, backend="panel.people.backends.BrandAuthenticationBackend")
    client.post("/accounts/reauthenticate/?next=/accounts/2fa/", {"password": "nameward-demo"})

    response = client.get(path)

    page = response.content.decode()
    assert response.status_code == 200
    assert 'class="skip-link"' in page
    assert page.count("<h1") == 1


def test_settings_of_staff_wear_the_back_offices_layout(client: Client, staff: Any) -> None:
    client.force_login(staff, backend="panel.people.backends.BrandAuthenticationBackend")

    page = client.get("/accounts/2fa/").content.decode()

    assert "app-staff" in page


def test_account_menu_signs_out_by_post(client: Client, owner: Any) -> None:
    client.force_login(owner, backend="panel.people.backends.BrandAuthenticationBackend")

    page = client.get("/accounts/2fa/").content.decode()

    assert '<form method="post" action="/accounts/logout/">' in page


def test_sessions_page_signs_the_others_out(owner: Any, sign_in: Callable[..., Any], client: Client) -> None:
    other = Client()
    other.post("/accounts/login/", {"login": "owner@demo.test", "password": "nameward-demo"})
    sign_in("owner@demo.test")
    client.get("/accounts/sessions/")
    other.get("/accounts/sessions/")
    seen = UserSession.objects.count()

    shown = client.get("/accounts/sessions/").content.decode()
    client.post("/accounts/sessions/")

    assert seen == 2
    assert "Sign out the others" in shown
    assert client.get("/accounts/2fa/").status_code == 200
    assert other.get("/accounts/2fa/").status_code == 302


def test_password_change_asks_for_the_present_one(
    client: Client, sign_in: Callable[..., Any], owner: Any
) -> None:
    sign_in("owner@demo.test")
    new = {"password1": "four unrelated words", "password2": "four unrelated words"}

    refused = client.post("/accounts/password/change/", {"oldpassword": "guessing", **new})
    done = client.post("/accounts/password/change/", {"oldpassword": "nameward-demo", **new})

    owner.refresh_from_db()
    assert "This is not your present password." in refused.content.decode()
    assert done.status_code == 302
    assert owner.check_password("four unrelated words")


def test_first_sign_in_lists_the_own_address_as_the_main_one(
    client: Client, sign_in: Callable[..., Any], owner: Any, mailoutbox: list[Any]
) -> None:
    sign_in("owner@demo.test")

    page = client.get("/accounts/email/").content.decode()

    address = EmailAddress.objects.get(user=owner)
    assert (address.email, address.primary, address.verified) == ("owner@demo.test", True, False)
    assert "Not confirmed" in page
    assert 'name="action_remove"' not in page
    assert mailoutbox == []
