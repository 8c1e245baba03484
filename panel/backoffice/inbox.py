"""The operations inbox: what stands still, by cause, and what can safely be done about all of one cause at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from panel.access.actor import Actor
from panel.access.rules import Permission, actor_of, requires
from panel.backoffice.bulk import tell_of
from panel.backoffice.tables import cause_text
from panel.operation import inbox, services
from panel.operation.models import Operation
from panel.operation.queries import office_operations
from panel.operation.states import State
from panel.operation.words import kind_label
from panel.people.models import User
from registrar import FAMILIES

SHOWN = 10
# More than this at one click would keep the page waiting; the next click takes the next ones.
MOST_AT_ONCE = 200
LOOKS = {
    State.ATTENTION: ("danger", "user-search"),
    State.UNKNOWN: ("warning", "scan-search"),
    State.QUEUED: ("warning", "clock"),
    State.FAILED: ("neutral", "circle-x"),
}


class GroupForm(forms.Form):
    """What to do about every operation of one cause, and why."""

    RETRY, LOOK, SEND = "retry", "look", "send"
    VERDICTS = (LOOK, SEND)

    group = forms.CharField(max_length=4000, widget=forms.HiddenInput)
    action = forms.ChoiceField(choices=[(name, name) for name in (RETRY, LOOK, SEND)])
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("What you know and from where. It is kept with each operation."),
    )

    def clean(self) -> dict[str, Any]:
        """A verdict needs its reason; trying now is none."""
        cleaned = self.cleaned_data
        if cleaned.get("action") in self.VERDICTS and not cleaned.get("reason"):
            self.add_error("reason", _("Say why: the reason is kept with each operation."))
        return cleaned


@dataclass(frozen=True, slots=True)
class Entry:
    """A group as the page shows it."""

    key: str
    title: str
    detail: str
    state: str
    tone: str
    icon: str
    number: int
    sendable: int
    promised_at: datetime | None
    is_late: bool
    last_at: datetime
    actions: tuple[str, ...]
    rows: list[Operation]
    form: GroupForm
    url: str

    @property
    def is_open(self) -> bool:
        """Shown unfolded: what was just filled in must not hide its errors."""
        return self.form.is_bound

    @property
    def hidden(self) -> int:
        """How many of its operations the page does not list."""
        return self.number - len(self.rows)


@requires(Permission.STAFF)
@require_GET
def operations_inbox(request: HttpRequest) -> HttpResponse:
    """What stands still, and what failed of late, by cause."""
    return _page(request)


@requires(Permission.STAFF)
@require_POST
def operations_inbox_act(request: HttpRequest) -> HttpResponse:
    """Do the same about all operations of one cause: only what is safe without looking at each."""
    actor = actor_of(request)
    form = GroupForm(request.POST)
    try:
        rows = inbox.in_group(inbox.standing(office_operations(actor)), request.POST.get("group", ""))
    except inbox.NoSuchGroup:
        form.add_error("group", _("This group is not known: reload the page."))
    if not form.is_valid():
        return _page(request, form)
    action, reason = form.cleaned_data["action"], form.cleaned_data["reason"]
    if action == GroupForm.SEND:
        # Those whose absence is not proved are not even asked: each has a page of its own for that.
        rows = rows.filter(inbox.PROVED_ABSENT)
    chosen = list(rows.order_by("promised_at", "pk")[: MOST_AT_ONCE + 1])
    done = sum(_ACTIONS[action](row, actor.user, reason) for row in chosen[:MOST_AT_ONCE])
    tell_of(request, done, len(chosen[:MOST_AT_ONCE]))
    if len(chosen) > MOST_AT_ONCE:
        messages.info(request, _("There are more of them: press again for the next."))
    return redirect("office:operations-inbox")


_ACTIONS: dict[str, Callable[[Operation, User, str], bool]] = {
    GroupForm.RETRY: lambda row, _user, _reason: services.retry_now(row),
    GroupForm.LOOK: lambda row, user, reason: services.look_again(row, actor=user, reason=reason),
    GroupForm.SEND: lambda row, user, reason: services.send_again_if_proved(row, actor=user, reason=reason),
}


def _page(request: HttpRequest, form: GroupForm | None = None) -> HttpResponse:
    actor = actor_of(request)
    standing = inbox.standing(office_operations(actor))
    failed = inbox.failed_lately(office_operations(actor))
    context = {
        "entries": _entries(inbox.grouped(standing), standing, form),
        "failures": _entries(inbox.grouped(failed), failed, None),
        "days": inbox.FAILURES_SHOWN.days,
        "bad_form": form,
        "tabs": operation_tabs(actor, inbox_is_active=True),
    }
    return render(request, "office/operations/inbox.html", context, status=422 if form else 200)


def _entries(groups: list[inbox.Group], operations: Any, bound: GroupForm | None) -> list[Entry]:
    rows = inbox.first_of_each(operations, groups, SHOWN)
    entries = []
    for number, group in enumerate(groups):
        form = GroupForm(initial={"group": group.key}, auto_id=f"{group.state}{number}_%s")
        if bound is not None and bound.data.get("group") == group.key:
            form = bound
            form.auto_id = f"{group.state}{number}_%s"
        entries.append(_entry(group, rows[group.key], form))
    return entries


def _entry(group: inbox.Group, rows: list[Operation], form: GroupForm) -> Entry:
    tone, icon = LOOKS.get(group.state, ("pending", "hourglass"))
    label = FAMILIES[group.family].label if group.family in FAMILIES else group.family
    held_by = group.waiting_for if group.state == State.QUEUED else ""
    why = cause_text(group.reason, held_by)
    said = group.cause or why or _("No news, and later than promised")
    return Entry(
        key=group.key,
        title=f"{label}: {said}",
        detail=" · ".join(part for part in (kind_label(group.kind), why if why != said else "") if part),
        state=str(group.state.label),
        tone=tone,
        icon=icon,
        number=group.number,
        sendable=group.sendable,
        promised_at=group.promised_at,
        is_late=group.promised_at is not None and group.promised_at < timezone.now(),
        last_at=group.last_at,
        actions=_actions(group),
        rows=rows,
        form=form,
        url=f"{reverse('office:operations')}?group={group.key}",
    )


def _actions(group: inbox.Group) -> tuple[str, ...]:
    if group.state == State.ATTENTION:
        return (GroupForm.LOOK, GroupForm.SEND) if group.sendable else (GroupForm.LOOK,)
    return () if group.state == State.FAILED else (GroupForm.RETRY,)


def operation_tabs(actor: Actor, *, inbox_is_active: bool) -> list[dict[str, Any]]:
    """The two ways to look at operations, with the count of those that stand still."""
    return [
        {
            "label": _("Inbox"),
            "url": reverse("office:operations-inbox"),
            "active": inbox_is_active,
            "count": inbox.standing(office_operations(actor)).count(),
            "icon": "inbox",
        },
        {
            "label": _("All operations"),
            "url": reverse("office:operations"),
            "active": not inbox_is_active,
            "icon": "list",
        },
    ]
