"""Beginning a zone anew: without any record, or with those that a new zone has."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from panel.dns import drafts
from panel.dns.desk import Desk
from panel.dns.operations import plan_restore
from panel.domain.refusals import CannotDo
from panel.domain.setting_pages import BUSY, SettingPages
from panel.operation.services import AlreadyOpen


def reset(pages: SettingPages, request: HttpRequest, name: str) -> HttpResponseBase:
    """Both ways. Posting `way=empty` makes a draft, `way=defaults` has the default records restored."""
    desk = Desk(pages, request, name)
    desk.the_zone()
    if request.method != "POST":
        return _shown(desk)
    if desk.refusal:
        return _shown(desk, status=422, problem=desk.refusal)
    if desk.changing:
        return _shown(desk, status=BUSY, problem=desk.busy_text())
    return _defaults(desk) if request.POST.get("way") == "defaults" else _emptied(desk)


def _emptied(desk: Desk) -> HttpResponseBase:
    zone, _rules = desk.the_zone()
    if drafts.draft_from(zone, [], user=desk.user).is_empty:
        messages.info(desk.request, _("There is no record that could be deleted."))
        return redirect(desk.urls["zone"])
    return redirect(desk.urls["review"])


def _defaults(desk: Desk) -> HttpResponseBase:
    zone, _rules = desk.the_zone()
    if desk.request.POST.get("mark") != zone.mark:
        text = _("The records are not as you saw them any more. Look at them again.")
        return _shown(desk, status=422, problem=text)
    if desk.request.POST.get("sure") != "yes":
        return _shown(desk, status=422, unsure=_("Say that this is what you want."))
    try:
        plan_restore(desk.domain, actor=desk.user, seen=desk.now.base)
    except CannotDo as refusal:
        return _shown(desk, status=422, problem=desk.pages.say(refusal))
    except AlreadyOpen:
        return _shown(desk, status=BUSY, problem=_("The records are being changed. Wait for that to end."))
    return redirect(desk.urls["zone"])


def _shown(desk: Desk, *, status: int = 200, **more: Any) -> HttpResponseBase:
    zone, rules = desk.the_zone()
    context = desk.context(
        page=desk.urls["reset"],
        count=len(zone.records),
        has_defaults=rules.has_defaults,
        has_draft=not desk.now.is_empty,
        busy=desk.busy_text(),
        **more,
    )
    return render(desk.request, "dns/reset.html", context, status=status)
