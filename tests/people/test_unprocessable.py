"""Bad input on the sign-in pages."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/accounts/login/", {"login": "owner@demo.test", "password": "wrong-password"}),
        ("/accounts/login/", {"login": "", "password": ""}),
        ("/accounts/password/reset/", {"email": "no address"}),
    ],
    ids=["wrong password", "nothing", "no address"],
)
def test_bad_input_is_unprocessable_and_kept(
    client: Any, owner: Any, path: str, data: dict[str, str]
) -> None:
    response = client.post(path, data)

    assert response.status_code == 422
    assert response.context["form"].errors


def test_good_input_is_not_unprocessable(client: Any, owner: Any) -> None:
    response = client.post("/accounts/login/", {"login": "owner@demo.test", "password": "nameward-demo"})

    assert response.status_code == 302
