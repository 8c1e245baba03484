"""What this app's kinds of operations are called, and how their ends read. Customers read them."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from panel.operation.kind_words import KindWords

KINDS = {
    "hosting.read": KindWords(
        gettext_noop("Check of the hosting"),
        gettext_noop("Hosting checked"),
        gettext_noop("What you see is what there is."),
        gettext_noop("Hosting not checked"),
    ),
    "hosting.read_plans": KindWords(
        gettext_noop("Check of all hosting plans"),
        gettext_noop("Hosting plans checked"),
        gettext_noop("What you see is what there is."),
        gettext_noop("Hosting plans not checked"),
    ),
    "hosting.create_mailbox": KindWords(
        gettext_noop("New mailbox"),
        gettext_noop("Mailbox created"),
        gettext_noop("It takes mail from now on."),
        gettext_noop("Mailbox not created"),
    ),
    "hosting.mailbox_password": KindWords(
        gettext_noop("New password of a mailbox"),
        gettext_noop("Password of the mailbox changed"),
        gettext_noop("Mail programs ask for the new one."),
        gettext_noop("Password of the mailbox not changed"),
    ),
    "hosting.delete_mailbox": KindWords(
        gettext_noop("Deletion of a mailbox"),
        gettext_noop("Mailbox deleted"),
        "",
        gettext_noop("Mailbox not deleted"),
    ),
    "hosting.create_alias": KindWords(
        gettext_noop("New mail forward"),
        gettext_noop("Mail forward created"),
        gettext_noop("Mail goes on to its targets from now on."),
        gettext_noop("Mail forward not created"),
    ),
    "hosting.change_alias": KindWords(
        gettext_noop("Change of a mail forward"),
        gettext_noop("Mail forward changed"),
        "",
        gettext_noop("Mail forward not changed"),
    ),
    "hosting.delete_alias": KindWords(
        gettext_noop("Deletion of a mail forward"),
        gettext_noop("Mail forward deleted"),
        "",
        gettext_noop("Mail forward not deleted"),
    ),
    "hosting.create_ftp": KindWords(
        gettext_noop("New FTP user"),
        gettext_noop("FTP user created"),
        "",
        gettext_noop("FTP user not created"),
    ),
    "hosting.change_ftp": KindWords(
        gettext_noop("Change of an FTP user"),
        gettext_noop("FTP user changed"),
        gettext_noop("Programs ask for the new password."),
        gettext_noop("FTP user not changed"),
    ),
    "hosting.delete_ftp": KindWords(
        gettext_noop("Deletion of an FTP user"),
        gettext_noop("FTP user deleted"),
        gettext_noop("The files stay."),
        gettext_noop("FTP user not deleted"),
    ),
    "hosting.create_database": KindWords(
        gettext_noop("New database"),
        gettext_noop("Database created"),
        gettext_noop("Its name and its user are in the list."),
        gettext_noop("Database not created"),
    ),
    "hosting.change_database": KindWords(
        gettext_noop("Change of a database"),
        gettext_noop("Database changed"),
        gettext_noop("Programs ask for the new password."),
        gettext_noop("Database not changed"),
    ),
    "hosting.delete_database": KindWords(
        gettext_noop("Deletion of a database"),
        gettext_noop("Database deleted"),
        "",
        gettext_noop("Database not deleted"),
    ),
    "hosting.create_subdomain": KindWords(
        gettext_noop("New subdomain"),
        gettext_noop("Subdomain created"),
        gettext_noop("It shows the files in its folder."),
        gettext_noop("Subdomain not created"),
    ),
    "hosting.change_subdomain": KindWords(
        gettext_noop("Change of a subdomain"),
        gettext_noop("Subdomain changed"),
        "",
        gettext_noop("Subdomain not changed"),
    ),
    "hosting.delete_subdomain": KindWords(
        gettext_noop("Deletion of a subdomain"),
        gettext_noop("Subdomain deleted"),
        gettext_noop("The files stay."),
        gettext_noop("Subdomain not deleted"),
    ),
    "hosting.create_redirect": KindWords(
        gettext_noop("New web forward"),
        gettext_noop("Web forward created"),
        "",
        gettext_noop("Web forward not created"),
    ),
    "hosting.change_redirect": KindWords(
        gettext_noop("Change of a web forward"),
        gettext_noop("Web forward changed"),
        "",
        gettext_noop("Web forward not changed"),
    ),
    "hosting.delete_redirect": KindWords(
        gettext_noop("Deletion of a web forward"),
        gettext_noop("Web forward deleted"),
        "",
        gettext_noop("Web forward not deleted"),
    ),
    "hosting.parking": KindWords(
        gettext_noop("Waiting page"),
        gettext_noop("Waiting page changed"),
        "",
        gettext_noop("Waiting page not changed"),
    ),
    "hosting.create_plan": KindWords(
        gettext_noop("New hosting plan"),
        gettext_noop("Hosting plan ready"),
        gettext_noop("Mailboxes and the rest can be made now."),
        gettext_noop("Hosting plan not bought"),
    ),
    "hosting.renew_plan": KindWords(
        gettext_noop("Renewal of the hosting plan"),
        gettext_noop("Hosting plan renewed"),
        gettext_noop("It now expires later."),
        gettext_noop("Hosting plan not renewed"),
    ),
    "hosting.upgrade_plan": KindWords(
        gettext_noop("Larger hosting plan"),
        gettext_noop("Hosting plan enlarged"),
        gettext_noop("What there was stays as it is."),
        gettext_noop("Hosting plan not enlarged"),
    ),
    "hosting.plan_renewal_mode": KindWords(
        gettext_noop("Automatic renewal of the hosting plan"),
        gettext_noop("Automatic renewal of the plan changed"),
        "",
        gettext_noop("Automatic renewal of the plan not changed"),
    ),
    "hosting.php": KindWords(
        gettext_noop("PHP version"),
        gettext_noop("PHP version changed"),
        gettext_noop("Look at your pages: they run with it now."),
        gettext_noop("PHP version not changed"),
    ),
    "hosting.read_log": KindWords(
        gettext_noop("Reading of the error log"),
        gettext_noop("Error log read"),
        "",
        gettext_noop("Error log not read"),
    ),
    "hosting.builder": KindWords(
        gettext_noop("Log-in to the site builder"),
        gettext_noop("Log-in to the site builder ready"),
        gettext_noop("It can be opened once, within some minutes."),
        gettext_noop("No log-in to the site builder"),
    ),
}


def failure(reason: str) -> tuple[str, str] | None:
    """Why a change of somebody's hosting failed and what can be done, where it reads otherwise than of a name."""
    match reason:
        case "already_there" | "already_exists":
            return _("There is one with this name already."), _(
                "Choose another name, or read the list again."
            )
        case "limit_reached":
            return _("The plan allows no more of these."), _("Delete one, or take a larger plan.")
        case "create_failed" | "update_failed" | "delete_failed" | "conflict":
            return _("The present state of the hosting does not allow it."), _(
                "Read the list again: it may have changed in the meantime."
            )
        case "upgrade_failed":
            return _("This plan does not fit what there is now."), _("Choose a larger one, or ask us.")
        case "not_found" | "vanished" | "service" | "service_entity":
            return _("It was not there any more."), _("Read the list again.")
        case "website_failed":
            return _("The site builder does not answer for this plan."), _("Try again later, or ask us.")
        case "invalid_request" | "invalid_parameter" | "missing_parameter":
            return _("Some of what was entered was not accepted."), _("Check it and try again.")
        case _:
            return None
