"""What each kind of operation is called, and how its end reads. Without a word of the registrar: customers read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass
from functools import lru_cache

from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class KindWords:
    """A kind as a heading, and its end: well, with what that means, or not."""

    label: str
    done: str
    done_text: str
    failed: str


# Marked here, and translated when asked for: lists ask for every row.
KINDS = {
    "domain.create": KindWords(
        gettext_noop("Registration"),
        gettext_noop("Registered"),
        gettext_noop("The name is yours."),
        gettext_noop("Not registered"),
    ),
    "domain.renew": KindWords(
        gettext_noop("Renewal"),
        gettext_noop("Renewed"),
        gettext_noop("The name now expires later."),
        gettext_noop("Not renewed"),
    ),
    "domain.transfer": KindWords(
        gettext_noop("Transfer to us"),
        gettext_noop("Transferred"),
        gettext_noop("The name is here now."),
        gettext_noop("Not transferred"),
    ),
    "domain.transfer_cancel": KindWords(
        gettext_noop("Calling the transfer off"),
        gettext_noop("Transfer called off"),
        gettext_noop("The name stays where it is, and the money comes back to your wallet."),
        gettext_noop("Transfer not called off"),
    ),
    "domain.transfer_restart": KindWords(
        gettext_noop("New code for the transfer"),
        gettext_noop("New code handed in"),
        gettext_noop("The transfer goes on."),
        gettext_noop("New code not handed in"),
    ),
    "domain.restore": KindWords(
        gettext_noop("Restoration"),
        gettext_noop("Restored"),
        gettext_noop("The name is back and works again."),
        gettext_noop("Not restored"),
    ),
    "domain.release": KindWords(
        gettext_noop("Handing over to the registrant"),
        gettext_noop("Handed over to the registrant"),
        gettext_noop("They hold the name themselves now, and it is managed elsewhere."),
        gettext_noop("Not handed over"),
    ),
    "domain.delete": KindWords(
        gettext_noop("Deletion"),
        gettext_noop("Deleted"),
        gettext_noop("The name is given up."),
        gettext_noop("Not deleted"),
    ),
    "domain.refresh": KindWords(
        gettext_noop("Check of the current details"),
        gettext_noop("Details checked"),
        gettext_noop("What you see is what the registry has."),
        gettext_noop("Not checked"),
    ),
    "contact.resend_verification": KindWords(
        gettext_noop("E-mail to a contact"),
        gettext_noop("E-mail to the contact sent"),
        gettext_noop("They confirm their address with the link in it."),
        gettext_noop("E-mail to the contact not sent"),
    ),
    "contact.read_verification": KindWords(
        gettext_noop("Check of a contact's address"),
        gettext_noop("Contact's address checked"),
        gettext_noop("The contact's page shows how it stands."),
        gettext_noop("Not checked"),
    ),
    "contact.create": KindWords(
        gettext_noop("Registrant's details"),
        gettext_noop("Registrant's details accepted"),
        gettext_noop("They are ready to be used."),
        gettext_noop("Registrant's details not accepted"),
    ),
    "domain.owner": KindWords(
        gettext_noop("Change of owner"),
        gettext_noop("Owner changed"),
        gettext_noop("The name belongs to the new owner."),
        gettext_noop("Owner not changed"),
    ),
    "domain.contacts": KindWords(
        gettext_noop("Change of contacts"),
        gettext_noop("Contacts changed"),
        gettext_noop("The new contacts are in place."),
        gettext_noop("Contacts not changed"),
    ),
    "domain.whois_privacy": KindWords(
        gettext_noop("Privacy in the public directory"),
        gettext_noop("Privacy changed"),
        gettext_noop("The public directory follows within a day."),
        gettext_noop("Privacy not changed"),
    ),
    "domain.buy_whois_privacy": KindWords(
        gettext_noop("WHOIS privacy"),
        gettext_noop("WHOIS privacy bought"),
        gettext_noop("The public directory follows within a day."),
        gettext_noop("WHOIS privacy not bought"),
    ),
    "domain.whois_visible": KindWords(
        gettext_noop("Visibility in the public directory"),
        gettext_noop("Visibility changed"),
        gettext_noop("The public directory follows within a day."),
        gettext_noop("Visibility not changed"),
    ),
    "domain.transfer_lock": KindWords(
        gettext_noop("Transfer lock"),
        gettext_noop("Transfer lock changed"),
        "",
        gettext_noop("Transfer lock not changed"),
    ),
    "domain.modification_lock": KindWords(
        gettext_noop("Lock against changes"),
        gettext_noop("Lock changed"),
        "",
        gettext_noop("Lock not changed"),
    ),
    "domain.renewal_mode": KindWords(
        gettext_noop("Automatic renewal"),
        gettext_noop("Automatic renewal changed"),
        "",
        gettext_noop("Automatic renewal not changed"),
    ),
    "domain.auth_code": KindWords(
        gettext_noop("New transfer code"),
        gettext_noop("New transfer code made"),
        gettext_noop("The old code is void."),
        gettext_noop("No new transfer code"),
    ),
    "domain.read_auth_code": KindWords(
        gettext_noop("Auth code"),
        gettext_noop("Auth code read"),
        gettext_noop("It is shown once on the name's page, to whoever may change the name."),
        gettext_noop("Auth code not read"),
    ),
    "domain.nameservers": KindWords(
        gettext_noop("Change of nameservers"),
        gettext_noop("Nameservers changed"),
        gettext_noop("The whole internet follows within two days."),
        gettext_noop("Nameservers not changed"),
    ),
    "domain.glue": KindWords(
        gettext_noop("Address of a nameserver"),
        gettext_noop("Address of the nameserver changed"),
        gettext_noop("The whole internet follows within two days."),
        gettext_noop("Address of the nameserver not changed"),
    ),
    "domain.read_delegation": KindWords(
        gettext_noop("Check of keys and hosts"),
        gettext_noop("Keys and hosts checked"),
        gettext_noop("What you see is what the registry has."),
        gettext_noop("Not checked"),
    ),
    "domain.read_publicity": KindWords(
        gettext_noop("Check of the public text"),
        gettext_noop("Public text read"),
        gettext_noop("It is on the name's page."),
        gettext_noop("Not checked"),
    ),
    "domain.read_history": KindWords(
        gettext_noop("Check of the registry's records"),
        gettext_noop("The registry's records read"),
        gettext_noop("What is in them is part of the name's history."),
        gettext_noop("Not checked"),
    ),
    "domain.resend_verification": KindWords(
        gettext_noop("E-mail to the registrant"),
        gettext_noop("E-mail to the registrant sent"),
        gettext_noop("They confirm their details with the link in it."),
        gettext_noop("E-mail to the registrant not sent"),
    ),
    "domain.signing": KindWords(
        gettext_noop("DNSSEC signing"),
        gettext_noop("DNSSEC signing changed"),
        "",
        gettext_noop("DNSSEC signing not changed"),
    ),
    "domain.dnssec": KindWords(
        gettext_noop("DNSSEC keys"),
        gettext_noop("DNSSEC keys changed"),
        "",
        gettext_noop("DNSSEC keys not changed"),
    ),
    "dns.read": KindWords(
        gettext_noop("Reading of the DNS records"),
        gettext_noop("DNS records read"),
        gettext_noop("What you see is how the zone is now."),
        gettext_noop("DNS records not read"),
    ),
    "dns.zone": KindWords(
        gettext_noop("DNS records"),
        gettext_noop("DNS records changed"),
        gettext_noop("The change is seen everywhere as soon as the old records have run out."),
        gettext_noop("DNS records not changed"),
    ),
    "dns.restore": KindWords(
        gettext_noop("Default DNS records"),
        gettext_noop("Default DNS records restored"),
        gettext_noop("The change is seen everywhere as soon as the old records have run out."),
        gettext_noop("Default DNS records not restored"),
    ),
}
# What data apps say of kinds of their own: why one failed, and what can be done. None: what is said of any change.
Failure = Callable[[str], "tuple[str, str] | None"]
_failures: dict[str, Failure] = {}
OTHER = KindWords(gettext_noop("Change"), gettext_noop("Done"), "", gettext_noop("It did not work"))


def name_kinds(words: Mapping[str, KindWords], failure: Failure | None = None) -> None:
    """Add the words of a data app's kinds, and how their failures read."""
    KINDS.update(words)
    if failure is not None:
        _failures.update(dict.fromkeys(words, failure))


def words_of(kind: str) -> KindWords:
    """The words of a kind; those of any change for one that has none of its own."""
    return _words_of(get_language(), KINDS.get(kind, OTHER))


@lru_cache(maxsize=1024)
def _words_of(_language: str | None, words: KindWords) -> KindWords:
    return KindWords(*(text and _(text) for text in astuple(words)))


def waiting_text(kind: str) -> str:
    """How long what was accepted may take."""
    return {
        "domain.create": _("Usually a few minutes, with some extensions some days."),
        "domain.renew": _("Usually a few minutes, with some extensions some days."),
        "domain.transfer": _(
            "Usually five to seven days. Somebody may have to answer an e-mail from the old provider."
        ),
        "domain.owner": _("Usually some days. The old and the new owner may have to answer an e-mail."),
    }.get(kind, _("It was accepted and is being carried out."))


def change_failure(kind: str, reason: str) -> tuple[str, str]:
    """Why a name that is there could not be changed, and what the customer can do."""
    own = _failures.get(kind)
    told = own(reason) if own is not None else None
    if told is not None:
        return told
    again = _("Try again later, or ask us.")
    match reason:
        case "already_exists" if kind == "domain.transfer":
            return _("The name is here already."), _("Ask us to find it for you.")
        case "cancelled" if kind == "domain.transfer":
            return _("It was called off before it was complete."), _("You can order it again.")
        case "locked" if kind == "domain.transfer":
            return _("The name is locked where it is."), _(
                "Have the lock lifted at the present provider, then order again."
            )
        case "too_young":
            return _("It was registered or moved less than 60 days ago."), _(
                "Wait until 60 days are over, then order again."
            )
        case "zone_moved":
            return _("The records were changed elsewhere after you saw them, so nothing was sent."), _(
                "Your changes are kept: look at them again, then apply them."
            )
        case "already_private":
            return _("The name was private already, so nothing was bought."), _(
                "There is nothing left to do."
            )
        case "already_exists" | "conflict" | "locked" | "update_not_allowed" | "action_not_allowed":
            return _("The present state of the name does not allow it."), _(
                "Look at the name again: it may have changed in the meantime."
            )
        case "expiry_differs":
            return _("The name had another expiry date than the one that you saw."), _(
                "Look at the new date: if it is not late enough, renew again."
            )
        case "not_renewable" | "not_restorable":
            return _("The registry does not allow this at present."), _("Ask us when it will be possible.")
        case "not_found" | "vanished":
            return _("The name could not be found where it is registered."), again
        case "transfer_failed" | "transfer_not_allowed":
            return _("The name was not handed over: the code may be wrong, or the name is locked."), _(
                "Check the code and the lock at the present provider, then order again."
            )
        case "renew_failed" | "refused_by_registry" | "delete_failed" | "refused" | "cancelled":
            return _("The registry refused it."), again
        case "dependency_failed":
            return _("The contact's details were not accepted, so nothing was changed."), _(
                "Check the contact's details and try again."
            )
        case "invalid_request" | "contact_data" | "missing_parameter" | "invalid_parameter":
            return _("Some of the details were not accepted."), _("Check what was entered and try again.")
        case "not_supported" | "unsupported_tld":
            return _("This cannot be done for this name."), _("Ask us: we may know another way.")
        case "given_up" | "did_not_happen" | "deadline":
            return _("We looked into it: it did not go through."), _("You can try again.")
        case _:
            return _("It was refused."), _("You can try again, or ask us.")
