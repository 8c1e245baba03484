"""Giving mirrored names to the customers they belong to: one by one, in bulk, or by a list of name,customer."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from panel.access.granting import end_of_others
from panel.domain.departure.models import Departure
from panel.domain.history.models import Assignment
from panel.domain.models import Domain, name_in, subject_of
from panel.domain.names import ImpossibleName, to_a_label
from panel.domain.tags.services import forget_tags
from panel.operation.models import Operation
from panel.operation.states import OPEN
from panel.people.models import Customer, User

log = structlog.get_logger(__name__)
MOST_LINES = 5000


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an assignment list. `problem` says why it will be left out; `note` is worth knowing."""

    number: int
    name: str
    wanted: str
    domain: Domain | None = None
    customer: Customer | None = None
    problem: str = ""
    note: str = ""

    @property
    def is_good(self) -> bool:
        """True when it can be applied."""
        return not self.problem and self.domain is not None


class UnreadableList(ValueError):
    """The list cannot be taken apart; the message says why."""


def assign(domains: QuerySet[Domain], customer: Customer | None, actor: User) -> tuple[int, list[str]]:
    """Give names to a customer, or to nobody. Returns how many, and the names left alone.

    A name with an operation of its present customer under way is left alone: its money and its outcome are theirs.
    """
    with transaction.atomic():
        rows = list(domains.select_for_update(of=("self",)).values_list("name", "pk", "customer_id"))
        busy = _busy([name for name, _pk, _giver in rows], customer)
        free = [name for name, _pk, _giver in rows if name not in busy]
        changed = Domain.objects.filter(name__in=free).update(customer=customer)
        Assignment.objects.bulk_create(
            [
                Assignment(domain_id=pk, giver_id=giver, taker=customer, made_by=actor)
                for name, pk, giver in rows
                if name not in busy and giver != (customer.pk if customer else None)
            ],
            batch_size=500,
        )
        Departure.objects.filter(domain__name__in=free, came_back_at=None).update(customer=customer)
        forget_tags(Domain.objects.filter(name__in=free).values("pk"), customer)
        end_of_others(Domain.objects.filter(name__in=free).values("pk"), customer, actor)
    log.info(
        "domains_assigned",
        number=changed,
        customer=customer.public_id if customer else "",
        by=actor.public_id,
        names=free[:20],
    )
    return changed, sorted(busy)


def _busy(names: Iterable[str], customer: Customer | None) -> set[str]:
    open_ones = Operation.objects.filter(
        state__in=OPEN, subject__in=[subject_of(name) for name in names], customer__isnull=False
    )
    if customer is not None:
        open_ones = open_ones.exclude(customer=customer)
    return {name_in(subject) for subject in open_ones.values_list("subject", flat=True)}


def decode(data: bytes) -> str:
    """An uploaded list as text: UTF-8, or what older spreadsheet programs write."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def preview(text: str, domains: QuerySet[Domain], customers: QuerySet[Customer]) -> list[Line]:
    """What a list of `name,customer` lines would do, line by line, in a fixed number of queries.

    A customer is named by id, e-mail or name; an empty one takes the name from its customer. Raises UnreadableList.
    """
    rows = _rows(text)
    wanted = [_a_label(name) for _number, name, _customer in rows]
    held = {
        row.name: row for row in domains.select_related("customer").filter(name__in=[n for n in wanted if n])
    }
    known = _customers(customers)
    counts = Counter(name for name in wanted if name)
    lines = []
    for (number, name, customer), a_name in zip(rows, wanted, strict=True):
        lines.append(_judge(Line(number, name, customer), a_name, held, known, counts))
    return lines


def apply(lines: list[Line], actor: User) -> tuple[int, list[str]]:
    """Assign what is good in a preview. Returns how many, and the names left alone."""
    total, left = 0, []
    by_customer: dict[int | None, list[str]] = {}
    people: dict[int | None, Customer | None] = {}
    for line in lines:
        if line.is_good and line.domain is not None:
            key = line.customer.pk if line.customer else None
            by_customer.setdefault(key, []).append(line.domain.name)
            people[key] = line.customer
    for key, names in by_customer.items():
        changed, busy = assign(Domain.objects.filter(name__in=names), people[key], actor)
        total += changed
        left += busy
    return total, left


def _rows(text: str) -> list[tuple[int, str, str]]:
    sample = text[:2000]
    delimiter = max(",;\t", key=sample.count)
    rows = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), start=1):
            cells = [cell.strip() for cell in cells]
            if not any(cells) or (number == 1 and cells[0].lower() in ("name", "domain")):
                continue
            rows.append((number, cells[0], cells[1] if len(cells) > 1 else ""))
            if len(rows) > MOST_LINES:
                raise UnreadableList(_("At most %(most)s lines at once.") % {"most": MOST_LINES})
    except csv.Error as error:
        raise UnreadableList(_("The list cannot be read: %(error)s") % {"error": error}) from None
    if not rows:
        raise UnreadableList(_("There is no line in it. Write one name,customer on each line."))
    return rows


def _a_label(name: str) -> str:
    try:
        return ".".join(to_a_label(label) for label in name.strip().rstrip(".").split("."))
    except ImpossibleName:
        return ""


def _customers(customers: QuerySet[Customer]) -> dict[str, list[Customer]]:
    known: dict[str, list[Customer]] = {}
    for customer in customers:
        for word in {customer.public_id, customer.email.casefold(), customer.name.casefold()}:
            known.setdefault(word, []).append(customer)
    return known


def _judge(
    line: Line, name: str, held: dict[str, Domain], known: dict[str, list[Customer]], counts: Counter[str]
) -> Line:
    def said(problem: str | Promise) -> Line:
        return Line(line.number, line.name, line.wanted, problem=str(problem))

    if not name or "." not in name:
        return said(_("Not a domain name."))
    if name not in held:
        return said(_("Not in the panel: import it first, or check the spelling."))
    if counts[name] > 1:
        return said(_("More than once in this list."))
    found = known.get(line.wanted.casefold(), []) if line.wanted else []
    if line.wanted and not found:
        return said(_("No such customer: use the id, the e-mail or the exact name."))
    if len(found) > 1:
        return said(_("Several customers are called that: use the id."))
    domain, customer = held[name], found[0] if found else None
    note = ""
    if domain.customer is not None and domain.customer != customer:
        note = _("Moves from %(customer)s.") % {"customer": domain.customer}
    elif domain.customer == customer:
        note = _("Already so.")
    return Line(line.number, line.name, line.wanted, domain, customer, note=note)
