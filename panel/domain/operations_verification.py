"""Having the registrant asked once more to confirm their details."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction

from panel.domain.kind import name_of, refresh_after
from panel.domain.models import Domain
from panel.domain.planning import plan_about, require
from panel.domain.refusals import CannotDo, NotNow
from panel.operation.models import Operation
from panel.operation.registry import RepeatableKind, register
from panel.people.models import User
from registrar import types

# In these the registry waits for the registrant, and may switch the name off.
UNCONFIRMED = frozenset({types.Verification.IN_PROCESS, types.Verification.FAILED})


@register
class ResendVerification(RepeatableKind):
    """Send the registrant the e-mail with which they confirm their details. Nobody shows whether it was sent, and a
    second one does no harm: where that is unknown it is sent again."""

    name = "domain.resend_verification"
    deadline = timedelta(hours=6)

    def submit(self, operation: Operation, driver: Any) -> types.Outcome[None]:
        driver.domains.resend_verification(name_of(operation))
        return types.Done(None)

    def poll(self, operation: Operation, driver: Any) -> types.Outcome[None]:
        return types.Done(None)

    def apply(self, operation: Operation, value: None) -> dict[str, Any]:
        refresh_after(operation)
        return {}


def can_resend(domain: Domain) -> bool:
    """Whether the registrant has yet to confirm, and can be asked again from here."""
    try:
        require_resendable(domain)
    except CannotDo:
        return False
    return True


def require_resendable(domain: Domain) -> None:
    """Raise NotNow unless the registrant has yet to confirm, and NotOffered where they cannot be asked from here."""
    if domain.owner_verification not in UNCONFIRMED:
        raise NotNow("confirmed")
    require(domain.account, domain.tld_name, "domain.resend_verification")


@transaction.atomic
def plan_resend(domain: Domain, *, actor: User | None) -> Operation:
    """Plan to ask the registrant again, or return the asking that is under way. Raises NotOffered and NotNow."""
    require_resendable(domain)
    return plan_about(ResendVerification.name, domain, actor=actor, intent={}, payload={})
