"""What a name's nameservers serve: what each of them said, and having them asked."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from panel.core.mark import mark_of
from panel.dns import served
from panel.dns.desk import Desk
from panel.dns.models import Zone
from panel.domain.asking import checks
from panel.domain.asking.checks import Purpose, Shown
from panel.domain.asking.words import line_of
from panel.domain.models import to_unicode
from panel.domain.setting_pages import SettingPages

STOP_POLLING = 286


def show(pages: SettingPages, request: HttpRequest, name: str) -> HttpResponseBase:
    """What the nameservers said last; posting has them asked. The page asks for the part `servers` while it waits."""
    desk = Desk(pages, request, name)
    zone, _rules = desk.the_zone()
    if request.method == "POST":
        _ask(desk, zone)
        return redirect(pages.url("domain-dns-served", name))
    found = checks.latest(desk.domain, Purpose.SERVED)
    if found is not None:
        checks.wake_if_due(found)
    return _answer(desk, found)


def _ask(desk: Desk, zone: Zone) -> None:
    if checks.just_begun(desk.domain, Purpose.SERVED):
        messages.info(desk.request, _("They were asked just now. Wait a few seconds."))
        return
    try:
        served.check_zone(desk.domain, zone, actor=desk.user)
    except served.NotAsked:
        messages.info(desk.request, _("There is no nameserver that could be asked for this zone."))


def _answer(desk: Desk, found: Shown | None) -> HttpResponseBase:
    request, mark = desk.request, _mark(found)
    context = desk.context(
        found=found,
        lines=[line_of(found, answer) for answer in found.answers] if found else [],
        sets=[(item, to_unicode(item.name)) for item in found.sets] if found else [],
        changed=bool(found and found.check.about),
        mark=mark,
        answering=desk.answering,
        page=desk.pages.url("domain-dns-served", desk.domain.name),
    )
    if request.htmx and request.htmx.target == "servers":  # type: ignore[attr-defined]
        live = found is not None and found.live
        if live and request.GET.get("seen") == mark:
            return HttpResponse(status=204)
        status = 200 if live else STOP_POLLING
        return render(request, "dns/served.html#servers", context, status=status)
    return render(request, "dns/served.html", context)


def _mark(found: Shown | None) -> str:
    """The same while nothing new is known."""
    told: list[Any] = (
        [(answer.server, answer.state, answer.sets) for answer in found.answers] if found else []
    )
    return mark_of(found and found.check.pk, told)
