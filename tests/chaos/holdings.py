"""What the registrars hold of each name, read from the sandbox's state in one shape for all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

State = Mapping[str, Any]
# BookMyName's bit for clientTransferProhibited.
TRANSFER_LOCK = 0x40
RENEWAL_MODES = {"autorenew": "automatic", "manual": "manual", "letexpire": "let_expire"}


@dataclass(frozen=True)
class Holding:
    """A name in a registrar's account. `owner` and `tech` are e-mail addresses, `zone` the names of its hosts.

    None and empty: this registrar has no such thing. `gone`: given up, and shown until it can be had by others.
    """

    expiry: str
    gone: bool = False
    nameservers: frozenset[str] = frozenset()
    transfer_lock: bool | None = None
    renewal_mode: str = ""
    owner: str = ""
    tech: str = ""
    digests: frozenset[str] = frozenset()
    zone: frozenset[str] = frozenset()


def names_listed(family: str, state: State) -> dict[str, Holding]:
    """The names that a registrar lists for the account."""
    rows = [row for row in state["domains"] if row.get("ours", True)]
    hidden = ("ERROR", "TRANSFERRED OUT")
    rows = [row for row in rows if not str(row.get("status", "")).startswith(hidden)]
    return dict(_READERS[family](rows, state))


def _mrdomain(rows: list[State], state: State) -> list[tuple[str, Holding]]:
    addresses = {row["contactID"]: row["email"] for row in state["contacts"]}
    zones = {row["name"]: row["dns"] for row in state["services"]}
    return [
        (
            row["punycode"],
            Holding(
                expiry=str(row["tsExpir"]),
                nameservers=frozenset(row["nameservers"]),
                transfer_lock=row.get("transferBlock"),
                renewal_mode=RENEWAL_MODES[row["renewalMode"]],
                owner=addresses[row["contacts"]["owner"]],
                tech=addresses[row["contacts"]["tech"]],
                digests=frozenset(entry["digest"] for entry in row["dnssec"]),
                zone=frozenset(record["name"] for record in zones.get(row["punycode"], ())),
            ),
        )
        for row in rows
    ]


def _netim(rows: list[State], state: State) -> list[tuple[str, Holding]]:
    addresses = {row["idContact"]: row["email"] for row in state["contacts"]}
    return [
        (
            row["domain"],
            Holding(
                expiry=str(row["dateExpiration"]),
                gone=row["status"].startswith("QUARANTINE"),
                nameservers=frozenset(row["ns"]),
                transfer_lock=bool(row["domainIsLock"]),
                renewal_mode="automatic" if row["autoRenew"] else "manual",
                owner=addresses.get(row["idOwner"], ""),
                tech=addresses.get(row["idTech"], ""),
                digests=frozenset(entry["digest"] for entry in row["ds"]),
                zone=frozenset(record["host"] for record in row["zone"]),
            ),
        )
        for row in rows
    ]


def _bookmyname(rows: list[State], state: State) -> list[tuple[str, Holding]]:
    addresses = {row["id"]: row["email"] for row in state["contacts"]}
    return [
        (
            row["domain"],
            Holding(
                expiry=str(row["registrar_expiration"]),
                nameservers=frozenset(row[f"ns{slot}"] for slot in range(13) if row.get(f"ns{slot}")),
                transfer_lock=bool(row["registry_status"] & TRANSFER_LOCK),
                owner=addresses[row["owner_id"]],
                tech=addresses[row["tech_id"]],
            ),
        )
        for row in rows
    ]


def _namecom(rows: list[State], state: State) -> list[tuple[str, Holding]]:
    return [
        (
            row["name"],
            Holding(
                expiry=str(row["expire_date"]),
                nameservers=frozenset(row["nameservers"]),
                transfer_lock=row["locked"],
                zone=frozenset(record["name"] for record in row["records"]),
                **_people(row["contacts"]),
            ),
        )
        for row in rows
    ]


def _people(contacts: list[State]) -> dict[str, str]:
    """Name.com keeps contacts with each name, one entry for all roles that have the same."""
    roles = {role: entry["email"] for entry in contacts for role in entry["type"]}
    return {"owner": roles["registrant"], "tech": roles["technical"]}


_READERS: dict[str, Callable[[list[State], State], list[tuple[str, Holding]]]] = {
    "mrdomain": _mrdomain,
    "netim": _netim,
    "bookmyname": _bookmyname,
    "namecom": _namecom,
}
