"""The zone of a name for every audience: its records, searched and read anew."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from panel.dns.desk import Desk
from panel.dns.listing import Search, listed
from panel.dns.operations_read import plan_read_zone
from panel.dns.outcome import outcome_of
from panel.dns.wording import ORDER, type_choices
from panel.domain.refreshing import JustRead
from panel.domain.refusals import CannotDo
from panel.domain.setting_pages import SettingPages
from panel.operation.states import State
from panel.operation.words import describe

RESULTS_SHOWN = 50
# How long a change that went well is spoken of; after that its version tells.
NEWS = timedelta(days=1)


def zone(pages: SettingPages, request: HttpRequest, name: str) -> HttpResponseBase:
    """The records that there are, with the draft in them; posting has them read anew."""
    desk = Desk(pages, request, name)
    if request.method == "POST":
        return _read(desk)
    part = _part(request)
    if part == "zone" and request.GET.get("seen") == desk.mark:
        return HttpResponse(status=204)
    template = f"dns/zone.html#{part}" if part else "dns/zone.html"
    return render(request, template, page_context(desk))


def show(desk: Desk, *, row: str = "", problem: str = "", status: int = 200) -> HttpResponseBase:
    """The zone's page after something was done to its draft: the part to htmx, to others by way of its address."""
    address = desk.urls["zone"] + Search.of(desk.request.GET).query()
    if not desk.request.htmx:  # type: ignore[attr-defined]
        if status == 200:
            return redirect(f"{address}#row-{row}" if row else address)
        return render(desk.request, "dns/zone.html", page_context(desk, problem=problem), status=status)
    context = page_context(desk, focus=row, problem=problem)
    answer = render(desk.request, "dns/zone.html#zone", context, status=422 if status != 200 else 200)
    answer["HX-Retarget"], answer["HX-Reswap"] = "#zone", "outerHTML"
    return answer


def page_context(desk: Desk, **more: Any) -> dict[str, Any]:
    """What the page of a zone shows."""
    context = desk.context(deeper=False, answering=desk.answering, reading=desk.reading, mark=desk.mark)
    context |= {"live": bool(desk.reading or desk.changing), "at_once": desk.at_once, "focus": "", **more}
    if desk.rules is not None:
        context |= {"types": type_choices(desk.rules), "all_types": list(map(str, ORDER))}
    if desk.is_there:
        search = Search.of(desk.request.GET)
        listing = listed(desk.now, search, desk.comments())
        context |= {
            "listing": listing,
            "search": listing.search,
            "query": listing.search.query(),
            "actions": _actions(desk, listing.search.query()),
            "now": desk.now,
        }
    else:
        context["is_new"] = desk.is_new
    return context | _last(desk)


def _actions(desk: Desk, query: str) -> dict[str, str]:
    """Where a row's buttons lead, worked out once for all rows: `edit` ends with what the row's name follows."""
    urls = desk.urls
    return {
        "edit": f"{urls['record']}{query}&row=" if query else f"{urls['record']}?row=",
        "drop": urls["drop"] + query,
        "restore": urls["restore"] + query,
    }


def _last(desk: Desk) -> dict[str, Any]:
    """The last change in words, and what became of its records where it did not end well."""
    last, zone = desk.last_change, desk.zone
    if last is None or zone is None:
        return {}
    audience = "staff" if desk.actor.is_staff and desk.pages.prefix == "office:" else "customer"
    found: dict[str, Any] = {
        "last": last,
        "last_words": describe(last, audience),  # type: ignore[arg-type]
        "last_url": desk.operation_url(last),
        "undo_to": zone.serial - 1,
        "last_is_news": last.finished_at is not None and timezone.now() - last.finished_at < NEWS,
    }
    if last.state in (State.FAILED, State.ATTENTION):
        outcome = outcome_of(last, zone)
        # Whatever was done to the zone since, that change is not what it is about any more.
        since = zone.versions.exclude(source="partway").filter(at__gt=last.updated_at)
        matters = not since.exists() if outcome.is_partway else found["last_is_news"] or not last.is_final
        found["outcome"] = outcome if matters else None
        found["results"] = outcome.results[:RESULTS_SHOWN]
        found["more_results"] = max(0, len(outcome.results) - RESULTS_SHOWN)
    return found


def _part(request: HttpRequest) -> str:
    """Which part of the page htmx asks for."""
    target = request.htmx.target if request.htmx else ""  # type: ignore[attr-defined]
    return target if target in ("zone", "records") else ""


def _read(desk: Desk) -> HttpResponseBase:
    try:
        plan_read_zone(desk.domain, actor=desk.user)
    except JustRead:
        messages.info(desk.request, _("The records were read just now: nothing newer is known."))
    except CannotDo as refusal:
        messages.error(desk.request, desk.pages.say(refusal))
    return redirect(desk.urls["zone"])
