"""Domains in plain words: their state, their switches, and who answers for them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_countries import countries

from panel.access.parts import Level, Part, Rights
from panel.contact.models import ContactHandle
from panel.domain.models import Domain, to_unicode
from panel.operation.words import Words
from panel.people.models import Customer
from registrar.types import RenewalMode, Verification

EXPIRES_SOON = timedelta(days=30)
RENEWAL_OPENS = timedelta(days=60)
Status = Domain.Status
# Assumption: the manuals do not list the hosts of the registrars' parking; these are the registrars' own domains.
REGISTRARS_DOMAINS = (
    "mrdomain.com",
    "dondominio.com",
    "dondominio.net",
    "netim.com",
    "netim.net",
    "bookmyname.com",
    "name.com",
)


@dataclass(frozen=True, slots=True)
class Person:
    """Who answers for a domain in one role, as the registry has it."""

    role: str
    name: str = ""
    organization: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    country: str = ""
    unconfirmed: bool = False
    managed: bool = False


def status_words(domain: Domain) -> Words:
    """The domain's state, what comes next and what to do."""
    days = None
    if domain.status == Status.ACTIVE and domain.expires_on:
        days = _days_left(domain.expires_on)
    return _words(get_language(), str(domain.status), days, str(domain.renewal_mode))


def _days_left(end: date) -> int:
    """From -1, for any day that is over, to one more than is soon, for any that is later."""
    # Most ends are years away, whatever day it is where the reader is: finding that out costs more than the rest.
    if (end - datetime.now(UTC).date()).days > EXPIRES_SOON.days + 1:
        return EXPIRES_SOON.days + 1
    return max(-1, min((end - timezone.localdate()).days, EXPIRES_SOON.days + 1))


@lru_cache(maxsize=4096)
def _words(_language: str | None, status: str, days: int | None, renewal_mode: str) -> Words:
    """The words for a state with so many days left; remembered, since a list says the same of most of its names."""
    if days is not None and days < 0:
        return Words(_("Expired"), _("Its date has passed."), "danger", "calendar-clock", _("Renew it now."))
    if days is not None and days <= EXPIRES_SOON.days:
        text = _("It works; its paid time ends soon.")
        step = _("It renews by itself.") if renewal_mode == RenewalMode.AUTOMATIC else _("Renew it in time.")
        return Words(_("Expires soon"), text, "warning", "calendar-clock", step)
    return _status_words(status)


def status_badge(domain: Domain) -> tuple[str, str, str]:
    """Tone, word and icon of the domain's state."""
    words = status_words(domain)
    return words.tone, words.title, words.icon


def _status_words(status: str) -> Words:
    nothing = _("You need do nothing.")
    match status:
        case Status.REGISTERING:
            text = _("The registry is working on it: usually a few minutes, with some extensions some days.")
            return Words(_("Being registered"), text, "pending", "hourglass", nothing)
        case Status.TRANSFERRING:
            text = _("It is moving here; that takes up to a week.")
            return Words(_("Being transferred"), text, "pending", "hourglass", nothing)
        case Status.RENEWING:
            return Words(
                _("Being renewed"), _("The registry is working on it."), "pending", "hourglass", nothing
            )
        case Status.ACTIVE:
            return Words(_("Active"), _("It works."), "success", "circle-check")
        case Status.INACTIVE:
            text = _("The registry has it, but it does not work on the internet.")
            return Words(_("Inactive"), text, "warning", "circle-alert", _("Ask us why."))
        case Status.GRACE:
            text = _("Its paid time is over. It can still be renewed at the normal price.")
            return Words(_("Expired"), text, "danger", "calendar-clock", _("Renew it now."))
        case Status.REDEMPTION:
            text = _("Its paid time is long over. Getting it back costs extra.")
            return Words(
                _("Expired: can only be restored"),
                text,
                "danger",
                "calendar-clock",
                _("Ask us to restore it."),
            )
        case Status.PENDING_DELETE:
            text = _("The registry is about to delete it; then anybody may register it.")
            return Words(_("About to be deleted"), text, "danger", "calendar-clock")
        case Status.ON_HOLD:
            text = _("The registry has switched it off, usually because details must be confirmed.")
            return Words(_("On hold"), text, "warning", "circle-alert", _("Ask us why."))
        case Status.TRANSFERRED_AWAY:
            text = _("It was moved to another provider.")
            return Words(_("Transferred away"), text, "neutral", "circle-slash")
        case Status.DELETED:
            text = _("It was deleted; anybody may register it again.")
            return Words(_("Deleted"), text, "neutral", "circle-slash")
        case Status.REGISTRATION_CANCELLED:
            text = _("It was not registered, and nothing was charged.")
            return Words(_("Not registered"), text, "neutral", "circle-slash")
        case Status.TRANSFER_CANCELLED:
            return Words(_("Not transferred"), _("It stayed where it was."), "neutral", "circle-slash")
        case _:
            text = _("We are reading its details from the registry.")
            return Words(_("Being checked"), text, "pending", "refresh-cw", nothing)


def renewal_label(domain: Domain) -> str:
    """What happens when the paid time ends."""
    return _renewal(get_language(), RenewalMode(domain.renewal_mode))


@lru_cache
def _renewal(_language: str | None, mode: RenewalMode) -> str:
    return {
        RenewalMode.AUTOMATIC: _("Automatic"),
        RenewalMode.MANUAL: _("By hand"),
        RenewalMode.LET_EXPIRE: _("Ends at its date"),
    }.get(mode, _("Not known"))


def role_labels() -> dict[str, str]:
    """What the roles of a domain are called."""
    return {
        "owner": _("Registrant"),
        "admin": _("Administrative"),
        "tech": _("Technical"),
        "billing": _("Billing"),
    }


def people(
    domain: Domain,
    customer: Customer | None,
    *,
    everyone: bool = False,
    roles: Collection[str] | None = None,
) -> list[Person]:
    """Who answers for the domain, by role, or in some of the roles. Needs `owner`, `admin`, `tech`, `billing` and their
    contacts.

    A contact that is not the customer's own, such as the seller's as technical contact, is shown only where `everyone`
    is asked for.
    """
    owner = domain.owner
    shown = []
    for field, label in role_labels().items():
        handle: ContactHandle | None = getattr(domain, field)
        if handle is None or (roles is not None and field not in roles):
            continue
        own = everyone or field == "owner" or _is_own(handle, owner, customer)
        shown.append(_person(label, handle) if own else Person(label, managed=True))
    return shown


def roles_seen(rights: Rights) -> set[str]:
    """The roles of which somebody with these rights may see who answers in them."""
    seen = {"owner"} if rights.may(Part.OWNER_CONTACT, Level.READ) else set()
    return seen | {"admin", "tech", "billing"} if rights.may(Part.CONTACTS, Level.READ) else seen


def by_person(shown: list[Person]) -> list[Person]:
    """The same people, each once, with all their roles: mostly one person has them all."""
    roles: dict[Person, list[str]] = {}
    for person in shown:
        roles.setdefault(replace(person, role=""), []).append(person.role)
    return [replace(person, role=", ".join(names)) for person, names in roles.items()]


def _is_own(handle: ContactHandle, owner: ContactHandle | None, customer: Customer | None) -> bool:
    if owner is not None and (handle.pk == owner.pk or handle.fingerprint == owner.fingerprint):
        return True
    return handle.contact is not None and customer is not None and handle.contact.customer_id == customer.pk


def handle_name(handle: ContactHandle) -> str:
    """The organization or the person of a contact at the registry."""
    content = handle.content
    return (
        content.get("organization")
        or f"{content.get('first_name', '')} {content.get('last_name', '')}".strip()
    )


def _person(role: str, handle: ContactHandle) -> Person:
    content = handle.content
    name = f"{content.get('first_name', '')} {content.get('last_name', '')}".strip()
    place = " ".join(part for part in (content.get("postal_code", ""), content.get("city", "")) if part)
    code = content.get("country", "")
    return Person(
        role=role,
        name=name,
        organization=content.get("organization", ""),
        email=content.get("email", ""),
        phone=content.get("phone", "").replace(".", " ", 1),
        address=", ".join(
            part for part in (content.get("address", ""), place, content.get("state", "")) if part
        ),
        country=countries.name(code) or code,
        unconfirmed=handle.verification in (Verification.IN_PROCESS, Verification.FAILED),
    )


def shown_nameservers(domain: Domain) -> list[str]:
    """The nameservers that are the customer's own choice, as U-labels; a registrar's parking is not named."""
    return [to_unicode(name) for name in domain.nameservers if not _is_registrars(name)]


def is_parked(domain: Domain) -> bool:
    """True when the name uses the registrar's parking nameservers."""
    return any(_is_registrars(name) for name in domain.nameservers)


def _is_registrars(host: str) -> bool:
    return any(host == own or host.endswith(f".{own}") for own in REGISTRARS_DOMAINS)


def renewal_opens(domain: Domain) -> date | None:
    """The day from which people think of renewing."""
    if domain.expires_on is None or domain.created_on is None:
        return None
    opens = domain.expires_on - RENEWAL_OPENS
    return opens if opens > domain.created_on else None
