"""Every state in which a zone was: who made it, what lies between two of them, and going back to one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from panel.dns import drafts, mirror
from panel.dns.desk import Desk
from panel.dns.merging import between
from panel.dns.models import Version, Zone
from panel.dns.plans import groups_of
from panel.domain.setting_pages import SettingPages

VERSIONS_SHOWN = 50


def versions(pages: SettingPages, request: HttpRequest, name: str) -> HttpResponseBase:
    """The versions, newest first; `from` and `to` show what lies between two of them."""
    desk = Desk(pages, request, name)
    zone, _rules = desk.the_zone()
    before = _number(request.GET.get("before", "")) or zone.serial + 1
    rows = list(_listed(zone).filter(number__lt=before)[: VERSIONS_SHOWN + 1])
    context = desk.context(
        versions=[{"version": row, "by": _who(row, desk)} for row in rows[:VERSIONS_SHOWN]],
        older=rows[VERSIONS_SHOWN - 1].number if len(rows) > VERSIONS_SHOWN else 0,
        has_draft=desk.may_change and not desk.now.is_empty,
    )
    chosen = [_number(request.GET.get(end, "")) for end in ("from", "to")]
    # What was applied last, until somebody chooses.
    context |= {"from_number": chosen[0] or zone.serial - 1, "to_number": chosen[1] or zone.serial}
    if all(chosen):
        context |= _compared(desk, zone, *chosen)
    return render(request, "dns/versions.html", context)


def undo(pages: SettingPages, request: HttpRequest, name: str) -> HttpResponseBase:
    """Make a draft that takes the zone back to a version; it is reviewed and applied like any other."""
    desk = Desk(pages, request, name)
    zone, _rules = desk.the_zone()
    version = _version(zone, _number(request.POST.get("version", "")))
    now = drafts.draft_from(zone, mirror.records_of(version), user=desk.user)
    if now.is_empty:
        messages.info(request, _("The zone is like that already."))
        return redirect(desk.urls["versions"])
    return redirect(desk.urls["review"])


def _compared(desk: Desk, zone: Zone, first: int, second: int) -> dict[str, Any]:
    old, new = _version(zone, first), _version(zone, second)
    changes = between(mirror.records_of(old), mirror.records_of(new), desk.domain.name)
    return {
        "old": old,
        "new": new,
        "old_number": str(first),
        "new_number": str(second),
        "groups": groups_of(changes, everything=desk.request.GET.get("all") == "1"),
        "same": not changes,
    }


def _listed(zone: Zone) -> QuerySet[Version]:
    """Without their records: a version may have thousands."""
    rows = zone.versions.select_related("actor").defer("records")
    return rows.annotate(customer_id=F("operation__customer"))


def _version(zone: Zone, number: int) -> Version:
    found = zone.versions.filter(number=number).first()
    if found is None:
        raise Http404
    return found


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _who(version: Version, desk: Desk) -> str:
    """By whom it was; customers are told neither which of our staff it was, nor who of an earlier customer."""
    actor = version.actor
    if actor is None:
        return ""
    if desk.actor.is_staff:
        return str(actor)
    theirs = version.customer_id == desk.domain.customer_id  # type: ignore[attr-defined]
    return _("our staff") if actor.is_staff else str(actor) if theirs else ""
