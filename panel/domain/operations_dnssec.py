"""The delegation signer entries of a name whose zone is signed elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction

from panel.domain.kind import Look, SettingKind, name_of
from panel.domain.models import Domain
from panel.domain.planning import capability, plan_about, require, require_changeable
from panel.domain.refusals import BadValue, NotOffered
from panel.domain.steps import Step, carry_out, has_begun
from panel.operation.facts import read_first
from panel.operation.models import Operation
from panel.operation.registry import register
from panel.people.models import User
from registrar import types

AT_ONCE = "domain.set_dnssec_keys"
HEXADECIMAL = re.compile(r"[0-9A-Fa-f]+")
ONE_BY_ONE = ("domain.add_dnssec_key", "domain.delete_dnssec_key")


@register
class SetDnssecKeys(SettingKind):
    """All entries at once, or one by one where the registrar takes them so: what is new first, then what is old."""

    name = "domain.dnssec"
    methods = (AT_ONCE, *ONE_BY_ONE)

    def order(self, operation: Operation, driver: Any) -> types.Outcome[None]:
        if driver.supports(AT_ONCE).usable:
            return super().order(operation, driver)
        name, wanted = name_of(operation), _wanted(operation)
        shown: types.Dnssec = read_first(lambda: driver.domains.dnssec(name))
        known = {_mark(key) for key in wanted}
        current = {_mark(key) for key in shown.keys}
        steps: list[Step] = [
            lambda key=key: driver.domains.add_dnssec_key(name, key)  # type: ignore[misc]
            for key in wanted
            if _mark(key) not in current
        ]
        steps += [
            lambda key=key: driver.domains.delete_dnssec_key(name, key)  # type: ignore[misc]
            for key in shown.keys
            if _mark(key) not in known
        ]
        return carry_out(operation, current, steps)

    def send(self, operation: Operation, driver: Any) -> types.Outcome[Any]:
        told = operation.payload["dns_key"]
        outcome: types.Outcome[Any] = driver.domains.set_dnssec_keys(
            name_of(operation), _wanted(operation), dns_key=types.DnsKey(**told) if told else None
        )
        return outcome

    def look(self, operation: Operation, driver: Any) -> Look:
        shown: types.Dnssec = driver.domains.dnssec(name_of(operation))
        current = {_mark(key) for key in shown.keys}
        wanted = {_mark(key) for key in _wanted(operation)}
        if shown.active and not current:
            return Look(None, "signed, and the registrar does not show with which keys")
        seen = f"entries are {', '.join(sorted(current)) or 'none'}"
        begun = not driver.supports(AT_ONCE).usable and has_begun(operation, current)
        return Look(current == wanted, seen, begun=begun)

    def record(self, operation: Operation, domain: Domain) -> None:
        domain.ds_keys = operation.payload["keys"]
        domain.signed = bool(domain.ds_keys)

    def agrees(self, operation: Operation) -> tuple[Sequence[str], bool]:
        return ("ds_keys",), False


def _wanted(operation: Operation) -> list[types.DnssecKey]:
    return [types.DnssecKey(**key) for key in operation.payload["keys"]]


def _mark(key: types.DnssecKey) -> str:
    """An entry as it is compared: hexadecimal digests are written in either case, entries named as one likes."""
    digest = key.digest.strip()
    if HEXADECIMAL.fullmatch(digest):
        digest = digest.upper()
    return f"{key.key_tag} {key.algorithm} {key.digest_type} {digest}"


@transaction.atomic
def plan_dnssec(
    domain: Domain,
    keys: Sequence[types.DnssecKey],
    *,
    actor: User | None,
    dns_key: types.DnsKey | None = None,
    key: str = "",
) -> Operation:
    """Plan these delegation signer entries in place of those there are; `dns_key` where the registrar asks for it.

    Raises NotOffered, NotNow, BadValue(keys) and AlreadyOpen.
    """
    at_once = capability(domain.account, domain.tld_name, AT_ONCE).usable
    for method in () if at_once else ONE_BY_ONE:
        require(domain.account, domain.tld_name, method)
    require_changeable(domain)
    if at_once and not keys:
        raise NotOffered(AT_ONCE, note="the registrar cannot be told to keep no key")
    if len({_mark(row) for row in keys}) != len(keys) or (at_once and dns_key is None):
        raise BadValue("keys")
    return plan_about(
        SetDnssecKeys.name,
        domain,
        actor=actor,
        intent={"keys": sorted(_mark(row) for row in keys)},
        payload={
            "keys": [asdict(row) for row in keys],
            "dns_key": asdict(dns_key) if dns_key is not None else None,
        },
        key=key,
    )
