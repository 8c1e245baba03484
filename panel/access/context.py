"""What every page's template knows."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from panel.access.actor import Actor
from panel.access.parts import NOTHING, WHOLE, Rights

CUSTOMER_NAV = (
    (_("Domains"), "domains", "globe"),
    (_("Search"), "search", "search"),
    (_("Cart"), "cart", "shopping-cart"),
    (_("Orders"), "orders", "package"),
    (_("Renewals"), "renewals", "calendar-clock"),
    (_("Contacts"), "contacts", "contact"),
    (_("Wallet"), "wallet", "wallet"),
)
DELEGATE_NAV = ((_("Shared with me"), "shared", "share-2"),)
STAFF_NAV = (
    (_("Overview"), "office:dashboard", "layout-dashboard"),
    (_("Operations"), "office:operations", "activity"),
    (_("Domains"), "office:domains", "globe"),
    (_("Renewals"), "office:renewals", "calendar-clock"),
    (_("Customers"), "office:customers", "users"),
    (_("Accounts"), "office:accounts", "plug"),
    (_("Prices"), "office:prices", "tags"),
    (_("Health"), "office:health", "heart-pulse"),
)
BRAND_NAV = (
    (_("Overview"), "brandadmin:dashboard", "layout-dashboard"),
    (_("Customers"), "brandadmin:customers", "users"),
    (_("Domains"), "brandadmin:domains", "globe"),
    (_("Renewals"), "brandadmin:renewals", "calendar-clock"),
    (_("Prices"), "brandadmin:prices", "tags"),
    (_("Appearance"), "brandadmin:look", "palette"),
)


# Pages that stand below an entry without its address saying so, by the names of their routes.
BELOW = {
    "jobs": "domains",
    "handovers": "domains",
    "hosting": "domains",
    "office:hosting": "office:domains",
    "brandadmin:hosting": "brandadmin:domains",
    "transfer": "domains",
}


def page(request: HttpRequest) -> dict[str, Any]:
    """Brand, actor, audience, navigation, and what the actor may do about the name of the page."""
    actor: Actor | None = getattr(request, "actor", None)
    audience = audience_of(request)
    buys = actor is not None and actor.customer is not None
    rights = NOTHING if actor is None else actor.rights or _rights(actor, audience)
    cart_count = SimpleLazyObject(lambda: _cart_count(actor)) if actor and buys else 0
    return {
        "brand": getattr(request, "brand", None),
        "actor": actor,
        "rights": rights,
        "audience": audience,
        "layout": f"base/{audience}.html",
        "nav": _nav(request, audience, cart_count) if actor else [],
        "account_menu": _account_menu(actor) if actor else [],
        "demo_mode": settings.DEMO,
        "request_id": getattr(request, "id", ""),
        "theme": request.COOKIES.get("theme", ""),
        "cart_count": cart_count,
    }


def audience_of(request: HttpRequest) -> str:
    """Whose pages these are: customer, staff or brand. Pages that all share follow the person's own."""
    if request.path.startswith("/office/"):
        return "staff"
    if request.path.startswith("/brand/"):
        return "brand"
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or actor.customer is not None:
        return "customer"
    if actor.is_staff:
        return "staff"
    return "brand" if actor.is_brand_admin else "customer"


def _rights(actor: Actor, audience: str) -> Rights:
    """Where the view declared no part: staff and brand people have the names of their pages whole."""
    return actor.standing_rights if audience == "customer" else WHOLE


def _nav(request: HttpRequest, audience: str, cart_count: Any) -> list[dict[str, Any]]:
    entries = {"staff": STAFF_NAV, "brand": BRAND_NAV}.get(audience, _customer_nav(request))
    urls = {name: _url(name) for _label, name, _icon in entries}
    owners = {url: url for url in urls.values() if url}
    owners |= {_folder(_url(route)): urls[entry] for route, entry in BELOW.items() if urls.get(entry)}
    found = max((url for url in owners if url and request.path.startswith(url)), key=len, default="")
    here = owners.get(found, "")
    if request.actor.rights is not None and request.actor.rights.lent:  # type: ignore[attr-defined]
        here = urls.get("shared", "")
    counts = {"cart": cart_count}
    return [
        {
            "name": name,
            "label": label,
            "url": urls[name],
            "icon": icon,
            "active": urls[name] == here,
            "count": counts.get(name),
        }
        for label, name, icon in entries
        if urls[name]
    ]


def _customer_nav(request: HttpRequest) -> tuple[tuple[Any, str, str], ...]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    own = CUSTOMER_NAV if actor.customer is not None else ()
    return (*own, *DELEGATE_NAV) if actor.is_delegate else own


def _account_menu(actor: Actor) -> list[dict[str, Any]]:
    entries = [
        (
            _("My domains"),
            "domains",
            "globe",
            actor.customer is not None and (actor.is_staff or actor.is_brand_admin),
        ),
        (_("People with access"), "access", "users", actor.customer is not None),
        (_("People with access"), "office:access", "users", actor.customer is None and actor.is_staff),
        (
            _("People with access"),
            "brandadmin:access",
            "users",
            actor.customer is None and actor.is_brand_admin and not actor.is_staff,
        ),
        (
            _("Shared with me"),
            "shared",
            "share-2",
            actor.is_delegate and (actor.is_staff or actor.is_brand_admin),
        ),
        (_("Brand pages"), "brandadmin:dashboard", "store", actor.is_brand_admin),
        (_("Back office"), "office:dashboard", "shield", actor.is_staff),
        (_("Security and sign-in"), "security", "key-round", actor.impersonation is None),
        (_("Sign out"), "account_logout", "log-out", True),
    ]
    return [
        {"label": label, "url": _url(name), "icon": icon, "post": name == "account_logout"}
        for label, name, icon, shown in entries
        if shown and _url(name)
    ]


def _folder(url: str) -> str:
    """The first part of an address, behind that of the audience: what all pages of one noun have in common."""
    parts = url.strip("/").split("/")
    parts = parts[:2] if parts[0] in ("office", "brand") else parts[:1]
    return f"/{'/'.join(parts)}/" if parts[0] else ""


def _url(name: str) -> str:
    return _address(name, get_urlconf(), get_script_prefix())


@lru_cache(maxsize=512)
def _address(name: str, urlconf: str | None, _prefix: str) -> str:
    """Found once for each kind of host: every page has some thirty of these."""
    try:
        return reverse(name, urlconf=urlconf)
    except NoReverseMatch:
        return ""


def _cart_count(actor: Actor) -> int:
    from django.apps import apps

    return apps.get_model("billing", "CartLine").objects.filter(cart__customer=actor.customer).count()
