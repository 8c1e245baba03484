"""A line of a registrar's list as columns of the mirror, the same for every database.

None stands for "the list does not tell": the row keeps what it has. Only flags may be None and told ("not offered"), so
these count where `has_info` says that the line brought them, as the state counts where `has_status` does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from panel.core.text import storable
from panel.domain.mirror import FIRST_PLAUSIBLE_DAY, LONGEST_TERM
from panel.domain.models import Domain, to_unicode
from registrar import types

ALWAYS = ("tld_name", "unicode_name")
WHERE_TOLD = (
    "remote_id", "created_on", "expires_on", "nameservers", "owner_id", "admin_id", "tech_id", "billing_id",
)  # fmt: skip
OF_STATUS = ("status", "raw_status")
OF_INFO = (
    "renewable", "renewal_mode", "transfer_lock", "modification_lock", "whois_privacy", "whois_visible", "tag",
    "owner_verification", "transfer_status",
)  # fmt: skip
SHOWN = (*ALWAYS, *WHERE_TOLD, *OF_STATUS, *OF_INFO)
MARKS = ("has_status", "has_info", "is_whole", "is_strange")
COLUMNS = ("name", *SHOWN, *MARKS)
AT = {column: number for number, column in enumerate(COLUMNS)}
_NO_INFO = (None,) * len(OF_INFO)
_STATUS = {status: status.value for status in types.DomainStatus}


@dataclass(slots=True)
class Details:
    """What a list's two other forms say of the same names. `handles` are the keys of contacts by handle."""

    contacts: dict[str, types.DomainContacts] = field(default_factory=dict)
    nameservers: dict[str, tuple[types.Nameserver, ...]] = field(default_factory=dict)
    handles: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Lines:
    """A page as rows of COLUMNS by name, and the expiries that cannot be."""

    rows: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    implausible: dict[str, date] = field(default_factory=dict)


def lines_of(summaries: Mapping[str, types.DomainSummary], details: Details) -> Lines:
    """The page, each name once."""
    found = Lines()
    first, last = FIRST_PLAUSIBLE_DAY, timezone.now().date() + LONGEST_TERM
    for name, summary in summaries.items():
        expiry = summary.expires_on
        if expiry is not None and not first < expiry < last:
            found.implausible[name] = expiry
            expiry = None
        found.rows[name] = _row(name, summary, expiry, details)
    return found


def _row(name: str, summary: types.DomainSummary, expiry: date | None, details: Details) -> tuple[Any, ...]:
    info = summary.info
    servers = details.nameservers.get(name)
    contacts = details.contacts.get(name)
    told = bool(summary.raw_status) or summary.status != types.DomainStatus.UNKNOWN
    return (
        name,
        summary.tld,
        name if "xn--" not in name else to_unicode(name),
        _clean(summary.remote_id) or None,
        info.created_on if info is not None else None,
        expiry,
        None
        if servers is None
        else [server.name for server in sorted(servers, key=lambda server: server.order)],
        *(_keys(contacts, details.handles) if contacts is not None else (None, None, None, None)),
        _STATUS[summary.status],
        _clean(summary.raw_status),
        *(_flags(info) if info is not None else _NO_INFO),
        told,
        info is not None,
        info is not None and contacts is not None and servers is not None,
        expiry is not summary.expires_on,
    )


def _clean(text: str) -> str:
    """A registrar's own words, fit for storing."""
    return text if text.isascii() and "\x00" not in text else storable(text)


def _keys(contacts: types.DomainContacts, handles: Mapping[str, int]) -> tuple[int | None, ...]:
    records = (contacts.owner, contacts.admin, contacts.tech, contacts.billing)
    return tuple(None if record is None else handles.get(record.handle) for record in records)


def _flags(info: types.DomainInfo) -> tuple[Any, ...]:
    return (
        info.renewable,
        info.renewal_mode.value,
        info.transfer_lock,
        info.modification_lock,
        info.whois_privacy,
        info.whois_visible,
        _clean(info.tag),
        info.owner_verification.value,
        info.transfer_status.value if info.transfer_status is not None else "",
    )


def changes(row: tuple[Any, ...], domain: Domain) -> dict[str, Any]:
    """What the line says otherwise than the mirror's row does, by column."""
    told = [*ALWAYS, *(column for column in WHERE_TOLD if row[AT[column]] is not None)]
    told += OF_STATUS if row[AT["has_status"]] else ()
    told += OF_INFO if row[AT["has_info"]] else ()
    values = {column: row[AT[column]] for column in told}
    found = {column: value for column, value in values.items() if getattr(domain, column) != value}
    if not row[AT["has_status"]] and "expires_on" in found:
        # The line tells that something happened, and not what: all of it is to be read.
        found["detailed_at"] = None
    if row[AT["is_whole"]] and domain.detailed_at is None:
        found["is_whole"] = True
    if domain.missing_since is not None:
        found["missing_since"] = None
    return found
