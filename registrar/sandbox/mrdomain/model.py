"""What an account at MrDomain holds: domains, contacts, money and its standing."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from registrar.sandbox.mrdomain.access_model import User
from registrar.sandbox.mrdomain.certificate_model import Certificate
from registrar.sandbox.mrdomain.service_model import Service

ROLES = ("owner", "admin", "tech", "billing")
# Parameter suffix, attribute and response field of every datum of a contact (manual 5.3.1, 5.25).
CONTACT_FIELDS: tuple[tuple[str, str, str], ...] = (
    ("Type", "kind", "contactType"),
    ("FirstName", "first_name", "firstName"),
    ("LastName", "last_name", "lastName"),
    ("OrgName", "org_name", "orgName"),
    ("OrgType", "org_type", "orgType"),
    ("IdentNumber", "ident_number", "identNumber"),
    ("Email", "email", "email"),
    ("Phone", "phone", "phone"),
    ("Fax", "fax", "fax"),
    ("Address", "address", "address"),
    ("PostalCode", "postal_code", "postalCode"),
    ("City", "city", "city"),
    ("State", "state", "state"),
    ("Country", "country", "country"),
)
STATUSES = (
    "register-init",
    "register-pending",
    "register-cancel",
    "transfer-init",
    "transfer-pending",
    "transfer-cancel",
    "inactive",
    "active",
    "renewed",
    "expired-renewgrace",
    "expired-redemption",
    "expired-pendingdelete",
)
TRANSFER_STATUSES = (
    "init",
    "queued",
    "set-auth",
    "pending-auth",
    "pending-tag",
    "pending-registry",
    "cancelled",
    "completed",
)
RENEWAL_MODES = ("autorenew", "manual", "letexpire")
VERIFICATIONS = ("verified", "notapplicable", "inprocess", "failed")
LIVE = frozenset({"active", "renewed"})
# What is left of an order that came to nothing: the name is not ours.
CANCELLED = frozenset({"register-cancel", "transfer-cancel"})


@dataclass
class Contact:
    """A contact; `verify_at` is when a verification in process ends (epoch seconds)."""

    contact_id: str
    kind: str
    first_name: str
    last_name: str
    org_name: str
    org_type: str
    ident_number: str
    email: str
    phone: str
    fax: str
    address: str
    postal_code: str
    city: str
    state: str
    country: str
    verification: str = "notapplicable"
    da_accepted: bool = False
    es_nic_handle: str = ""
    verify_at: float | None = None

    @property
    def full_name(self) -> str:
        return self.org_name if self.kind == "organization" else f"{self.first_name} {self.last_name}"


@dataclass
class Stage:
    """What will happen to a domain at a moment: attributes to set, years to add, EUR to give back."""

    at: float
    set: dict[str, Any]
    title: str = ""
    message: str = ""
    years: int = 0
    refund: str = ""


@dataclass
class Domain:
    """A domain; `name` is an A-label, `created` and `expires` are epoch seconds and None while pending."""

    domain_id: int
    name: str
    tld: str
    status: str
    contacts: dict[str, str]
    created: float | None = None
    expires: float | None = None
    renewal_mode: str = "manual"
    modify_block: bool = False
    transfer_block: bool = False
    whois_privacy: bool = False
    view_whois: bool = True
    renew_blocked: bool = False
    tag: str = ""
    transfer_status: str = ""
    authcode: str = ""
    default_ns: bool = True
    nameservers: list[str] = field(default_factory=list)
    glue: list[dict[str, str]] = field(default_factory=list)
    dnssec: list[dict[str, Any]] = field(default_factory=list)
    history: list[dict[str, Any]] = field(default_factory=list)
    stages: list[Stage] = field(default_factory=list)

    @property
    def tags(self) -> list[str]:
        return [tag.strip() for tag in self.tag.split(",") if tag.strip()]


@dataclass
class Account:
    """The whole account. Limits count calls per sandbox minute; `ip_filter` is "", "reset" or "code".

    `empty_data`: what an empty answer is, "object" as in the manual or "list" as PHP may print it.
    `ssl_path_key`: how a subdomain's secure path is called, as in the manual's example or in its table.
    """

    balance: Decimal = Decimal("5000.00")
    threshold: Decimal = Decimal("30.00")
    status: str = "active"
    ip_filter: str = ""
    check_limit: int = 120
    error_limit: int = 60
    blocked_until: float = 0.0
    blocked_before: bool = False
    banned: bool = False
    curexpdate_code: int = 2100
    began: float = 0.0
    domain_serial: int = 60_500_000
    contact_serial: int = 420_000
    domains: dict[int, Domain] = field(default_factory=dict)
    contacts: dict[str, Contact] = field(default_factory=dict)
    deleted: list[dict[str, str]] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)
    services: dict[str, Service] = field(default_factory=dict)
    certificates: dict[int, Certificate] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    service_serial: int = 214_200
    entity_serial: int = 396_000
    certificate_serial: int = 135_000
    empty_data: str = "object"
    ssl_path_key: str = "ftpPath"

    def find(self, name: str) -> Domain | None:
        """The domain with this name (A-label)."""
        number = self.ids.get(name)
        return None if number is None else self.domains[number]

    def add(self, domain: Domain) -> None:
        self.domains[domain.domain_id] = domain
        self.ids[domain.name] = domain.domain_id

    def remove(self, domain: Domain) -> None:
        del self.domains[domain.domain_id]
        del self.ids[domain.name]

    def dump(self) -> dict[str, Any]:
        """The account as JSON can take it; shares lists with the account, so it is for writing at once."""
        domains = {
            number: {**vars(domain), "stages": [vars(stage) for stage in domain.stages]}
            for number, domain in self.domains.items()
        }
        contacts = {key: vars(contact) for key, contact in self.contacts.items()}
        data = {**vars(self), "domains": domains, "contacts": contacts}
        data["services"] = {name: vars(service) for name, service in self.services.items()}
        data["certificates"] = [certificate.dump() for certificate in self.certificates.values()]
        data["users"] = {name: vars(user) for name, user in self.users.items()}
        del data["ids"]
        return {**data, "balance": str(self.balance), "threshold": str(self.threshold)}

    @classmethod
    def load(cls, data: dict[str, Any]) -> Account:
        rest = {**data, "balance": Decimal(data["balance"]), "threshold": Decimal(data["threshold"])}
        domains = rest.pop("domains").values()
        contacts = {key: Contact(**row) for key, row in rest.pop("contacts").items()}
        rest["services"] = {name: Service(**row) for name, row in rest.get("services", {}).items()}
        certificates = map(Certificate.load, rest.pop("certificates", []))
        rest["users"] = {name: User(**row) for name, row in rest.get("users", {}).items()}
        account = cls(**rest, contacts=contacts)
        account.certificates = {row.certificate_id: row for row in certificates}
        for row in domains:
            # Files of before there were services have the domain's in it.
            row.pop("service", None)
            account.add(Domain(**{**row, "stages": [Stage(**stage) for stage in row["stages"]]}))
        return account
