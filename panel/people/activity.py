"""When a session was last used: kept to some minutes, since writing it down at every page would cost a write a page."""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse

NOTED = "activity_noted_at"
# In a session in which somebody else acts as the person: it is none of the person's devices.
IMPERSONATION = "impersonation"
EVERY_SECONDS = 300


def activity_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Keep the list of sessions true to about five minutes."""

    def middleware(request: HttpRequest) -> HttpResponse:
        quiet = request.path.startswith("/static/") or IMPERSONATION in request.session
        if not quiet and request.user.is_authenticated:
            noted = request.session.get(NOTED, 0)
            if not 0 <= time.time() - noted < EVERY_SECONDS:
                UserSession.objects.create_from_request(request)
                request.session[NOTED] = int(time.time())
        return get_response(request)

    return middleware
