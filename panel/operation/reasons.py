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
        "already_exists": _("The registrar says it exists already."),
        "authentication_failed": _("The registrar refuses our credentials."),
        "cancelled_by_person": _("Cancelled by a person."),
        "cancelled_by_registry": _("Cancelled by the registry."),
        "conflict": _("The registrar says its state does not allow it."),
        "deadline": _("No result before the deadline."),
        "dependency_done": _("What it depends on has succeeded."),
        "dependency_failed": _("What it depends on has failed."),
        "did_happen": _("A person looked: it did happen."),
        "did_not_happen": _("Proved twice that it did not happen: sent again."),
        "given_up": _("A person looked: it did not happen, and shall not."),
        "insufficient_funds": _("Not enough money at the registrar."),
        "invalid_request": _("The registrar does not accept the request's content."),
        "not_found": _("The registrar does not know the object."),
        "not_sent": _("The request did not leave."),
        "not_supported": _("The registrar cannot do this."),
        "outcome_unknown": _("Sent, and no readable answer."),
        "permission_denied": _("The registrar does not let this account do it."),
        "rate_limited": _("The registrar asks for slower requests."),
        "read_again": _("A mere reading: done again."),
        "sent_too_often": _("Sent too often without a result."),
        "vanished": _("The registrar no longer knows its reference."),
    }
    return labels.get(reason, reason.replace("_", " "))
