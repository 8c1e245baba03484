"""What people type into the search box: a word, a name, half an address. Read as one name that can be registered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

import idna
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from publicsuffixlist import PublicSuffixList

LONGEST_LABEL = 63
LONGEST_NAME = 253
LONGEST_QUERY = 300
_DOTS = re.compile(r"[。．｡]")
# Marks that some scripts write inside words; idna itself decides where they may stand.
_RARE_MARKS = "\N{MIDDLE DOT}\N{KATAKANA MIDDLE DOT}\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)


class ImpossibleName(ValueError):
    """No registry takes this name; `sentence` says why, to the person who typed it."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for. `label` and `tld_name` are A-labels; `tld_name` is empty when only a word was typed."""

    label: str
    tld_name: str = ""


def read_query(text: str, sold: Collection[str]) -> Wanted:
    """The label and extension of what a person typed. Raises ImpossibleName.

    `sold` are the extensions that decide where the name ends and its extension begins; for all others the public
    suffix list does. What stands before the name to be registered, such as "www.", is left out.
    """
    typed = _host_part(text)
    if not typed:
        raise ImpossibleName(_("Type a word or a name, for example lighthouse or lighthouse.com."))
    labels = typed.split(".")
    if "" in labels:
        raise ImpossibleName(_("There are two dots in a row. A name looks like lighthouse.com."))
    if len(labels) == 1:
        return Wanted(to_a_label(labels[0]))
    ascii_labels = [to_a_label(label) for label in labels]
    if len(".".join(ascii_labels)) > LONGEST_NAME:
        raise ImpossibleName(_("A whole name has at most 253 characters."))
    depth = _suffix_depth(ascii_labels, sold)
    return Wanted(ascii_labels[-depth - 1], ".".join(ascii_labels[-depth:]))


def to_a_label(label: str) -> str:
    """One part of a name as A-label in lower case. Raises ImpossibleName, naming what cannot be."""
    try:
        mapped = idna.uts46_remap(label, std3_rules=False)
    except (idna.IDNAError, UnicodeError):
        mapped = label.lower()
    if not mapped:
        raise ImpossibleName(_("Type a word or a name, for example lighthouse or lighthouse.com."))
    if mapped.startswith("-") or mapped.endswith("-"):
        raise ImpossibleName(_("A name neither begins nor ends with a hyphen."))
    wrong = _wrong_characters(mapped)
    if wrong:
        raise ImpossibleName(
            _("A name has only letters, digits and hyphens; this cannot be part of it: %(characters)s")
            % {"characters": " ".join(wrong)}
        )
    if mapped.isascii() and len(mapped) > LONGEST_LABEL:
        raise _too_long(len(mapped))
    try:
        ascii_label = idna.alabel(mapped).decode("ascii")
    except (idna.IDNAError, UnicodeError) as error:
        if getattr(error, "code", "") in ("label_too_long", "input_too_long"):
            raise _too_long(len(mapped)) from None
        if mapped[2:4] == "--":
            raise ImpossibleName(
                _("A name cannot have hyphens as both its third and fourth character.")
            ) from None
        raise ImpossibleName(
            _("These letters do not go together in a name: every name keeps to one script.")
        ) from None
    return ascii_label


def split(name: str, sold: Collection[str]) -> tuple[str, str]:
    """An A-label name as label and extension: ("lighthouse", "co.uk")."""
    labels = name.split(".")
    depth = _suffix_depth(labels, sold)
    return labels[-depth - 1], ".".join(labels[-depth:])


def _host_part(text: str) -> str:
    typed = unicodedata.normalize("NFC", text[:LONGEST_QUERY]).strip()
    typed = _DOTS.sub(".", _SCHEME.sub("", typed)).partition("/")[0]
    typed = typed.rpartition("@")[2] if "@" in typed.strip("@") else typed
    # People search for "my light house" and mean mylighthouse.
    return "".join(typed.split()).strip(".")


def _suffix_depth(labels: list[str], sold: Collection[str]) -> int:
    for depth in range(len(labels) - 1, 0, -1):
        if ".".join(labels[-depth:]) in sold:
            return depth
    suffix = _suffixes().publicsuffix(".".join(labels)) or labels[-1]
    return min(suffix.count(".") + 1, len(labels) - 1)


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList(only_icann=True)


def _wrong_characters(label: str) -> list[str]:
    wrong = dict.fromkeys(
        character
        for character in label
        if character != "-"
        and not (character.isascii() and character.isalnum())
        and (character.isascii() or unicodedata.category(character)[0] not in "LMN")
        and character not in _RARE_MARKS
    )
    return list(wrong)[:5]


def _too_long(length: int) -> ImpossibleName:
    if length <= LONGEST_LABEL:
        return ImpossibleName(
            _("Letters beyond a to z take more room, and this name has become too long. Try a shorter one.")
        )
    return ImpossibleName(
        _("A name has 1 to 63 letters, digits or hyphens; this one has %(length)d.") % {"length": length}
    )
