"""Records in plain words: what a type is for, how long an answer is kept, which of several is tried first."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registrar.types import RecordType
from registrar.zones import ZoneRules

WITH_PRIORITY = frozenset({RecordType.MX, RecordType.SRV})
# What people mostly choose, in seconds.
USUAL_TTLS = (60, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 43200, 86400, 172800, 604800)
_UNITS = (604800, 86400, 3600, 60, 1)


@dataclass(frozen=True, slots=True)
class TypeChoice:
    """A type of record that can be added, or why it cannot."""

    kind: str
    use: str
    why_not: str = ""


def use_of(kind: RecordType) -> str:
    """What records of a type are for."""
    return {
        RecordType.A: _("IPv4 address"),
        RecordType.AAAA: _("IPv6 address"),
        RecordType.CNAME: _("Another name for a host"),
        RecordType.ANAME: _("Another name, for the domain itself too"),
        RecordType.MX: _("Mail server"),
        RecordType.TXT: _("Text, such as SPF"),
        RecordType.SRV: _("Service at a host and port"),
        RecordType.NS: _("Nameserver of a part of the zone"),
        RecordType.CAA: _("Who may issue certificates"),
    }[kind]


ORDER = (
    RecordType.A, RecordType.AAAA, RecordType.CNAME, RecordType.ANAME, RecordType.MX, RecordType.TXT,
    RecordType.SRV, RecordType.CAA, RecordType.NS,
)  # fmt: skip


def type_choices(rules: ZoneRules) -> list[TypeChoice]:
    """Every type, those that the name's zone cannot have with the reason."""
    return [TypeChoice(str(kind), use_of(kind), "" if kind in rules.types else _no(kind)) for kind in ORDER]


def _no(kind: RecordType) -> str:
    if kind == RecordType.ANAME:
        return _("ANAME and ALIAS records cannot be kept where this name is. Use A and AAAA records.")
    if kind == RecordType.CAA:
        return _("CAA records cannot be kept where this name is. Ask us about other nameservers.")
    return _("%(type)s records cannot be kept where this name is.") % {"type": kind}


def ttl_words(seconds: int | None) -> str:
    """How long others keep the answer, in the largest unit that says it exactly."""
    if seconds is None:
        return _("usual time")
    unit = next((unit for unit in _UNITS if seconds and seconds % unit == 0), 1)
    count = seconds // unit
    text = {
        604800: ngettext("%(count)d week", "%(count)d weeks", count),
        86400: ngettext("%(count)d day", "%(count)d days", count),
        3600: ngettext("%(count)d hour", "%(count)d hours", count),
        60: ngettext("%(count)d minute", "%(count)d minutes", count),
        1: ngettext("%(count)d second", "%(count)d seconds", count),
    }[unit]
    return text % {"count": count}


def priority_words(priority: int | None, others: list[int | None]) -> str:
    """What a priority means beside those of the same set."""
    known = sorted({number for number in others if number is not None})
    if priority is None or len(others) < 2:
        return ""
    if others.count(priority) > 1:
        return _("tried in turn") if priority == known[0] else _("tried later, in turn")
    return _("tried first") if priority == known[0] else _("tried later")
