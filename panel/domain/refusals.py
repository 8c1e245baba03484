"""Why something about a name cannot be planned. Whoever raises one of these has written nothing."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

Text = str | Promise
SENTENCES = {
    "busy": gettext_noop("It is being changed already. Wait for that to end."),
    "busy_for_another": gettext_noop(
        "Something is under way for its present customer. Wait for that to end."
    ),
    "contact_gone": gettext_noop("A contact that was chosen is not in the contact book any more."),
    "gone": gettext_noop("The name belongs to somebody else by now, or to nobody."),
    "nameservers_do_not_fit": gettext_noop("This name takes another number of nameservers."),
    "nobodys": gettext_noop("The name belongs to nobody yet, so nobody's tags can be put on it."),
    "too_many_tags": gettext_noop("The name would bear too many tags. Take some off first."),
    "not_enough_money": gettext_noop("The wallet did not cover it. Top it up, then try again."),
    "not_for_a_year": gettext_noop("It cannot be renewed for a single year."),
    "price_changed": gettext_noop("The price has changed since you saw it, so nothing was ordered."),
    "went_wrong": gettext_noop("Something went wrong on our side, and nothing was changed. Try it again."),
    "not_offered": gettext_noop("This cannot be done for this name."),
    "private": gettext_noop("The name is private already, so there is nothing to buy."),
    "privacy_included": gettext_noop(
        "Privacy costs nothing for this name, so there is nothing to buy: turn it on at the page of the name."
    ),
    "by_hand": gettext_noop("This is done by hand for this name: please ask us."),
    "not_active": gettext_noop("The name is not active, so this cannot be changed now."),
    "not_read": gettext_noop("The name is new here and still being read. Try again in a few minutes."),
    "not_renewable": gettext_noop("The name cannot be renewed in its present state."),
    "not_restorable": gettext_noop("Only a deleted name can be restored, and only for a while."),
    "not_deletable": gettext_noop("The name cannot be deleted in its present state."),
    "locked": gettext_noop("The name is locked against changes. Lift the lock first."),
    "expiry_moved": gettext_noop(
        "The name expires on another day than was shown. Look at it again, then decide."
    ),
    "renewal_under_way": gettext_noop("A renewal of the name is under way. Wait for that to end."),
    "under_way": gettext_noop("Something is under way about the name. Wait for that to end."),
    "offer_over": gettext_noop("The offer stands no more."),
    "another_customer": gettext_noop("The name belonged to somebody else by then."),
    "confirmed": gettext_noop("There is nothing left to confirm."),
    "keys_not_read": gettext_noop("We have not read yet which keys there are. Have them read first."),
    "expiry_unknown": gettext_noop("We do not know yet when the name expires. Try again in a while."),
    "held": gettext_noop("The name is here already."),
    "too_late": gettext_noop("It has gone too far to be called off."),
    "not_waiting": gettext_noop("The transfer does not wait for a code any more. Look at it again."),
    "unchanged": gettext_noop("It is like this already: there is nothing to change."),
    "asks_more": gettext_noop(
        "Its extension asks for more about the owner: change it on the page of the name."
    ),
    "another_book": gettext_noop("The contact is of another customer's book."),
    "bad_value": gettext_noop("Check what was entered."),
    "no_price": gettext_noop("The price is being reviewed. Please ask us."),
}


class CannotDo(Exception):
    """It cannot be planned. `reason` is our stable word for it, `text` what to tell a customer."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    @property
    def text(self) -> str:
        """A sentence without a word of the registrar."""
        return _sentence(self.reason)


class NotOffered(CannotDo):
    """The registrar that holds the name cannot do it. `by_hand`: it can, by a person in its own panel.

    `capability` is the operation of the contract; `note`, for staff, is what the family's table says of it.
    """

    def __init__(self, capability: str, *, by_hand: bool = False, note: str = "") -> None:
        super().__init__("by_hand" if by_hand else "not_offered")
        self.capability = capability
        self.by_hand = by_hand
        self.note = note


class NotNow(CannotDo):
    """The state of the name does not allow it."""


class Unchanged(CannotDo):
    """It is as wanted already."""

    def __init__(self) -> None:
        super().__init__("unchanged")


class BadValue(CannotDo):
    """What was given is wrong: `field` names it, `messages` are sentences for who gave it."""

    def __init__(self, field: str, messages: Iterable[Text] = ()) -> None:
        super().__init__("bad_value")
        self.field = field
        self.messages = [str(message) for message in messages]

    @property
    def text(self) -> str:
        """The sentences about the value."""
        return " ".join(self.messages) or super().text


class NoPrice(CannotDo):
    """It costs money, and nobody knows how much."""

    def __init__(self) -> None:
        super().__init__("no_price")


def _sentence(reason: str) -> str:
    return _(SENTENCES.get(reason, SENTENCES["not_offered"]))
