"""What people paste to bring names here: a name and its auth code per line. Codes are secrets from here on."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from panel.core.encryption import DecryptionFailed, decrypt, encrypt
from panel.domain.models import to_unicode
from panel.domain.names import ImpossibleName, read_query

MOST_LINES = 200
LONGEST_CODE = 255
# More than that is not even looked at.
MOST_READ = 1000
# What stands, with a number, for a code that was given: codes themselves are never shown again.
HIDDEN = "••••"
_SEPARATORS = re.compile(r"[\s,;]+")
_EDGES = " \t\r\n\f\v,;"
# What can be the end of a name. Anything else may be a code that slipped into the name's place.
_EXTENSION = re.compile(r"\.(?:xn--[a-z0-9-]+|[a-z]{2,63}|[^\x00-\x7f]{1,63})$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Typed:
    """A line that reads as a name. `number` counts from 1, `name` is an A-label, `code` may be empty."""

    number: int
    name: str
    tld_name: str
    code: str = field(repr=False)


@dataclass(slots=True)
class Reading:
    """What was pasted: its names, and what is wrong, by the number of the line."""

    names: list[Typed] = field(default_factory=list)
    problems: dict[int, str] = field(default_factory=dict)
    # As it may be shown again, and the codes that are hidden in it by what stands for them.
    shown: list[str] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict, repr=False)

    @property
    def text(self) -> str:
        """What was pasted, with its codes hidden."""
        return "\n".join(self.shown)

    @property
    def sentences(self) -> list[str]:
        """What is wrong, each naming its line, in their order."""
        named = _("Line %(number)d: %(problem)s")
        return [
            named % {"number": number, "problem": self.problems[number]} for number in sorted(self.problems)
        ]


def read_lines(text: str, sold: Collection[str], kept: Mapping[str, str]) -> Reading:
    """Read names and codes. `sold` are extensions that can be moved here, `kept` codes that are hidden in `text`."""
    reading = Reading()
    first_seen: dict[str, int] = {}
    filled = 0
    for number, line in enumerate(text.splitlines()[:MOST_READ], start=1):
        if not line.strip(_EDGES):
            reading.shown.append("")
            continue
        filled += 1
        typed, code = _parts(line)
        typed, code = kept.get(typed, typed), kept.get(code, code)
        reading.shown.append(_hide(reading, number, typed, code))
        try:
            name, tld_name = _name(typed, sold)
        except ImpossibleName as wrong:
            reading.problems[number] = str(wrong.sentence)
            continue
        reading.names.append(Typed(number, name, tld_name, code))
        if problem := _problem(name, tld_name, code, sold, first_seen):
            reading.problems[number] = problem
        first_seen.setdefault(name, number)
        if filled == MOST_LINES + 1:
            most = {"most": MOST_LINES}
            reading.problems[number] = _("At most %(most)d names at once. Move the rest afterwards.") % most
    return reading


def seal(codes: Mapping[str, str], context: str) -> str:
    """Codes for a form that is shown again: nobody but this panel can read them, and only in the same `context`."""
    return encrypt(json.dumps(dict(codes)), context=f"transfer:{context}") if codes else ""


def unseal(token: str, context: str) -> dict[str, str]:
    """What seal() closed; nothing where it was not closed here, or not for this context."""
    if not token:
        return {}
    try:
        found: dict[str, str] = json.loads(decrypt(token, context=f"transfer:{context}"))
    except (DecryptionFailed, ValueError):
        return {}
    return found


def _parts(line: str) -> tuple[str, str]:
    """The name and its code; a code that stands first is put after the name."""
    # A code may end in whatever separates elsewhere.
    first, *rest = _SEPARATORS.split(line.lstrip(_EDGES).rstrip(), maxsplit=1)
    second = rest[0] if rest else ""
    if "." not in first and _EXTENSION.search(second):
        return second, first
    return first, second


def _name(typed: str, sold: Collection[str]) -> tuple[str, str]:
    """The A-label name and its extension. Raises ImpossibleName, which never repeats what may be a code."""
    if not _EXTENSION.search(typed.rstrip("/.")):
        raise ImpossibleName(
            _(
                "A whole name is needed first, such as lighthouse.com, then its auth code. What stood there is hidden."
            )
        )
    wanted = read_query(typed, sold)
    return f"{wanted.label}.{wanted.tld_name}", wanted.tld_name


def _problem(
    name: str, tld_name: str, code: str, sold: Collection[str], first_seen: Mapping[str, int]
) -> str:
    shown = to_unicode(name)
    if name in first_seen:
        return _("%(name)s is in line %(number)d already.") % {"name": shown, "number": first_seen[name]}
    if tld_name not in sold:
        return _("Names in .%(extension)s cannot be moved here.") % {"extension": to_unicode(tld_name)}
    if re.search(r"\s", code):
        return _("There is a space in the auth code of %(name)s: one name per line.") % {"name": shown}
    if code.startswith(HIDDEN):
        return _("The auth code of %(name)s is not known any more. Enter it again.") % {"name": shown}
    if len(code) > LONGEST_CODE:
        return _("The auth code of %(name)s is too long to be one.") % {"name": shown}
    return ""


def _hide(reading: Reading, number: int, typed: str, code: str) -> str:
    """The line as it may be shown again. What does not end like a name may be a code itself."""
    if not _EXTENSION.search(typed.rstrip("/.")):
        typed = _keep(reading, f"{HIDDEN}{number}a", typed)
    return f"{typed} {_keep(reading, f'{HIDDEN}{number}', code)}" if code else typed


def _keep(reading: Reading, token: str, text: str) -> str:
    reading.codes[token] = text
    return token
