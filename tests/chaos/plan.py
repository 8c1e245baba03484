"""What a run will do, drawn from one seed: customers' intents, the nemesis's deeds and the registrars' faults.

The schedule is replayed exactly; how threads and processes interleave under it is not, so that a failure may need
several runs of the same seed to come back.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

CUSTOMERS = 12
# The last of them have little money and a credit line.
POOR = 4
OVER = 1.1
# What customers ask for, by weight.
KINDS = {
    "domain.create": 12.0, "domain.renew": 2.5, "domain.transfer": 2.0, "domain.nameservers": 2.5,
    "domain.transfer_lock": 1.5, "domain.renewal_mode": 0.8, "domain.contacts": 1.0, "domain.owner": 1.0,
    "domain.dnssec": 0.8, "dns.zone": 1.0, "domain.delete": 1.0, "domain.restore": 0.5,
}  # fmt: skip
# Kinds that bring a person along, whom the registrar may not know yet.
WITH_A_PERSON = ("domain.create", "domain.transfer", "domain.owner", "domain.contacts")
# How often an order is for somebody new; else it is for whom the customer ordered last.
NEW_PEOPLE = 0.5
# Parts of a second per sandbox second: everything slow at a registrar is this much quicker.
SPEED = 10.0

# The lease, quarantine and beat of a test, in seconds. What takes effect late does so well within two quarantines.
PACES = {
    "OPERATION_CALL_SECONDS": 2,
    "OPERATION_QUARANTINE_SECONDS": 2,
    "OPERATION_POLL_SECONDS": 1,
    "OPERATION_SWEEP_SECONDS": 1,
    # Politeness between workers is tried elsewhere.
    "OPERATION_ACCOUNT_CALLS": 50,
    "OPERATION_SYNC_CALLS": 50,
}
LEASE_SECONDS = 2.0 * PACES["OPERATION_CALL_SECONDS"]


@dataclass(frozen=True)
class Place:
    """A family on the sandbox: what opens it, what it sells here, and the actions whose answers are lost."""

    offset: int
    path: str
    credentials: dict[str, str]
    tlds: tuple[str, str]
    writes: tuple[str, ...]
    reads: tuple[str, ...]
    listing: str
    currency: str = "EUR"
    takes_handles: bool = True
    tells_balance: bool = True
    # Without them "session expired" would mean that the credentials are wrong.
    has_sessions: bool = True
    # Whether a transfer in can be ordered through the API, and must name the servers.
    transfers: bool = True
    needs_nameservers: bool = False
    # Whether names can be given up, and whether another owner is a trade.
    deletes: bool = False
    sells_trades: bool = False


PLACES = {
    "mrdomain": Place(
        1, "", {"apiuser": "demo", "apipasswd": "demo"}, ("com", "es"),
        (
            "domain/create", "contact/create", "domain/renew", "domain/transfer", "domain/update*", "domain/dnssec*",
            "service/dnssetzone",
        ),
        ("domain/getinfo", "contact/list", "service/dnslist"), "domain/list",
    ),
    "netim": Place(
        2, "/2.0/", {"reseller": "DEMO01", "password": "demo"}, ("net", "be"),
        (
            "domainCreate", "contactCreate", "domainRenew", "domainTransferIn", "domainChangeDNS",
            "domainSetPreference", "domainChangeContact", "domainTransferOwner", "domainSetDNSSecExt", "domainDelete",
            "domainRestore", "domainZoneCreate", "domainZoneDelete",
        ),
        ("domainInfo", "queryOpe*", "contactList", "queryZoneList"), "domainList", needs_nameservers=True,
        deletes=True, sells_trades=True,
    ),
    "bookmyname": Place(
        3, "/apis.cgi", {"dist_id": "13490", "dist_passwd": "demo"}, ("org", "eu"),
        (
            "domain_create", "contact_create", "domain_renew", "domain_transfer", "domain_update", "domain_delete",
        ),
        ("domain_info", "api_status", "contact_list"), "domain_list", tells_balance=False, deletes=True,
    ),
    "namecom": Place(
        4, "/api", {"username": "demo-ote", "api_token": "demo"}, ("info", "biz"),
        (
            "order", "domain/create", "domain/renew", "domain/update_nameservers", "domain/lock", "domain/unlock",
            "domain/update_contacts", "dns/create", "dns/delete",
        ),
        ("domain/get", "domain/list", "dns/list"), "domain/list", currency="USD", takes_handles=False,
        has_sessions=False, transfers=False,
    ),
}  # fmt: skip
KEEPERS = tuple(family for family, place in PLACES.items() if not place.deletes)
FAMILY_OF = {tld: family for family, place in PLACES.items() for tld in place.tlds}

# Shares of the writes whose answer is lost, garbled or delayed. Those that were not executed are the fewer: an
# operation is sent five times at most, and bad luck must not be what brings it to a person.
WRITE_FAULTS = {
    "reset_after": 0.07, "http_500_after": 0.05, "garbage": 0.05, "cut": 0.05, "cut_text": 0.04, "latin1": 0.03,
    "unknown_status": 0.05, "already_exists": 0.02, "late_effect": 0.05, "reset_before": 0.03,
    "http_500_before": 0.02, "garbage_before": 0.02, "timeout_after": 0.008, "timeout_before": 0.004, "slow": 0.004,
    "refuse": 0.01, "rate_limit": 0.002, "session_expired": 0.01, "too_many_sessions": 0.002,
}  # fmt: skip
READ_FAULTS = {
    "reset_before": 0.01, "http_500_after": 0.01, "garbage": 0.01, "cut": 0.01, "unknown_status": 0.01, "latin1": 0.01,
}  # fmt: skip
AMBIGUOUS = frozenset(WRITE_FAULTS) - {"refuse", "rate_limit", "session_expired", "too_many_sessions", "slow"}
# Attempts of the workers between two blows.
GAPS = (10, 70)
# In sandbox seconds; `slow` drips past the total timeout and hangs last until the caller gives up, in real ones.
LATE_SECONDS = (5.0, 15.0)
HANG_SECONDS = 6.0


@dataclass(frozen=True)
class Wanted:
    """A name in a cart, and for how long."""

    name: str
    tld: str
    years: int = 1


@dataclass(frozen=True)
class Intent:
    """One thing that a customer asks for: names, or something about a name that some customer has by then.

    `pick` from 0 to 1 chooses among those names when the time comes.
    """

    number: int
    kind: str
    customer: int
    twist: str = "plain"
    wanted: tuple[Wanted, ...] = ()
    contact: int = -1
    pick: float = 0.0


@dataclass(frozen=True)
class Deed:
    """One blow of the nemesis, `gap` attempts of the workers after the one before; what it hits is drawn here too.

    By work done and not by time, so that a slow machine sees as many blows as a quick one.
    """

    gap: int
    kind: str
    target: int
    seconds: float = 0.0


@dataclass
class Schedule:
    """The whole plan of one run."""

    seed: int
    operations: int
    intents: list[Intent] = field(default_factory=list)

    def __post_init__(self) -> None:
        dice = random.Random(f"{self.seed}|intents")
        planned, people, names = 0, 0, 0
        latest: dict[int, int] = {}
        copies: set[tuple[int, int, str]] = set()
        # Some intents are refused on the page: those of whoever has no money, and of the second of two tenants.
        while planned < self.operations * OVER:
            number, customer = len(self.intents), _customer(dice)
            kind = dice.choices(list(KINDS), list(KINDS.values()))[0]
            wanted: tuple[Wanted, ...] = ()
            if kind in ("domain.create", "domain.transfer"):
                count = dice.choice((1, 2, 3)) if kind == "domain.create" else 1
                wanted = tuple(_wanted(dice, names + each, kind) for each in range(count))
                names += count
            # Whose name it will be by then, nobody knows yet: another owner or contact of it is somebody new.
            if kind in WITH_A_PERSON and (not wanted or customer not in latest or dice.random() < NEW_PEOPLE):
                latest[customer] = people
                people += 1
            contact = latest.get(customer, -1)
            families = {FAMILY_OF[one.tld] for one in wanted if PLACES[FAMILY_OF[one.tld]].takes_handles}
            unseen = {(customer, contact, family) for family in families} - copies
            copies |= unseen
            planned += len(unseen) + (kind in WITH_A_PERSON and not wanted) + max(len(wanted), 1)
            self.intents.append(Intent(number, kind, customer, _twist(dice), wanted, contact, dice.random()))

    def deeds(self, kinds: dict[str, float]) -> Iterator[Deed]:
        """Without end; `kinds` maps each deed to its weight."""
        dice = random.Random(f"{self.seed}|deeds")
        while True:
            kind = dice.choices(list(kinds), list(kinds.values()))[0]
            yield Deed(dice.randint(*GAPS), kind, dice.randrange(1_000_000), dice.uniform(0.5, 2.5))

    def late_seconds(self, number: int) -> float:
        """How late the requests of one planted fault take effect, in sandbox seconds."""
        return random.Random(f"{self.seed}|late|{number}").uniform(*LATE_SECONDS)


def _customer(dice: random.Random) -> int:
    """Mostly one of those who can pay."""
    poor = dice.random() < 0.05
    return dice.randrange(CUSTOMERS - POOR, CUSTOMERS) if poor else dice.randrange(CUSTOMERS - POOR)


def _twist(dice: random.Random) -> str:
    """How the customer goes about it: mostly plainly."""
    return dice.choices(("plain", "double_click", "two_tabs", "two_tenants"), (0.91, 0.03, 0.03, 0.03))[0]


def _wanted(dice: random.Random, number: int, kind: str) -> Wanted:
    """A name that nobody else asks for; some are refused, taken or cancelled by the registry, some to be given up.

    What is refused takes no effect, so every lost answer has it sent again: a few names will do, or some would be sent
    five times and come to a person by bad luck alone.
    """
    tld = dice.choice(sorted(FAMILY_OF))
    fates = {"harbor": 0.888, "farewell": 0.1, "refuse": 0.003, "taken": 0.003, "cancel": 0.006}
    fate = dice.choices(list(fates), list(fates.values()))[0]
    if kind == "domain.transfer":
        tld, fate = dice.choice([place.tlds[0] for place in PLACES.values() if place.transfers]), "coming"
    # Name.com registers these at once and takes them back later: that is a story of its own.
    elif FAMILY_OF[tld] in {"cancel": ("namecom",), "farewell": KEEPERS}.get(fate, ()):
        fate = "harbor"
    name = f"{fate}-{number}-{letters(dice.randrange(26**4))}.{tld}"
    years = dice.choice((1, 1, 1, 2))
    # The registry of .be takes one year only: more would be refused.
    return Wanted(name, tld, 1 if tld == "be" else years)


def letters(number: int) -> str:
    """A number in letters, for what may contain nothing else."""
    text = ""
    while True:
        number, rest = divmod(number, 26)
        text = chr(ord("a") + rest) + text
        if number == 0:
            return text
