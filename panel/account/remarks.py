"""What a pass says of itself, kept as a code and numbers by the worker and worded in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

SEPARATOR = "|"


def remark(code: str, *numbers: int) -> str:
    """The form in which a remark is kept."""
    return SEPARATOR.join([code, *map(str, numbers)])


def worded(message: str) -> str:
    """A kept remark in words; anything else, such as a registrar's own words, as it is."""
    code, *numbers = message.split(SEPARATOR)
    words: dict[str, Callable[..., Any]] = {
        "lines_left_out": lambda number: (
            _(
                "Lines that could not be kept: %(number)s (unreadable, or the name is under another account). "
                "Nothing is marked as missing."
            )
            % {"number": number}
        ),
        "names_missing": lambda number: (
            _("Names of the panel that the registrar's list lacks: %(number)s") % {"number": number}
        ),
        "names_gone": lambda gone, missing: (
            _(
                "Names that have left the account, as two proofs say: %(gone)s. "
                "Missing in the list for the first time: %(missing)s."
            )
            % {"gone": gone, "missing": missing}
        ),
        "names_being_read": lambda number: (
            _("Names that are being read one by one, since the registrar's list tells little: %(number)s")
            % {"number": number}
        ),
        "contacts_left": lambda number: (
            _("Contacts that later passes will read in full: %(number)s") % {"number": number}
        ),
        "extensions_kept": lambda number, before: (
            _(
                "Extensions that were not listed: %(number)s of %(before)s. They are kept until a whole list says so."
            )
            % {"number": number, "before": before}
        ),
        "extensions_withdrawn": lambda number: (
            _("Extensions no longer offered, and no longer sold: %(number)s") % {"number": number}
        ),
    }
    try:
        return str(words[code](*numbers))
    except (KeyError, TypeError):
        return message
