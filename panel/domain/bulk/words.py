"""Jobs in plain words: what is wanted, what became of each name, and how far the whole has come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panel.domain.bulk.queries import Result
from panel.domain.capability_words import note_text
from panel.domain.models import BulkItem, BulkJob, to_unicode
from panel.domain.refusals import CannotDo
from panel.operation.words import Audience, Words, describe

Kind = BulkJob.Action
# Whose pages these are. Brand people read a customer's words: nothing of registrars and their accounts.
Side = Literal["customer", "brand", "staff"]
NEEDS_VALUES = frozenset(
    {Kind.NAMESERVERS, Kind.CONTACTS, Kind.OWNER, Kind.TAG, Kind.UNTAG, Kind.MOVE},
)
# What may cost something, name by name.
PRICED = frozenset({Kind.RENEW, Kind.OWNER})


def choices(audience: Side) -> list[tuple[str, str]]:
    """What can be chosen, as a form sends it, and its words."""
    return list(_choices(get_language(), audience))


@lru_cache(maxsize=32)
def _choices(_language: str | None, audience: Side) -> tuple[tuple[str, str], ...]:
    shown = (
        ("renew", _("Renew for a year")),
        ("auto-renew:on", _("Turn automatic renewal on")),
        ("auto-renew:off", _("Turn automatic renewal off")),
        ("nameservers", _("Change the nameservers")),
        ("contacts", _("Change the contacts")),
        ("owner", _("Change the owner")),
        ("transfer-lock:on", _("Turn the transfer lock on")),
        ("transfer-lock:off", _("Turn the transfer lock off")),
        ("privacy:on", _("Turn WHOIS privacy on")),
        ("privacy:off", _("Turn WHOIS privacy off")),
        ("tag", _("Add tags")),
        ("untag", _("Take tags off")),
    )
    return (*shown, ("move", _("Move to a customer"))) if audience == "staff" else shown


def title_of(action: str, values: Mapping[str, Any]) -> str:
    """What is wanted, as a heading."""
    if action == Kind.MOVE:
        return (
            _("Move to %(customer)s") % {"customer": values["shown"]} if values else _("Move to a customer")
        )
    word = f"{action}:{'on' if values['on'] else 'off'}" if "on" in values else action
    return dict(choices("customer"))[word]


def detail_of(action: str, values: Mapping[str, Any]) -> str:
    """What is wanted in particular, or ""."""
    if action == Kind.NAMESERVERS:
        return ", ".join(map(to_unicode, values["nameservers"])) or _("The ones that come with the name")
    return "" if action == Kind.MOVE else str(values.get("shown", ""))


LOOKS: dict[Result, tuple[str, str]] = {
    Result.WAITING: ("pending", "clock"),
    Result.UNDER_WAY: ("pending", "hourglass"),
    Result.ATTENTION: ("warning", "user-search"),
    Result.DONE: ("success", "circle-check"),
    Result.UNCHANGED: ("neutral", "circle-minus"),
    Result.FAILED: ("danger", "circle-x"),
    Result.REFUSED: ("warning", "circle-alert"),
    Result.CANCELLED: ("neutral", "circle-slash"),
}


def badge_of(item: Any) -> tuple[str, str, str]:
    """Tone, word and icon of an item with its `result`."""
    result = Result(item.result)
    tone, icon = LOOKS[result]
    return tone, str(result.label), icon


def text_of(item: BulkItem, audience: Audience) -> str:
    """What an item's result means: of a planned one, what its operation says."""
    if item.state == BulkItem.State.REFUSED:
        sentence = CannotDo(item.reason).text
        return f"{sentence} {note_text(item.note)}".strip() if audience == "staff" else sentence
    if item.state == BulkItem.State.UNCHANGED:
        return _("It was like this already, so nothing was done.")
    if item.state == BulkItem.State.CANCELLED:
        return _("It was left alone: the rest was stopped before its turn came.")
    if item.operation is None:
        return ""
    words = describe(item.operation, audience)
    return f"{words.text} {words.next_step}".strip()


def summary(job: BulkJob, found: Counter[Result]) -> Words:
    """How far a job has come, and what comes next."""
    waiting, under_way = found[Result.WAITING], found[Result.UNDER_WAY]
    if waiting:
        text = _("The names are taken one after the other. You may leave this page and come back.")
        return Words(_("Being started"), text, "pending", "loader")
    if under_way:
        text = _("Everything is on its way. Most changes take minutes; some registries take days.")
        return Words(_("Under way"), text, "pending", "hourglass")
    return _ended(job, found)


def _ended(job: BulkJob, found: Counter[Result]) -> Words:
    if found[Result.ATTENTION]:
        text = _("The rest is over. What one of us is looking at goes on without you.")
        return Words(_("Nearly done"), text, "warning", "user-search")
    wrong = found[Result.FAILED] + found[Result.REFUSED]
    if wrong:
        text = _("The list says why, name by name.")
        if job.action in PRICED:
            text = _("Nothing was charged for what was not done. The list says why, name by name.")
        return Words(_("Ended, not all of it done"), text, "warning", "circle-alert")
    if found[Result.CANCELLED]:
        text = _("What had begun was carried out; the rest was left alone.")
        return Words(_("Stopped"), text, "neutral", "circle-slash")
    return Words(_("Done"), _("Every name is as you wanted it."), "success", "circle-check")
