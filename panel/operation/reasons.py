"""Our stable words for why, as people read them: for customers what it means, for staff what it was."""

from __future__ import annotations

from django.utils.translation import gettext as _


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


def reason_label(reason: str) -> str:
    """A reason for staff; a word we have no sentence for is shown as it is."""
    labels = {
        "": "",
        "access_denied": _("The registrar does not let this account do it with this name."),
        "action_not_allowed": _("The registrar does not allow this for this name."),
        "already_exists": _("The registrar says it exists already."),
        "already_there": _("There was one with this name before anything was sent."),
        "authentication_failed": _("The registrar refuses our credentials."),
        "balance": _("Not enough money at the registrar."),
        "banned": _("The registrar has banned the account."),
        "blocked": _("The registrar has blocked the account for a while."),
        "busy": _("Something about it is under way at the registrar."),
        "cancelled": _("The registrar's operation was cancelled."),
        "cancelled_by_person": _("Cancelled by a person."),
        "cancelled_by_registry": _("Cancelled by the registry."),
        "certificate": _("The registrar does not know the certificate."),
        "certificate_failed": _("The registrar could not handle the certificate."),
        "check_failed": _("The registrar could not check the name."),
        "command_failed": _("The registrar could not carry it out."),
        "conflict": _("The registrar says its state does not allow it."),
        "contact": _("The registrar does not know the contact."),
        "contact_data": _("The registrar does not accept the contact's data."),
        "contact_unverified": _("The contact's e-mail address is not confirmed."),
        "create_failed": _("The registrar could not create it."),
        "credentials": _("The registrar refuses our credentials."),
        "deadline": _("No result before the deadline."),
        "delete_failed": _("The registrar could not delete it."),
        "deleted": _("The registrar has deleted the account."),
        "dependency_done": _("What it depends on has succeeded."),
        "dependency_failed": _("What it depends on has failed."),
        "did_happen": _("A person looked: it did happen."),
        "did_not_happen": _("Proved twice that it did not happen: sent again."),
        "domain": _("The name is not in the registrar's account."),
        "expiry_differs": _("Another expiry than the customer saw: nothing was sent."),
        "filtered": _("The registrar does not accept this server's address."),
        "given_up": _("A person looked: it did not happen, and shall not."),
        "identity": _("Who a registrant is changes by a trade only."),
        "in_account": _("The name is in the registrar's account already."),
        "inactive": _("The account is not active at the registrar."),
        "insufficient_funds": _("Not enough money at the registrar."),
        "invalid_name": _("The registrar does not accept this name."),
        "invalid_parameter": _("The registrar does not accept a value of the request."),
        "invalid_request": _("The registrar does not accept the request's content."),
        "lease_lapsed": _("The worker did not come back from its call."),
        "limit_reached": _("The service has reached its limit."),
        "locked": _("The name is locked at the registrar."),
        "look_again": _("A person asked for another look."),
        "maintenance": _("The extension's registry is in maintenance."),
        "missing_parameter": _("The registrar misses a value in the request."),
        "no_auth_code": _("The name has no auth code."),
        "not_found": _("The registrar does not know the object."),
        "not_implemented": _("The registrar's API does not offer this yet."),
        "not_renewable": _("Outside the term for renewals: nothing was sent."),
        "not_restorable": _("It cannot be restored at present: nothing was sent."),
        "not_sent": _("The request did not leave."),
        "not_supported": _("The registrar cannot do this."),
        "nothing_proved": _("Several looks proved nothing."),
        "outcome_unknown": _("Sent, and no readable answer."),
        "owner_unverified": _("The registrant's e-mail address is not confirmed."),
        "permission_denied": _("The registrar does not let this account do it."),
        "premium": _("The registry sells this name as a premium name."),
        "rate_limited": _("The registrar asks for slower requests."),
        "read_again": _("A mere reading: done again."),
        "refused": _("The registrar refused it."),
        "refused_by_registry": _("The registry refused it."),
        "renew_blocked": _("The registrar blocks the renewal."),
        "renew_failed": _("The registrar could not renew it."),
        "renew_not_allowed": _("The registrar does not allow the renewal now."),
        "rerouted": _("Never sent, and given to another registrar account."),
        "sent_too_often": _("Sent too often without a result."),
        "service": _("The registrar does not know the service."),
        "service_entity": _("The registrar does not know this part of the service."),
        "session": _("The registrar ended the session."),
        "syntax": _("The registrar could not read the request."),
        "taken": _("The registrar says somebody has this name."),
        "too_young": _("The name is too young to be transferred."),
        "transfer_failed": _("The registrar could not transfer it."),
        "transfer_not_allowed": _("The registrar does not allow the transfer."),
        "undefined": _("The registrar names no reason."),
        "unknown_action": _("The registrar's API does not know this call."),
        "unsupported_tld": _("The registrar does not sell this extension."),
        "update_failed": _("The registrar could not change it."),
        "update_not_allowed": _("The registrar does not allow the change."),
        "upgrade_failed": _("The registrar could not upgrade it."),
        "user": _("The registrar does not know the user."),
        "vanished": _("The registrar no longer knows its reference."),
        "website_failed": _("The registrar's website builder failed."),
        "whois_failed": _("The registrar could not read the WHOIS."),
        "whois_not_allowed": _("The registrar does not allow this WHOIS query."),
        "zone_moved": _("The zone is not any more as it was shown."),
    }
    return labels.get(reason, reason.replace("_", " "))
