"""What a reseller's account at BookMyName holds: contacts, domains, hosts, transactions and the world's switches."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from registrar.sandbox.bookmyname import status
from registrar.sandbox.bookmyname.numbers import whole

DIST_ID = 13490
CURRENCY = "EUR"
# The order in every reply (manual: domain_create, domain_info).
ROLES = ("bill", "tech", "admin", "owner")
TRANSACTION_WORDS = ("Wait", "ToProcess", "Done", "Error")


@dataclass
class Contact:
    """A contact; `fields` are the texts that contact_create takes, moments are epoch seconds."""

    id: int
    parent_id: int
    handle: str
    creation: float
    lastupdate: float
    lastupdate_ip: str
    fields: dict[str, str]
    status: str = "Active"


@dataclass
class Domain:
    """A domain; `name` is an A-label, `created` and `expires` are epoch seconds and None while on their way.

    `flags` are the bits of registry_status that are set for good; running transactions add theirs.
    """

    id: int
    name: str
    contacts: dict[str, int]
    lastupdate: float
    lastupdate_ip: str
    authinfo: str
    created: float | None = None
    expires: float | None = None
    service: str = "dns"
    ip_dns_master: str = ""
    status: str = "Active"
    flags: int = 0
    ns: list[str] = field(default_factory=list)


@dataclass
class Host:
    """A glue record: a DNS server inside a domain of the account."""

    id: int
    name: str
    ip: str
    lastupdate: float


@dataclass
class Transaction:
    """Something on its way to a registry: Wait until `begins`, ToProcess until `ends`, then `word`.

    `effect` is what it does when it is done, `price` what is charged for it (EUR, "" for nothing), `arguments` and
    `results` are what the journal says of it then, `earlier` marks an order from before the world began.
    """

    tid: int
    action: str
    subject: str
    begins: float
    ends: float
    effect: dict[str, Any]
    price: str = ""
    word: str = "Done"
    open: bool = True
    arguments: dict[str, Any] = field(default_factory=dict)
    results: dict[str, Any] = field(default_factory=dict)
    earlier: bool = False

    def status(self, now: float) -> str:
        """One of TRANSACTION_WORDS."""
        if not self.open:
            return self.word
        return "Wait" if now < self.begins else "ToProcess"


@dataclass
class Das:
    """The line server: dialect "free", "eurid" or "dnsbe"; `limit` queries a sandbox minute, None for its own."""

    dialect: str = "free"
    limit: int | None = None
    blocked: bool = False
    broken: bool = False
    patience: float = 30.0
    words: dict[str, str] = field(default_factory=dict)


@dataclass
class Switches:
    """What the manual leaves open, and the world decides (README: assumptions)."""

    server: str = "php"
    domain_list: str = "map"
    contact_list: str = "contacts"
    deleted_contacts: str = "shown"
    countries: str = "fr"
    unpaid: str = "accept"


@dataclass
class Account:
    """The reseller's account and whatever the registrar knows around it.

    `outside` holds facts about names at other registrars, `paid` the owner of each transfer that failed and may be
    restarted without being billed again, `fail` how many of a function's next transactions end in Error.
    """

    balance: Decimal = Decimal("500.00")
    domain_serial: int = 141_000
    contact_serial: int = 151_000
    host_serial: int = 880
    tid_serial: int = 270
    contacts: dict[int, Contact] = field(default_factory=dict)
    domains: dict[str, Domain] = field(default_factory=dict)
    hosts: dict[str, Host] = field(default_factory=dict)
    transactions: dict[int, Transaction] = field(default_factory=dict)
    outside: dict[str, dict[str, Any]] = field(default_factory=dict)
    paid: dict[str, int] = field(default_factory=dict)
    fail: dict[str, int] = field(default_factory=dict)
    das: Das = field(default_factory=Das)
    switches: Switches = field(default_factory=Switches)
    running: dict[str, list[Transaction]] = field(default_factory=dict)
    handles: dict[str, int] = field(default_factory=dict)

    @property
    def available(self) -> Decimal:
        """The balance without what running transactions are going to cost."""
        rows = (row for transactions in self.running.values() for row in transactions)
        return self.balance - sum((Decimal(row.price) for row in rows if row.price), Decimal(0))

    def add_contact(self, contact: Contact) -> Contact:
        self.contacts[contact.id] = contact
        self.handles[contact.handle] = contact.id
        return contact

    def add_transaction(self, transaction: Transaction) -> Transaction:
        self.transactions[transaction.tid] = transaction
        if transaction.open:
            self.running.setdefault(transaction.subject, []).append(transaction)
        return transaction

    def close(self, transaction: Transaction) -> None:
        """The transaction has ended with its word."""
        transaction.open = False
        left = [row for row in self.running.get(transaction.subject, []) if row.tid != transaction.tid]
        if left:
            self.running[transaction.subject] = left
        else:
            self.running.pop(transaction.subject, None)

    def registry_status(self, domain: Domain) -> int:
        """The bits as domain_info shows them."""
        found = domain.flags
        for transaction in self.running.get(domain.name, []):
            found |= status.RUNNING.get(transaction.action, 0)
        return found

    def is_own(self, contact: Contact) -> bool:
        """True for the reseller's own contact and those made under it."""
        return DIST_ID in (contact.id, contact.parent_id)

    def usable(self, contact_id: str) -> bool:
        """True if a domain may have this contact."""
        found = self.contacts.get(whole(contact_id))
        return found is not None and self.is_own(found) and found.status == "Active"

    def may_see(self, domain: Domain) -> bool:
        """True if the reseller is one of the domain's four contacts."""
        return DIST_ID in domain.contacts.values()

    def dump(self) -> dict[str, Any]:
        """The account as JSON can take it; shares lists with the account, so it is for writing at once."""
        rows = {
            name: [vars(row) for row in getattr(self, name).values()]
            for name in ("contacts", "domains", "hosts", "transactions")
        }
        data = {**vars(self), **rows, "balance": str(self.balance)}
        del data["running"], data["handles"]
        return {**data, "das": vars(self.das), "switches": vars(self.switches)}

    @classmethod
    def load(cls, data: dict[str, Any]) -> Account:
        rest = {**data, "balance": Decimal(data["balance"])}
        contacts, domains = rest.pop("contacts"), rest.pop("domains")
        hosts, transactions = rest.pop("hosts"), rest.pop("transactions")
        rest.update(das=Das(**rest["das"]), switches=Switches(**rest["switches"]))
        account = cls(**rest)
        for row in contacts:
            account.add_contact(Contact(**row))
        account.domains = {row["name"]: Domain(**row) for row in domains}
        account.hosts = {row["name"]: Host(**row) for row in hosts}
        for row in transactions:
            account.add_transaction(Transaction(**row))
        return account
