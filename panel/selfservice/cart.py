"""The cart: names, years, who they are for."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from panel.access.actor import Actor
from panel.access.rules import Permission, actor_of, requires
from panel.billing import cart as carts
from panel.billing.models import Cart
from panel.billing.pricing import PriceBook
from panel.contact.models import Contact
from panel.contact.queries import contacts_for
from panel.domain.checkout import Review, review
from panel.domain.models import SearchLine
from panel.domain.names import split
from panel.domain.offers import NotForSale, offers_for, put_in_cart
from panel.domain.registration_form import RegistrationForm
from panel.domain.search import search_lines_for

REMOVED = "cart_removed"
NEW_CONTACT_AFTER = "cart_new_contact_after"


@requires(Permission.CUSTOMER_READ)
@require_http_methods(["GET", "HEAD", "POST"])
def cart(request: HttpRequest) -> HttpResponse:
    """Lines and the questions about them; posting goes on to the review."""
    actor = actor_of(request)
    basket = _cart(actor)
    if request.method != "POST":
        return render(request, "cart/cart.html", _context(request, basket))
    if not actor.can_buy:
        return redirect("cart")
    form = _form(actor, basket, data=request.POST)
    step = request.POST.get("step", "review")
    if step != "review":
        form.save_draft()
        return _to_new_contact(request, actor) if step == "contact" else _refreshed(request, basket)
    if not form.is_valid():
        return render(request, "cart/cart.html", _context(request, basket, form), status=422)
    form.save()
    request.session.pop(NEW_CONTACT_AFTER, None)
    return redirect("checkout")


@requires(Permission.CUSTOMER_WRITE)
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Put a name that was found free into the cart."""
    actor = actor_of(request)
    name = request.POST.get("name", "").strip().lower()[:253]
    years = request.POST.get("years", "")
    try:
        sold = set(PriceBook(actor.brand).tlds())
        put_in_cart(actor, name, split(name, sold)[1], years=int(years) if years.isdigit() else None)
    except NotForSale:
        messages.error(request, _("This name cannot be bought right now. Search for it again."))
    except carts.CartFull:
        messages.error(
            request,
            _("A cart holds at most %(most)d names. Order these first.") % {"most": carts.MOST_LINES},
        )
    return _back(request, actor)


@requires(Permission.CUSTOMER_WRITE)
@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """Take a name out; it can be put back with one click."""
    actor = actor_of(request)
    basket = _cart(actor)
    if "nameserver_choice" in request.POST:
        _form(actor, basket, data=request.POST).save_draft()
    gone = carts.remove_line(basket, request.POST.get("name", ""))
    if gone is not None and not request.POST.get("line"):
        request.session[REMOVED] = {"name": gone.name, "years": gone.years}
    return _back(request, actor)


@requires(Permission.CUSTOMER_WRITE)
@require_POST
def years(request: HttpRequest) -> HttpResponse:
    """Change for how long a name is bought; prices and total follow."""
    basket = _cart(actor_of(request))
    line = get_object_or_404(basket.lines, name=request.POST.get("name", ""))
    book = PriceBook(actor_of(request).brand, [line.tld_name])
    quote = book.quote(line.tld_name, line.action)
    try:
        if quote is None:
            raise carts.YearsNotOffered
        carts.set_years(line, int(request.POST.get("years", "")), quote)
    except ValueError:
        messages.error(request, _("So many years are not offered for this name."))
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "cart/cart.html#lines", _lines_context(actor_of(request), basket))
    return redirect("cart")


def _cart(actor: Actor) -> Cart:
    assert actor.customer is not None
    return carts.cart_of(actor.customer)


def _form(actor: Actor, basket: Cart, data: Any = None, proposed: Contact | None = None) -> RegistrationForm:
    lines = list(basket.lines.all())
    book = PriceBook(actor.brand, {line.tld_name for line in lines})
    return RegistrationForm(basket, lines, contacts_for(actor), book, data=data, proposed=proposed)


def _to_new_contact(request: HttpRequest, actor: Actor) -> HttpResponse:
    newest = contacts_for(actor).order_by("-pk").first()
    request.session[NEW_CONTACT_AFTER] = newest.pk if newest else 0
    return redirect(_contact_url())


def _new_contact(request: HttpRequest, actor: Actor) -> Contact | None:
    """The contact that was made on the way here: it is chosen to begin with."""
    if NEW_CONTACT_AFTER not in request.session:
        return None
    before = request.session[NEW_CONTACT_AFTER]
    return contacts_for(actor).filter(pk__gt=before).order_by("-pk").first()


def _lines_context(actor: Actor, basket: Cart) -> dict[str, Any]:
    found: Review = review(actor, basket)
    return {"cart": basket, "review": found, "can_buy": actor.can_buy}


def _context(request: HttpRequest, basket: Cart, form: RegistrationForm | None = None) -> dict[str, Any]:
    actor = actor_of(request)
    context = _lines_context(actor, basket)
    context["form"] = form or _form(actor, basket, proposed=_new_contact(request, actor))
    context["has_contacts"] = contacts_for(actor).exists()
    context["contact_url"] = _contact_url()
    context["removed"] = request.session.pop(REMOVED, None) if REMOVED in request.session else None
    return context


def _refreshed(request: HttpRequest, basket: Cart) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        request.session.pop(NEW_CONTACT_AFTER, None)
        return render(request, "cart/cart.html#details", _context(request, basket))
    return redirect("cart")


def _back(request: HttpRequest, actor: Actor) -> HttpResponse:
    """To where the button was: a line of a search, or the cart."""
    pk = request.POST.get("line", "")
    found = None
    if pk.isascii() and pk.isdigit() and len(pk) < 19:
        found = search_lines_for(actor).filter(pk=int(pk)).first()
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("search-results", found.search.public_id) if found else redirect("cart")
    if found is None:
        basket = _cart(actor)
        return render(request, "cart/cart.html#cart", {**_context(request, basket), "swapped": True})
    context = {
        "offer": offers_for(actor, [found])[0],
        "is_exact": found.group == SearchLine.Group.EXACT,
        "in_cart": carts.count_lines(actor),
        "oob": True,
    }
    return render(request, "search/part/swapped_line.html", context)


def _contact_url() -> str:
    try:
        return f"{reverse('contact-new')}?{urlencode({'next': reverse('cart')})}"
    except NoReverseMatch:
        return ""
