"""What the page of a name says of its end: the dates, what happens if nobody acts, and what was told of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from panel.domain.belonging import RENEWED, has
from panel.domain.models import Domain
from panel.domain.operations_renew import RenewDomain
from panel.domain.renewal.dates import Dates, dates_of
from panel.domain.renewal.models import Reminder
from panel.domain.renewal.outlook import Outlook, outlook
from panel.domain.renewal.prices import RenewalPrices
from panel.domain.renewal.renewing import book_of
from panel.operation.models import Operation

SHOWN = 6


@dataclass(frozen=True, slots=True)
class Ending:
    """`dates` are None while nobody knows when the name expires; `reminders` are those that were sent, newest first."""

    dates: Dates | None
    outlook: Outlook
    reminders: list[Reminder]


def ending_of(domain: Domain) -> Ending:
    """The end of one name, for its page. Needs `account` and the customer's brand."""
    dates = dates_of(domain, _renewals(domain) if has(domain, RENEWED) else ())
    is_sold = domain.customer is not None and dates is not None
    prices = RenewalPrices(book_of(domain), at=domain.account) if is_sold else None
    sent = domain.reminders.filter(customer=domain.customer_id, sent_at__isnull=False)
    reminders = list(sent[:SHOWN]) if has(domain, "reminders") else []
    return Ending(dates, outlook(domain, dates, prices), reminders)


def _renewals(domain: Domain) -> QuerySet[Operation]:
    rows = Operation.objects.filter(subject=domain.subject, kind=RenewDomain.name).order_by("-pk")
    return rows.only("kind", "state", "starts_from", "payload")
