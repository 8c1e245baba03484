"""The states of an operation and the only ways between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where an operation stands. `attention` means that a person must decide."""

    PLANNED = "planned", _("Planned")
    QUEUED = "queued", _("Queued")
    SENDING = "sending", _("Sending")
    WAITING = "waiting", _("Waiting")
    UNKNOWN = "unknown", _("Being checked")
    ATTENTION = "attention", _("Needs attention")
    SUCCEEDED = "succeeded", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


FINAL = frozenset({State.SUCCEEDED, State.FAILED, State.CANCELLED})
OPEN = frozenset(State) - FINAL

# Looks in a row that must prove that nothing happened, before it is sent again without a person.
PROOFS_OF_ABSENCE = 2

# Sends of one operation after which a person must decide.
MOST_SENDS = 5

TRANSITIONS: dict[State, frozenset[State]] = {
    State.PLANNED: frozenset({State.QUEUED, State.FAILED, State.CANCELLED}),
    # Back to planned: the account was changed before anything was sent, and needs something made first.
    State.QUEUED: frozenset({State.PLANNED, State.SENDING, State.FAILED, State.CANCELLED, State.ATTENTION}),
    State.SENDING: frozenset({State.QUEUED, State.WAITING, State.UNKNOWN, State.SUCCEEDED, State.FAILED}),
    State.WAITING: frozenset(
        {State.UNKNOWN, State.ATTENTION, State.SUCCEEDED, State.FAILED, State.CANCELLED}
    ),
    State.UNKNOWN: frozenset({State.QUEUED, State.WAITING, State.ATTENTION, State.SUCCEEDED, State.FAILED}),
    State.ATTENTION: frozenset({State.QUEUED, State.UNKNOWN, State.SUCCEEDED, State.FAILED, State.CANCELLED}),
    State.SUCCEEDED: frozenset(),
    State.FAILED: frozenset(),
    State.CANCELLED: frozenset(),
}


class Purpose(models.TextChoices):
    """Why an attempt was made."""

    SUBMIT = "submit", _("Send")
    POLL = "poll", _("Ask for news")
    RECONCILE = "reconcile", _("Look what happened")


class WaitingFor(models.TextChoices):
    """What holds a queued operation back."""

    NOTHING = "", _("Nothing")
    FUNDS = "funds", _("Money at the registrar")
    REGISTRAR = "registrar", _("The registrar to answer")
    ACCOUNT = "account", _("The registrar account to work again")


class Lane(models.TextChoices):
    """Which queue an operation stands in, most urgent first: each has a queue of messages of its own."""

    MONEY = "1-money", _("Paid orders")
    CUSTOMER = "2-customer", _("Changes")
    SYNC = "3-sync", _("Reading")


# Of the calls that an account may be making at once, how many a lane leaves to more urgent ones: reading leaves room
# for changes, and changes for paid orders.
ROOM_LEFT = {Lane.MONEY: 0, Lane.CUSTOMER: 1, Lane.SYNC: 2}


def room(lane: str, calls: int) -> int:
    """How many calls may be running, of `calls`, when this lane begins another one; at least one."""
    return max(calls - ROOM_LEFT[Lane(lane)], 1)
