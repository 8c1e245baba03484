"""Passwords for mailboxes, FTP and databases: made here, or judged before they are sent."""

from __future__ import annotations

import itertools
import math
import secrets
import string

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Readable aloud: no 0/O, 1/l/I. Signs that programs, shells and connection addresses all take as they are.
LETTERS = "abcdefghjkmnpqrstuvwxyz"
CAPITALS = "ABCDEFGHJKMNPQRSTUVWXYZ"
DIGITS = "23456789"
SIGNS = "-_."
MADE_LENGTH = 18
SHORTEST, LONGEST = 10, 64
# Guessing at a thousand tries a second, this lasts for longer than anybody lives.
ENOUGH_BITS = 45


def make() -> str:
    """A password of its own length with every kind of character, about 100 bits."""
    pool = LETTERS + CAPITALS + DIGITS
    signs = secrets.choice(SIGNS)
    while True:
        groups = ["".join(secrets.choice(pool) for _each in range(MADE_LENGTH // 3)) for _group in range(3)]
        made = signs.join(groups)
        if all(set(made) & set(kind) for kind in (LETTERS, CAPITALS, DIGITS)):
            return made


def bits(password: str) -> float:
    """How hard it is to guess, in bits: its length by its kinds of characters; what repeats counts for little."""
    kinds = (string.ascii_lowercase, string.ascii_uppercase, string.digits, string.punctuation)
    pool = sum(len(kind) for kind in kinds if set(kind) & set(password))
    if not pool:
        return 0.0
    fresh = 1.0
    for before, now in itertools.pairwise(password):
        # A character that follows from the one before, as in aaa, abc or 321, is hardly a choice.
        fresh += 0.25 if abs(ord(now) - ord(before)) <= 1 else 1.0
    distinct = len(set(password)) / len(password)
    return fresh * math.log2(pool) * min(1.0, 0.4 + distinct)


def check(password: str, *names: str) -> None:
    """Raise ValidationError unless a password is one that can be sent and not guessed. `names` it must not hold."""
    if not all(33 <= ord(character) <= 126 for character in password):
        raise ValidationError(_("Use letters without accents, digits and signs, and no spaces."))
    if len(password) < SHORTEST:
        raise ValidationError(_("Use at least %(count)s characters.") % {"count": SHORTEST})
    if len(password) > LONGEST:
        raise ValidationError(_("Use at most %(count)s characters.") % {"count": LONGEST})
    words = [name.casefold() for name in names if len(name) > 3]
    if any(word in password.casefold() for word in words):
        raise ValidationError(_("It must not hold the name: that is guessed first."))
    if bits(password) < ENOUGH_BITS:
        raise ValidationError(
            _("It is too easy to guess: make it longer, and mix letters, digits and signs.")
        )
