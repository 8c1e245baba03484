"""Signing in: e-mail and password, on the right host, at a human pace."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from panel.people.demo import demo_people

SignIn = Callable[..., Any]


def errors_of(response: Any) -> list[str]:
    return [str(error) for error in response.context["form"].non_field_errors()]


def test_sign_in_right_password_opens_a_session(sign_in: SignIn, signed_in: Any, owner: Any) -> None:
    response = sign_in("OWNER@demo.test")

    assert response.status_code == 302
    assert response["Location"] == "/"
    assert signed_in()


def test_sign_in_wrong_password_says_so_and_keeps_the_address(
    sign_in: SignIn, signed_in: Any, owner: Any
) -> None:
    response = sign_in("owner@demo.test", password="something else")

    assert not signed_in()
    assert errors_of(response) == ["The e-mail address or the password is not right."]
    assert 'value="owner@demo.test"' in response.content.decode()


def test_sign_in_next_address_leads_there_only_on_this_host(client: Client, owner: Any) -> None:
    here = client.post(
        "/accounts/login/?next=/accounts/2fa/", {"login": "owner@demo.test", "password": "nameward-demo"}
    )
    client.logout()
    elsewhere = client.post(
        "/accounts/login/?next=https://evil.test/", {"login": "owner@demo.test", "password": "nameward-demo"}
    )

    assert here["Location"] == "/accounts/2fa/"
    assert elsewhere["Location"] == "/"


def test_sign_in_on_another_brands_host_is_answered_like_a_wrong_password(
    sign_in: SignIn, signed_in: Any, owner: Any, alder: Any
) -> None:
    right = sign_in("owner@demo.test", host="alder.localhost")
    wrong = sign_in("owner@demo.test", password="something else", host="alder.localhost")
    nobody = sign_in("nobody@demo.test", host="alder.localhost")

    assert not signed_in()
    assert errors_of(right) == errors_of(wrong) == errors_of(nobody)
    assert right.status_code == wrong.status_code == nobody.status_code


def test_sign_in_of_a_brands_customer_on_its_host_works(
    sign_in: SignIn, signed_in: Any, alder: Any, make_customer: Any, make_user: Any
) -> None:
    make_user("rowan@demo.test", customer=make_customer("Rowan Books", brand=alder))

    sign_in("rowan@demo.test", host="alder.localhost")

    assert signed_in()


def test_sign_in_of_a_closed_account_is_refused(sign_in: SignIn, signed_in: Any, owner: Any) -> None:
    owner.is_active = False
    owner.save()

    sign_in("owner@demo.test")

    assert not signed_in()


def test_sixth_wrong_password_of_an_account_waits_while_others_come_in(
    sign_in: SignIn, signed_in: Any, owner: Any, staff: Any
) -> None:
    for _ in range(5):
        sign_in("owner@demo.test", password="guessing")

    sixth = sign_in("owner@demo.test")

    assert not signed_in()
    assert errors_of(sixth) == [
        "Too many wrong passwords in a row. Wait five minutes, or set a new password."
    ]
    sign_in("staff@demo.test")
    assert signed_in()


def test_many_tries_from_one_address_get_our_page_with_an_id(
    sign_in: SignIn, owner: Any, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "3/m/ip"}
    for number in range(3):
        sign_in(f"guess{number}@demo.test", password="guessing")

    response = sign_in("owner@demo.test")

    assert response.status_code == 429
    page = response.content.decode()
    assert "Too many tries in a short time" in page
    assert response["X-Request-ID"] in page


def test_sign_in_works_while_the_shared_cache_is_away(
    sign_in: SignIn, signed_in: Any, owner: Any, settings: Any, free_port: int
) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "panel.core.cache.ForgivingRedisCache",
            "LOCATION": f"redis://127.0.0.1:{free_port}/0",
        }
    }

    wrong = sign_in("owner@demo.test", password="guessing")
    sign_in("owner@demo.test")

    assert errors_of(wrong) == ["The e-mail address or the password is not right."]
    assert signed_in()


def test_demo_log_ins_show_in_demo_mode_only_and_only_who_may_enter(
    client: Client, owner: Any, staff: Any, alder: Any, make_user: Any, settings: Any
) -> None:
    runner = make_user("brand@demo.test", brand=alder)
    for person in (owner, staff, runner):
        person.is_demo = True
        person.save()

    without = client.get("/accounts/login/").content.decode()
    settings.DEMO = True
    here = client.get("/accounts/login/").content.decode()
    there = client.get("/accounts/login/", headers={"host": "alder.localhost"}).content.decode()

    assert "nameward-demo" not in without
    assert "owner@demo.test" not in without
    assert "nameward-demo" in here
    assert "owner@demo.test" in here
    assert "staff@demo.test" in here
    assert "brand@demo.test" not in here
    assert "brand@demo.test" in there
    assert "staff@demo.test" not in there


def test_demo_people_outside_demo_mode_are_nobody(owner: Any, operator: Any) -> None:
    owner.is_demo = True
    owner.save()

    assert demo_people(operator) == []


def test_sign_up_is_closed_and_says_how_to_get_in(client: Client, operator: Any) -> None:
    shown = client.get("/accounts/signup/")
    posted = client.post(
        "/accounts/signup/",
        {"email": "new@demo.test", "password1": "a-long-word-1", "password2": "a-long-word-1"},
    )

    from panel.people.models import User

    assert "Accounts are by invitation" in shown.content.decode()
    assert "Accounts are by invitation" in posted.content.decode()
    assert not User.objects.filter(email="new@demo.test").exists()


def test_sign_out_happens_on_post_only(client: Client, sign_in: SignIn, signed_in: Any, owner: Any) -> None:
    sign_in("owner@demo.test")

    asked = client.get("/accounts/logout/")
    still = signed_in()
    client.post("/accounts/logout/")

    assert asked.status_code == 200
    assert still
    assert not signed_in()


def test_another_way_to_prove_who_one_is_does_not_open_another_brands_host(
    rf: Any, owner: Any, alder: Any, settings: Any
) -> None:
    from allauth.account.adapter import get_adapter
    from allauth.account.models import Login
    from django.contrib.messages.storage.fallback import FallbackStorage

    request = rf.get("/")
    request.brand, request.session = alder, {}
    request._messages = FallbackStorage(request)
    login = Login(user=owner)

    response = get_adapter(request).pre_login(
        request,
        owner,
        email_verification=login.email_verification,
        signal_kwargs={},
        email=None,
        signup=False,
        redirect_url=None,
    )

    assert response is not None
    assert response["Location"] == "/accounts/login/"


@pytest.fixture
def free_port() -> int:
    """A port where nothing listens."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
