"""What all plans about names have in common: what the registrar offers, what it costs, one row per intent."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction

from panel.account.models import Account
from panel.billing import ledger
from panel.billing.models import Entry
from panel.billing.pricing import PriceBook, Quote
from panel.domain.models import Domain, subject_of
from panel.domain.refusals import BadValue, NoPrice, NotNow, NotOffered
from panel.operation.models import Operation
from panel.operation.services import AlreadyOpen, plan
from panel.operation.states import OPEN
from panel.people.models import Customer, User
from registrar import FAMILIES, Capability, Support

# In these a registrar takes changes of a name; a name on hold may still be changed at some of them.
CHANGEABLE = frozenset({Domain.Status.ACTIVE, Domain.Status.RENEWING, Domain.Status.ON_HOLD})


def capability(account: Account, tld_name: str, method: str) -> Capability:
    """What the account's family says of an operation of the contract ("domain.renew") in an extension."""
    return FAMILIES[account.family].capabilities.find(method, tld_name)


def require(account: Account, tld_name: str, *methods: str) -> None:
    """Raise NotOffered unless the registrar offers one of the operations."""
    rows = [capability(account, tld_name, method) for method in methods]
    if any(row.usable for row in rows):
        return
    row = next((row for row in rows if row.support == Support.MANUAL), rows[0])
    raise NotOffered(row.operation, by_hand=row.support == Support.MANUAL, note=row.note)


def require_changeable(domain: Domain) -> None:
    """Raise NotNow unless settings of the name can be changed."""
    if domain.status not in CHANGEABLE:
        raise NotNow("not_read" if domain.status == Domain.Status.UNKNOWN else "not_active")
    if domain.modification_lock:
        raise NotNow("locked")


def quote_of(domain: Domain, customer: Customer, action: str, book: PriceBook | None = None) -> Quote:
    """What a year costs the customer at the registrar that holds the name. Raises NoPrice.

    `book` are the prices of the customer's brand, where somebody has read them for many names already.
    """
    book = book or PriceBook(customer.brand, [domain.tld_name])
    quote = book.quote(domain.tld_name, action, account=domain.account)
    if quote is None or not quote.sellable:
        raise NoPrice
    return quote


def price_of(domain: Domain, action: str, years: int, book: PriceBook | None = None) -> Decimal | None:
    """What the name's customer pays for so many years at the registrar that holds it; None for a name of nobody.

    `book` as quote_of() takes it. Raises NoPrice, and BadValue(years) for a period that is not sold.
    """
    if domain.customer is None:
        return None
    quote = quote_of(domain, domain.customer, action, book)
    if years not in quote.years:
        raise BadValue("years")
    return quote.total(years)


def known(domain: Domain) -> dict[str, Any]:
    """What the panel knew of the name when something was planned: what it starts from."""
    return {
        "status": domain.status,
        "expires_on": domain.expires_on.isoformat() if domain.expires_on else "",
        "renewal_mode": domain.renewal_mode,
        "remote_id": domain.remote_id,
    }


@transaction.atomic
def plan_intent(
    kind: str,
    name: str,
    *,
    account: Account,
    customer: Customer | None,
    actor: User | None,
    intent: Any,
    payload: Mapping[str, Any],
    starts_from: Mapping[str, Any],
    secrets: Mapping[str, Any] | None = None,
    depends_on: Operation | None = None,
    price: Decimal | None = None,
    key: str = "",
    subject: str = "",
) -> Operation:
    """Plan something about a name, with its money held, or return the same intent where it is open already.

    `intent` (JSON) is what makes it another thing to want; `key`, such as a form's own, makes it the same one even when
    it is over. No price, or one of zero, holds nothing. Raises AlreadyOpen and ledger.NotEnoughMoney.
    """
    wanted = json.dumps([name, account.pk, intent], sort_keys=True, default=str)
    prefix = f"{kind}:{hashlib.sha256(wanted.encode()).hexdigest()[:40]}:"
    before = Operation.objects.filter(intent_key__startswith=prefix)
    running = before.filter(state__in=OPEN).first()
    if running is not None:
        return running
    operation = plan(
        kind,
        subject=subject or subject_of(name),
        label=subject.partition(":")[2] or name,
        account=account,
        intent_key=f"{prefix}{key or before.count()}",
        payload={"name": name, **payload},
        secrets=secrets,
        starts_from=starts_from,
        customer=customer,
        actor=actor,
        depends_on=depends_on,
        price=price or None,
        currency=customer.currency if price and customer else "",
    )
    # Held when it was planned first, where the key found it again.
    if operation.price is not None and not Entry.objects.filter(operation=operation).exists():
        ledger.hold(operation)
    return operation


def refuse_while(domain: Domain, *kinds: str) -> None:
    """Raise AlreadyOpen while one of these kinds is under way about the name.

    For kinds that write more than they change: registrars take some contacts only all together. Locks the name's row,
    so that of two who ask at once only one is let in.
    """
    Domain.objects.select_for_update(of=("self",)).filter(pk=domain.pk).first()
    running = Operation.objects.filter(subject=domain.subject, kind__in=kinds, state__in=OPEN).first()
    if running is not None:
        raise AlreadyOpen(running)


# Where each change of a name writes all of its settings, a late one would undo another: one is made after the other.
OF_THE_WHOLE = frozenset(
    {
        "domain.auth_code",
        "domain.contacts",
        "domain.modification_lock",
        "domain.nameservers",
        "domain.owner",
        "domain.transfer_lock",
    }
)


@transaction.atomic
def plan_about(
    kind: str,
    domain: Domain,
    *,
    actor: User | None,
    intent: Any,
    payload: Mapping[str, Any],
    starts_from: Mapping[str, Any] | None = None,
    **rest: Any,
) -> Operation:
    """As plan_intent(), for a name that is here: with what is known of it as what this starts from.

    Raises AlreadyOpen also while another setting is under way where a registrar writes all of them at once.
    """
    if kind in OF_THE_WHOLE and FAMILIES[domain.account.family].writes_whole:
        refuse_while(domain, *(OF_THE_WHOLE - {kind}))
    return plan_intent(
        kind,
        domain.name,
        account=domain.account,
        customer=domain.customer,
        actor=actor,
        intent=intent,
        payload={"tld": domain.tld_name, **payload},
        starts_from={**known(domain), **(starts_from or {})},
        **rest,
    )
