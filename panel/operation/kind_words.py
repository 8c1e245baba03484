"""What each kind of operation is called, and how its end reads. Without a word of the registrar: customers read it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class KindWords:
    """A kind as a heading, and its end: well, with what that means, or not."""

    label: str
    done: str
    done_text: str
    failed: str


def words_of(kind: str) -> KindWords:
    """The words of a kind; those of any change for one that has none of its own."""
    known = {**_orders(), **_contacts(), **_settings(), **_servers()}.get(kind)
    return known or KindWords(_("Change"), _("Done"), "", _("It did not work"))


def _orders() -> dict[str, KindWords]:
    return {
        "domain.create": KindWords(
            _("Registration"), _("Registered"), _("The name is yours."), _("Not registered")
        ),
        "domain.renew": KindWords(
            _("Renewal"), _("Renewed"), _("The name now expires later."), _("Not renewed")
        ),
        "domain.transfer": KindWords(
            _("Transfer to us"), _("Transferred"), _("The name is here now."), _("Not transferred")
        ),
        "domain.restore": KindWords(
            _("Restoration"), _("Restored"), _("The name is back and works again."), _("Not restored")
        ),
        "domain.delete": KindWords(_("Deletion"), _("Deleted"), _("The name is given up."), _("Not deleted")),
        "domain.refresh": KindWords(
            _("Check of the current details"),
            _("Details checked"),
            _("What you see is what the registry has."),
            _("Not checked"),
        ),
    }


def _contacts() -> dict[str, KindWords]:
    return {
        "contact.create": KindWords(
            _("Registrant's details"),
            _("Registrant's details accepted"),
            _("They are ready to be used."),
            _("Registrant's details not accepted"),
        ),
        "domain.owner": KindWords(
            _("Change of owner"),
            _("Owner changed"),
            _("The name belongs to the new owner."),
            _("Owner not changed"),
        ),
        "domain.contacts": KindWords(
            _("Change of contacts"),
            _("Contacts changed"),
            _("The new contacts are in place."),
            _("Contacts not changed"),
        ),
        "domain.whois_privacy": KindWords(
            _("Privacy in the public directory"),
            _("Privacy changed"),
            _("The public directory follows within a day."),
            _("Privacy not changed"),
        ),
        "domain.whois_visible": KindWords(
            _("Visibility in the public directory"),
            _("Visibility changed"),
            _("The public directory follows within a day."),
            _("Visibility not changed"),
        ),
    }


def _settings() -> dict[str, KindWords]:
    return {
        "domain.transfer_lock": KindWords(
            _("Transfer lock"), _("Transfer lock changed"), "", _("Transfer lock not changed")
        ),
        "domain.modification_lock": KindWords(
            _("Lock against changes"),
            _("Lock changed"),
            "",
            _("Lock not changed"),
        ),
        "domain.renewal_mode": KindWords(
            _("Automatic renewal"), _("Automatic renewal changed"), "", _("Automatic renewal not changed")
        ),
        "domain.auth_code": KindWords(
            _("New transfer code"),
            _("New transfer code made"),
            _("The old code is void."),
            _("No new transfer code"),
        ),
    }


def _servers() -> dict[str, KindWords]:
    return {
        "domain.nameservers": KindWords(
            _("Change of nameservers"),
            _("Nameservers changed"),
            _("The whole internet follows within two days."),
            _("Nameservers not changed"),
        ),
        "domain.glue": KindWords(
            _("Address of a nameserver"),
            _("Address of the nameserver changed"),
            _("The whole internet follows within two days."),
            _("Address of the nameserver not changed"),
        ),
        "domain.signing": KindWords(
            _("DNSSEC signing"), _("DNSSEC signing changed"), "", _("DNSSEC signing not changed")
        ),
        "domain.dnssec": KindWords(
            _("DNSSEC keys"), _("DNSSEC keys changed"), "", _("DNSSEC keys not changed")
        ),
        "dns.zone": KindWords(
            _("DNS records"),
            _("DNS records changed"),
            _("The change is seen everywhere as soon as the old records have run out."),
            _("DNS records not changed"),
        ),
    }


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
    again = _("Try again later, or ask us.")
    match reason:
        case "already_exists" if kind == "domain.transfer":
            return _("The name is here already."), _("Ask us to find it for you.")
        case (
            "already_exists"
            | "conflict"
            | "locked"
            | "update_not_allowed"
            | "action_not_allowed"
            | "zone_moved"
        ):
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
