"""The last look before paying, and paying."""

from __future__ import annotations

import secrets
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from panel.access.actor import Actor
from panel.access.rules import Permission, actor_of, requires
from panel.billing import ledger
from panel.billing.cart import cart_of
from panel.billing.models import Cart, Order
from panel.billing.queries import orders_for
from panel.domain.checkout import CartNotReady, PriceChanged, review
from panel.domain.checkout import checkout as place_order
from panel.operation.services import AlreadyOpen

KEY = "checkout_key"


@requires(Permission.CUSTOMER_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def checkout(request: HttpRequest) -> HttpResponse:
    """What, for whom, and what the wallet holds before and after; posting pays."""
    actor = actor_of(request)
    assert actor.customer is not None
    basket = cart_of(actor.customer)
    if request.method == "POST":
        return _pay(request, actor, basket)
    if not basket.lines.exists():
        return redirect("cart")
    return render(request, "cart/review.html", _context(request, actor, basket))


def _pay(request: HttpRequest, actor: Actor, basket: Cart) -> HttpResponse:
    key = request.POST.get(KEY, "")
    placed = _placed(actor, key)
    if placed is not None:
        return redirect("order", placed.public_id)
    if not key or not secrets.compare_digest(key.encode(), str(request.session.get(KEY, "")).encode()):
        problem = _("This page was too old to pay from. Please look at the order once more.")
        return _refused(request, actor, basket, problem=problem)
    try:
        order = place_order(actor, basket, checkout_key=key, expected_total=_expected(request))
    except ledger.NotEnoughMoney:
        return _refused(request, actor, basket)
    except PriceChanged as changed:
        return _refused(request, actor, basket, new_total=changed.new_total)
    except CartNotReady:
        return _refused(request, actor, basket)
    except AlreadyOpen as already:
        problem = _("%(name)s is being registered already. Take it out of the cart.")
        return _refused(request, actor, basket, problem=problem % {"name": already.operation.label})
    request.session.pop(KEY, None)
    return redirect("order", order.public_id)


def _refused(request: HttpRequest, actor: Actor, basket: Cart, **why: Any) -> HttpResponse:
    if not basket.lines.exists():
        return redirect("orders")
    return render(request, "cart/review.html", {**_context(request, actor, basket), **why}, status=422)


def _context(request: HttpRequest, actor: Actor, basket: Cart) -> dict[str, Any]:
    assert actor.customer is not None
    found = review(actor, basket)
    balance = ledger.balance(actor.customer)
    lines_wrong = any(line.problem or line.field_errors for line in found.lines)
    return {
        "cart": basket,
        "review": found,
        "registrant": basket.registrant,
        "balance": balance,
        "balance_after": balance - found.total,
        "checkout_key": _key(request, actor),
        "expected_total": str(found.total),
        "blocked": bool(found.problems) or lines_wrong,
        # Only the contact itself can be what is wrong: it is one click away.
        "contact_problem": bool(found.problems) and not basket.nameservers and basket.registrant is not None,
    }


def _key(request: HttpRequest, actor: Actor) -> str:
    """One random key per cart that is about to be paid; whoever posts it twice gets the same order."""
    key = str(request.session.get(KEY, ""))
    if not key or _placed(actor, key) is not None:
        key = secrets.token_urlsafe(24)
        request.session[KEY] = key
    return key


def _placed(actor: Actor, key: str) -> Order | None:
    return orders_for(actor).filter(checkout_key=key).first() if key else None


def _expected(request: HttpRequest) -> Decimal:
    try:
        return Decimal(request.POST.get("expected_total", ""))
    except InvalidOperation:
        return Decimal(-1)
