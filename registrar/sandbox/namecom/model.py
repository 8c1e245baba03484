"""What an account at Name.com holds: domains with their DNS records and hosts, money, sessions, backorders."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from registrar.sandbox.namecom import switches

ROLES = ("registrant", "administrative", "technical", "billing")
CONTACT_KEYS = (
    "first_name",
    "last_name",
    "organization",
    "address_1",
    "address_2",
    "city",
    "state",
    "zip",
    "country",
    "phone",
    "fax",
    "email",
)
Contact = dict[str, str]


@dataclass
class Record:
    """A DNS record; `name` is fully qualified without a final dot, `created` epoch seconds."""

    record_id: int
    name: str
    type: str
    content: str
    ttl: int
    created: float
    priority: int | None = None


@dataclass
class Domain:
    """A domain; `name` is an A-label, moments are epoch seconds.

    `hosts` are the registered nameservers as the account knows them, `registry_hosts` as the registry does.
    `cancel_at`: when the registry undoes the registration, and `refund` what is given back then (USD).
    """

    name: str
    tld: str
    created: float
    expires: float
    contacts: dict[str, Contact]
    nameservers: list[str]
    username: str
    locked: bool = False
    privacy_until: float | None = None
    auto_renew: bool = False
    lapsed: bool = False
    records: list[Record] = field(default_factory=list)
    hosts: dict[str, list[str]] = field(default_factory=dict)
    registry_hosts: dict[str, list[str]] = field(default_factory=dict)
    extras: dict[str, Any] = field(default_factory=dict)
    cancel_at: float | None = None
    refund: str = ""


@dataclass
class Account:
    """The whole account; `credit` in USD, `sessions` from token to the moment of its end."""

    credit: Decimal = Decimal("2500.00")
    created: float = 0.0
    ip_listed: bool = True
    authorizes: bool = True
    contacts: dict[str, Contact] = field(default_factory=dict)
    domains: dict[str, Domain] = field(default_factory=dict)
    backorders: list[str] = field(default_factory=list)
    sessions: dict[str, float] = field(default_factory=dict)
    session_serial: int = 0
    record_serial: int = 219_000_000
    switches: dict[str, Any] = field(default_factory=switches.defaults)

    def new_record_id(self) -> int:
        self.record_serial += 1
        return self.record_serial

    def dump(self) -> dict[str, Any]:
        """The account as JSON can take it; shares lists with the account, so it is for writing at once."""
        domains = {
            name: {**vars(domain), "records": [vars(record) for record in domain.records]}
            for name, domain in self.domains.items()
        }
        return {**vars(self), "credit": str(self.credit), "domains": domains}

    @classmethod
    def load(cls, data: dict[str, Any]) -> Account:
        rest = {**data, "credit": Decimal(data["credit"])}
        rest["domains"] = {
            name: Domain(**{**row, "records": [Record(**record) for record in row["records"]]})
            for name, row in rest["domains"].items()
        }
        return cls(**rest)
