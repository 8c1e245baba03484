"""Why a name cannot be moved here, in plain words; what a registrar said of it is read for what can be told of it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

LOCKED = "locked"
TOO_YOUNG = "too_young"
BUSY = "pending"
HERE = "in_account"
NOBODYS = "not_registered"
OTHER = "transfer_not_allowed"

# Assumption: MrDomain's manual (5.2, transfermsg) does not list its messages. What is looked for are the registry's own
# words for a state, which BookMyName's manual lists (registry_status), and the plainest words for the same.
_SIGNS: tuple[tuple[str, str], ...] = (
    (LOCKED, r"transfer ?prohibited|\block(ed)?\b"),
    (TOO_YOUNG, r"\b60 ?days\b|two months|too (young|recent)|recently (registered|transferred)"),
    (BUSY, r"pending ?(create|delete|renew|transfer|update)"),
    (HERE, r"already in (this|your) account"),
    (NOBODYS, r"not registered|is available"),
    ("unsupported_tld", r"not available for this (tld|extension)"),
)


def obstacle_in(said: Iterable[str]) -> str:
    """Our word for why a registrar says that a name cannot be moved; OTHER where its words tell nothing we know."""
    text = " ".join(said).lower()
    return next((word for word, sign in _SIGNS if re.search(sign, text)), OTHER)


def obstacle_words(reason: str) -> tuple[str, str]:
    """Why a name cannot be moved, and what can be done about it. Without a word of the registrar."""
    match reason:
        case "locked":
            return _("It is locked where it is."), _(
                "Have the lock lifted at the present provider, then check again."
            )
        case "too_young":
            return _("It was registered or moved less than 60 days ago."), _(
                "Wait until 60 days are over, then check again."
            )
        case "pending" | "busy":
            return _("Something else about it is under way at its registry."), _(
                "Wait until that is over, then check again."
            )
        case "in_account" | "already_exists" | "taken":
            return _("It is here already."), _("Ask us to find it for you.")
        case "not_registered" | "domain":
            return _("Nobody has this name at present."), _("You can register it instead.")
        case "unsupported_tld":
            return _("Names of this extension cannot be moved here."), ""
        case "invalid_name":
            return _("The registry knows no such name."), _("Check how it is written.")
        case _:
            return _("Its present state does not allow it, and nobody says why."), _(
                "Check the lock and the code at the present provider, then check again, or ask us."
            )
