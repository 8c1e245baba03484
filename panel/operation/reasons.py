"""Our stable words for why, as people read them: for customers what it means, for staff what it was."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop


def failure_text(reason: str) -> tuple[str, str]:
    """Why it failed and what the customer can do, without a word of the registrar."""
    check = _("Check the registrant's details and order again.")
    another = _("Try another name or extension.")
    match reason:
        case "already_exists" | "taken":
            return _("Somebody else has this name."), another
        case "premium":
            return _("The registry sells this name as a premium name at its own price."), _(
                "Ask us for an offer."
            )
        case "cancelled_by_registry":
            return (
                _("The registry cancelled the registration, usually because of the registrant's details."),
                check,
            )
        case "invalid_request" | "contact_data" | "missing_parameter" | "invalid_parameter":
            return _("Some of the details were not accepted."), check
        case "invalid_name":
            return _("The registry does not allow this name."), another
        case "dependency_failed":
            return _("The registrant's details were not accepted, so the name was not ordered."), check
        case "not_supported" | "unsupported_tld":
            return _("This cannot be ordered at present."), another
        case "owner_unverified" | "contact_unverified":
            return (
                _("The registrant's e-mail address is not confirmed yet."),
                _("Open the confirmation message that was sent there, then order again."),
            )
        case "given_up" | "did_not_happen" | "deadline":
            return _("We looked into it: it did not go through."), _("You can order again.")
        case "not_found" | "vanished":
            return _("The registry does not know of it."), _("You can order again.")
        case _:
            return _("It was refused."), _("You can try again, or ask us.")


# Marked here, and translated when asked for: a timeline asks for every event.
LABELS = {
    "": "",
    "access_denied": gettext_noop("The registrar does not let this account do it with this name."),
    "action_not_allowed": gettext_noop("The registrar does not allow this for this name."),
    "already_exists": gettext_noop("The registrar says it exists already."),
    "already_private": gettext_noop("The name was private before anything was sent."),
    "already_there": gettext_noop("There was one with this name before anything was sent."),
    "authentication_failed": gettext_noop("The registrar refuses our credentials."),
    "balance": gettext_noop("Not enough money at the registrar."),
    "banned": gettext_noop("The registrar has banned the account."),
    "blocked": gettext_noop("The registrar has blocked the account for a while."),
    "busy": gettext_noop("Something about it is under way at the registrar."),
    "cancelled": gettext_noop("The registrar's operation was cancelled."),
    "cancelled_by_person": gettext_noop("Cancelled by a person."),
    "cancelled_by_registry": gettext_noop("Cancelled by the registry."),
    "certificate": gettext_noop("The registrar does not know the certificate."),
    "certificate_failed": gettext_noop("The registrar could not handle the certificate."),
    "check_failed": gettext_noop("The registrar could not check the name."),
    "command_failed": gettext_noop("The registrar could not carry it out."),
    "conflict": gettext_noop("The registrar says its state does not allow it."),
    "contact": gettext_noop("The registrar does not know the contact."),
    "contact_data": gettext_noop("The registrar does not accept the contact's data."),
    "contact_unverified": gettext_noop("The contact's e-mail address is not confirmed."),
    "create_failed": gettext_noop("The registrar could not create it."),
    "credentials": gettext_noop("The registrar refuses our credentials."),
    "deadline": gettext_noop("No result before the deadline."),
    "delete_failed": gettext_noop("The registrar could not delete it."),
    "deleted": gettext_noop("The registrar has deleted the account."),
    "dependency_done": gettext_noop("What it depends on has succeeded."),
    "dependency_failed": gettext_noop("What it depends on has failed."),
    "did_happen": gettext_noop("A person looked: it did happen."),
    "did_not_happen": gettext_noop("Proved twice that it did not happen: sent again."),
    "domain": gettext_noop("The name is not in the registrar's account."),
    "expiry_differs": gettext_noop("Another expiry than the customer saw: nothing was sent."),
    "filtered": gettext_noop("The registrar does not accept this server's address."),
    "given_up": gettext_noop("A person looked: it did not happen, and shall not."),
    "identity": gettext_noop("Who a registrant is changes by a trade only."),
    "in_account": gettext_noop("The name is in the registrar's account already."),
    "inactive": gettext_noop("The account is not active at the registrar."),
    "insufficient_funds": gettext_noop("Not enough money at the registrar."),
    "invalid_name": gettext_noop("The registrar does not accept this name."),
    "invalid_parameter": gettext_noop("The registrar does not accept a value of the request."),
    "invalid_request": gettext_noop("The registrar does not accept the request's content."),
    "lease_lapsed": gettext_noop("The worker did not come back from its call."),
    "limit_reached": gettext_noop("The service has reached its limit."),
    "locked": gettext_noop("The name is locked at the registrar."),
    "look_again": gettext_noop("A person asked for another look."),
    "maintenance": gettext_noop("The extension's registry is in maintenance."),
    "missing_parameter": gettext_noop("The registrar misses a value in the request."),
    "no_auth_code": gettext_noop("The name has no auth code."),
    "not_found": gettext_noop("The registrar does not know the object."),
    "not_implemented": gettext_noop("The registrar's API does not offer this yet."),
    "not_renewable": gettext_noop("Outside the term for renewals: nothing was sent."),
    "not_restorable": gettext_noop("It cannot be restored at present: nothing was sent."),
    "not_sent": gettext_noop("The request did not leave."),
    "not_supported": gettext_noop("The registrar cannot do this."),
    "nothing_proved": gettext_noop("Several looks proved nothing."),
    "outcome_unknown": gettext_noop("Sent, and no readable answer."),
    "owner_unverified": gettext_noop("The registrant's e-mail address is not confirmed."),
    "permission_denied": gettext_noop("The registrar does not let this account do it."),
    "premium": gettext_noop("The registry sells this name as a premium name."),
    "rate_limited": gettext_noop("The registrar asks for slower requests."),
    "read_again": gettext_noop("A mere reading: done again."),
    "refused": gettext_noop("The registrar refused it."),
    "refused_by_registry": gettext_noop("The registry refused it."),
    "release_failed": gettext_noop("The registrar could not release it."),
    "renew_blocked": gettext_noop("The registrar blocks the renewal."),
    "renew_failed": gettext_noop("The registrar could not renew it."),
    "renew_not_allowed": gettext_noop("The registrar does not allow the renewal now."),
    "rerouted": gettext_noop("Never sent, and given to another registrar account."),
    "sent_too_often": gettext_noop("Sent too often without a result."),
    "service": gettext_noop("The registrar does not know the service."),
    "service_entity": gettext_noop("The registrar does not know this part of the service."),
    "session": gettext_noop("The registrar ended the session."),
    "syntax": gettext_noop("The registrar could not read the request."),
    "taken": gettext_noop("The registrar says somebody has this name."),
    "too_young": gettext_noop("The name is too young to be transferred."),
    "transfer_failed": gettext_noop("The registrar could not transfer it."),
    "transfer_not_allowed": gettext_noop("The registrar does not allow the transfer."),
    "undefined": gettext_noop("The registrar names no reason."),
    "unknown_action": gettext_noop("The registrar's API does not know this call."),
    "unsupported_tld": gettext_noop("The registrar does not sell this extension."),
    "update_failed": gettext_noop("The registrar could not change it."),
    "update_not_allowed": gettext_noop("The registrar does not allow the change."),
    "upgrade_failed": gettext_noop("The registrar could not upgrade it."),
    "user": gettext_noop("The registrar does not know the user."),
    "vanished": gettext_noop("The registrar no longer knows its reference."),
    "website_failed": gettext_noop("The registrar's website builder failed."),
    "whois_failed": gettext_noop("The registrar could not read the WHOIS."),
    "whois_not_allowed": gettext_noop("The registrar does not allow this WHOIS query."),
    "zone_moved": gettext_noop("The zone is not any more as it was shown."),
}


def reason_label(reason: str) -> str:
    """A reason for staff; a word we have no sentence for is shown as it is."""
    label = LABELS.get(reason)
    if label is None:
        return reason.replace("_", " ")
    return _(label) if label else ""
