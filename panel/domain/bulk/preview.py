"""What a change of many names would come to, before anything is changed: a fixed number of queries for any number."""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.core import signing
from django.db.models import Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Concat

from panel.access.actor import Actor
from panel.account.models import Account
from panel.domain.bulk.action import Action, Books
from panel.domain.bulk.actions import ACTIONS
from panel.domain.bulk.selection import Selection, restored
from panel.domain.capability_words import note_text
from panel.domain.models import BulkJob, Domain, subject_of
from panel.domain.refusals import CannotDo, NotOffered, Unchanged
from panel.operation.models import Operation
from panel.operation.states import OPEN
from panel.people.models import Customer

MOST_NAMES = 10_000
EXAMPLES = 3
SHOWN_NAMES = 10
SALT = "bulk-preview"
VALID_SECONDS = 4 * 3600

# What judging and listing read of a name; its account and customer are read once for all of them.
FIELDS = (
    "name", "unicode_name", "tld_name", "account_id", "customer_id", "status", "modification_lock", "expires_on",
    "renewal_mode", "transfer_lock", "whois_privacy", "detailed_at", "nameservers",
)  # fmt: skip


class TooMany(Exception):
    """More names are chosen than one job may have."""


class Outcome(StrEnum):
    """What would become of a name."""

    READY = "ready"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether it can be done to a name, and at what price; `note` is for staff."""

    outcome: Outcome
    reason: str = ""
    note: str = ""
    price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Names that one reason keeps from it. `account` and `note` are for staff."""

    reason: str
    account: str
    note: str
    number: int
    examples: list[str]

    @property
    def text(self) -> str:
        """The reason in a sentence."""
        return CannotDo(self.reason).text


@dataclass(slots=True)
class Preview:
    """The chosen names, each with its verdict, in the order in which they would be done."""

    action: str
    values: dict[str, Any]
    selection: Selection
    rows: list[tuple[Domain, Verdict]] = field(default_factory=list)

    @property
    def numbers(self) -> dict[str, int]:
        """How many names there are of each outcome."""
        found = Counter(verdict.outcome for _domain, verdict in self.rows)
        return {outcome.value: found[outcome] for outcome in Outcome}

    @property
    def ready(self) -> Iterator[tuple[Domain, Verdict]]:
        """The names to which it can be done."""
        return (row for row in self.rows if row[1].outcome == Outcome.READY)

    @property
    def first_ready(self) -> list[str]:
        """The first of them, as people write them."""
        return [domain.unicode_name for domain, _verdict in self.ready][:SHOWN_NAMES]

    def totals(self) -> dict[Customer, Decimal]:
        """What each customer would pay, in its currency; nobody where it costs nothing."""
        found: dict[Customer, Decimal] = defaultdict(Decimal)
        for domain, verdict in self.ready:
            if verdict.price is not None and domain.customer is not None:
                found[domain.customer] += verdict.price
        return dict(found)

    def groups(self, *, by_account: bool) -> list[Group]:
        """Why the rest cannot be done, most names first; for staff by account as well."""
        names: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        for domain, verdict in self.rows:
            if verdict.outcome == Outcome.REFUSED:
                where = (str(domain.account), note_text(verdict.note)) if by_account else ("", "")
                names[verdict.reason, *where].append(domain.unicode_name)
        groups = [Group(*key, len(found), found[:EXAMPLES]) for key, found in names.items()]
        return sorted(groups, key=lambda group: (-group.number, group.reason, group.account))

    @property
    def digest(self) -> str:
        """The same while the same names would be done at the same prices from the same dates."""
        told = hashlib.blake2s()
        for domain, verdict in self.ready:
            told.update(f"{domain.pk} {verdict.price} {domain.expires_on}\n".encode())
        return told.hexdigest()

    def ticket(self, actor: Actor) -> str:
        """What the start button carries: exactly what was seen, by whom, and the form's own key."""
        kept = {
            "action": self.action,
            "values": self.values,
            "selection": [self.selection.ids, self.selection.query, self.selection.job],
            "digest": self.digest,
            "who": _who(actor),
            "key": secrets.token_urlsafe(16),
        }
        return signing.dumps(kept, salt=SALT, compress=True)


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket that came back with the start button."""

    action: str
    values: dict[str, Any]
    selection: Selection
    digest: str
    key: str


def read_ticket(text: str, actor: Actor) -> Ticket:
    """What a start button carried. Raises signing.BadSignature for another person's, an old or an invented one."""
    kept = signing.loads(text, salt=SALT, max_age=VALID_SECONDS)
    if kept["who"] != _who(actor):
        raise signing.BadSignature("another person's")
    ids, query, job = kept["selection"]
    selection = restored({"ids": ids, "query": query, "job": job})
    return Ticket(kept["action"], kept["values"], selection, kept["digest"], kept["key"])


def _who(actor: Actor) -> list[int]:
    return [actor.user.pk, actor.customer.pk if actor.customer else 0]


def preview(action: str, values: dict[str, Any], selection: Selection, chosen: QuerySet[Domain]) -> Preview:
    """Judge the chosen names. Raises TooMany."""
    wanted = ACTIONS[action](values)
    domains = list(_in_order(action, _marked(wanted, chosen))[: MOST_NAMES + 1])
    if len(domains) > MOST_NAMES:
        raise TooMany
    _join(domains)
    wanted.prepare(chosen)
    judge = _Judge(wanted, Books({domain.tld_name for domain in domains}))
    return Preview(action, values, selection, [(domain, judge(domain)) for domain in domains])


def _marked(wanted: Action, chosen: QuerySet[Domain]) -> QuerySet[Domain]:
    """The names with `is_busy`: something that excludes it is under way."""
    subject = Concat(Value(subject_of("")), OuterRef("name"))
    rivals = Operation.objects.filter(wanted.rivals(), subject=subject, state__in=sorted(OPEN))
    return chosen.only(*FIELDS).annotate(is_busy=Exists(rivals))


def _in_order(action: str, domains: QuerySet[Domain]) -> QuerySet[Domain]:
    """Renewals the soonest first, so that where the money does not suffice it goes to what is most urgent."""
    if action == BulkJob.Action.RENEW:
        return domains.order_by(F("expires_on").asc(nulls_last=True), "name")
    return domains.order_by("name")


def _join(domains: list[Domain]) -> None:
    """Give the names their accounts and customers, each read once."""
    accounts = Account.objects.in_bulk({domain.account_id for domain in domains})
    holders = {domain.customer_id for domain in domains if domain.customer_id}
    customers = Customer.objects.select_related("brand").in_bulk(holders)
    for domain in domains:
        domain.account = accounts[domain.account_id]
        domain.customer = customers[domain.customer_id] if domain.customer_id else None


class _Judge:
    """Judges names, each sort of them once: what preconditions read is the same for thousands."""

    def __init__(self, action: Action, books: Books) -> None:
        self.action, self.books = action, books
        self._known: dict[tuple[Any, ...], Verdict] = {}

    def __call__(self, domain: Any) -> Verdict:
        alike = (
            domain.account_id,
            domain.tld_name,
            domain.status,
            domain.modification_lock,
            domain.is_busy,
            *self.action.facts(domain),
        )
        if alike not in self._known:
            self._known[alike] = self._judged(domain)
        return self._known[alike]

    def _judged(self, domain: Any) -> Verdict:
        try:
            price = self.action.judge(domain, self.books)
        except Unchanged as refusal:
            return Verdict(Outcome.UNCHANGED, refusal.reason)
        except CannotDo as refusal:
            return Verdict(Outcome.REFUSED, refusal.reason, note_of(refusal))
        if domain.is_busy:
            return Verdict(Outcome.REFUSED, self.action.busy)
        return Verdict(Outcome.READY, price=price)


def note_of(refusal: CannotDo) -> str:
    """What staff read of a refusal beside its reason."""
    return refusal.note if isinstance(refusal, NotOffered) else ""
