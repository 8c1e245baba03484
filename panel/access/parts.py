"""The sixteen parts of a name that can be lent to somebody, and how a view says which it needs (docs/access.md).

A view of a name declares it beside its permission:

    @requires(Permission.CUSTOMER_WRITE, part=Part.DNS_ZONE)                     opening reads, posting writes
    @requires(Permission.CUSTOMER_WRITE, part=Part.NAMESERVERS, level=Level.WRITE)    a page that is only a form
    @requires(Permission.CUSTOMER_READ, part=(Part.MAILBOXES, Part.MAIL_ALIASES))     one of these is enough
    @requires(Permission.CUSTOMER_WRITE, part=OWNERS)                            money or ownership: lent to nobody

Templates ask `rights`, which every page has: `rights.sees.dns_zone`, `rights.changes.dns_zone`, and `rights.whole` for
what belongs to owners; Python asks the actor's `rights`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registrar.types import AccessLevel as Level
from registrar.types import DomainPermission as Part

__all__ = ["ANY", "OWNERS", "Level", "Need", "Part", "Rights", "part_of_switch"]

ANY: tuple[Part, ...] = tuple(Part)
OWNERS: tuple[Part, ...] = ()
# What can be seen and never changed (manual 9.10.1).
READ_ONLY = frozenset({Part.AUTH_CODE})

Declared = Part | tuple[Part, ...] | Callable[..., "Part | tuple[Part, ...]"]

LABELS: Mapping[Part, Promise] = {
    Part.OWNER_CONTACT: _("Registrant"),
    Part.CONTACTS: _("Other contacts"),
    Part.NAMESERVERS: _("Nameservers"),
    Part.GLUE_RECORDS: _("Glue records"),
    Part.DNSSEC: _("DNSSEC keys"),
    Part.TRANSFER_LOCK: _("Transfer lock"),
    Part.AUTH_CODE: _("Auth code"),
    Part.OTHER_OPTIONS: _("Privacy and other options"),
    Part.FTP: _("FTP accounts"),
    Part.SUBDOMAINS: _("Subdomains"),
    Part.REDIRECTS: _("Redirects"),
    Part.PARKING: _("Parking"),
    Part.DNS_ZONE: _("DNS records"),
    Part.DATABASES: _("Databases"),
    Part.MAILBOXES: _("Mailboxes"),
    Part.MAIL_ALIASES: _("Mail aliases"),
}
_HEIGHT = {Level.DISABLED: 0, Level.READ: 1, Level.WRITE: 2}


@dataclass(frozen=True, slots=True)
class Need:
    """What a view needs: one of the parts, at least at the level. No part: only who has the whole name may."""

    parts: tuple[Part, ...]
    level: Level


@dataclass(frozen=True, slots=True)
class Rights:
    """What somebody may do about one name.

    `whole`: everything, also what no part covers. `lent`: as somebody to whom parts were lent, not as one of the
    customer's own, so that nothing but the parts is shown.
    """

    levels: Mapping[Part, Level] = field(default_factory=dict)
    whole: bool = False
    lent: bool = False

    def level(self, part: Part) -> Level:
        """How far one part goes."""
        return self.levels.get(part, Level.DISABLED)

    def may(self, part: Part, level: Level = Level.WRITE) -> bool:
        """Whether a part may be read, or changed."""
        return _HEIGHT[self.level(part)] >= _HEIGHT[level]

    def meets(self, need: Need) -> bool:
        """Whether one of the parts that are needed goes far enough."""
        return self.whole or any(self.may(part, need.level) for part in need.parts)

    @property
    def sees(self) -> dict[str, bool]:
        """Every part by its word, and whether it may be seen: for templates."""
        return {part.value: self.may(part, Level.READ) for part in Part}

    @property
    def changes(self) -> dict[str, bool]:
        """Every part by its word, and whether it may be changed: for templates."""
        return {part.value: self.may(part) for part in Part}


NOTHING = Rights()
LOOK = Rights(dict.fromkeys(Part, Level.READ))
# An auth code is only read, so that nobody may write it; whoever has the whole name may everything.
WHOLE = Rights(dict.fromkeys(Part, Level.WRITE), whole=True)

# The kinds of operations by the parts that they are about: whoever may see one of the parts may follow them. A kind
# that does not stand here, such as a renewal, is told to nobody to whom the name was lent.
KIND_PARTS: dict[str, tuple[Part, ...]] = {
    "domain.refresh": ANY,
    "domain.resend_verification": (Part.OWNER_CONTACT,),
    "domain.contacts": (Part.CONTACTS,),
    "domain.nameservers": (Part.NAMESERVERS,),
    "domain.glue": (Part.GLUE_RECORDS,),
    "domain.read_delegation": (Part.GLUE_RECORDS, Part.DNSSEC),
    "domain.dnssec": (Part.DNSSEC,),
    "domain.signing": (Part.DNSSEC,),
    "domain.transfer_lock": (Part.TRANSFER_LOCK,),
    "domain.read_auth_code": (Part.AUTH_CODE,),
    "domain.modification_lock": (Part.OTHER_OPTIONS,),
    "domain.whois_privacy": (Part.OTHER_OPTIONS,),
    "domain.whois_visible": (Part.OTHER_OPTIONS,),
    "domain.read_publicity": (Part.OTHER_OPTIONS,),
    "dns.zone": (Part.DNS_ZONE,),
    "dns.restore": (Part.DNS_ZONE,),
    "dns.read": (Part.DNS_ZONE,),
}

# What a name's page turns on and off, by the word in its address. Renewal costs money: it is not among them.
SWITCH_PARTS: Mapping[str, Part] = {
    "transfer-lock": Part.TRANSFER_LOCK,
    "change-lock": Part.OTHER_OPTIONS,
    "privacy": Part.OTHER_OPTIONS,
    "visibility": Part.OTHER_OPTIONS,
}


def part_of_switch(slug: str, **rest: Any) -> Part | tuple[Part, ...]:
    """The part that a switch belongs to; OWNERS for one that no part covers."""
    return SWITCH_PARTS.get(slug, OWNERS)


def sees_switch(rights: Rights, slug: str) -> bool:
    """Whether somebody with these rights sees how a switch stands; customers' own people see all of them."""
    part = SWITCH_PARTS.get(slug)
    return not rights.lent or (part is not None and rights.may(part, Level.READ))


def may_turn(rights: Rights, slug: str) -> bool:
    """Whether somebody with these rights may turn a switch."""
    part = SWITCH_PARTS.get(slug)
    return rights.whole or (part is not None and rights.may(part))


def kinds_seen(rights: Rights) -> list[str]:
    """The kinds of operations that somebody with these rights may follow."""
    return [kind for kind, parts in KIND_PARTS.items() if any(rights.may(part, Level.READ) for part in parts)]


def need_of(declared: Declared, level: Level | None, safe: bool, arguments: Mapping[str, Any]) -> Need:
    """What a request needs of a view that declared `declared`; without a level, safe methods read and others write."""
    parts = declared if isinstance(declared, Part | tuple) else declared(**arguments)
    wanted = level or (Level.READ if safe else Level.WRITE)
    return Need((parts,) if isinstance(parts, Part) else parts, wanted)
