"""What an operation's state means, in plain words: what happens now, what comes next, whom to ask.

Customers read nothing of registrars: no name, no code, no message. Staff read the reason and what was seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Literal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panel.operation.kind_words import change_failure, waiting_text, words_of
from panel.operation.models import Event, Operation
from panel.operation.reasons import failure_text, reason_label
from panel.operation.states import Lane, State, WaitingFor

Audience = Literal["customer", "staff"]

# The reason of an event tells what held the operation back at that moment; the operation itself tells it of now.
HELD_BACK_BY = {
    "insufficient_funds": WaitingFor.FUNDS,
    "authentication_failed": WaitingFor.ACCOUNT,
    "permission_denied": WaitingFor.ACCOUNT,
    "rate_limited": WaitingFor.REGISTRAR,
    "not_sent": WaitingFor.REGISTRAR,
}
# Steps that follow each other within seconds: the timeline shows what they lead to.
PASSING = frozenset({State.QUEUED, State.SENDING})


@dataclass(frozen=True, slots=True)
class Words:
    """A state in words. `tone` and `icon` are the design system's; `next_step` may be empty."""

    title: str
    text: str
    tone: str
    icon: str
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry of a timeline."""

    at: datetime
    words: Words
    operation: Operation
    by: str = ""
    is_latest: bool = True

    @property
    def public_id(self) -> str:
        """The id to quote."""
        return self.operation.public_id


@dataclass(frozen=True, slots=True)
class _Case:
    kind: str
    state: State
    waiting_for: str
    reason: str
    priced: bool


def describe(operation: Operation, audience: Audience = "customer") -> Words:
    """What the operation's state means to its reader.

    Uses `operation.brand` and, while it is planned, `operation.depends_on`: select them with the operation.
    """
    case = _Case(
        operation.kind,
        State(operation.state),
        operation.waiting_for,
        operation.reason,
        operation.price is not None,
    )
    if audience == "customer" and operation.state == State.PLANNED and operation.depends_on is not None:
        case = _as_held_by(case, operation.depends_on)
    words = _describe(case, audience)
    if audience == "staff":
        return replace(words, text=_joined(words.text, operation.note))
    if case.state in (State.FAILED, State.ATTENTION):
        return replace(words, next_step=_joined(words.next_step, whom_to_ask(operation)))
    return words


def _as_held_by(case: _Case, first: Operation) -> _Case:
    """A planned operation is held up by whatever holds up the one it depends on."""
    if first.state == State.QUEUED and first.waiting_for:
        return replace(case, state=State.QUEUED, waiting_for=first.waiting_for)
    if first.state == State.ATTENTION:
        return replace(case, state=State.ATTENTION, reason=first.reason)
    return case


def whom_to_ask(operation: Operation) -> str:
    """The sentence that says where to write and what to quote."""
    email = operation.brand.support_email if operation.brand else ""
    if not email:
        return _("Questions? Quote the id %(id)s when you ask us.") % {"id": operation.public_id}
    return _("Questions? Write to %(email)s and quote %(id)s.") % {"email": email, "id": operation.public_id}


def kind_label(kind: str) -> str:
    """What a kind of operation does, as a heading."""
    return words_of(kind).label


def timeline_for(operations: Iterable[Operation], audience: Audience = "customer") -> list[Moment]:
    """What happened in these operations, newest first.

    Give it operations with `prefetch_related(*TOLD)`, of the queries. Customers do not see the passing steps, nor the
    steps of a mere reading: only where it ended or stands.
    """
    moments = [moment for operation in operations for moment in _moments(operation, audience)]
    return sorted(moments, key=lambda moment: moment.at, reverse=True)


def _moments(operation: Operation, audience: Audience) -> list[Moment]:
    events = list(operation.events.all())
    if audience == "customer":
        events = _worth_telling(operation, events)
    moments = []
    for event in events:
        latest = event is events[-1]
        by = _who(event, audience)
        words = _event_words(operation, event, audience)
        if audience == "customer" and not latest:
            # What was to come then has come by now.
            words = replace(words, text="", next_step="")
        moments.append(Moment(event.at, words, operation, by, latest))
    return moments


def _who(event: Event, audience: Audience) -> str:
    """By whom it was; customers are not told which member of our staff it was."""
    if event.actor is None or (audience == "customer" and event.actor.is_staff):
        return ""
    if event.impersonator is None:
        return str(event.actor)
    names = {"person": event.actor, "staff": event.impersonator}
    return (_("%(staff)s as %(person)s") if audience == "staff" else _("our staff for %(person)s")) % names


def _worth_telling(operation: Operation, events: list[Event]) -> list[Event]:
    if operation.lane == Lane.SYNC:
        return events[-1:]
    last = events[-1] if events else None
    told: list[Event] = []
    for event in events:
        passing = event.to_state in PASSING and event.reason not in HELD_BACK_BY
        if passing and event is not last:
            continue
        if told and (told[-1].to_state, told[-1].reason) == (event.to_state, event.reason):
            continue
        told.append(event)
    return told


def _event_words(operation: Operation, event: Event, audience: Audience) -> Words:
    case = _Case(
        operation.kind,
        State(event.to_state),
        HELD_BACK_BY.get(event.reason, ""),
        event.reason,
        operation.price is not None,
    )
    words = _describe(case, audience)
    if audience == "staff":
        title = f"{State(event.to_state).label}: {kind_label(operation.kind)}"
        return replace(words, title=title, text=_joined(reason_label(event.reason), event.note))
    return words


def _describe(case: _Case, audience: Audience) -> Words:
    return _described(get_language(), case, audience)


@lru_cache(maxsize=4096)
def _described(_language: str | None, case: _Case, audience: Audience) -> Words:
    """Remembered: a page tells the same of most of what it shows."""
    if audience == "staff":
        return _staff(case)
    return _CUSTOMER[case.state](case)


# --- for customers --------------------------------------------------------------------------------------------------


def _planned(case: _Case) -> Words:
    if case.kind == "domain.create":
        text = _("Your order is on record. It is sent as soon as the registrant's details are ready.")
    else:
        text = _("It is on record and starts by itself as soon as what it needs is ready.")
    return Words(_("Ordered"), text, "pending", "clock", _("You need do nothing."))


def _queued(case: _Case) -> Words:
    if case.waiting_for == WaitingFor.REGISTRAR:
        text = _joined(_("Our supplier is not answering at the moment."), _safe(case))
        return Words(_("Waiting for our supplier"), text, "warning", "cloud-off", _("You need do nothing."))
    if case.waiting_for in (WaitingFor.FUNDS, WaitingFor.ACCOUNT):
        return Words(
            _("Held up on our side"),
            _safe(case),
            "warning",
            "wrench",
            _("We know of it. You need do nothing."),
        )
    if case.kind == "domain.refresh":
        return _refreshing(case)
    return Words(
        _("In the queue"),
        _("It goes out next, usually within a minute."),
        "pending",
        "clock",
        _("You need do nothing."),
    )


def _safe(case: _Case) -> str:
    if case.priced:
        return _("Your order is safe and goes on by itself; nothing is charged until it succeeds.")
    return _("Nothing is lost: it goes on by itself.")


def _sending(case: _Case) -> Words:
    if case.kind == "domain.refresh":
        return _refreshing(case)
    return Words(
        _("Being sent"),
        _("It is on its way; this takes some seconds."),
        "pending",
        "loader",
        _("You need do nothing."),
    )


def _waiting(case: _Case) -> Words:
    title = _("Waiting for the registry") if case.kind == "domain.create" else _("Being carried out")
    return Words(title, waiting_text(case.kind), "pending", "hourglass", _("You need do nothing."))


def _unknown(case: _Case) -> Words:
    if case.kind == "domain.refresh":
        return _refreshing(case)
    if case.reason == "already_exists" and case.kind == "domain.create":
        text = _("The name is reported as taken. We are checking whether it is already yours.")
    else:
        text = _(
            "The answer did not reach us, so we are looking up what happened before anything else is done."
        )
    safe = (
        _("Nothing is ordered or charged twice. You need do nothing.")
        if case.priced
        else _("You need do nothing.")
    )
    return Words(_("Being checked"), text, "pending", "scan-search", safe)


def _refreshing(case: _Case) -> Words:
    return Words(
        _("Being checked"),
        _("We are reading the current details; the page follows by itself."),
        "pending",
        "refresh-cw",
    )


def _attention(case: _Case) -> Words:
    text = {
        "deadline": _("It takes longer than it should, so one of us is asking the registry."),
        "nothing_proved": _("We could not find out by ourselves what became of it: one of us is asking."),
        "vanished": _("It was accepted, and we cannot see what became of it: one of us is asking."),
        "sent_too_often": _("It did not go through in several tries, so one of us is looking at it."),
    }.get(case.reason, _("This needs a person, and one of us is looking at it."))
    if case.priced:
        text = _joined(text, _("The money stays reserved until it is clear; nothing is charged twice."))
    return Words(_("One of us is looking at it"), text, "warning", "user-search")


def _succeeded(case: _Case) -> Words:
    words = words_of(case.kind)
    return Words(words.done, words.done_text, "success", "circle-check")


def _failed(case: _Case) -> Words:
    if case.kind == "domain.refresh":
        text = _("The current details could not be read; what you see is from the last time.")
        return Words(words_of(case.kind).failed, text, "neutral", "circle-alert", _("Try again later."))
    orders = case.kind in ("domain.create", "contact.create")
    text, step = failure_text(case.reason) if orders else change_failure(case.kind, case.reason)
    title = words_of(case.kind).failed
    if case.priced:
        text = _joined(text, _("Nothing was charged: the money is back in your wallet."))
    return Words(title, text, "danger", "circle-x", step)


def _cancelled(case: _Case) -> Words:
    text = _("It was cancelled before it was carried out.")
    if case.priced:
        text = _joined(text, _("Nothing was charged: the money is back in your wallet."))
    return Words(_("Cancelled"), text, "neutral", "circle-slash")


_CUSTOMER: dict[State, Callable[[_Case], Words]] = {
    State.PLANNED: _planned,
    State.QUEUED: _queued,
    State.SENDING: _sending,
    State.WAITING: _waiting,
    State.UNKNOWN: _unknown,
    State.ATTENTION: _attention,
    State.SUCCEEDED: _succeeded,
    State.FAILED: _failed,
    State.CANCELLED: _cancelled,
}


# --- for staff ------------------------------------------------------------------------------------------------------

_STAFF_LOOK = {
    State.PLANNED: ("neutral", "clock"),
    State.QUEUED: ("pending", "clock"),
    State.SENDING: ("pending", "loader"),
    State.WAITING: ("pending", "hourglass"),
    State.UNKNOWN: ("warning", "scan-search"),
    State.ATTENTION: ("danger", "user-search"),
    State.SUCCEEDED: ("success", "circle-check"),
    State.FAILED: ("danger", "circle-x"),
    State.CANCELLED: ("neutral", "circle-slash"),
}


def _staff(case: _Case) -> Words:
    tone, icon = _STAFF_LOOK[case.state]
    if case.state == State.QUEUED and case.waiting_for:
        tone = "warning"
    return Words(str(case.state.label), _staff_text(case), tone, icon, _staff_step(case))


def _staff_text(case: _Case) -> str:
    if case.state == State.QUEUED and case.waiting_for:
        return _("Held back by: %(cause)s.") % {"cause": WaitingFor(case.waiting_for).label}
    return reason_label(case.reason)


def _staff_step(case: _Case) -> str:
    if case.state == State.QUEUED:
        return {
            WaitingFor.FUNDS: _("Top up the registrar account; it then goes on by itself."),
            WaitingFor.ACCOUNT: _("Repair the registrar account's access; it then goes on by itself."),
            WaitingFor.REGISTRAR: _("It is tried again by itself, at growing distances."),
        }.get(WaitingFor(case.waiting_for), "")
    return {
        State.PLANNED: _("It starts when the operation it depends on has succeeded."),
        State.WAITING: _("It is asked for news at the usual pace."),
        State.UNKNOWN: _("Nothing is sent again before the registrar shows what happened."),
        State.ATTENTION: _("Look at the registrar, then say whether it happened."),
    }.get(case.state, "")


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
