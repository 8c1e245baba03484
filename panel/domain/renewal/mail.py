"""The mail of a reminder: all that is due to one customer on one day, in the brand's name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from panel.billing.pricing import PriceBook
from panel.brand.services import address_of
from panel.core.cells import written_day
from panel.core.templatetags.formatting import format_money, to_ulabel
from panel.domain.operations_renew import RENEWABLE
from panel.domain.renewal.dates import dates_of
from panel.domain.renewal.models import Reminder
from panel.domain.renewal.outlook import outlook
from panel.domain.renewal.prices import RenewalPrices
from panel.people.models import Customer
from panel.people.queries import who_acts_for

# A mail is for reading: what goes beyond is on the page that it leads to.
MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One name in a mail: its date, what a renewal costs ("": not known) and what comes next if nobody acts."""

    name: str
    expires_on: date
    price: str
    text: str
    url: str
    renewable: bool


def message(customer: Customer, reminders: Iterable[Reminder]) -> EmailMultiAlternatives:
    """The mail about these reminders, which are at least one. Needs their `domain` and its `account`."""
    rows = list(reminders)
    people = who_acts_for(customer)
    language = next(
        (person.language for person in people if person.language), customer.brand.default_language
    )
    addresses = {email.lower(): email for email in (customer.email, *(person.email for person in people))}
    prices = RenewalPrices(PriceBook(customer.brand, {row.domain.tld_name for row in rows}))
    with translation.override(language):
        subject = _subject(customer.brand.name, rows)
        context = {"subject": subject, **_context(customer, rows, prices)}
        mail = EmailMultiAlternatives(
            subject,
            render_to_string("email/reminder.txt", context),
            customer.brand.sender,
            list(addresses.values()),
        )
        mail.attach_alternative(render_to_string("email/reminder.html", context), "text/html")
    return mail


def _context(customer: Customer, rows: list[Reminder], prices: RenewalPrices) -> dict[str, object]:
    address = address_of(customer.brand)
    listed = rows[:MOST_LISTED]
    lines = {row.pk: _line(row, prices, address) for row in listed}
    return {
        "brand": customer.brand,
        "recipient_name": customer.name,
        "expired": [lines[row.pk] for row in listed if _is_over(row)],
        "ending": [lines[row.pk] for row in listed if not _is_over(row) and not row.renews],
        "renewing": [lines[row.pk] for row in listed if not _is_over(row) and row.renews],
        "more": len(rows) - len(listed),
        "url": address + reverse("renewals", urlconf="panel.urls"),
    }


def _line(row: Reminder, prices: RenewalPrices, address: str) -> Line:
    domain = row.domain
    price = prices.renewal(domain.tld_name, domain.account_id)
    # Who renews by hand what is about to renew by itself pays twice.
    renewable = domain.status in RENEWABLE and not row.renews
    page = "domain-renew" if renewable else "domain"
    return Line(
        name=to_ulabel(domain.name),
        expires_on=row.expires_on,
        price=format_money(price, prices.currency) if price is not None and renewable else "",
        text=outlook(domain, dates_of(domain), prices).brief,
        url=address + reverse(page, args=[domain.name], urlconf="panel.urls"),
        renewable=renewable,
    )


def _is_over(row: Reminder) -> bool:
    return row.expires_on < timezone.localdate()


def _subject(brand: str, rows: list[Reminder]) -> str:
    """What matters most of all that the mail tells."""
    expired = [row for row in rows if _is_over(row)]
    ending = [row for row in rows if not _is_over(row) and not row.renews]
    told = expired or ending or rows
    words = {
        "brand": brand,
        "name": to_ulabel(told[0].domain.name),
        "day": written_day(told[0].expires_on),
        "n": len(told),
    }
    if expired:
        one, many = (
            _("%(brand)s: %(name)s has expired"),
            ngettext("%(brand)s: %(n)s name has expired", "%(brand)s: %(n)s names have expired", len(told)),
        )
    elif ending:
        one, many = (
            _("%(brand)s: %(name)s expires on %(day)s"),
            ngettext("%(brand)s: %(n)s name expires soon", "%(brand)s: %(n)s names expire soon", len(told)),
        )
    else:
        one, many = (
            _("%(brand)s: %(name)s renews by itself by %(day)s"),
            ngettext(
                "%(brand)s: %(n)s name renews by itself",
                "%(brand)s: %(n)s names renew by themselves",
                len(told),
            ),
        )
    return (one if len(told) == 1 else many) % words
