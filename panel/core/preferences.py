"""What a browser remembers: language and colors."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as django_set_language

YEAR = 60 * 60 * 24 * 365


def back(request: HttpRequest) -> str:
    """Where the form wants to go next, if that is on this host."""
    target = request.POST.get("next", "/")
    allowed = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if allowed else "/"


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or (empty) as the system says."""
    response = HttpResponseRedirect(back(request))
    theme = request.POST.get("theme", "")
    if theme in ("light", "dark"):
        response.set_cookie(
            "theme", theme, max_age=YEAR, samesite="Lax", secure=settings.HTTPS, httponly=True
        )
    else:
        response.delete_cookie("theme")
    return response


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """English, French or Spanish; kept with the person where somebody is signed in, not where another acts as it."""
    response = django_set_language(request)
    language = request.POST.get("language", "")
    user = request.user
    if user.is_authenticated and user.impersonated_by is None and language in dict(settings.LANGUAGES):
        user.language = language
        user.save(update_fields=["language"])
    assert isinstance(response, HttpResponse)
    return response
