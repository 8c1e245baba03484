"""Switches of a name and its nameservers: each a wanted state, compared with what the registrar shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db import transaction

from panel.contact.validation import validate_nameservers
from panel.domain.drift.book import WATCHED
from panel.domain.kind import Look, SettingKind, name_of
from panel.domain.models import Domain
from panel.domain.planning import plan_about, require, require_changeable
from panel.domain.refusals import BadValue, NotNow, NotOffered, Unchanged
from panel.operation.models import Operation
from panel.operation.registry import register
from panel.people.models import User
from registrar import types
from registrar.tld import nameserver_limits


class Switch(SettingKind):
    """One flag of a name. `field` is its name in DomainInfo and in the mirror alike."""

    field: ClassVar[str]

    def send(self, operation: Operation, driver: Any) -> types.Outcome[Any]:
        call = getattr(driver.domains, self.methods[0].partition(".")[2])
        outcome: types.Outcome[Any] = call(name_of(operation), operation.payload["value"])
        return outcome

    def look(self, operation: Operation, driver: Any) -> Look:
        info: types.DomainInfo = driver.domains.info(name_of(operation))
        shown, wanted = getattr(info, self.field), operation.payload["value"]
        told = shown not in (None, types.RenewalMode.UNKNOWN)
        return Look(shown == wanted if told else None, f"{self.field} is {shown}", bool(info.busy))

    def record(self, operation: Operation, domain: Domain) -> None:
        setattr(domain, self.field, operation.payload["value"])

    def agrees(self, operation: Operation) -> tuple[Sequence[str], bool]:
        return ((self.field,) if self.field in WATCHED else ()), False


@register
class SetTransferLock(Switch):
    """Forbid transfers away, or allow them."""

    name = "domain.transfer_lock"
    methods = ("domain.set_transfer_lock",)
    field = "transfer_lock"


@register
class SetModificationLock(Switch):
    """Forbid every change, or allow them."""

    name = "domain.modification_lock"
    methods = ("domain.set_modification_lock",)
    field = "modification_lock"


@register
class SetWhoisVisible(Switch):
    """Show the owner's data in whois, or not."""

    name = "domain.whois_visible"
    methods = ("domain.set_whois_visible",)
    field = "whois_visible"


@register
class SetRenewalMode(Switch):
    """What the registrar does by itself when the name expires."""

    name = "domain.renewal_mode"
    methods = ("domain.set_renewal_mode",)
    field = "renewal_mode"

    def send(self, operation: Operation, driver: Any) -> types.Outcome[Any]:
        mode = types.RenewalMode(operation.payload["value"])
        outcome: types.Outcome[Any] = driver.domains.set_renewal_mode(name_of(operation), mode)
        return outcome


@register
class SetWhoisPrivacy(Switch):
    """Hide the owner behind the registrar's privacy service, or not, where that costs nothing."""

    name = "domain.whois_privacy"
    methods = ("domain.set_whois_privacy",)
    field = "whois_privacy"


@register
class SignDomain(SettingKind):
    """Have the zone signed that the registrar hosts, or not any more."""

    name = "domain.signing"
    methods = ("domain.set_signed",)

    def send(self, operation: Operation, driver: Any) -> types.Outcome[Any]:
        outcome: types.Outcome[Any] = driver.domains.set_signed(
            name_of(operation), operation.payload["value"]
        )
        return outcome

    def look(self, operation: Operation, driver: Any) -> Look:
        info: types.DomainInfo = driver.domains.info(name_of(operation))
        matches = None if info.signed is None else info.signed == operation.payload["value"]
        return Look(matches, f"signed is {info.signed}", bool(info.busy))

    def agrees(self, operation: Operation) -> tuple[Sequence[str], bool]:
        return ("ds_keys",), True

    def record(self, operation: Operation, domain: Domain) -> None:
        domain.signed = operation.payload["value"]
        # Its entries come and go with it, and only the registrar knows them.
        domain.ds_keys = None if domain.signed else []


@register
class SetNameservers(SettingKind):
    """Where the name's zone is served. Their order is the registrar's affair: it is not compared."""

    name = "domain.nameservers"
    methods = ("domain.set_nameservers",)

    def send(self, operation: Operation, driver: Any) -> types.Outcome[Any]:
        outcome: types.Outcome[Any] = driver.domains.set_nameservers(
            name_of(operation), operation.payload["nameservers"]
        )
        return outcome

    def look(self, operation: Operation, driver: Any) -> Look:
        name = name_of(operation)
        found: types.NameserverSet = driver.domains.nameserver_set(name)
        wanted = operation.payload["nameservers"]
        matches = found.is_set_to(wanted) if wanted else found.default
        busy = driver.domains.info(name).busy if not matches else False
        shown = ", ".join(server.name for server in found.nameservers) or "none"
        return Look(matches, f"nameservers are {shown}", bool(busy))

    def record(self, operation: Operation, domain: Domain) -> None:
        if operation.payload["nameservers"]:
            domain.nameservers = operation.payload["nameservers"]

    def agrees(self, operation: Operation) -> tuple[Sequence[str], bool]:
        return ("nameservers",), not operation.payload["nameservers"]


# --- planning -------------------------------------------------------------------------------------------------------


def require_switchable(kind: type[Switch], domain: Domain) -> None:
    """Raise NotOffered or NotNow unless the flag can be turned. One that the registrar does not show is not offered."""
    require(domain.account, domain.tld_name, kind.methods[0])
    if kind is not SetModificationLock:
        require_changeable(domain)
    elif domain.status not in (Domain.Status.ACTIVE, Domain.Status.RENEWING):
        raise NotNow("not_active")
    if getattr(domain, kind.field) is None and domain.detailed_at is not None:
        raise NotOffered(kind.methods[0], note="the registrar shows no such flag for this name")


def plan_switch(
    kind: type[Switch], domain: Domain, value: Any, *, actor: User | None, key: str = ""
) -> Operation:
    """Plan to turn a flag of a name on or off, or to another word.

    Raises as require_switchable(), Unchanged and AlreadyOpen.
    """
    require_switchable(kind, domain)
    shown = getattr(domain, kind.field)
    if shown == value:
        raise Unchanged
    return plan_about(
        kind.name,
        domain,
        actor=actor,
        intent={"value": value},
        payload={"value": value},
        starts_from={kind.field: shown},
        key=key,
    )


@transaction.atomic
def plan_transfer_lock(domain: Domain, locked: bool, *, actor: User | None, key: str = "") -> Operation:
    """Plan to forbid transfers away, or to allow them. Raises as plan_switch()."""
    return plan_switch(SetTransferLock, domain, locked, actor=actor, key=key)


@transaction.atomic
def plan_modification_lock(domain: Domain, locked: bool, *, actor: User | None, key: str = "") -> Operation:
    """Plan to forbid every change, or to allow them. Raises as plan_switch()."""
    return plan_switch(SetModificationLock, domain, locked, actor=actor, key=key)


@transaction.atomic
def plan_whois_visible(domain: Domain, visible: bool, *, actor: User | None, key: str = "") -> Operation:
    """Plan to show the owner's data in whois, or not. Raises as plan_switch()."""
    return plan_switch(SetWhoisVisible, domain, visible, actor=actor, key=key)


@transaction.atomic
def plan_renewal_mode(
    domain: Domain, mode: types.RenewalMode, *, actor: User | None, key: str = ""
) -> Operation:
    """Plan what happens by itself when the name expires. Raises as plan_switch(), and BadValue for UNKNOWN."""
    if mode == types.RenewalMode.UNKNOWN:
        raise BadValue("mode")
    return plan_switch(SetRenewalMode, domain, str(mode), actor=actor, key=key)


@transaction.atomic
def plan_whois_privacy(domain: Domain, private: bool, *, actor: User | None, key: str = "") -> Operation:
    """Plan to hide the owner, or not, where that costs nothing. Raises as plan_switch()."""
    return plan_switch(SetWhoisPrivacy, domain, private, actor=actor, key=key)


@transaction.atomic
def plan_signing(domain: Domain, signed: bool, *, actor: User | None, key: str = "") -> Operation:
    """Plan to have the zone signed that the registrar hosts, or not. Raises NotOffered, NotNow and AlreadyOpen."""
    require(domain.account, domain.tld_name, *SignDomain.methods)
    require_changeable(domain)
    return plan_about(
        SignDomain.name, domain, actor=actor, intent={"value": signed}, payload={"value": signed}, key=key
    )


@transaction.atomic
def plan_nameservers(domain: Domain, names: Sequence[str], *, actor: User | None, key: str = "") -> Operation:
    """Plan other nameservers; none means the registrar's own.

    Raises NotOffered, NotNow, BadValue(nameservers), Unchanged and AlreadyOpen.
    """
    require(domain.account, domain.tld_name, *SetNameservers.methods)
    require_changeable(domain)
    wanted = list(names)
    if wanted:
        limits = nameserver_limits(domain.account.family)
        most = max(limits.maximum, limits.update_maximum)
        wanted, problems = validate_nameservers(wanted, limits.minimum, most)
        if problems:
            raise BadValue("nameservers", problems)
        if set(wanted) == set(domain.nameservers):
            raise Unchanged
    return plan_about(
        SetNameservers.name,
        domain,
        actor=actor,
        intent={"nameservers": wanted},
        payload={"nameservers": wanted},
        starts_from={"nameservers": domain.nameservers},
        key=key,
    )
