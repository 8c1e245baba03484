"""Permissions, declared on every view. A route without a declaration fails the tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from panel.access.actor import Actor
from panel.access.parts import Declared, Level, need_of

View = Callable[..., HttpResponseBase]
SAFE = ("GET", "HEAD", "OPTIONS")


class Permission(StrEnum):
    """Who may open a route."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    CUSTOMER_READ = "customer_read"
    CUSTOMER_WRITE = "customer_write"
    CUSTOMER_OWNER = "customer_owner"
    BRAND = "brand"
    STAFF = "staff"


OF_CUSTOMERS = frozenset({Permission.CUSTOMER_READ, Permission.CUSTOMER_WRITE, Permission.CUSTOMER_OWNER})


def requires(
    permission: Permission,
    *,
    personal: bool = False,
    part: Declared | None = None,
    level: Level | None = None,
) -> Callable[[View], View]:
    """Declare and enforce a view's permission; a `personal` one is not for staff who act as the person.

    Nobody signed in: to the sign-in page. Staff and brand pages do not exist for others (404). A read-only member who
    may see a page and not do a thing is told so (403).

    A customer's view of a name (`name` in its address) also says which `part` of it is needed, and how far (see
    panel.access.parts). To whom the name was lent, that decides instead of the role: 404 for what is not lent, 403 for
    what is lent to be read only. What the view then asks of scopes includes the names of which the part is lent.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            lent = part is not None and _bind(request, part, level, kwargs)
            answer = None if lent else _refuse(request, permission, part is not None)
            if answer is None and personal and actor_of(request).impersonation is not None:
                answer = not_yours(request)
            return answer if answer is not None else view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        guarded.personal = personal  # type: ignore[attr-defined]
        guarded.part = part  # type: ignore[attr-defined]
        guarded.level = level  # type: ignore[attr-defined]
        return guarded

    return decorate


def actor_of(request: HttpRequest) -> Actor:
    """The request's actor, in a view that requires one."""
    actor = getattr(request, "actor", None)
    if actor is None:
        raise Http404
    assert isinstance(actor, Actor)
    return actor


def not_yours(request: HttpRequest) -> HttpResponse:
    """What staff who act as somebody find where only the person itself may go."""
    return render(request, "access/not_yours.html", status=403)


def _bind(request: HttpRequest, part: Declared, level: Level | None, arguments: Mapping[str, Any]) -> bool:
    """Let the actor know what the view needs; True where it is lent to them. Raises Http404, PermissionDenied."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return False
    rights = actor.rights_to(arguments["name"]) if "name" in arguments else None
    lent = rights is not None and rights.lent
    need = need_of(part, level, request.method in SAFE, arguments)
    request.actor = replace(actor, need=need, rights=rights)  # type: ignore[attr-defined]
    if rights is None or not lent or rights.meets(need):
        return lent
    if rights.meets(replace(need, level=Level.READ)):
        raise PermissionDenied
    raise Http404


def _refuse(request: HttpRequest, permission: Permission, declared: bool = False) -> HttpResponseBase | None:
    if permission == Permission.PUBLIC:
        return None
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return _to_sign_in(request)
    if permission == Permission.STAFF and not actor.is_staff:
        raise Http404
    if permission == Permission.BRAND and not actor.is_brand_admin:
        raise Http404
    if permission in OF_CUSTOMERS and actor.customer is None:
        if request.path == "/" or (actor.is_delegate and request.path == reverse("domains")):
            return redirect(_home_of(actor))
        raise Http404
    if permission == Permission.CUSTOMER_WRITE and not actor.can_change:
        raise PermissionDenied
    if permission == Permission.CUSTOMER_OWNER and not actor.can_grant:
        raise PermissionDenied
    # Who may open a page does not change what is on it by posting.
    if declared and actor.rights and actor.need and actor.need.parts and not actor.rights.meets(actor.need):
        raise PermissionDenied
    return None


def _home_of(actor: Actor) -> str:
    """Where somebody begins who acts for no customer."""
    if actor.is_staff:
        return "office:dashboard"
    return "brandadmin:dashboard" if actor.is_brand_admin else "shared"


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    if request.headers.get("HX-Request"):
        # A fragment cannot show a sign-in page: the browser is sent there as a whole.
        response = HttpResponse(status=204)
        response["HX-Redirect"] = redirect_to_login(request.headers.get("HX-Current-URL", "/")).url
        return response
    return redirect_to_login(request.get_full_path())
