"""The domain's kinds of operations."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from panel.account.models import Account
from panel.contact.operations import same_content
from panel.domain import mirror
from panel.domain.drift import book
from panel.domain.models import Domain, name_in
from panel.domain.passes import gone
from panel.domain.registrant import extra_of, owner_of, registrant_of
from panel.operation import remote
from panel.operation.models import Operation
from panel.operation.registry import (
    Absent,
    CameToNothing,
    Finding,
    Happened,
    Kind,
    RepeatableKind,
    Unclear,
    register,
)
from panel.operation.services import AlreadyOpen, plan
from panel.operation.states import Lane
from registrar import FAMILIES, errors, types

COMING = {types.DomainStatus.REGISTERING, types.DomainStatus.INACTIVE, types.DomainStatus.UNKNOWN}
# A registration never passes through these: the name is in the account for another reason.
OF_A_TRANSFER = {types.DomainStatus.TRANSFERRING, types.DomainStatus.TRANSFER_CANCELLED}
EXPIRED = {types.DomainStatus.GRACE, types.DomainStatus.REDEMPTION, types.DomainStatus.PENDING_DELETE}


def name_of(operation: Operation) -> str:
    """The domain name (A-label) that the operation is about."""
    return name_in(operation.subject)


def registration_from(info: types.DomainInfo, reference: str = "") -> types.Outcome[types.RegisteredDomain]:
    """What a registrar shows of a name that is being registered, as the outcome of its registration.

    `reference` is what to poll by, where the registrar has operations. Raises CameToNothing when the registration was
    cancelled, and Conflict for what no registration looks like.
    """
    value = types.RegisteredDomain(
        name=info.name,
        tld=info.tld,
        remote_id=info.remote_id,
        status=info.status,
        raw_status=info.raw_status,
        expires_on=info.expires_on,
    )
    if info.status == types.DomainStatus.REGISTRATION_CANCELLED:
        raise CameToNothing(f"the registry cancelled it ({info.raw_status})", reason="cancelled_by_registry")
    if info.status in OF_A_TRANSFER:
        raise errors.Conflict(f"in the account as {info.raw_status}, which is no registration")
    return types.Pending(reference or info.remote_id, value) if info.status in COMING else types.Done(value)


@register
class CreateDomain(Kind):
    """Register a name. It is ours when a later read says active, not when the registrar says thank you."""

    name = "domain.create"
    lane = Lane.MONEY
    deadline = timedelta(days=10)

    def submit(self, operation: Operation, driver: Any) -> types.Outcome[types.RegisteredDomain]:
        payload = operation.payload
        handle = owner_of(operation)
        order = types.DomainOrder(
            name=name_of(operation),
            owner=handle.handle if handle else registrant_of(operation),
            years=payload["years"],
            nameservers=tuple(payload["nameservers"]),
            premium=payload["premium"],
            extra=extra_of(operation),
        )
        outcome: types.Outcome[types.RegisteredDomain] = driver.domains.create(order)
        return outcome

    def poll(self, operation: Operation, driver: Any) -> types.Outcome[types.RegisteredDomain]:
        if not remote.is_finished(driver, operation.reference, "cancelled_by_registry"):
            return types.Pending(operation.reference)
        return registration_from(driver.domains.info(name_of(operation)), operation.reference)

    def reconcile(self, operation: Operation, driver: Any) -> Finding:
        try:
            info: types.DomainInfo = driver.domains.info(name_of(operation))
        except errors.NotFound as error:
            running = remote.pending_about(driver, name_of(operation))
            if running is None:
                return Absent(f"not in the account: {error}")
            return Happened(types.Pending(running.reference))
        if info.created_on and info.created_on < operation.created_at.date() - timedelta(days=1):
            return Absent(f"in the account since {info.created_on}, before this was ordered")
        if info.status in OF_A_TRANSFER:
            return Absent(f"in the account as {info.raw_status}, which is no registration")
        if mirror.rival(operation) is not None:
            return Absent("in the account, and another customer's")
        if info.status == types.DomainStatus.REGISTRATION_CANCELLED:
            if info.remote_id and info.remote_id == operation.starts_from.get("remote_id"):
                return Absent(f"in the account as {info.raw_status}, cancelled before this was ordered")
            if operation.starts_from.get("in_account", True):
                return Unclear(
                    f"in the account as {info.raw_status}: cancelled before or after it was ordered"
                )
        if info.status in EXPIRED:
            return Unclear(f"in the account as {info.raw_status}, which a new name cannot be")
        return self._if_ours(operation, driver, info)

    def _if_ours(self, operation: Operation, driver: Any, info: types.DomainInfo) -> Finding:
        """A name is this order's only with this order's registrant: the account may be used elsewhere too."""
        try:
            registrant = driver.domains.contacts(info.name).owner
        except (errors.Refused, errors.NotFound) as error:
            return Unclear(f"in the account as {info.raw_status}, and its registrant cannot be read: {error}")
        ordered = owner_of(operation)
        same = ordered is not None and registrant is not None and registrant.handle == ordered.handle
        # A registrar may copy the contact for each name: then the same person stands under another handle, or none.
        if registrant is None or same or same_content(registrant.contact, registrant_of(operation)):
            if info.status == types.DomainStatus.REGISTRATION_CANCELLED:
                # It was accepted; what became of it is for the poll to say.
                return Happened(types.Pending(""))
            running = remote.pending_about(driver, info.name) if info.status in COMING else None
            return Happened(registration_from(info, running.reference if running else ""))
        shown = registrant.handle or registrant.contact.last_name
        return Unclear(f"in the account for {shown}, ordered for {ordered or operation.label}")

    def progress(self, operation: Operation, value: types.RegisteredDomain) -> None:
        mirror.record_registration(operation, value, owner=owner_of(operation))

    def apply(self, operation: Operation, value: types.RegisteredDomain | None) -> dict[str, Any]:
        name = name_of(operation)
        if value is None:
            domain = mirror.claim_unseen(operation)
        else:
            domain = mirror.record_registration(operation, value, owner=owner_of(operation))
        book.agree_to_arrival(domain, operation)
        plan_refresh(name, operation.account, key=f"after:{operation.public_id}", customer=operation.customer)
        charged = getattr(value, "charged", None)
        return {"charged": str(charged.amount), "currency": charged.currency} if charged else {}

    def failed(self, operation: Operation) -> None:
        mirror.forget_registration(operation)


@register
class RefreshDomain(RepeatableKind):
    """Read everything that the registrar shows of a name into the mirror."""

    name = "domain.refresh"
    calls = 3
    lane = Lane.SYNC
    deadline = timedelta(hours=6)

    def submit(self, operation: Operation, driver: Any) -> types.Outcome[mirror.Reading]:
        name = name_of(operation)
        return types.Done(
            mirror.Reading(
                info=driver.domains.info(name),
                contacts=driver.domains.contacts(name),
                nameservers=driver.domains.nameservers(name),
                # A call more, so only for names that have entries, as far as is known.
                ds_keys=_entries(driver, name) if operation.payload.get("entries") else None,
            )
        )

    def apply(self, operation: Operation, value: mirror.Reading | None) -> dict[str, Any]:
        if value is not None:
            mirror.record_reading(operation.account, value, operation)
        return {}

    def failed(self, operation: Operation) -> None:
        """A registrar that does not know the name any more is the second proof that it has gone."""
        if operation.reason == "not_found":
            gone.not_found(operation.account, name_of(operation), operation.created_at)


def plan_refresh(name: str, account: Any, *, key: str, customer: Any = None, actor: Any = None) -> Operation:
    """Plan a refresh of a name, or return the one that is open already."""
    try:
        return plan(
            "domain.refresh",
            subject=f"domain:{name}",
            label=name,
            account=account,
            intent_key=f"domain.refresh:{name}:{key}",
            payload={"entries": True} if _shows_entries(name, account) else {},
            customer=customer,
            actor=actor,
        )
    except AlreadyOpen as already:
        return already.operation


def _shows_entries(name: str, account: Account) -> bool:
    """Whether the name is known to have delegation signer entries, and its registrar shows them."""
    if not FAMILIES[account.family].capabilities.find("domain.dnssec").usable:
        return False
    known = Domain.objects.filter(name=name, account=account, ds_keys__isnull=False)
    return known.exclude(ds_keys=[]).exists()


def _entries(driver: Any, name: str) -> tuple[types.DnssecKey, ...] | None:
    shown: types.Dnssec = driver.domains.dnssec(name)
    return None if shown.active and not shown.keys else shown.keys
