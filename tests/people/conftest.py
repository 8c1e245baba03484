"""People at the door: throttles start empty, and passwords are typed as in a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

PASSWORD = "nameward-demo"


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def sign_in(client: Client) -> Callable[..., Any]:
    """`sign_in("ada@demo.test", password=..., host=...)`: posts the sign-in form, gives the response."""

    def post(email: str, *, password: str = PASSWORD, host: str = "testserver", **extra: Any) -> Any:
        return client.post(
            "/accounts/login/", {"login": email, "password": password}, headers={"host": host}, **extra
        )

    return post


@pytest.fixture
def signed_in(client: Client) -> Callable[[], bool]:
    """Whether the client's session belongs to somebody."""
    return lambda: "_auth_user_id" in client.session
