"""Record templates for one zone: the choice, what one asks for, and what it would come to."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from panel.dns import drafts, presets
from panel.dns.desk import Desk
from panel.dns.merging import between
from panel.dns.plans import groups_of
from panel.dns.preset_book import BY_SLUG, GROUPS, PRESETS
from panel.dns.preset_forms import PresetForm
from panel.dns.presets import Preset
from panel.domain.setting_pages import SettingPages
from registrar.zones import ZoneRules


def choice(pages: SettingPages, request: HttpRequest, name: str) -> HttpResponseBase:
    """Every template that the registrar can keep, by group."""
    desk = Desk(pages, request, name)
    _zone, rules = desk.the_zone()
    groups = [
        (title, [(preset, _url(desk, preset)) for preset in offered(rules) if preset.group == group])
        for group, title in GROUPS.items()
    ]
    context = desk.context(groups=[(title, found) for title, found in groups if found])
    return render(request, "dns/presets.html", context)


def one(pages: SettingPages, request: HttpRequest, name: str, slug: str) -> HttpResponseBase:
    """What a template asks for and what it would come to; posting `go` makes a draft of it, which is reviewed."""
    desk = Desk(pages, request, name)
    zone, rules = desk.the_zone()
    preset = BY_SLUG.get(slug)
    if preset is None or preset not in offered(rules):
        raise Http404
    form = PresetForm(request.POST if request.method == "POST" else None, preset=preset)
    context: dict[str, Any] = {"preset": preset, "form": form, "page": _url(desk, preset)}
    known = form.is_valid() if form.is_bound else not preset.fields
    if known:
        values = form.values if form.is_bound else {}
        found = presets.apply(preset, values, desk.now.wanted, desk.domain.name)
        changes = between(desk.now.wanted, found.wanted, desk.domain.name)
        if "go" in request.POST and desk.may_change and changes:
            drafts.draft_from(zone, found.wanted, user=desk.user)
            return redirect(desk.urls["review"])
        context |= {"groups": groups_of(changes), "there": found.there, "previewed": True}
    context["presets_url"] = pages.url("domain-dns-presets", name)
    status = 422 if form.is_bound and not known else 200
    return render(request, "dns/preset.html", desk.context(**context), status=status)


def offered(rules: ZoneRules) -> list[Preset]:
    """The templates whose records a registrar takes."""
    return [preset for preset in PRESETS if preset.types <= rules.types]


def _url(desk: Desk, preset: Preset) -> str:
    return desk.pages.url("domain-dns-preset", desk.domain.name, preset.slug)
