"""What staff decide about drift: it is right as it is, it is put back, or it may wait."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from panel.contact.models import ContactHandle
from panel.domain.drift.models import Drift, DriftField, DriftOutcome, DriftState
from panel.domain.models import Domain
from panel.domain.operations_contacts import plan_contacts
from panel.domain.operations_dnssec import plan_dnssec
from panel.domain.operations_settings import (
    plan_nameservers,
    plan_renewal_mode,
    plan_transfer_lock,
    plan_whois_privacy,
)
from panel.domain.refusals import CannotDo
from panel.operation.models import Operation
from panel.operation.states import FINAL
from panel.people.models import User
from registrar import types

ROLES = (DriftField.ADMIN, DriftField.TECH, DriftField.BILLING)


class CannotPutBack(CannotDo):
    """There is no operation that would put it back. `text` says why, for staff."""

    def __init__(self, text: str) -> None:
        super().__init__("not_offered")
        self._text = text

    @property
    def text(self) -> str:
        """A sentence for staff."""
        return self._text


def accept(item: Drift, user: User, reason: str = "") -> bool:
    """What the registrar shows is agreed from now on. False where that is over, or cannot be."""
    return _change(
        item,
        [DriftState.OPEN, DriftState.IGNORED],
        user,
        reason,
        only={"implausible": False},
        state=DriftState.CLOSED,
        outcome=DriftOutcome.ACCEPTED,
    )


def ignore(item: Drift, user: User, until: date, reason: str) -> bool:
    """Leave it alone until a day; another change opens it before. False where it is over."""
    states = [DriftState.OPEN, DriftState.IGNORED]
    return _change(item, states, user, reason, state=DriftState.IGNORED, ignored_until=until)


def _change(
    item: Drift,
    states: list[DriftState],
    user: User,
    reason: str,
    only: dict[str, Any] | None = None,
    **fields: Any,
) -> bool:
    # Only what the person saw: what has changed since is another matter.
    rows = Drift.objects.filter(pk=item.pk, state__in=states, observed=item.observed, **(only or {}))
    changed = rows.update(decided_by=user, decided_at=Now(), updated_at=Now(), reason=reason, **fields)
    return changed == 1


@transaction.atomic
def push_back(item: Drift, user: User, reason: str = "") -> Operation:
    """Plan the operation that sets what was agreed; once it has, the item is closed. Needs the domain and its account.

    Raises CannotDo (CannotPutBack where there is no such operation) and AlreadyOpen.
    """
    found = (
        Drift.objects.select_for_update(of=("self",)).select_related("operation").filter(pk=item.pk).first()
    )
    if found is None or found.state not in (DriftState.OPEN, DriftState.IGNORED):
        raise CannotPutBack(_("It is over already."))
    if found.operation is not None and found.operation.state not in FINAL:
        return found.operation
    planner = _PLANS.get(found.field)
    if planner is None or found.implausible:
        raise CannotPutBack(_("No registrar can be told to set this."))
    operation = planner(item.domain, found.agreed, user)
    Drift.objects.filter(pk=found.pk).update(
        operation=operation, decided_by=user, decided_at=Now(), updated_at=Now(), reason=reason
    )
    return operation


def can_push_back(item: Drift) -> bool:
    """Whether there may be an operation for it."""
    return item.field in _PLANS and not item.implausible


def _contact(role: str) -> Callable[[Domain, Any, User], Operation]:
    def planned(domain: Domain, agreed: Any, user: User) -> Operation:
        rows = ContactHandle.objects.filter(account=domain.account, handle=agreed, contact__isnull=False)
        row = rows.select_related("contact").first()
        if row is None or row.contact is None:
            raise CannotPutBack(_("The contact that was agreed is in no contact book."))
        return plan_contacts(domain, {role: row.contact}, actor=user)

    return planned


def _keys(domain: Domain, agreed: Any, user: User) -> Operation:
    return plan_dnssec(domain, [types.DnssecKey(**key) for key in agreed], actor=user)


_PLANS: dict[str, Callable[[Domain, Any, User], Operation]] = {
    DriftField.NAMESERVERS: lambda domain, agreed, user: plan_nameservers(domain, agreed, actor=user),
    DriftField.TRANSFER_LOCK: lambda domain, agreed, user: plan_transfer_lock(domain, agreed, actor=user),
    DriftField.PRIVACY: lambda domain, agreed, user: plan_whois_privacy(domain, agreed, actor=user),
    DriftField.RENEWAL: lambda domain, agreed, user: plan_renewal_mode(
        domain, types.RenewalMode(agreed), actor=user
    ),
    DriftField.DS: _keys,
    **{role: _contact(role.value) for role in ROLES},
}
