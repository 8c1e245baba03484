"""What a person can turn on and off about a name: how it stands, whether it is changing, and why it cannot be."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from panel.domain import operations_settings as settings
from panel.domain.capability_words import note_text
from panel.domain.models import Domain
from panel.domain.operations_privacy import BuyWhoisPrivacy, is_sold, require_buyable
from panel.domain.planning import capability
from panel.domain.refusals import BadValue, CannotDo
from panel.operation.models import Operation
from panel.people.models import User
from registrar.types import RenewalMode

# The word of each control in addresses, and the kind of operation that turns it.
KINDS: dict[str, type[settings.Switch]] = {
    "auto-renew": settings.SetRenewalMode,
    "transfer-lock": settings.SetTransferLock,
    "change-lock": settings.SetModificationLock,
    "privacy": settings.SetWhoisPrivacy,
    "visibility": settings.SetWhoisVisible,
}
# What each is called, and what it means on and off.
WORDS = {
    "auto-renew": (
        gettext_noop("Automatic renewal"),
        gettext_noop("It renews by itself before its date."),
        gettext_noop("It ends at its date unless you renew it."),
    ),
    "transfer-lock": (
        gettext_noop("Transfer lock"),
        gettext_noop("Nobody can move it away."),
        gettext_noop("It can be moved away with its auth code."),
    ),
    "change-lock": (
        gettext_noop("Change lock"),
        gettext_noop("Nothing can be changed."),
        gettext_noop("Its details can be changed."),
    ),
    "privacy": (
        gettext_noop("WHOIS privacy"),
        gettext_noop("A stand-in is shown instead of the registrant."),
        gettext_noop("The registrant is shown as far as the registry publishes it."),
    ),
    "visibility": (
        gettext_noop("Details in WHOIS"),
        gettext_noop("The registrant agreed to be shown."),
        gettext_noop("As little as possible is shown."),
    ),
}


@dataclass(frozen=True, slots=True)
class Control:
    """A setting that is on, off or not known (None). `why_not` is a sentence where it cannot be changed now.

    `note` is what the table of the registrar's family says of it: for staff only. `sold`: it is not turned but bought,
    by the year, on a page of its own.
    """

    slug: str
    label: str
    on: bool | None
    text: str
    changing: bool
    why_not: str
    note: str = ""
    sold: bool = False


def controls(
    domain: Domain, open_kinds: Collection[str], say: Callable[[CannotDo], str] | None = None
) -> list[Control]:
    """Every control of the name; `open_kinds` are the kinds of operations that are under way about it.

    `say` makes the sentence of why one cannot be changed, where it is not the customer's.
    """
    return [_control(slug, domain, open_kinds, say) for slug in KINDS]


def turn(domain: Domain, slug: str, on: bool, *, actor: User | None) -> Operation:
    """Plan to turn a control on or off. Raises BadValue(slug) for one that is not there, CannotDo and AlreadyOpen."""
    match slug:
        case "auto-renew":
            mode = RenewalMode.AUTOMATIC if on else RenewalMode.MANUAL
            return settings.plan_renewal_mode(domain, mode, actor=actor)
        case "transfer-lock":
            return settings.plan_transfer_lock(domain, on, actor=actor)
        case "change-lock":
            return settings.plan_modification_lock(domain, on, actor=actor)
        case "privacy":
            return settings.plan_whois_privacy(domain, on, actor=actor)
        case "visibility":
            return settings.plan_whois_visible(domain, on, actor=actor)
    raise BadValue("slug")


def _control(
    slug: str, domain: Domain, open_kinds: Collection[str], say: Callable[[CannotDo], str] | None
) -> Control:
    kind = KINDS[slug]
    if slug == "privacy" and is_sold(domain):
        return _sold_privacy(domain, open_kinds, say)
    on = _stands(slug, domain)
    label, when_on, when_off = _words(slug)
    why_not = ""
    try:
        settings.require_switchable(kind, domain)
    except CannotDo as refusal:
        why_not = say(refusal) if say else refusal.text
    text = {True: when_on, False: when_off, None: ""}[on]
    note = note_text(capability(domain.account, domain.tld_name, kind.methods[0]).note)
    return Control(slug, label, on, text, kind.name in open_kinds, why_not, note)


def _sold_privacy(
    domain: Domain, open_kinds: Collection[str], say: Callable[[CannotDo], str] | None
) -> Control:
    """Privacy that is bought by the year. Once it is on there is nothing to change: it ends by itself."""
    on, why_not = _stands("privacy", domain), ""
    label, when_on, when_off = _words("privacy")
    try:
        require_buyable(domain)
    except CannotDo as refusal:
        why_not = "" if on else say(refusal) if say else refusal.text
    bought, to_buy = _("It was bought for a time and ends by itself."), _("It is bought by the year.")
    text = {True: f"{when_on} {bought}", False: f"{when_off} {to_buy}", None: ""}[on]
    return Control("privacy", label, on, text, BuyWhoisPrivacy.name in open_kinds, why_not, sold=True)


def _stands(slug: str, domain: Domain) -> bool | None:
    value = getattr(domain, KINDS[slug].field)
    if slug != "auto-renew":
        return None if value is None else bool(value)
    return None if value == RenewalMode.UNKNOWN else value == RenewalMode.AUTOMATIC


def _words(slug: str) -> tuple[str, str, str]:
    label, when_on, when_off = WORDS[slug]
    return _(label), _(when_on), _(when_off)
