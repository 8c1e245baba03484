"""What an account at Netim holds: domains, contacts, hosts, certificates, operations, sessions and money."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from registrar.sandbox.tlds import TLDS, Tld

DAY = 86400.0
PENDING, DONE, FAILED, CANCELLED = "Pending", "Done", "Failed", "Cancelled"
ROLES = ("idOwner", "idAdmin", "idTech", "idBilling")
NAME_SERVERS = ("ns1.netim.net", "ns2.netim.net", "ns3.netim.net")
ACTIVE, INACTIVE = "ACTIVE, DELEGATED", "ACTIVE, NOT DELEGATED"
QUARANTINE = "QUARANTINE, NOT DELEGATED"
# Domain statuses of section 6. What stays listed under the last two is not the reseller's any more.
STATUSES = (
    "PENDING",
    "ERROR",
    ACTIVE,
    INACTIVE,
    "RESERVED, NOT DELEGATED",
    "EXPIRED",
    "EXPIRED, HOLD, NOT DELEGATED",
    QUARANTINE,
    "HOLD, NOT DELEGATED",
    "TRANSFERRED OUT",
    "DELETED",
)
NOT_HELD = frozenset({"ERROR", "TRANSFERRED OUT", "DELETED"})
# Seconds until an operation is done: at most registries, and for transfers, trades and certificates.
QUICK, LONG = (1.0, 3.0), (20.0, 60.0)


@dataclass
class Session:
    """An open session; moments are epoch seconds, `delay` is how long a synchronous call waits (-1: as needed)."""

    key: str
    opened: float
    used: float
    language: str = "EN"
    sync: bool = True
    delay: int | None = None


@dataclass
class Contact:
    """A contact; `data` holds the documented members that are text."""

    contact_id: str
    owner: bool
    data: dict[str, str]
    additional: dict[str, Any] = field(default_factory=dict)


@dataclass
class Host:
    """A host with its addresses, registered as glue."""

    name: str
    ipv4: list[str] = field(default_factory=list)
    ipv6: list[str] = field(default_factory=list)


@dataclass
class Certificate:
    """An SSL service; moments are epoch seconds, 0 for not yet."""

    key: str
    product: str
    names: list[str]
    alternatives: list[str]
    years: int
    csr: str = ""
    private_key: str = ""
    certificate: str = ""
    created: float = 0.0
    issued: float = 0.0
    expires: float = 0.0
    status: str = "PENDING"
    auto_renew: bool = False
    to_be_renewed: bool = True


@dataclass
class Operation:
    """One operation. `ends` is when it will be settled, `ending` the status it then gets if nothing refuses it."""

    number: int
    function: str
    code: str
    subject: str
    payload: dict[str, Any]
    submitted: float
    ends: float
    price: Decimal = Decimal("0.00")
    status: str = PENDING
    reason: str = ""
    ending: str = DONE
    cancellable: bool = True
    detail: str = ""
    arguments: dict[str, Any] = field(default_factory=dict)


@dataclass
class Domain:
    """A domain; `name` is an A-label, moments are epoch seconds and None while there are none.

    `odd` replaces text members of what the API tells, for tests of strange answers.
    """

    name: str
    tld: str
    status: str
    roles: dict[str, str]
    ns: list[str] = field(default_factory=list)
    created: float | None = None
    expires: float | None = None
    deleted: float | None = None
    lock: bool = False
    privacy: bool = False
    auto_renew: bool = False
    to_be_renewed: bool = True
    authid: str = ""
    signed: bool = False
    ds: list[dict[str, str]] = field(default_factory=list)
    dnskey: dict[str, str] = field(default_factory=dict)
    tag: str = ""
    note: str = ""
    membership: str = ""
    zone: list[dict[str, str]] = field(default_factory=list)
    soa: dict[str, int] = field(default_factory=dict)
    mail: dict[str, str] = field(default_factory=dict)
    web: dict[str, dict[str, str]] = field(default_factory=dict)
    odd: dict[str, Any] = field(default_factory=dict)

    @property
    def rules(self) -> Tld:
        return TLDS[self.tld]

    @property
    def main(self) -> str:
        """The first word of the status."""
        return self.status.partition(",")[0]

    @property
    def held(self) -> bool:
        return self.status not in NOT_HELD

    @property
    def on_service(self) -> bool:
        """True on Netim's own name servers (HasDNS4Service)."""
        return bool(self.ns) and all(server in NAME_SERVERS for server in self.ns)


@dataclass
class Account:
    """The whole account. `balance` is the money less what was spent; what is held for operations is still in it.

    Assumptions that nobody documents, all changeable: `timeout` seconds of inactivity end a session,
    `max_sessions` at once, `delay` seconds a synchronous call waits.
    """

    balance: Decimal = Decimal("5000.00")
    low_limit: Decimal = Decimal("50.00")
    hard_limit: Decimal = Decimal("0.00")
    timeout: int = 1800
    max_sessions: int = 50
    delay: int = 25
    login_refused: bool = False
    owner_identity: str = "ignored"
    began: float = 0.0
    operation_serial: int = 4_958_000
    contact_serial: int = 1
    session_serial: int = 0
    certificate_serial: int = 0
    domains: dict[str, Domain] = field(default_factory=dict)
    contacts: dict[str, Contact] = field(default_factory=dict)
    hosts: dict[str, Host] = field(default_factory=dict)
    certificates: dict[str, Certificate] = field(default_factory=dict)
    operations: dict[int, Operation] = field(default_factory=dict)
    sessions: dict[str, Session] = field(default_factory=dict)
    templates: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)

    @property
    def pending(self) -> list[Operation]:
        return [operation for operation in self.operations.values() if operation.status == PENDING]

    @property
    def held(self) -> Decimal:
        """The money reserved for operations that are pending."""
        return sum((operation.price for operation in self.pending), Decimal("0.00"))

    @property
    def available(self) -> Decimal:
        return self.balance - self.held

    def users(self, contact_id: str) -> list[str]:
        """The names of the domains that use a contact in any role."""
        return [
            domain.name
            for domain in self.domains.values()
            if domain.held and contact_id in domain.roles.values()
        ]

    def dump(self) -> dict[str, Any]:
        """The account as JSON can take it; shares lists with the account, so it is for writing at once."""
        data = dict(vars(self))
        for name in ("domains", "contacts", "hosts", "certificates", "sessions"):
            data[name] = [vars(row) for row in data[name].values()]
        data["operations"] = [{**vars(row), "price": str(row.price)} for row in self.operations.values()]
        for name in ("balance", "low_limit", "hard_limit"):
            data[name] = str(data[name])
        return data

    @classmethod
    def load(cls, data: dict[str, Any]) -> Account:
        rest = dict(data)
        for name in ("balance", "low_limit", "hard_limit"):
            rest[name] = Decimal(rest[name])
        rest["domains"] = {row["name"]: Domain(**row) for row in rest["domains"]}
        rest["contacts"] = {row["contact_id"]: Contact(**row) for row in rest["contacts"]}
        rest["hosts"] = {row["name"]: Host(**row) for row in rest["hosts"]}
        rest["certificates"] = {row["key"]: Certificate(**row) for row in rest["certificates"]}
        rest["sessions"] = {row["key"]: Session(**row) for row in rest["sessions"]}
        rest["operations"] = {
            row["number"]: Operation(**{**row, "price": Decimal(row["price"])}) for row in rest["operations"]
        }
        return cls(**rest)
