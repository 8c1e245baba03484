"""Kinds of operations, and how an effect of each is found in a registrar's journal."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.test\b")
SERVER = re.compile(r"ns\d+\.lamps\.example")
LANTERN = re.compile(r"lantern-\d+\b")
# The digest of a key: nobody else writes so much hexadecimal.
DIGEST = re.compile(r"\b[0-9A-F]{64}\b")
# The number in a name that a customer asked for.
NUMBER = re.compile(r"[a-z]+-(\d+)-")
# These tell the registrar the whole record of a name with every change, so that a journal cannot show what a call was
# about: a name there changes for one reason only, and the number in it says which.
REASONS = {
    "bookmyname": ("domain.nameservers", "domain.transfer_lock", "domain.contacts", "domain.owner"),
    "namecom": ("domain.contacts", "domain.owner"),
}
# A name that was brought in gets another code and a lock by itself: two reasons, which no journal there tells apart.
ARRIVED = "coming"


@dataclass(frozen=True)
class TrafficKind:
    """How the effects of a kind are found in a journal.

    `actions` are the journal's actions by family; `mark_of` is what an operation's effect carries, `mark_in` what a
    row of the journal shows of it (nothing: a row of something else).
    """

    actions: dict[str, tuple[str, ...]]
    mark_of: Callable[[Any], str]
    mark_in: Callable[[Row], str]


def may_change(family: str, name: str, kind: str) -> bool:
    """Whether the kind may be asked of a name, where a name changes for one reason only."""
    if is_untold(family, name, kind):
        return False
    reasons, number = REASONS.get(family, ()), NUMBER.match(name)
    return kind not in reasons or (number is not None and reasons[int(number[1]) % len(reasons)] == kind)


def is_untold(family: str, name: str, kind: str) -> bool:
    """Whether a journal cannot tell that a change of the name was of this kind."""
    return kind in REASONS.get(family, ()) and name.startswith(ARRIVED)


def digest_of(number: int) -> str:
    """The digest of the key that the intent of this number brings along."""
    return f"{number:064X}"


def _texts(value: Any) -> Iterator[str]:
    """Everything that stands in some arguments, names included."""
    if isinstance(value, dict):
        yield from value
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    else:
        yield str(value)


def _first(pattern: re.Pattern[str]) -> Callable[[Row], str]:
    """What the pattern finds first among the arguments of a call."""

    def find(row: Row) -> str:
        found = filter(None, map(pattern.search, _texts(row.get("arguments", {}))))
        return next((match[0] for match in found), "")

    return find


def _lantern(row: Row) -> str:
    """The host that only this intent's zone has. MrDomain is told zones in base64."""
    zone = row.get("arguments", {}).get("dnsZoneData")
    if zone is None:
        return _first(LANTERN)(row)
    found = LANTERN.search(base64.b64decode(zone).decode())
    return found[0] if found else ""


def _subject(row: Row) -> str:
    return str(row["subject"])


def _if_about(kind: str, told: Callable[[Row], bool] = lambda row: True) -> Callable[[Row], str]:
    """The name, where the call was about the kind: `told` knows by the arguments of who tells only what changes."""

    def find(row: Row) -> str:
        family, name = row["family"], _subject(row)
        about = may_change(family, name, kind) if kind in REASONS.get(family, ()) else told(row)
        return name if about else ""

    return find


def _told_lock(row: Row) -> bool:
    if row["action"] in ("domain/lock", "domain/unlock"):
        return True
    return bool(_first(re.compile(r"transferBlock|registrar_lock"))(row))


def _told_renewal(row: Row) -> bool:
    return bool(_first(re.compile(r"renewalMode|auto_renew"))(row))


def _told_owner(row: Row) -> bool:
    return row["action"] == "domainTransferOwner" or "ownerContactID" in row["arguments"]


def _label(operation: Any) -> str:
    return str(operation.label)


def _lantern_of(operation: Any) -> str:
    names = (record["name"] for record in operation.payload["records"])
    return next(found[0] for found in map(LANTERN.match, names) if found)


KINDS = {
    "domain.create": TrafficKind(
        actions={
            "mrdomain": ("domain/create",), "netim": ("domainCreate",), "bookmyname": ("domain_create",),
            "namecom": ("domain/create",),
        },
        mark_of=_label, mark_in=_subject,
    ),
    "contact.create": TrafficKind(
        actions={"mrdomain": ("contact/create",), "netim": ("contactCreate",), "bookmyname": ("contact_create",)},
        mark_of=lambda operation: operation.payload["contact"]["email"], mark_in=_first(ADDRESS),
    ),
    "domain.transfer": TrafficKind(
        actions={
            "mrdomain": ("domain/transfer",), "netim": ("domainTransferIn",), "bookmyname": ("domain_transfer",),
        },
        mark_of=_label, mark_in=_subject,
    ),
    "domain.renew": TrafficKind(
        actions={
            "mrdomain": ("domain/renew",), "netim": ("domainRenew",), "bookmyname": ("domain_renew",),
            "namecom": ("domain/renew",),
        },
        mark_of=_label, mark_in=_subject,
    ),
    "domain.delete": TrafficKind(
        actions={"netim": ("domainDelete",), "bookmyname": ("domain_delete",)},
        mark_of=_label, mark_in=_subject,
    ),
    "domain.restore": TrafficKind(
        actions={"netim": ("domainRestore",)}, mark_of=_label, mark_in=_subject,
    ),
    "domain.owner": TrafficKind(
        actions={
            "mrdomain": ("domain/updatecontacts",), "netim": ("domainTransferOwner",),
            "bookmyname": ("domain_update",), "namecom": ("domain/update_contacts",),
        },
        mark_of=_label, mark_in=_if_about("domain.owner", _told_owner),
    ),
    "domain.contacts": TrafficKind(
        actions={
            "mrdomain": ("domain/updatecontacts",), "netim": ("domainChangeContact",),
            "bookmyname": ("domain_update",), "namecom": ("domain/update_contacts",),
        },
        mark_of=_label, mark_in=_if_about("domain.contacts", lambda row: not _told_owner(row)),
    ),
    "domain.nameservers": TrafficKind(
        actions={
            "mrdomain": ("domain/updatenameservers",), "netim": ("domainChangeDNS",),
            "bookmyname": ("domain_update",), "namecom": ("domain/update_nameservers",),
        },
        mark_of=lambda operation: operation.payload["nameservers"][0], mark_in=_first(SERVER),
    ),
    "domain.transfer_lock": TrafficKind(
        actions={
            "mrdomain": ("domain/update",), "netim": ("domainSetPreference",), "bookmyname": ("domain_update",),
            "namecom": ("domain/lock", "domain/unlock"),
        },
        mark_of=_label, mark_in=_if_about("domain.transfer_lock", _told_lock),
    ),
    "domain.renewal_mode": TrafficKind(
        actions={"mrdomain": ("domain/update",), "netim": ("domainSetPreference",)},
        mark_of=_label, mark_in=_if_about("domain.renewal_mode", _told_renewal),
    ),
    "domain.dnssec": TrafficKind(
        actions={"mrdomain": ("domain/dnsseccreate",), "netim": ("domainSetDNSSecExt",)},
        mark_of=lambda operation: operation.payload["keys"][0]["digest"], mark_in=_first(DIGEST),
    ),
    # BookMyName's API has no zones.
    "dns.zone": TrafficKind(
        actions={
            "mrdomain": ("service/dnssetzone",), "netim": ("domainZoneCreate",), "namecom": ("dns/create",),
        },
        mark_of=_lantern_of, mark_in=_lantern,
    ),
}  # fmt: skip
