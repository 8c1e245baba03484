"""What nameservers said, in words and tints."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from panel.domain.asking.checks import Purpose, Shown, State
from panel.domain.asking.models import NameserverAnswer
from panel.domain.models import to_unicode

TONES = {
    State.PENDING: ("pending", "hourglass"),
    State.NEW: ("success", "circle-check"),
    State.SERVES: ("success", "circle-check"),
    State.OLD: ("pending", "hourglass"),
    State.PARTLY: ("pending", "hourglass"),
    State.OTHER: ("warning", "circle-alert"),
    State.REFUSED: ("warning", "circle-alert"),
    State.SILENT: ("warning", "circle-alert"),
    State.UNKNOWN: ("danger", "circle-x"),
    State.PRIVATE: ("danger", "circle-x"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One nameserver as it is shown. `good` of `total` sets are as they should be; `late` are those that are not."""

    server: str
    label: str
    text: str
    tone: str
    icon: str
    asked_at: datetime.datetime | None
    good: int = 0
    total: int = 0
    late: tuple[str, ...] = ()


def line_of(shown: Shown, answer: NameserverAnswer) -> Line:
    """What one nameserver said."""
    tone, icon = TONES[State(answer.state)]
    late = tuple(
        f"{to_unicode(item.name)} {item.type}"
        for item, word in zip(shown.sets, answer.sets, strict=False)
        if word != State.NEW
    )
    label, text = _words(shown, answer)
    return Line(
        to_unicode(answer.server), label, text, tone, icon, answer.asked_at,
        len(answer.sets) - len(late), len(shown.sets), late,
    )  # fmt: skip


def _words(shown: Shown, answer: NameserverAnswer) -> tuple[str, str]:
    proposed = shown.check.purpose == Purpose.PROPOSED
    label = str(State(answer.state).label)
    if answer.state == State.NEW and not shown.check.about:
        return _("Serves these records"), ""
    texts = {
        State.OLD: _("It has not fetched the change yet. Most do so within minutes."),
        State.OTHER: _("It is not a server of this zone any more, or the zone was changed elsewhere."),
        State.SILENT: _("It may be down, or out of reach from here."),
        State.UNKNOWN: _("Check how it is written: nobody knows where this server is."),
        State.PRIVATE: _("Its address is inside a private network, so nobody outside can ask it."),
        State.REFUSED: _("It answers, but not for this name: add the zone there first.")
        if proposed
        else _("It answers, but not for this name."),
    }
    return label, texts.get(State(answer.state), "")
