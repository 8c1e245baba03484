"""Who stands behind a name: another owner, which may be a trade that costs money, and the other contacts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from panel.account.throttle import OUR_OWN_LIMIT
from panel.contact.models import Contact, ContactHandle
from panel.contact.operations import content_from, same_content
from panel.contact.services import Extra, plan_handle, plan_registrant
from panel.domain.kind import Look, SettingKind, name_of
from panel.domain.models import Domain
from panel.domain.planning import (
    capability,
    plan_about,
    quote_of,
    refuse_while,
    require,
    require_changeable,
)
from panel.domain.refusals import BadValue, NoPrice, Unchanged
from panel.domain.registrant import as_payload, extra_of, owner_of, registrant_of, split_extra
from panel.operation.models import Operation
from panel.operation.registry import register
from panel.operation.states import FINAL, Lane, State
from panel.people.models import User
from registrar import FAMILIES, ContactsAs, errors, types
from registrar.tld import Trade, terms_for

ROLES = ("admin", "tech", "billing")
TRADE = "domain.change_owner"
UPDATE = "domain.set_contacts"
# A contact's copy that is still being made: a handful of seconds, if nothing is the matter.
COPY_SECONDS = 20.0


@register
class ChangeOwner(SettingKind):
    """Hand a name to another registrant: by a trade where the registrar has one, else as a change of contacts."""

    name = "domain.owner"
    methods = (TRADE, UPDATE)
    lane = Lane.MONEY
    deadline = timedelta(days=21)
    promise = timedelta(days=8)

    def send(self, operation: Operation, driver: Any) -> types.Outcome[Any]:
        handle, extra = owner_of(operation), extra_of(operation)
        # Fields of the extension go with the content: a handle alone cannot bear them.
        owner = handle.handle if handle is not None and not extra else registrant_of(operation)
        name = name_of(operation)
        if driver.supports(TRADE, tld=operation.payload["tld"]).usable:
            outcome: types.Outcome[Any] = driver.domains.change_owner(name, owner, extra=extra)
        else:
            outcome = driver.domains.set_contacts(name, owner=owner, extra=extra)
        return outcome

    def look(self, operation: Operation, driver: Any) -> Look:
        record = driver.domains.contacts(name_of(operation)).owner
        busy = bool(driver.domains.info(name_of(operation)).busy)
        handle = owner_of(operation)
        return _compared(record, handle.handle if handle else "", registrant_of(operation), "owner", busy)

    def record(self, operation: Operation, domain: Domain) -> None:
        domain.owner = owner_of(operation) or domain.owner

    def agrees(self, operation: Operation) -> tuple[Sequence[str], bool]:
        # The registrar may keep the person under another handle, or its content its own way.
        return ("owner",), True


@register
class SetContacts(SettingKind):
    """Other contacts for some of the roles beside the owner. Their copies may still be in the making."""

    name = "domain.contacts"
    methods = (UPDATE,)

    def send(self, operation: Operation, driver: Any) -> types.Outcome[Any]:
        given = {role: handle or content for role, (handle, content) in _roles(operation).items()}
        outcome: types.Outcome[Any] = driver.domains.set_contacts(name_of(operation), **given)
        return outcome

    def look(self, operation: Operation, driver: Any) -> Look:
        found: types.DomainContacts = driver.domains.contacts(name_of(operation))
        busy = bool(driver.domains.info(name_of(operation)).busy)
        looks = [
            # Only contacts can be wanted: the account itself, which names begin with, is none of them.
            Look(False, f"{role} is the account's own", busy)
            if role in found.our_own
            else _compared(getattr(found, role), handle, content, role, busy)
            for role, (handle, content) in _roles(operation).items()
        ]
        matches = [look.as_wanted for look in looks]
        whole = all(matches) if None not in matches or False in matches else None
        return Look(whole, "; ".join(look.seen for look in looks), busy)

    def record(self, operation: Operation, domain: Domain) -> None:
        for role, (handle, _content) in _roles(operation).items():
            known = ContactHandle.objects.filter(account=operation.account, handle=handle).first()
            setattr(domain, role, known or getattr(domain, role))

    def agrees(self, operation: Operation) -> tuple[Sequence[str], bool]:
        return sorted(operation.payload["roles"]), True


def _compared(
    record: types.ContactRecord | None, handle: str, content: types.Contact, role: str, busy: bool
) -> Look:
    """A registrar may copy the contact for each name: the same person may stand under another handle, or none."""
    if record is None:
        return Look(None, f"the registrar does not show the {role}", busy)
    same = bool(handle) and record.handle == handle
    shown = record.handle or record.contact.last_name or record.contact.organization
    return Look(same or same_content(record.contact, content), f"{role} is {shown}", busy)


def _roles(operation: Operation) -> dict[str, tuple[str, types.Contact]]:
    """Handle (empty where contacts are sent as content) and content by role.

    Raises RateLimited while a copy is in the making, Refused when it could not be made.
    """
    found = {}
    for role, kept in operation.payload["roles"].items():
        handle = kept["handle"]
        if kept["made_by"]:
            maker = Operation.objects.get(pk=kept["made_by"])
            if maker.state in FINAL and maker.state != State.SUCCEEDED:
                raise errors.Refused(
                    f"{maker.public_id} did not make the contact", reason="dependency_failed"
                )
            if maker.state != State.SUCCEEDED:
                text = f"the contact is still being made by {maker.public_id}"
                raise errors.RateLimited(text, after=COPY_SECONDS, reason=OUR_OWN_LIMIT)
            handle = maker.result["handle"]
        found[role] = (handle, content_from({"contact": kept["contact"]}))
    return found


def require_ownable(domain: Domain) -> None:
    """Raise NotOffered or NotNow unless the name can get another owner now, also by a trade that the registry wants."""
    family = domain.account.family
    require(domain.account, domain.tld_name, *ChangeOwner.methods)
    trade = terms_for(family, domain.tld_name).trade
    if trade is not None and trade.value in (Trade.PRICED, Trade.FORM, Trade.UNKNOWN):
        require(domain.account, domain.tld_name, TRADE)
    require_changeable(domain)


def owner_price(domain: Domain) -> Decimal:
    """What another owner costs the name's customer: the price of a trade, or nothing where it is a mere change.

    Zero for a name of nobody. Raises NoPrice.
    """
    if domain.customer is None or not capability(domain.account, domain.tld_name, TRADE).usable:
        return Decimal(0)
    return quote_of(domain, domain.customer, "trade").total(1)


@transaction.atomic
def plan_owner(
    domain: Domain,
    owner: Contact,
    *,
    actor: User | None,
    price: Decimal | None,
    extra: Mapping[str, str] | None = None,
    key: str = "",
) -> Operation:
    """Plan to hand a name to another registrant at `price`, which is held; zero is free of charge.

    Raises NotOffered (also where the extension wants a trade that the registrar's API does not have), NotNow, NoPrice,
    Unchanged, BadValue(a field of the extension), ledger.NotEnoughMoney and AlreadyOpen.
    """
    require_ownable(domain)
    refuse_while(domain, SetContacts.name)
    if price is None and domain.customer is not None:
        raise NoPrice
    plain, secret, problems = split_extra(
        domain.account.family, domain.tld_name, "create", owner.type, dict(extra or {})
    )
    for field, messages in problems.items():
        raise BadValue(field, messages)
    handle = plan_registrant(owner, domain.account, actor, Extra(domain.tld_name, domain.name, plain, secret))
    if isinstance(handle, ContactHandle) and domain.owner_id == handle.pk:
        raise Unchanged
    return plan_about(
        ChangeOwner.name,
        domain,
        actor=actor,
        intent={"owner": owner.pk, "content": as_payload(owner)},
        payload={
            "owner": handle.handle if isinstance(handle, ContactHandle) else "",
            "registrant": as_payload(owner),
            "registrant_pk": owner.pk,
            "extra": plain,
        },
        secrets={"extra": secret} if secret else {},
        starts_from={"owner": domain.owner.handle if domain.owner else ""},
        depends_on=handle if isinstance(handle, Operation) else None,
        price=price,
        key=key,
    )


@transaction.atomic
def plan_contacts(
    domain: Domain, roles: Mapping[str, Contact], *, actor: User | None, key: str = ""
) -> Operation:
    """Plan other contacts for roles of ROLES. Raises NotOffered, NotNow, BadValue(role), Unchanged and AlreadyOpen."""
    require(domain.account, domain.tld_name, UPDATE)
    require_changeable(domain)
    refuse_while(domain, ChangeOwner.name)
    unknown = set(roles) - set(ROLES)
    if unknown or not roles:
        raise BadValue(next(iter(sorted(unknown)), "admin"))
    kept: dict[str, dict[str, Any]] = {}
    waits: Operation | None = None
    same = True
    for role, contact in sorted(roles.items()):
        handle = _copy_of(contact, domain, actor)
        same = same and isinstance(handle, ContactHandle) and getattr(domain, f"{role}_id") == handle.pk
        waits = handle if isinstance(handle, Operation) else waits
        kept[role] = {
            "handle": handle.handle if isinstance(handle, ContactHandle) else "",
            "made_by": handle.pk if isinstance(handle, Operation) else None,
            "contact": as_payload(contact),
        }
    if same:
        raise Unchanged
    return plan_about(
        SetContacts.name,
        domain,
        actor=actor,
        intent={role: row["contact"] for role, row in kept.items()},
        payload={"roles": kept},
        starts_from={role: _handle_of(domain, role) for role in kept},
        depends_on=waits,
        key=key,
    )


def _copy_of(contact: Contact, domain: Domain, actor: User | None) -> ContactHandle | Operation | None:
    if FAMILIES[domain.account.family].contacts_as == ContactsAs.CONTENT:
        return None
    return plan_handle(contact, domain.account, actor, is_owner=False)


def _handle_of(domain: Domain, role: str) -> str:
    handle: ContactHandle | None = getattr(domain, role)
    return handle.handle if handle else ""
