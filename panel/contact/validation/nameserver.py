"""The nameservers that a customer brings along."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from panel.contact.validation.host import a_label_name, is_ip_address
from panel.contact.validation.text import tidy

_SHOWN = 80


def validate_nameservers(
    value: str | Iterable[str], minimum: int = 2, maximum: int = 7
) -> tuple[list[str], list[str]]:
    """Host names as A-labels in the order given, without final dots, and what is wrong with the list.

    `value` is a list, or text with one name per line or between commas or spaces; empty entries are dropped.
    The default limits are MrDomain's (manual 5.3); others: registrar.tld.nameserver_limits(). Never raises.
    """
    parts = [value] if isinstance(value, str) else list(value)
    names: list[str] = []
    errors: list[str] = []
    for entry in (piece for part in parts for piece in re.split(r"[\s,;]+", tidy(part)) if piece):
        shown = {"name": entry[:_SHOWN]}
        name = a_label_name(entry)
        if is_ip_address(entry):
            errors.append(_("Enter the nameserver's name instead of its address %(name)s.") % shown)
        elif name is None:
            errors.append(
                _("“%(name)s” is not a host name; a nameserver looks like ns1.example.com.") % shown
            )
        elif name in names:
            errors.append(_("%(name)s is there twice: every nameserver must be a different one.") % shown)
        else:
            names.append(name)
    if not errors and not minimum <= len(names) <= maximum:
        errors.append(
            _("Enter %(minimum)s to %(maximum)s nameservers; there are %(count)s.")
            % {"minimum": minimum, "maximum": maximum, "count": len(names)}
        )
    return names, errors
