"""A registrar's own lines for those who must not read its words: what a line seems to be about, and no more.

The lines are free text (the manual names no list of titles), so this goes by words in them. A line that says none of
these is told as a change at the registry.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop

# The first that is found counts: "registrant" before "regist", for one is a person and the other an order.
SUBJECTS: tuple[tuple[str, str, str], ...] = (
    ("privacy", gettext_noop("WHOIS privacy"), "eye-off"),
    ("dnssec", "DNSSEC", "shield-check"),
    ("glue", gettext_noop("Glue records"), "server"),
    ("nameserver", gettext_noop("Nameservers"), "server"),
    ("name server", gettext_noop("Nameservers"), "server"),
    ("authcode", gettext_noop("Auth code"), "key-round"),
    ("auth code", gettext_noop("Auth code"), "key-round"),
    ("block", gettext_noop("Lock"), "lock"),
    ("lock", gettext_noop("Lock"), "lock"),
    ("registrant", gettext_noop("Contacts"), "contact"),
    ("contact", gettext_noop("Contacts"), "contact"),
    ("owner", gettext_noop("Contacts"), "contact"),
    ("transfer", gettext_noop("Transfer"), "arrow-right-left"),
    ("restor", gettext_noop("Restoration"), "undo-2"),
    ("renew", gettext_noop("Renewal"), "calendar-plus"),
    ("expir", gettext_noop("End of the term"), "calendar-clock"),
    ("delet", gettext_noop("Deletion"), "trash-2"),
    ("regist", gettext_noop("Registration"), "globe"),
)
ANYTHING = (gettext_noop("A change at the registry"), "landmark")


def subject_of_line(title: str, message: str) -> tuple[str, str]:
    """What a line is about, not translated yet, and its icon. The title tells it before the message does."""
    for text in (title.casefold(), message.casefold()):
        for word, label, icon in SUBJECTS:
            if word in text:
                return label, icon
    return ANYTHING
