"""Second factors: who must have one, and how an authenticator app, codes and passkeys are set up and used."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

PASSWORD = "nameward-demo"


def code_for(secret: str) -> str:
    """What an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def prove(client: Client, page: str) -> None:
    """Type the password again, as the pages that change second factors ask."""
    client.post(f"/accounts/reauthenticate/?next={page}", {"password": PASSWORD})


@pytest.fixture
def with_app(client: Client, sign_in: Callable[..., Any], owner: Any) -> str:
    """The owner, signed in, with an authenticator app; its secret."""
    sign_in("owner@demo.test")
    prove(client, "/accounts/2fa/totp/activate/")
    secret = str(client.get("/accounts/2fa/totp/activate/").context["form"].secret)
    response = client.post("/accounts/2fa/totp/activate/", {"code": code_for(secret)})
    assert response.status_code == 302, response.context["form"].errors
    return secret


@pytest.mark.parametrize("who", ["staff", "brand"])
def test_privileged_people_are_sent_to_set_a_second_factor_up(
    client: Client, who: str, staff: Any, alder: Any, make_user: Any, settings: Any
) -> None:
    settings.TWO_FACTOR_REQUIRED = True
    runner = make_user("brand@demo.test", brand=alder)
    person, host, page = (
        (staff, "testserver", "/office/") if who == "staff" else (runner, "alder.localhost", "/brand/")
    )
    client.force_login(person, backend="panel.people.backends.BrandAuthenticationBackend")

    response = client.get(page, headers={"host": host})
    landed = client.get(response["Location"], headers={"host": host})

    assert response.status_code == 302
    assert response["Location"] == "/accounts/2fa/"
    assert "Set up a second factor first" in landed.content.decode()


def test_customers_are_not_made_to_set_a_second_factor_up(client: Client, owner: Any, settings: Any) -> None:
    settings.TWO_FACTOR_REQUIRED = True
    client.force_login(owner, backend="panel.people.backends.BrandAuthenticationBackend")

    response = client.get("/accounts/email/")

    assert response.status_code == 200


def test_privileged_people_with_a_second_factor_get_on(client: Client, staff: Any, settings: Any) -> None:
    settings.TWO_FACTOR_REQUIRED = True
    Authenticator.objects.create(user=staff, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client.force_login(staff, backend="panel.people.backends.BrandAuthenticationBackend")

    response = client.get("/nothing-here/")

    assert response.status_code == 404


def test_authenticator_app_is_asked_for_after_the_password(
    client: Client, sign_in: Callable[..., Any], signed_in: Callable[[], bool], with_app: str
) -> None:
    client.post("/accounts/logout/")

    first = sign_in("owner@demo.test")
    after_password = signed_in()
    wrong = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    # The code that set the app up counts as used; the one of the next step is accepted as well.
    later = format_hotp_value(hotp_value(with_app, int(time.time()) // 30 + 1))
    client.post("/accounts/2fa/authenticate/", {"code": later})

    assert first["Location"] == "/accounts/2fa/authenticate/"
    assert not after_password
    assert "That code is not right" in wrong.content.decode()
    assert signed_in()


def test_authenticator_secret_is_encrypted_in_the_database(with_app: str) -> None:
    stored = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))

    assert with_app not in stored
    assert '"secret"' in stored


def test_recovery_code_opens_the_door_once(
    client: Client, sign_in: Callable[..., Any], signed_in: Callable[[], bool], with_app: str
) -> None:
    shown = client.get("/accounts/2fa/recovery-codes/")
    codes = client.get("/accounts/2fa/recovery-codes/download/").content.decode().split()
    client.post("/accounts/logout/")
    sign_in("owner@demo.test")
    client.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    first = signed_in()
    client.post("/accounts/logout/")
    sign_in("owner@demo.test")
    client.post("/accounts/2fa/authenticate/", {"code": codes[0]})

    assert codes[0] in shown.content.decode()
    assert len(codes) == 10
    assert first
    assert not signed_in()


def test_setting_up_shows_a_picture_that_the_policy_allows(
    client: Client, sign_in: Callable[..., Any], owner: Any
) -> None:
    sign_in("owner@demo.test")
    prove(client, "/accounts/2fa/totp/activate/")

    response = client.get("/accounts/2fa/totp/activate/")

    page = response.content.decode()
    assert 'src="/accounts/2fa/totp/code.svg"' in page
    assert "data:" not in response["Content-Security-Policy"]
    assert response.context["form"].secret in page
    assert 'fill="white"' in response.context["totp_svg"]
    assert "Nameward" in response.context["totp_url"]


def test_authenticator_app_carries_the_brands_name(
    client: Client, sign_in: Callable[..., Any], alder: Any, make_customer: Any, make_user: Any
) -> None:
    host = {"host": "alder.localhost"}
    make_user("rowan@demo.test", customer=make_customer("Rowan Books", brand=alder))
    sign_in("rowan@demo.test", host="alder.localhost")
    client.post("/accounts/reauthenticate/?next=/accounts/2fa/", {"password": PASSWORD}, headers=host)

    response = client.get("/accounts/2fa/totp/activate/", headers=host)

    assert "issuer=Alder%20Hosting" in response.context["totp_url"]
    assert "Nameward" not in response.content.decode()


def test_passkey_pages_use_outside_scripts_and_data_only(
    client: Client, sign_in: Callable[..., Any], owner: Any
) -> None:
    door = client.get("/accounts/login/").content.decode()
    sign_in("owner@demo.test")
    prove(client, "/accounts/2fa/webauthn/add/")
    page = client.get("/accounts/2fa/webauthn/add/").content.decode()

    for content in (door, page):
        assert "mfa/js/webauthn.js" in content
        scripts = [part.partition(">")[0] for part in content.split("<script")[1:]]
        assert scripts
        assert all("src=" in script or 'type="application/json"' in script for script in scripts)
    assert '"creation_options"' in page


def test_passkey_request_names_the_host(client: Client, operator: Any) -> None:
    response = client.get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"})

    assert response.json()["request_options"]["publicKey"]["rpId"] == "testserver"
