"""What this app's kinds of operations are called. Staff read them: they are about a registrar's own users."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from panel.operation.kind_words import KindWords

KINDS = {
    "sharing.create_user": KindWords(
        gettext_noop("New user at the registrar"),
        gettext_noop("User made"),
        gettext_noop("The password can be seen once."),
        gettext_noop("User not made"),
    ),
    "sharing.set_password": KindWords(
        gettext_noop("New password of a user at the registrar"),
        gettext_noop("Password set"),
        gettext_noop("It can be seen once."),
        gettext_noop("Password not set"),
    ),
    "sharing.set_enabled": KindWords(
        gettext_noop("Entry of a user at the registrar"),
        gettext_noop("Entry changed"),
        "",
        gettext_noop("Entry not changed"),
    ),
    "sharing.lend_domain": KindWords(
        gettext_noop("Name shared with a user"),
        gettext_noop("Shared with the user"),
        "",
        gettext_noop("Not shared with the user"),
    ),
    "sharing.take_domain": KindWords(
        gettext_noop("Name no longer shared with a user"),
        gettext_noop("No longer shared with the user"),
        "",
        gettext_noop("Still shared with the user"),
    ),
    "sharing.delete_user": KindWords(
        gettext_noop("Deletion of a user at the registrar"),
        gettext_noop("User deleted"),
        "",
        gettext_noop("User not deleted"),
    ),
    "sharing.read_users": KindWords(
        gettext_noop("Check of the registrar's users"),
        gettext_noop("Users checked"),
        "",
        gettext_noop("Users not checked"),
    ),
}
