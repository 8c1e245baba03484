"""Renewing a name: the kind of operation that costs most when it is done twice."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

from django.db import transaction
from django.utils import timezone

from panel.domain import mirror
from panel.domain.drift import book
from panel.domain.kind import DomainKind, mirrored, name_of, refresh_after
from panel.domain.models import Domain
from panel.domain.planning import plan_about, price_of, require
from panel.domain.refusals import BadValue, NotNow
from panel.domain.renewal.years import ONE_DAY as ONE_DAY
from panel.domain.renewal.years import later as later
from panel.operation import remote
from panel.operation.facts import never_executed
from panel.operation.models import Operation
from panel.operation.registry import Absent, Finding, Happened, Unclear, register
from panel.operation.states import Lane
from panel.people.models import User
from registrar import errors, types

RENEWABLE = frozenset(
    {
        Domain.Status.ACTIVE,
        Domain.Status.RENEWING,
        Domain.Status.ON_HOLD,
        Domain.Status.GRACE,
        Domain.Status.UNKNOWN,
    }
)
LONGEST_YEARS = 10
# ASSUMPTION: a registrar renews by itself no earlier than this before the expiry. No manual says when it does.
AUTOMATIC_FROM = timedelta(days=60)
HISTORY_SHOWN = 5


class Moved(Enum):
    """How the expiry that is shown compares with the one that a renewal started from."""

    NOT = "not"
    AS_ORDERED = "as ordered"
    OTHERWISE = "otherwise"


def moved(start: date, shown: date, years: int) -> Moved:
    """Whether the expiry moved by so many years, within a day."""
    if shown == start:
        return Moved.NOT
    near = abs(shown - later(start, years)) <= ONE_DAY
    return Moved.AS_ORDERED if near else Moved.OTHERWISE


@register
class RenewDomain(DomainKind):
    """Prolong a name from the expiry that its customer saw. It is done when the expiry has moved, not when we are told.

    The expiry is the guard: where the registrar does not ask for it, the driver reads it just before and sends nothing
    when it differs.
    """

    name = "domain.renew"
    methods = ("domain.renew",)
    lane = Lane.MONEY
    deadline = timedelta(days=5)
    calls = 3

    def order(self, operation: Operation, driver: Any) -> types.Outcome[types.RegisteredDomain]:
        outcome: types.Outcome[types.RegisteredDomain] = driver.domains.renew(
            name_of(operation), current_expiry=_start(operation), years=operation.payload["years"]
        )
        return outcome

    def poll(self, operation: Operation, driver: Any) -> types.Outcome[types.RegisteredDomain]:
        if not remote.is_finished(driver, operation.reference, "renew_failed"):
            return types.Pending(operation.reference)
        info: types.DomainInfo = driver.domains.info(name_of(operation))
        how = _how(operation, info)
        said = bool(operation.reference) and driver.supports("operation.info").usable
        if how is Moved.AS_ORDERED or (how is Moved.OTHERWISE and said):
            return types.Done(_renewed(operation, info))
        if how is Moved.OTHERWISE:
            raise errors.NotFound(f"{_shown(operation, info)}, ordered {operation.payload['years']} years")
        if operation.reference or info.status == types.DomainStatus.RENEWING or info.busy:
            return types.Pending(operation.reference)
        raise errors.NotFound(f"no renewal is under way any more: {_shown(operation, info)}")

    def reconcile(self, operation: Operation, driver: Any) -> Finding:
        name = name_of(operation)
        running = remote.running(operation, driver, name, *self.methods)
        if running is not None:
            return running
        try:
            info: types.DomainInfo = driver.domains.info(name)
        except errors.NotFound as error:
            gone = f"not in the account any more: {error}"
            return Absent(gone) if never_executed(operation) else Unclear(gone)
        how, seen = _how(operation, info), _shown(operation, info)
        renewing = info.status == types.DomainStatus.RENEWING
        if how is Moved.NOT and renewing and not never_executed(operation):
            return Happened(types.Pending("", _renewed(operation, info)))
        if how is Moved.NOT and (renewing or info.busy):
            raise errors.Conflict(f"something is under way at the registrar: {seen}", reason="busy")
        if how is Moved.NOT:
            return Absent(seen)
        if never_executed(operation):
            return Absent(f"{seen}, and no request of ours got through: somebody else renewed it")
        if how is Moved.AS_ORDERED and not self._may_be_theirs(operation, info):
            return Happened(types.Done(_renewed(operation, info)))
        why = "the registrar may have renewed it by itself" if how is Moved.AS_ORDERED else "not as ordered"
        return Unclear(f"{seen}, {why} ({operation.payload['years']} years ordered){_history(driver, name)}")

    def _may_be_theirs(self, operation: Operation, info: types.DomainInfo) -> bool:
        """Whether the registrar's own renewal would look the same: it renews by itself, and the time had come."""
        automatic = types.RenewalMode.AUTOMATIC in (operation.starts_from["renewal_mode"], info.renewal_mode)
        return automatic and timezone.now().date() >= _start(operation) - AUTOMATIC_FROM

    def progress(self, operation: Operation, value: types.RegisteredDomain) -> None:
        domain = mirrored(operation)
        if domain is not None and value.status == types.DomainStatus.RENEWING:
            Domain.objects.filter(pk=domain.pk).update(status=Domain.Status.RENEWING)

    def apply(self, operation: Operation, value: types.RegisteredDomain | None) -> dict[str, Any]:
        """A person vouches for what was ordered, not for a date: the refresh tells it."""
        expected = later(_start(operation), operation.payload["years"])
        until = value.expires_on if value is not None and value.expires_on else expected
        domain = mirrored(operation)
        if domain is not None:
            mirror.record_renewal(domain, until, value.status if value is not None else None)
            book.agree(domain, ["expires_on"], operation)
        refresh_after(operation)
        charged = getattr(value, "charged", None)
        told = {"charged": str(charged.amount), "currency": charged.currency} if charged else {}
        return {"expires_on": until.isoformat(), **told}


def _start(operation: Operation) -> date:
    return date.fromisoformat(operation.starts_from["expires_on"])


def _how(operation: Operation, info: types.DomainInfo) -> Moved:
    if info.expires_on is None:
        raise errors.UnreadableReply(f"{info.name} is shown without an expiry, as {info.raw_status}")
    return moved(_start(operation), info.expires_on, operation.payload["years"])


def _shown(operation: Operation, info: types.DomainInfo) -> str:
    return f"expires on {info.expires_on}, was {_start(operation)} ({info.raw_status or info.status})"


def _renewed(operation: Operation, info: types.DomainInfo) -> types.RegisteredDomain:
    return types.RegisteredDomain(
        name=info.name,
        tld=info.tld,
        remote_id=info.remote_id,
        status=info.status,
        raw_status=info.raw_status,
        expires_on=info.expires_on,
        years=operation.payload["years"],
    )


def _history(driver: Any, name: str) -> str:
    """What the registrar itself recorded last, for the person who has to decide; nothing where it shows none."""
    if not driver.supports("domain.history").usable:
        return ""
    try:
        page: types.Page[types.HistoryEntry] = driver.domains.history(name)
    except errors.RegistrarError:
        return ""
    newest = sorted(page.items, key=lambda entry: str(entry.at), reverse=True)[:HISTORY_SHOWN]
    return "".join(f"; {entry.at} {entry.user}: {entry.title} {entry.message}".rstrip() for entry in newest)


def require_renewable(domain: Domain) -> date:
    """The expiry from which the name can be renewed now. Raises NotOffered and NotNow."""
    require(domain.account, domain.tld_name, "domain.renew")
    if domain.status not in RENEWABLE:
        raise NotNow("not_renewable")
    if domain.expires_on is None:
        raise NotNow("expiry_unknown")
    return domain.expires_on


@transaction.atomic
def plan_renew(
    domain: Domain,
    *,
    years: int,
    expires_on: date,
    actor: User | None,
    price: Decimal | None = None,
    key: str = "",
) -> Operation:
    """Plan to renew a name by so many years from `expires_on`, the date that the person saw, and hold its price.

    `price` replaces the price list's, for staff. The same renewal that is open already is returned. Raises NotOffered,
    NotNow, BadValue(years), NoPrice, ledger.NotEnoughMoney, and AlreadyOpen for another renewal of the name.
    """
    if require_renewable(domain) != expires_on:
        raise NotNow("expiry_moved")
    if not 1 <= years <= LONGEST_YEARS:
        raise BadValue("years")
    cost = price if price is not None else price_of(domain, "renew", years)
    return plan_about(
        RenewDomain.name,
        domain,
        intent={"years": years, "from": expires_on.isoformat()},
        payload={"years": years},
        actor=actor,
        price=cost,
        key=key,
    )
