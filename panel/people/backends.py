"""Signing in with e-mail and password, on the right host only."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from panel.people.models import User
from panel.people.queries import may_enter


class BrandAuthenticationBackend(AuthenticationBackend):
    """allauth's backend, for people who have business on the brand's host.

    To anybody else the answer is that of a wrong password: that an address is known elsewhere is nobody's affair.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        user = super().authenticate(request, **credentials)
        brand = getattr(request, "brand", None)
        if user is None or brand is None:
            return user
        return user if may_enter(user, brand) else None
