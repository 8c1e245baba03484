"""The host decides the brand and the audience; a session is worth something only where its person has business."""

from __future__ import annotations

from typing import Any

from django.test import Client

BACKEND = "panel.people.backends.BrandAuthenticationBackend"


def test_session_of_another_brands_person_is_ended(client: Client, owner: Any, alder: Any) -> None:
    client.force_login(owner, backend=BACKEND)

    response = client.get("/accounts/2fa/", headers={"host": "alder.localhost"})

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")
    assert "_auth_user_id" not in client.session


def test_session_of_a_person_who_lost_every_role_is_ended(client: Client, owner: Any) -> None:
    client.force_login(owner, backend=BACKEND)
    owner.memberships.all().delete()

    client.get("/accounts/2fa/")

    assert "_auth_user_id" not in client.session


def test_back_office_does_not_exist_on_a_brands_host(client: Client, staff: Any, alder: Any) -> None:
    anonymous = client.get("/office/", headers={"host": "alder.localhost"})
    client.force_login(staff, backend=BACKEND)
    signed_in = client.get("/office/", headers={"host": "alder.localhost"})

    assert anonymous.status_code == signed_in.status_code == 404


def test_unknown_host_gets_nothing(client: Client, operator: Any) -> None:
    response = client.get("/accounts/login/", headers={"host": "unknown.example"})

    assert response.status_code == 404
    assert response["Content-Type"] == "text/plain"
    assert "Nameward" not in response.content.decode()


def test_host_with_a_port_and_in_capitals_is_the_same_host(client: Client, alder: Any) -> None:
    response = client.get("/accounts/login/", headers={"host": "ALDER.localhost:8000"})

    assert "Alder Hosting" in response.content.decode()


def test_health_answers_on_every_host(client: Client, operator: Any) -> None:
    assert client.get("/healthz", headers={"host": "10.0.0.7"}).status_code == 200


def test_language_of_the_person_is_spoken_unless_the_browser_chose(client: Client, owner: Any) -> None:
    owner.language = "fr"
    owner.save()
    client.force_login(owner, backend=BACKEND)

    own = client.get("/accounts/2fa/").content.decode()
    client.cookies["panel_language"] = "es"
    chosen = client.get("/accounts/2fa/").content.decode()

    assert '<html lang="fr"' in own
    assert '<html lang="es"' in chosen
