"""A new code for a transfer away; the old one is void. The code itself never enters an operation."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import transaction

from panel.domain.kind import Look, SettingKind, name_of
from panel.domain.models import Domain
from panel.domain.planning import plan_about, require, require_changeable
from panel.operation.facts import before_sending, read_first, remember
from panel.operation.models import Operation
from panel.operation.registry import Absent, Finding, register
from panel.people.models import User
from registrar import errors, types


@register
class RenewAuthCode(SettingKind):
    """Have another auth code made. It is there when the registrar shows another one than just before the send."""

    name = "domain.auth_code"
    methods = ("domain.renew_auth_code",)

    def send(self, operation: Operation, driver: Any) -> types.Outcome[Any]:
        if before_sending(operation) is None:
            remember(operation, code=read_first(lambda: self._mark(operation, driver)))
        outcome: types.Outcome[Any] = driver.domains.renew_auth_code(
            name_of(operation), to_registrant=operation.payload["to_registrant"]
        )
        return outcome

    def reconcile(self, operation: Operation, driver: Any) -> Finding:
        if before_sending(operation) is None:
            return Absent("never sent: the look that comes first was not made")
        return super().reconcile(operation, driver)

    def look(self, operation: Operation, driver: Any) -> Look:
        before = before_sending(operation)
        assert before is not None
        busy = bool(driver.domains.info(name_of(operation)).busy)
        now = self._mark(operation, driver)
        if not now:
            return Look(None, "the registrar does not show the code", busy)
        other = now != before["code"]
        return Look(other, "another code than before" if other else "the same code as before", busy)

    def _mark(self, operation: Operation, driver: Any) -> str:
        """What tells one code from another, and not the code; empty where there is none, or none is shown."""
        try:
            code: str = driver.domains.auth_code(name_of(operation))
        except (errors.Refused, errors.Conflict, errors.NotSupported):
            return ""
        return hashlib.sha256(f"{operation.public_id}:{code}".encode()).hexdigest()[:32]


@transaction.atomic
def plan_auth_code(
    domain: Domain, *, actor: User | None, to_registrant: bool = False, key: str = ""
) -> Operation:
    """Plan a new auth code; it goes to the registrant by e-mail where asked. Raises NotOffered, NotNow, AlreadyOpen."""
    require(domain.account, domain.tld_name, *RenewAuthCode.methods)
    require_changeable(domain)
    return plan_about(
        RenewAuthCode.name,
        domain,
        actor=actor,
        intent={"to_registrant": to_registrant},
        payload={"to_registrant": to_registrant},
        key=key,
    )
