"""The name search: one box, answers that come in one by one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panel.access.rules import Permission, actor_of, requires
from panel.billing import cart as carts
from panel.billing.pricing import PriceBook
from panel.domain.models import Search, SearchLine
from panel.domain.names import ImpossibleName
from panel.domain.offers import Offer, offers_for
from panel.domain.search import (
    SearchTooOften,
    is_done,
    is_slow,
    more_extensions,
    remaining_extensions,
    searches_for,
    start_search,
    try_again,
    wake_if_due,
)

STOP_POLLING = 286
RECENT = 5


@requires(Permission.CUSTOMER_READ)
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """The empty box; posting it starts a search."""
    actor = actor_of(request)
    if request.method != "POST":
        recent = searches_for(actor).order_by("-pk").only("public_id", "query", "customer")[:RECENT]
        typed = request.GET.get("q", "")
        return render(request, "search/start.html", {"query": typed, "recent": recent})
    typed = request.POST.get("q", "")
    try:
        found = start_search(actor, typed, language=get_language() or "en")
    except ImpossibleName as error:
        problem = str(error.sentence)
    except SearchTooOften:
        problem = _("That was a lot of searches in one minute. Wait a moment, then go on.")
    else:
        return redirect("search-results", found.public_id)
    return render(request, "search/start.html", {"query": typed, "problem": problem}, status=422)


@requires(Permission.CUSTOMER_READ)
@require_safe
def results(request: HttpRequest, public_id: str) -> HttpResponse:
    """What is known so far; asked for again every second until everything is answered."""
    found = get_object_or_404(searches_for(actor_of(request)), public_id=public_id)
    context = _results_context(request, found)
    if not context["done"]:
        wake_if_due(found)
    if not request.htmx or request.htmx.boosted:  # type: ignore[attr-defined]
        return render(request, "search/results.html", context)
    changed = _changed(request, context)
    moved = changed or request.GET.get("slow") != str(context["slow"])
    if not moved and not context["done"]:
        return HttpResponse(status=204)
    status = STOP_POLLING if context["done"] else 200
    return render(
        request, "search/part/news.html", {**context, "changed": changed, "oob": True}, status=status
    )


@requires(Permission.CUSTOMER_READ)
@require_POST
def more(request: HttpRequest, public_id: str) -> HttpResponse:
    """Check the next extensions as well."""
    found = get_object_or_404(searches_for(actor_of(request)), public_id=public_id)
    more_extensions(found, language=get_language() or "en")
    return redirect("search-results", found.public_id)


@requires(Permission.CUSTOMER_READ)
@require_POST
def again(request: HttpRequest, public_id: str) -> HttpResponse:
    """Check once more what got no answer."""
    found = get_object_or_404(searches_for(actor_of(request)), public_id=public_id)
    if not try_again(found):
        messages.info(request, _("Everything has been answered meanwhile."))
    return redirect("search-results", found.public_id)


def _results_context(request: HttpRequest, found: Search) -> dict[str, Any]:
    actor = actor_of(request)
    lines = list(found.lines.select_related("availability"))
    offers = offers_for(actor, lines)
    remaining = remaining_extensions(found, PriceBook(actor.brand), language=get_language() or "en")
    answered = sum(line.state != SearchLine.State.PENDING for line in lines)
    return {
        "search": found,
        "query": found.query,
        "exact": [offer for offer in offers if offer.line.group == SearchLine.Group.EXACT],
        "extensions": [offer for offer in offers if offer.line.group == SearchLine.Group.EXTENSION],
        "suggestions": [offer for offer in offers if offer.line.group == SearchLine.Group.SUGGESTION],
        "answered": answered,
        "total": len(lines),
        "done": is_done(found, lines),
        "slow": is_slow(found, lines),
        "failed": sum(line.state == SearchLine.State.FAILED for line in lines),
        "remaining": len(remaining),
        "offers": offers,
        "in_cart": carts.count_lines(actor),
    }


def _changed(request: HttpRequest, context: dict[str, Any]) -> list[Offer]:
    """The lines that say something else than what the page shows (`shown=KEY:STATE`, of those still open there).

    Answered lines are never sent again: a person may be about to press their button.
    """
    shown = dict(text.split(":", 1) for text in request.GET.getlist("shown") if ":" in text)
    return [offer for offer in context["offers"] if shown.get(str(offer.line.pk), offer.state) != offer.state]
