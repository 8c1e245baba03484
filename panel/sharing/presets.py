"""What is usually lent together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from panel.access.parts import READ_ONLY, Level, Part, Rights
from panel.access.words import summary

Levels = Mapping[Part, Level]
BY_HAND = "by-hand"
FEW = 4


@dataclass(frozen=True, slots=True)
class Preset:
    """A set of levels under a name that people know."""

    key: str
    label: Promise
    help: Promise
    levels: Levels


def _write(*parts: Part) -> Levels:
    return dict.fromkeys(parts, Level.WRITE)


PRESETS: tuple[Preset, ...] = (
    Preset(
        "agency",
        _("Web agency"),
        _("Changes DNS records, mailboxes and mail aliases."),
        _write(Part.DNS_ZONE, Part.MAILBOXES, Part.MAIL_ALIASES),
    ),
    Preset(
        "webmaster",
        _("Webmaster"),
        _("Changes the website: FTP, subdomains, redirects, parking, databases."),
        _write(Part.FTP, Part.SUBDOMAINS, Part.REDIRECTS, Part.PARKING, Part.DATABASES),
    ),
    Preset(
        "dns",
        _("DNS administrator"),
        _("Changes DNS records, nameservers, glue records and DNSSEC keys."),
        _write(Part.DNS_ZONE, Part.NAMESERVERS, Part.GLUE_RECORDS, Part.DNSSEC),
    ),
    Preset(
        "mail",
        _("E-mail administrator"),
        _("Changes mailboxes and mail aliases."),
        _write(Part.MAILBOXES, Part.MAIL_ALIASES),
    ),
    Preset(
        "auditor",
        _("Looks only"),
        _("Sees every part except the auth code, and changes nothing."),
        dict.fromkeys(set(Part) - {Part.AUTH_CODE}, Level.READ),
    ),
    Preset(
        "all",
        _("Everything that can be shared"),
        _("Changes every part and sees the code that moves the name away. Never money or another owner."),
        {part: Level.READ if part in READ_ONLY else Level.WRITE for part in Part},
    ),
)
BY_KEY: Mapping[str, Preset] = {preset.key: preset for preset in PRESETS}


def short_of(rights: Rights) -> str:
    """What somebody with these rights may do, for a list: a preset, a few parts, or how many."""
    preset = BY_KEY.get(preset_of(rights.levels))
    if preset is not None:
        return str(preset.label)
    told = summary(rights)
    if len(told.changes) + len(told.sees) <= FEW:
        return told.text
    return gettext("Parts to change: %(changes)s; to see: %(sees)s") % {
        "changes": len(told.changes),
        "sees": len(told.sees),
    }


def preset_of(levels: Levels) -> str:
    """The key of the preset that these levels are; BY_HAND for none."""
    wanted = {part: level for part, level in levels.items() if level != Level.DISABLED}
    return next((preset.key for preset in PRESETS if dict(preset.levels) == wanted), BY_HAND)
