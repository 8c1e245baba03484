"""The code for a transfer away: reading it, and a new one, which voids the old. It never enters an operation's row."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from panel.domain.kind import Look, SettingKind, mirrored, name_of
from panel.domain.models import AuthCode, Domain
from panel.domain.planning import CHANGEABLE, plan_about, require, require_changeable
from panel.domain.refusals import NotNow
from panel.operation.clock import from_now
from panel.operation.facts import before_sending, read_first, remember
from panel.operation.models import Operation
from panel.operation.registry import Absent, Finding, RepeatableKind, register
from panel.people.models import User
from registrar import errors, types

log = structlog.get_logger(__name__)

# How long a code that was read waits to be looked at.
KEPT = timedelta(hours=1)


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


@register
class ReadAuthCode(RepeatableKind):
    """Read the auth code for the person who asked. It is kept encrypted until it is shown, and not for long."""

    name = "domain.read_auth_code"
    deadline = timedelta(minutes=30)
    promise = timedelta(minutes=30)

    def submit(self, operation: Operation, driver: Any) -> types.Outcome[str]:
        return types.Done(driver.domains.auth_code(name_of(operation)))

    def apply(self, operation: Operation, value: str | None) -> dict[str, Any]:
        domain = mirrored(operation)
        if domain is not None and value:
            AuthCode.objects.update_or_create(
                operation=operation, defaults={"domain": domain, "code": value, "read_at": Now()}
            )
        return {}


@transaction.atomic
def plan_read_auth_code(domain: Domain, *, actor: User | None) -> Operation:
    """Plan to read the auth code, or return the reading that is open. Raises NotOffered and NotNow."""
    require(domain.account, domain.tld_name, "domain.auth_code")
    if domain.status not in CHANGEABLE:
        raise NotNow("not_active")
    return plan_about(ReadAuthCode.name, domain, actor=actor, intent={}, payload={})


def readable_code(domain: Domain) -> AuthCode | None:
    """The code that was read and not shown yet, unless it is older than KEPT."""
    return _readable(domain.auth_codes.all()).first()


def _readable(rows: QuerySet[AuthCode]) -> QuerySet[AuthCode]:
    fresh = rows.filter(shown_at__isnull=True, read_at__gt=from_now(-KEPT.total_seconds()))
    return fresh.exclude(code="")


@transaction.atomic
def show_code(domain: Domain, user: User) -> str | None:
    """The code, once: it is forgotten with this, and who saw it is kept. None when there is none to show."""
    row = _readable(domain.auth_codes.select_for_update()).first()
    if row is None:
        return None
    code = row.code
    forget_codes(domain.auth_codes.all())
    AuthCode.objects.filter(pk=row.pk).update(shown_at=Now(), shown_to=user)
    log.info("auth_code_shown", domain=domain.name, user=user.pk)
    return code


def forget_codes(rows: QuerySet[AuthCode]) -> int:
    """Drop codes, and keep that they were read. Returns how many."""
    return rows.exclude(code="").update(code="")


def forget_old_codes() -> int:
    """Drop every code that nobody looked at in time. Returns how many."""
    return forget_codes(AuthCode.objects.filter(read_at__lt=from_now(-KEPT.total_seconds())))


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
