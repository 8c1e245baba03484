"""Plain text as people type and paste it."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

# Marks that come along when a number or a name is pasted from a phone or a web page, and that nobody sees.
_INVISIBLE = dict.fromkeys(
    [0x00AD, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)

_DAMAGED = "\ufffd"

# Assumption: only Netim's manual states lengths. These are our own limits, generous for real names.
MAX_LENGTH = {
    "first_name": 64,
    "last_name": 64,
    "organization": 100,
    "address": 128,
    "city": 64,
    "state": 64,
    "postal_code": 12,
    "email": 254,
}


class Wrong(Exception):
    """A value cannot be accepted; the message is for the person who typed it. Never leaves this package."""


def tidy(value: object) -> str:
    """Composed (NFC), trimmed, without invisible marks, white space collapsed to one space. None is empty."""
    text = "" if value is None else str(value)
    # Half a character cannot be stored or even shown on the page that complains about it.
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return " ".join(unicodedata.normalize("NFC", whole.translate(_INVISIBLE)).split())


def tidy_lines(value: object) -> str:
    """Like `tidy`, with the lines of a postal address joined by a comma: registrars take one line."""
    text = "" if value is None else str(value)
    lines = [tidy(line).strip(", ") for line in re.split(r"[\r\n]+", text)]
    return ", ".join(line for line in lines if line)


def compact(value: str) -> str:
    """Upper case without spaces, dots, dashes and slashes: how numbers and codes are compared."""
    return unicodedata.normalize("NFC", re.sub(r"[\s./\-‐-―]", "", value).upper())


def has_letter(value: str) -> bool:
    """Whether any letter of any script is in the text."""
    return any(character.isalpha() for character in value)


def check_characters(value: str) -> None:
    """Raises Wrong when the text holds a character that cannot be printed, or was damaged on its way."""
    if any(c == _DAMAGED or unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn") for c in value):
        raise Wrong(
            _("Remove the characters that cannot be printed; type the text again instead of pasting it.")
        )


def check_length(name: str, value: str) -> None:
    """Raises Wrong when the value is longer than `MAX_LENGTH` allows for the field."""
    limit = MAX_LENGTH[name]
    if len(value) > limit:
        raise Wrong(
            _("Shorten this to %(limit)s characters; it has %(length)s.")
            % {"limit": limit, "length": len(value)}
        )


def check_words(name: str, value: str, example: str) -> str:
    """A text that must hold a letter, such as a name or a city. Raises Wrong."""
    check_characters(value)
    check_length(name, value)
    if not has_letter(value):
        raise Wrong(_("Write this in letters, for example “%(example)s”.") % {"example": example})
    return value
