"""What is lent, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from panel.access.models import Grant
from panel.access.parts import LABELS, Level, Part, Rights

NAMES_SHOWN = 20
# The parts as people think of them, in the order in which they are asked.
GROUPS: tuple[tuple[Promise, tuple[Part, ...]], ...] = (
    (
        gettext_lazy("DNS and nameservers"),
        (Part.DNS_ZONE, Part.NAMESERVERS, Part.GLUE_RECORDS, Part.DNSSEC),
    ),
    (gettext_lazy("E-mail"), (Part.MAILBOXES, Part.MAIL_ALIASES)),
    (
        gettext_lazy("Website"),
        (Part.FTP, Part.SUBDOMAINS, Part.REDIRECTS, Part.PARKING, Part.DATABASES),
    ),
    (
        gettext_lazy("The name itself"),
        (
            Part.OWNER_CONTACT,
            Part.CONTACTS,
            Part.TRANSFER_LOCK,
            Part.AUTH_CODE,
            Part.OTHER_OPTIONS,
        ),
    ),
)
HELP: dict[Part, Promise] = {
    Part.OWNER_CONTACT: gettext_lazy(
        "Change: have them asked again to confirm their details. Never another owner."
    ),
    Part.CONTACTS: gettext_lazy("Administrative, technical and billing contact."),
    Part.GLUE_RECORDS: gettext_lazy("Addresses of nameservers that bear the name."),
    Part.AUTH_CODE: gettext_lazy("Whoever sees it can move the name away."),
    Part.TRANSFER_LOCK: gettext_lazy("Without it the name can be moved away."),
    Part.OTHER_OPTIONS: gettext_lazy("Privacy, change lock, public directory."),
}


@dataclass(frozen=True, slots=True)
class Summary:
    """The parts of a grant by what may be done with them, in words."""

    changes: list[str]
    sees: list[str]
    everything: bool

    @property
    def text(self) -> str:
        """In one line."""
        if self.everything:
            return _("Everything that can be shared")
        told = []
        if self.changes:
            told.append(_("Change: %(parts)s") % {"parts": ", ".join(self.changes)})
        if self.sees:
            told.append(_("See: %(parts)s") % {"parts": ", ".join(self.sees)})
        return "; ".join(told)


def summary(rights: Rights) -> Summary:
    """What somebody with these rights may do."""
    ordered = [part for _label, parts in GROUPS for part in parts]
    changes = [str(LABELS[part]) for part in ordered if rights.may(part)]
    sees = [str(LABELS[part]) for part in ordered if rights.level(part) == Level.READ]
    most = all(rights.may(part) or part == Part.AUTH_CODE for part in Part)
    return Summary(changes, sees, most and rights.may(Part.AUTH_CODE, Level.READ))


def state_of(grant: Grant) -> tuple[str, str, str]:
    """Tone, word and icon of how a grant stands."""
    if grant.revoked_at is not None:
        return "neutral", _("Ended"), "circle-minus"
    if grant.is_over:
        return "neutral", _("Over"), "calendar-x"
    if grant.user_id is None:
        return "pending", _("Invited"), "mail"
    return "success", _("Has access"), "circle-check"


def and_more(names: list[str]) -> list[str]:
    """The first names, and how many more there are."""
    rest = len(names) - NAMES_SHOWN
    if rest <= 0:
        return names
    more = ngettext("and %(n)s more", "and %(n)s more", rest) % {"n": rest}
    return [*names[:NAMES_SHOWN], more]
