"""Editing a zone's draft, a record at a time, for every audience. Nothing here is sent anywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from panel.dns import drafts, lint, records
from panel.dns.desk import Desk
from panel.dns.forms import RecordForm
from panel.dns.listing import TYPES, Search
from panel.dns.models import Comment
from panel.dns.wording import type_choices, use_of
from panel.dns.zone_pages import show
from panel.domain.setting_pages import BUSY, SettingPages
from registrar.types import DnsRecord, RecordType
from registrar.zones import ZoneRules


def record(pages: SettingPages, request: HttpRequest, name: str) -> HttpResponseBase:
    """The form of one record: of the one in `row`, or of a new one of type `new`. Posting writes it into the draft."""
    desk = Desk(pages, request, name)
    _zone, rules = desk.the_zone()
    row, shown = _chosen(desk)
    kind = _kind(request, rules, shown)
    form = RecordForm(
        request.POST if request.method == "POST" else None,
        domain=desk.domain,
        kind=kind,
        rules=rules,
        shown=shown,
        comment=desk.comments().get(records.row_of(shown), "") if shown is not None else "",
        initial={"name": request.GET["name"]} if "name" in request.GET else None,
    )
    if request.method == "POST" and form.is_valid():
        stopped = _stopped(desk)
        if stopped is not None:
            return stopped
        if _written(desk, form, row, shown):
            return show(desk, row=row or records.row_of(form.record))
    return _form(desk, form, row, status=422 if form.errors else 200)


def drop(pages: SettingPages, request: HttpRequest, name: str) -> HttpResponseBase:
    """Delete a record in the draft."""
    return _edited(Desk(pages, request, name), drafts.drop)


def restore(pages: SettingPages, request: HttpRequest, name: str) -> HttpResponseBase:
    """Take back what the draft does to one record."""
    return _edited(Desk(pages, request, name), drafts.restore)


def discard(pages: SettingPages, request: HttpRequest, name: str) -> HttpResponseBase:
    """Forget the whole draft."""
    desk = Desk(pages, request, name)
    zone, _rules = desk.the_zone()
    drafts.discard(zone, desk.user)
    desk.look_again()
    return show(desk)


def _edited(desk: Desk, act: Callable[..., drafts.Working]) -> HttpResponseBase:
    zone, _rules = desk.the_zone()
    row = desk.request.POST.get("row", "")
    stopped = _stopped(desk)
    if stopped is not None:
        return stopped
    try:
        desk.look_again(act(zone, desk.user, row))
    except drafts.NoSuchRow:
        raise Http404 from None
    except drafts.FixedRecord:
        return show(desk, row=row, problem=_fixed_text(), status=422)
    except drafts.Twice:
        text = _("Another record says the same by now. Change that one first.")
        return show(desk, row=row, problem=text, status=422)
    return show(desk, row=row)


def _stopped(desk: Desk) -> HttpResponseBase | None:
    """The page with why nothing can be edited, where it cannot."""
    if desk.refusal:
        return show(desk, problem=desk.refusal, status=422)
    return show(desk, problem=desk.busy_text(), status=BUSY) if desk.changing else None


def _chosen(desk: Desk) -> tuple[str, DnsRecord | None]:
    """The row that is edited, with the record as the draft has it. Raises Http404 for one that is not there."""
    row = desk.request.GET.get("row", "")
    if not row:
        return "", None
    try:
        old, change = desk.now.find(row)
    except drafts.NoSuchRow:
        raise Http404 from None
    shown = (change.new or change.old) if change is not None else old
    if shown is None or records.is_apex_ns(shown, desk.domain.name):
        raise Http404
    return row, shown


def _kind(request: HttpRequest, rules: ZoneRules, shown: DnsRecord | None) -> RecordType:
    """The type that the form is about. Raises Http404 for one that the zone cannot have."""
    if shown is not None:
        return shown.type
    wanted = request.GET.get("new", "A")
    if wanted not in TYPES or RecordType(wanted) not in rules.types:
        raise Http404
    return RecordType(wanted)


def _written(desk: Desk, form: RecordForm, row: str, shown: DnsRecord | None) -> bool:
    """Write a valid form into the draft, and its comment; False where something stands against it."""
    zone, rules = desk.the_zone()
    new = form.record
    for remark in _beside(desk, new, shown, rules):
        form.add_error("name", remark.sentence)
    if form.errors:
        return False
    try:
        desk.look_again(drafts.put(zone, desk.user, new, row=row))
    except drafts.Twice:
        form.add_error(None, _("This record is there already."))
    except drafts.FixedRecord:
        form.add_error("name", _fixed_text())
    except drafts.NoSuchRow:
        raise Http404 from None
    else:
        _comment(desk, new, form.cleaned_data["comment"].strip())
    return not form.errors


def _beside(desk: Desk, new: DnsRecord, shown: DnsRecord | None, rules: ZoneRules) -> list[lint.Remark]:
    """What the records of the same name have against it: all of the zone is checked when the draft is reviewed."""
    others = [item for item in desk.now.wanted_at(new.name) if item != shown]
    told = (record for record in (*others, new))
    remarks = lint.check(
        others, told, desk.domain.name, hosted_types=rules.types, minimum_ttl=rules.minimum_ttl
    )
    wrong = [item for item in remarks if item.level == lint.Level.ERROR and not item.old]
    return [item for item in wrong if item.code not in ("duplicate", "cname_loop")]


def _comment(desk: Desk, record: DnsRecord, text: str) -> None:
    row = records.row_of(record)
    if text:
        values = {"text": text, "customer": desk.domain.customer}
        Comment.objects.update_or_create(zone=desk.zone, row=row, defaults=values)
    else:
        Comment.objects.filter(zone=desk.zone, row=row).delete()


def _fixed_text() -> str:
    return _("Which servers answer for the name is set with the name, not among its records.")


def _form(desk: Desk, form: RecordForm, row: str, *, status: int) -> HttpResponseBase:
    _zone, rules = desk.the_zone()
    query: dict[str, Any] = desk.request.GET.copy()
    context = desk.context(
        form=form, row=row, kind=str(form.kind), use=use_of(form.kind), types=type_choices(rules),
        query=Search.of(desk.request.GET).query(), address=f"{desk.urls['record']}?{query.urlencode()}",  # type: ignore[attr-defined]
    )  # fmt: skip
    template = "dns/record.html#form" if desk.request.htmx else "dns/record.html"  # type: ignore[attr-defined]
    return render(desk.request, template, context, status=status)
