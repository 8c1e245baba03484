"""Bringing a name in from another registrar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from panel.account.models import Account
from panel.billing.pricing import PriceBook
from panel.contact.models import Contact, ContactHandle
from panel.contact.services import Extra, plan_registrant
from panel.contact.validation import validate_nameservers
from panel.domain import mirror
from panel.domain.drift import book
from panel.domain.kind import DomainKind, name_of, refresh_after
from panel.domain.models import ENDED, Domain
from panel.domain.planning import plan_intent, require
from panel.domain.refusals import BadValue, NoPrice, NotNow
from panel.domain.registrant import as_payload, extra_of, owner_of, registrant_of, split_extra
from panel.operation import remote
from panel.operation.facts import before_sending, read_first, remember
from panel.operation.models import Operation
from panel.operation.registry import Absent, CameToNothing, Finding, Happened, register
from panel.operation.states import Lane, State
from panel.people.models import Customer, User
from registrar import FAMILIES, TransferServers, errors, types
from registrar.tld import nameserver_limits

# Netim's PENDING is a registration or a transfer, nobody says which; the same holds for how they end.
COMING = frozenset(
    {
        types.DomainStatus.TRANSFERRING,
        types.DomainStatus.REGISTERING,
        types.DomainStatus.INACTIVE,
        types.DomainStatus.UNKNOWN,
    }
)
CANCELLED = frozenset({types.DomainStatus.TRANSFER_CANCELLED, types.DomainStatus.REGISTRATION_CANCELLED})
# The kind that calls a transfer off.
CALL_OFF = "domain.transfer_cancel"


@register
class TransferDomain(DomainKind):
    """Transfer a name in. Whose it is in the end, a look before the first send decides: what was in the account already
    was not brought there by this."""

    name = "domain.transfer"
    methods = ("domain.transfer",)
    lane = Lane.MONEY
    deadline = timedelta(days=21)
    promise = timedelta(days=8)
    calls = 3

    def order(self, operation: Operation, driver: Any) -> types.Outcome[types.RegisteredDomain]:
        # What an earlier send may have done is not what this starts from: a later one does not look again.
        before = before_sending(operation)
        if before is None:
            before = remember(operation, **read_first(lambda: _state_of(driver, name_of(operation))))
        if before["in_account"]:
            said = f"in the account as {before['raw_status']} before this was sent"
            raise errors.AlreadyExists(said, reason="in_account")
        handle = owner_of(operation)
        order = types.TransferOrder(
            name=name_of(operation),
            owner=handle.handle if handle else registrant_of(operation),
            auth_code=operation.secrets.get("auth_code", ""),
            nameservers=tuple(operation.payload["nameservers"]),
            keep_nameservers=operation.payload["keep_nameservers"],
            extra=extra_of(operation),
        )
        outcome: types.Outcome[types.RegisteredDomain] = driver.domains.transfer(order)
        return outcome

    def poll(self, operation: Operation, driver: Any) -> types.Outcome[types.RegisteredDomain]:
        reason = "cancelled" if _called_off(operation) else "transfer_failed"
        if not remote.is_finished(driver, operation.reference, reason):
            return types.Pending(operation.reference)
        return transferred(driver.domains.info(name_of(operation)), operation.reference)

    def reconcile(self, operation: Operation, driver: Any) -> Finding:
        before = before_sending(operation)
        if before is None:
            return Absent("never sent: the look that comes first was not made")
        if before["in_account"]:
            return Absent(f"in the account as {before['raw_status']} before this was sent")
        running = remote.running(operation, driver, name_of(operation), *self.methods)
        if running is not None:
            return running
        info = _found(driver, name_of(operation))
        if info is None:
            return Absent("not in the account")
        if _was_left_over(info, before):
            return Absent(f"in the account as {info.raw_status}, cancelled before this was sent")
        if mirror.rival(operation) is not None:
            return Absent("in the account, and another customer's")
        if info.status in CANCELLED:
            # To be asked once more, as the end of what was accepted.
            return Happened(types.Pending(""))
        return Happened(transferred(info, ""))

    def progress(self, operation: Operation, value: types.RegisteredDomain) -> None:
        mirror.record_registration(operation, value, owner=owner_of(operation))

    def apply(self, operation: Operation, value: types.RegisteredDomain | None) -> dict[str, Any]:
        if value is None:
            domain = mirror.claim_unseen(operation)
        else:
            domain = mirror.record_registration(operation, value, owner=owner_of(operation))
        book.agree_to_arrival(domain, operation)
        refresh_after(operation)
        charged = getattr(value, "charged", None)
        return {"charged": str(charged.amount), "currency": charged.currency} if charged else {}

    def failed(self, operation: Operation) -> None:
        mirror.forget_transfer(operation)


def transferred(info: types.DomainInfo, reference: str) -> types.Outcome[types.RegisteredDomain]:
    """What a registrar shows of a name that is being transferred in, as the outcome of that.

    Raises CameToNothing when it was cancelled.
    """
    if info.status in CANCELLED:
        raise CameToNothing(f"the transfer ended ({info.raw_status})", reason="transfer_failed")
    value = types.RegisteredDomain(
        name=info.name,
        tld=info.tld,
        remote_id=info.remote_id,
        # Nobody's registration is under way: the name is registered, elsewhere.
        status=types.DomainStatus.TRANSFERRING if info.status in COMING else info.status,
        raw_status=info.raw_status,
        expires_on=info.expires_on,
        transfer_status=info.transfer_status,
    )
    return types.Pending(reference, value) if info.status in COMING else types.Done(value)


def _state_of(driver: Any, name: str) -> dict[str, Any]:
    """What the account holds of the name. What is left of an order that came to nothing is not the name."""
    info = _found(driver, name)
    if info is None:
        return {"in_account": False, "remote_id": "", "raw_status": ""}
    living = info.status not in CANCELLED
    return {"in_account": living, "remote_id": info.remote_id, "raw_status": info.raw_status}


def _was_left_over(info: types.DomainInfo, before: dict[str, Any]) -> bool:
    """Whether what is shown is what a transfer that came to nothing had left there before.

    Where a registrar numbers names, a new order has a new number; elsewhere the same word tells nothing of a new one.
    """
    shown = (info.remote_id, info.raw_status)
    return info.status in CANCELLED and shown == (before["remote_id"], before["raw_status"])


def _called_off(operation: Operation) -> bool:
    """Whether somebody here has called the transfer off."""
    same = Operation.objects.filter(kind=CALL_OFF, subject=operation.subject, state=State.SUCCEEDED)
    return same.filter(payload__reference=operation.reference).exists()


def _found(driver: Any, name: str) -> types.DomainInfo | None:
    try:
        info: types.DomainInfo = driver.domains.info(name)
    except errors.NotFound:
        return None
    return info


@transaction.atomic
def plan_transfer(
    customer: Customer,
    name: str,
    *,
    auth_code: str,
    registrant: Contact,
    actor: User | None,
    nameservers: Sequence[str] = (),
    extra: Mapping[str, str] | None = None,
    account: Account | None = None,
    price: Decimal | None = None,
    key: str = "",
) -> Operation:
    """Plan to bring a name in (A-label) for a customer, and hold the price.

    Without `nameservers` the name keeps those that it has. `account` is the best one for the extension unless given,
    `price` that of the price list. Raises NotOffered, NotNow("held"), BadValue(nameservers, auth_code or a field of
    the extension), NoPrice, ledger.NotEnoughMoney, and AlreadyOpen for another transfer of the name.
    """
    tld_name = name.partition(".")[2]
    book = PriceBook(customer.brand, [tld_name]) if account is None or price is None else None
    if account is None and book is not None:
        account = book.account_for(tld_name, "transfer")
    if account is None:
        raise NoPrice
    require(account, tld_name, "domain.transfer")
    if Domain.objects.filter(name=name).exclude(status__in=ENDED).exists():
        raise NotNow("held")
    servers = _nameservers(account, nameservers)
    plain, secret, problems = split_extra(
        account.family, tld_name, "transfer", registrant.type, dict(extra or {})
    )
    for field, messages in problems.items():
        raise BadValue(field, messages)
    if price is None and book is not None:
        quote = book.quote(tld_name, "transfer", account=account)
        if quote is None or not quote.sellable:
            raise NoPrice
        price = quote.total(1)
    owner = plan_registrant(registrant, account, actor, Extra(tld_name, name, plain, secret))
    before = Domain.objects.filter(name=name).values_list("remote_id", flat=True).first()
    return plan_intent(
        TransferDomain.name,
        name,
        account=account,
        customer=customer,
        actor=actor,
        intent={"customer": customer.pk},
        payload={
            "tld": tld_name,
            "nameservers": servers,
            "keep_nameservers": not servers,
            "owner": owner.handle if isinstance(owner, ContactHandle) else "",
            "registrant": as_payload(registrant),
            "registrant_pk": registrant.pk,
            "extra": plain,
        },
        secrets={"auth_code": auth_code.strip(), **({"extra": secret} if secret else {})},
        starts_from={"in_account": before is not None, "remote_id": before or ""},
        depends_on=owner if isinstance(owner, Operation) else None,
        price=price,
        key=key,
    )


def _nameservers(account: Account, names: Sequence[str]) -> list[str]:
    """The nameservers of the order; none: those that the name has. Raises BadValue(nameservers)."""
    wanted = FAMILIES[account.family].transfer_servers
    if bool(names) == (wanted == TransferServers.KEPT) and wanted != TransferServers.EITHER:
        raise BadValue("nameservers")
    if not names:
        return []
    limits = nameserver_limits(account.family)
    found, problems = validate_nameservers(names, limits.minimum, limits.maximum)
    if problems:
        raise BadValue("nameservers", problems)
    return found
