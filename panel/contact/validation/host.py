"""Host names and e-mail addresses, with their domain as A-labels."""

from __future__ import annotations

import ipaddress
import re

import idna
from django.utils.translation import gettext as _

from panel.contact.validation.text import MAX_LENGTH, Wrong, check_characters

_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LONGEST_NAME = 253
_LONGEST_LOCAL_PART = 64


def a_label_name(name: str) -> str | None:
    """A host name of two labels or more as lower-case A-labels without a final dot; None when it is none."""
    try:
        ascii_name = idna.encode(name.removesuffix("."), uts46=True).decode("ascii").lower()
    except (UnicodeError, ValueError, IndexError):
        return None
    labels = ascii_name.split(".")
    if len(ascii_name) > _LONGEST_NAME or len(labels) < 2 or labels[-1].isdigit():
        return None
    return ascii_name if all(_LABEL.fullmatch(label) for label in labels) else None


def is_ip_address(text: str) -> bool:
    """Whether the text is an IPv4 or IPv6 address, in brackets or not."""
    try:
        ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        return False
    return True


def clean_email(value: str) -> str:
    """An e-mail address with its domain as A-labels in lower case. Raises Wrong."""
    example = {"example": "ana@example.com"}
    check_characters(value)
    local, at, domain = value.rpartition("@")
    if not at or not local or " " in value:
        raise Wrong(_("Enter a complete e-mail address, for example %(example)s.") % example)
    if len(local) > _LONGEST_LOCAL_PART or not _LOCAL_PART.fullmatch(local):
        raise Wrong(
            _("Before the @, use only letters without accents, digits and marks, for example %(example)s.")
            % example
        )
    name = a_label_name(domain)
    if name is None:
        raise Wrong(_("After the @, enter an existing domain name, for example %(example)s.") % example)
    address = f"{local}@{name}"
    if len(address) > MAX_LENGTH["email"]:
        raise Wrong(
            _("Use a shorter e-mail address: at most %(limit)s characters.") % {"limit": MAX_LENGTH["email"]}
        )
    return address
