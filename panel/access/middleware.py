"""Sets `request.actor`, also of staff who act as somebody, and the language; asks for a second factor."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _

from panel.access.acting import acting_actor
from panel.access.actor import Actor, actor_for
from panel.access.rules import not_yours
from panel.people.activity import IMPERSONATION
from panel.people.models import User

# What staff who act as somebody reach under /accounts/: all else there is the person's own.
SIGN_OUT = "/accounts/logout/"
FREE_OF_SECOND_FACTOR = ("/accounts/", "/static/", "/theme.css", "/i18n/", "/set-theme/")


def actor_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Know who asks. People without business on this host are signed out, as if they had never been let in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.actor = None  # type: ignore[attr-defined]
        brand = getattr(request, "brand", None)
        if brand is None or request.path.startswith("/static/"):
            return get_response(request)
        if IMPERSONATION in request.session:
            return _act(request, get_response)
        user = request.user
        if isinstance(user, User) and user.is_authenticated:
            actor = actor_for(user, brand, request.session.get("customer_pk"))
            if actor is None:
                logout(request)
            else:
                request.actor = actor  # type: ignore[attr-defined]
                structlog.contextvars.bind_contextvars(user=user.public_id)
                _speak(request, user)
                if _needs_second_factor(request, actor):
                    messages.warning(
                        request, _("Set up a second factor first: your account can do too much without.")
                    )
                    return redirect("mfa_index")
        return get_response(request)

    return middleware


def _act(request: HttpRequest, get_response: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    """The request of a member of the staff who acts as a customer's person, on the pages of that customer's brand."""
    is_home = request.brand.is_operator  # type: ignore[attr-defined]
    actor = acting_actor(request) if is_home else None
    if actor is None or actor.impersonation is None or actor.user.impersonated_by is None:
        logout(request)
        messages.info(request, _("You no longer act as somebody else. Sign in once more."))
        return get_response(request)
    staff = actor.user.impersonated_by
    request.actor, request.user, request.brand = actor, actor.user, actor.brand  # type: ignore[attr-defined]
    request.urlconf = "panel.urls_brand"
    structlog.contextvars.bind_contextvars(user=actor.user.public_id, impersonator=staff.public_id)
    _speak(request, staff)
    if request.path.startswith("/accounts/") and request.path != SIGN_OUT:
        return not_yours(request)
    return get_response(request)


def _speak(request: HttpRequest, user: User) -> None:
    if user.language and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(user.language)
        request.LANGUAGE_CODE = user.language


def _needs_second_factor(request: HttpRequest, actor: Actor) -> bool:
    if not settings.TWO_FACTOR_REQUIRED or not (actor.is_staff or actor.is_brand_admin):
        return False
    return not request.path.startswith(FREE_OF_SECOND_FACTOR) and not is_mfa_enabled(actor.user)
