"""A zone as a file: reading one into a draft, and writing one."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panel.dns import drafts, mirror, records, zonefile
from panel.dns.desk import Desk
from panel.dns.lint import Level
from panel.dns.zonefile import Parsed, TooLarge
from panel.domain.setting_pages import SettingPages
from registrar.types import DnsRecord

REMARKS_SHOWN = 200


class ImportForm(forms.Form):
    """A zone file, pasted or uploaded, and what is to become of the records that are there."""

    text = forms.CharField(
        label=_("Zone file"), required=False, strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "class": "mono", "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("Paste it here, as BIND and most providers write it."),
    )  # fmt: skip
    file = forms.FileField(label=_("Or a file"), required=False, allow_empty_file=False)
    way = forms.ChoiceField(
        label=_("What is there already"), initial="add", widget=forms.RadioSelect,
        choices=[
            ("add", _("Keep it, and add what the file has beside it")),
            ("replace", _("The file is the whole zone: everything else is deleted")),
        ],
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """One of both, in a size that can be read."""
        data = super().clean() or {}
        file, text = data.get("file"), data.get("text") or ""
        if file is not None and not text.strip():
            if file.size > zonefile.LARGEST:
                self.add_error("file", _("The file has more than a megabyte."))
                return data
            try:
                text = file.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", _("This is not a text file in UTF-8."))
                return data
        elif file is not None:
            self.add_error("file", _("Give the text or a file, not both."))
        if not text.strip() and not self.errors:
            self.add_error("text", _("Paste a zone file, or choose one."))
        return {**data, "text": text}


def read(pages: SettingPages, request: HttpRequest, name: str) -> HttpResponseBase:
    """A file to be read; what is to be said of its lines; then a draft, which is reviewed like any other."""
    desk = Desk(pages, request, name)
    zone, _rules = desk.the_zone()
    context: dict[str, Any] = {"page": pages.url("domain-dns-import", name)}
    if request.method != "POST":
        return _shown(desk, ImportForm(), context)
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(desk, form, context, 422)
    text, way = form.cleaned_data["text"], form.cleaned_data["way"]
    try:
        found = zonefile.parse(text, desk.domain.name)
    except TooLarge:
        form.add_error("text", _("The file has more than a megabyte, or more than 10,000 records."))
        return _shown(desk, form, context, 422)
    if not found.records:
        form.add_error("text", _("There is no record in it that could be taken."))
        return _shown(desk, form, {**context, **_said(found)}, 422)
    if found.remarks and "go" not in request.POST:
        # What a person has uploaded is shown as text from here on, so that it is there when they go on.
        again = ImportForm(initial={"text": text, "way": way})
        return _shown(desk, again, {**context, **_said(found)}, 200 if found.is_whole else 422)
    wanted = list(found.records) if way == "replace" else _joined(desk.now.wanted, found.records)
    drafts.draft_from(zone, wanted, user=desk.user)
    return redirect(desk.urls["review"])


def write(pages: SettingPages, request: HttpRequest, name: str) -> HttpResponseBase:
    """The zone as it is, as a file to be kept."""
    desk = Desk(pages, request, name)
    zone, _rules = desk.the_zone()
    stamp = (zone.read_at or timezone.now()).strftime("%Y-%m-%d %H:%M UTC")
    comment = f"{desk.domain.name}, version {zone.serial}, read {stamp}\nThe SOA record is the registrar's."
    text = zonefile.write(mirror.records_of(zone), desk.domain.name, comment=comment)
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    safe = re.sub(r"[^a-z0-9.-]", "-", desk.domain.name)
    answer["Content-Disposition"] = f'attachment; filename="{safe}.zone"'
    return answer


def _joined(there: list[DnsRecord], coming: tuple[DnsRecord, ...]) -> list[DnsRecord]:
    said = {(row.name, row.type, row.value) for row in map(records.normal, there)}
    return [
        *there,
        *(row for row in map(records.normal, coming) if (row.name, row.type, row.value) not in said),
    ]


def _said(found: Parsed) -> dict[str, Any]:
    """What is said of the lines."""
    wrong = [remark for remark in found.remarks if remark.level == Level.ERROR]
    left = [remark for remark in found.remarks if remark.level != Level.ERROR]
    return {
        "found": found,
        "wrong": wrong[:REMARKS_SHOWN],
        "left": left[:REMARKS_SHOWN],
        "more": max(0, len(wrong) - REMARKS_SHOWN) + max(0, len(left) - REMARKS_SHOWN),
    }


def _shown(desk: Desk, form: ImportForm, context: dict[str, Any], status: int = 200) -> HttpResponseBase:
    more: dict[str, Any] = {
        "form": form,
        "has_draft": not desk.now.is_empty,
        "busy": desk.busy_text(),
        "export_url": desk.pages.url("domain-dns-export", desk.domain.name),
    }
    return render(desk.request, "dns/import.html", desk.context(**more, **context), status=status)
