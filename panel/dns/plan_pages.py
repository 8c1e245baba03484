"""Looking at a draft as a whole, applying it, and deciding what somebody else has changed meanwhile."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from panel.dns import drafts
from panel.dns.desk import Desk
from panel.dns.operations import plan_zone
from panel.dns.outcome import outcome_of
from panel.dns.plans import Plan, groups_of, plan_of
from panel.domain.refusals import BadValue, CannotDo
from panel.domain.setting_pages import BUSY, SettingPages
from panel.operation.services import AlreadyOpen


def review(pages: SettingPages, request: HttpRequest, name: str) -> HttpResponseBase:
    """What the draft adds, changes and deletes, and what there is to say about it; posting applies exactly that."""
    desk = Desk(pages, request, name)
    _zone, rules = desk.the_zone()
    if desk.now.conflicts:
        return redirect(desk.urls["decide"])
    plan = plan_of(desk.now, rules)
    if request.method != "POST":
        return _shown(desk, plan)
    wrong = _against(desk, plan)
    if wrong:
        return _shown(desk, plan, status=422, **wrong)
    return _applied(desk, plan)


def _against(desk: Desk, plan: Plan) -> dict[str, str]:
    """What keeps the plan from being applied, and where it is told."""
    sent = desk.request.POST
    if desk.refusal:
        return {"problem": desk.refusal}
    if not plan.now.changes:
        return {"problem": _("There is nothing to change.")}
    if sent.get("mark") != plan.mark:
        return {
            "problem": _("The records or your changes are not as you saw them any more. Look at them again.")
        }
    if plan.errors:
        return {"problem": _("Something is wrong with the records. Change it first.")}
    if plan.risks and sent.get("sure") != "yes":
        return {"unsure": _("Say that this is what you want.")}
    return {}


def _applied(desk: Desk, plan: Plan) -> HttpResponseBase:
    now = plan.now
    try:
        plan_zone(desk.domain, now.wanted, actor=desk.user, seen=now.base, base=now.zone.serial)
    except BadValue:
        text = _("A zone cannot be without any record.") if not now.wanted else _("Check the records.")
        return _shown(desk, plan, status=422, problem=text)
    except CannotDo as refusal:
        return _shown(desk, plan, status=422, problem=desk.pages.say(refusal))
    except AlreadyOpen:
        return _shown(
            desk, plan, status=BUSY, problem=_("The records are being changed. Wait for that to end.")
        )
    return redirect(desk.urls["zone"])


def _shown(desk: Desk, plan: Plan, *, status: int = 200, **more: Any) -> HttpResponseBase:
    context = desk.context(
        plan=plan,
        groups=groups_of(plan.now.changes, everything=desk.request.GET.get("all") == "1"),
        at_once=desk.at_once,
        answering=desk.answering,
        **{"problem": "", "unsure": "", **more},
    )
    return render(desk.request, "dns/review.html", context, status=status)


def decide(pages: SettingPages, request: HttpRequest, name: str) -> HttpResponseBase:
    """What was changed elsewhere and in the draft: posting says for each whose it shall be."""
    desk = Desk(pages, request, name)
    zone, _rules = desk.the_zone()
    conflicts = desk.now.conflicts
    if not conflicts:
        return redirect(desk.urls["review"] if desk.now.changes else desk.urls["zone"])
    if request.method != "POST":
        return render(request, "dns/decide.html", desk.context(conflicts=conflicts, problem=""))
    answers = {conflict.row: request.POST.get(f"row-{conflict.row}", "") for conflict in conflicts}
    if set(answers.values()) - {"mine", "theirs"}:
        context = desk.context(
            conflicts=conflicts, answers=answers, problem=_("Choose for each record which one it shall be.")
        )
        return render(request, "dns/decide.html", context, status=422)
    now = drafts.decide(zone, desk.user, [row for row, whose in answers.items() if whose == "mine"])
    return redirect(desk.urls["review"] if now.changes else desk.urls["zone"])


def again(pages: SettingPages, request: HttpRequest, name: str) -> HttpResponseBase:
    """After a change that stopped in the middle: make a draft that finishes it, or one that takes it back."""
    desk = Desk(pages, request, name)
    zone, _rules = desk.the_zone()
    last, way = desk.last_change, request.POST.get("way", "")
    if last is None or way not in ("finish", "back"):
        raise Http404
    outcome = outcome_of(last, zone)
    if not outcome.is_partway:
        messages.info(request, _("Nothing is half done any more."))
        return redirect(desk.urls["zone"])
    drafts.draft_from(zone, outcome.wanted if way == "finish" else outcome.base, user=desk.user)
    return redirect(desk.urls["review"])
