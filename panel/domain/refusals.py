"""Why something about a name cannot be planned. Whoever raises one of these has written nothing."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _

Text = str | Promise


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
    sentences = {
        "busy": _("It is being changed already. Wait for that to end."),
        "busy_for_another": _("Something is under way for its present customer. Wait for that to end."),
        "contact_gone": _("A contact that was chosen is not in the contact book any more."),
        "gone": _("The name belongs to somebody else by now, or to nobody."),
        "nameservers_do_not_fit": _("This name takes another number of nameservers."),
        "nobodys": _("The name belongs to nobody yet, so nobody's tags can be put on it."),
        "too_many_tags": _("The name would bear too many tags. Take some off first."),
        "not_enough_money": _("The wallet did not cover it. Top it up, then try again."),
        "not_for_a_year": _("It cannot be renewed for a single year."),
        "price_changed": _("The price has changed since you saw it, so nothing was ordered."),
        "went_wrong": _("Something went wrong on our side, and nothing was changed. Try it again."),
        "not_offered": _("This cannot be done for this name."),
        "private": _("The name is private already, so there is nothing to buy."),
        "privacy_included": _(
            "Privacy costs nothing for this name, so there is nothing to buy: turn it on at the page of the name."
        ),
        "by_hand": _("This is done by hand for this name: please ask us."),
        "not_active": _("The name is not active, so this cannot be changed now."),
        "not_read": _("The name is new here and still being read. Try again in a few minutes."),
        "not_renewable": _("The name cannot be renewed in its present state."),
        "not_restorable": _("Only a deleted name can be restored, and only for a while."),
        "not_deletable": _("The name cannot be deleted in its present state."),
        "locked": _("The name is locked against changes. Lift the lock first."),
        "expiry_moved": _("The name expires on another day than was shown. Look at it again, then decide."),
        "renewal_under_way": _("A renewal of the name is under way. Wait for that to end."),
        "under_way": _("Something is under way about the name. Wait for that to end."),
        "offer_over": _("The offer stands no more."),
        "another_customer": _("The name belonged to somebody else by then."),
        "confirmed": _("There is nothing left to confirm."),
        "keys_not_read": _("We have not read yet which keys there are. Have them read first."),
        "expiry_unknown": _("We do not know yet when the name expires. Try again in a while."),
        "held": _("The name is here already."),
        "too_late": _("It has gone too far to be called off."),
        "not_waiting": _("The transfer does not wait for a code any more. Look at it again."),
        "unchanged": _("It is like this already: there is nothing to change."),
        "asks_more": _("Its extension asks for more about the owner: change it on the page of the name."),
        "another_book": _("The contact is of another customer's book."),
        "bad_value": _("Check what was entered."),
        "no_price": _("The price is being reviewed. Please ask us."),
    }
    return sentences.get(reason, _("This cannot be done for this name."))
