"""Pages of a change of many zones: what to do, a plan for each zone, and starting the chosen ones."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panel.access.rules import actor_of
from panel.dns import many, presets
from panel.dns.many import Transform, ZonePlan
from panel.dns.many_forms import ChooseForm, ReplaceForm
from panel.dns.preset_book import BY_SLUG, PRESETS
from panel.dns.preset_forms import PresetForm
from panel.domain.refusals import CannotDo
from panel.domain.setting_pages import SettingPages
from panel.operation.services import AlreadyOpen
from registrar.types import DnsRecord
from registrar.zones import zone_rules

SHARED = tuple(preset for preset in PRESETS if not preset.is_personal)


def replace(pages: SettingPages, request: HttpRequest) -> HttpResponseBase:
    """One address or host in place of another, in every zone that has it; posting starts the chosen zones."""
    data = _sent(request)
    form = ReplaceForm(data if "old" in data else None)
    context = {"title": _("Replace an address"), "form": form, "tool": "replace", "presets": _links(pages)}
    if not form.is_valid():
        return _shown(pages, request, context, status=422 if form.is_bound else 200)
    wanted = form.replacement

    def transform(rows: list[DnsRecord], zone: str) -> list[DnsRecord]:
        return wanted.applied(rows, zone)

    return _planned(pages, request, context, transform, holding=wanted.old, name=form.cleaned_data["name"])


def preset(pages: SettingPages, request: HttpRequest, slug: str) -> HttpResponseBase:
    """One template in many zones; posting starts the chosen ones."""
    found = BY_SLUG.get(slug)
    if found is None or found not in SHARED:
        raise Http404
    data = _sent(request)
    asked = "name" in data
    form, choose = PresetForm(data if asked else None, preset=found), ChooseForm(data if asked else None)
    context = {
        "title": found.title, "form": form, "choose": choose, "tool": "preset", "preset": found,
        "presets": _links(pages),
    }  # fmt: skip
    if not asked or not (form.is_valid() and choose.is_valid()):
        return _shown(pages, request, context, status=422 if asked else 200)
    values = form.values

    def transform(rows: list[DnsRecord], zone: str) -> tuple[DnsRecord, ...]:
        return presets.apply(found, values, rows, zone).wanted

    return _planned(pages, request, context, transform, name=choose.cleaned_data["name"])


def _planned(
    pages: SettingPages, request: HttpRequest, context: dict[str, Any], transform: Transform, **narrowed: str
) -> HttpResponseBase:
    zones = many.zones_of(pages.domains(actor_of(request)), **narrowed)
    if context["tool"] == "preset":
        needed = context["preset"].types
        takes = {
            family
            for family in many.families_of(zones)
            if (rules := zone_rules(family)) and needed <= rules.types
        }
        zones = zones.filter(domain__account__family__in=takes)
    found = many.plans_for(zones, transform)
    rows = [_row(pages, plan) for plan in found.plans]
    context |= {"plans": rows, "more": found.more, "narrow": found.narrow, "asked": True}
    if request.method == "POST":
        return _started(pages, request, context, found.plans)
    return _shown(pages, request, context)


def _row(pages: SettingPages, plan: ZonePlan) -> dict[str, Any]:
    """A zone's plan as the page shows it."""
    said = pages.say(plan.refusal) if plan.refusal else ""
    if plan.busy:
        said = _("Its records are being changed. Wait for that to end.")
    return {"plan": plan, "refusal": said, "url": pages.url("domain-dns", plan.name)}


def _started(
    pages: SettingPages, request: HttpRequest, context: dict[str, Any], plans: list[ZonePlan]
) -> HttpResponseBase:
    chosen = set(request.POST.getlist("zone"))
    marks = {plan.name: request.POST.get(f"mark-{plan.name}", "") for plan in plans}
    unsure = {
        plan.name
        for plan in plans
        if plan.name in chosen and plan.plan.risks and request.POST.get(f"sure-{plan.name}") != "yes"
    }
    if unsure or not chosen:
        problem = (
            _("Choose at least one zone.") if not chosen else _("Say of each marked zone that you are sure.")
        )
        return _shown(
            pages, request, {**context, "problem": problem, "unsure": unsure, "chosen": chosen}, status=422
        )
    done, failed = 0, []
    for plan in plans:
        if plan.name not in chosen:
            continue
        if not plan.can_start or marks[plan.name] != plan.plan.mark:
            failed.append(plan.domain.unicode_name)
            continue
        try:
            many.start(plan, actor=actor_of(request).user)
            done += 1
        except (CannotDo, AlreadyOpen):
            failed.append(plan.domain.unicode_name)
    if done:
        text = ngettext("%(count)d zone is being changed.", "%(count)d zones are being changed.", done)
        messages.success(request, text % {"count": done})
    gone = chosen - {plan.name for plan in plans}
    if failed or gone:
        text = _("Not started, because something about them has changed: %(names)s. Look at them again.")
        messages.warning(request, text % {"names": ", ".join([*failed, *sorted(gone)])})
    return redirect(f"{request.path}?{_sent(request).urlencode()}")


def _sent(request: HttpRequest) -> QueryDict:
    """What was asked for: in the address, whether the page is opened or the plans in it are started."""
    return request.GET


def _links(pages: SettingPages) -> list[tuple[Any, str]]:
    return [(found, pages.url("dns-preset", found.slug)) for found in SHARED]


def _shown(
    pages: SettingPages, request: HttpRequest, context: dict[str, Any], status: int = 200
) -> HttpResponseBase:
    form: Form = context["form"]
    more = {
        "crumbs": [{"label": _("Domains"), "url": pages.url("domains")}],
        "replace_url": pages.url("dns-replace"),
        "here": f"{request.path}?{_sent(request).urlencode()}",
        "most": many.MOST_ZONES,
        "wrong": bool(form.errors),
    }
    return render(
        request, "dns/many.html", {"problem": "", "unsure": set(), **more, **context}, status=status
    )
