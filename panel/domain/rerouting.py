"""Another registrar for a registration that the first one cannot take now, as long as nothing was sent.

An order that was sent once, whatever became of it, stays where it is: only what certainly never left may be carried out
elsewhere. `sends` counts requests that may have taken effect, so zero is that certainty.
"""

from __future__ import annotations

from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from panel.account.models import Account
from panel.billing import market
from panel.contact.models import Contact, ContactHandle
from panel.contact.services import Extra, plan_registrant
from panel.contact.validation import validate_extra, validate_nameservers
from panel.operation.clock import from_now
from panel.operation.models import Event, Operation
from panel.operation.services import cancel, wake
from panel.operation.states import OPEN, State, WaitingFor
from panel.operation.transition import move
from registrar.tld import fields_for, nameserver_limits

log = structlog.get_logger(__name__)

BATCH = 100


def stuck() -> QuerySet[Operation]:
    """Registrations that were never sent and have waited for their registrar longer than REROUTE_AFTER_SECONDS."""
    waits = Q(account__state="stopped") | Q(account__retry_after__gt=Now()) | Q(waiting_for=WaitingFor.FUNDS)
    rows = Operation.objects.filter(
        waits,
        kind="domain.create",
        state__in=[State.PLANNED, State.QUEUED],
        sends=0,
        created_at__lt=from_now(-settings.REROUTE_AFTER_SECONDS),
    )
    return rows.select_related("account", "customer__brand", "order_line").order_by("pk")


def reroute_stuck() -> int:
    """Give stuck registrations to another account where one can take them at no loss. Returns how many."""
    count = 0
    for operation in stuck()[:BATCH]:
        if operation.customer is None or not hasattr(operation, "order_line"):
            continue
        try:
            count += reroute(operation)
        except Exception:
            # One order that cannot be moved must not keep the others where they are.
            log.exception("reroute_crashed", operation=operation.public_id)
    return count


def reroute(operation: Operation) -> bool:
    """Move one registration to the best other account that can take it. False when there is none."""
    return any(_move(operation, other) for other in market.alternatives(operation))


def _move(operation: Operation, other: market.Alternative) -> bool:
    account = other.account
    with transaction.atomic():
        mine = Operation.objects.select_for_update(of=("self",)).filter(
            pk=operation.pk, sends=0, attempt=operation.attempt, account_id=operation.account_id
        )
        locked = mine.filter(state__in=[State.PLANNED, State.QUEUED], lease_until__isnull=True).first()
        contact = Contact.objects.filter(pk=operation.payload.get("registrant_pk")).first()
        if locked is None or contact is None:
            return False
        asked = _asked(locked, account, contact)
        if asked is None or not _nameservers_fit(locked, account):
            return False
        first = locked.depends_on
        asker = locked.actor.acted_by(locked.impersonator) if locked.actor is not None else None
        _assign(locked, account, plan_registrant(contact, account, asker, asked), asked)
        market.record_move(locked, other)
        if first is not None and not first.dependents.filter(state__in=OPEN).exists():
            cancel(first, actor=None, reason="rerouted")
        wake(locked.pk)
    log.info("operation_rerouted", operation=operation.public_id, to=account.label)
    return True


def _asked(operation: Operation, account: Account, contact: Contact) -> Extra | None:
    """What the extension asks at the other registrar, from what was answered; None where an answer is missing."""
    tld = operation.payload["tld"]
    asked = {item.name: item for item in fields_for(account.family, tld, "create", contact.type)}
    given = {**operation.payload["extra"], **operation.secrets.get("extra", {})}
    known = {name: value for name, value in given.items() if name in asked}
    cleaned, problems = validate_extra(account.family, tld, "create", contact.type, known)
    if problems:
        return None
    plain = {name: value for name, value in cleaned.items() if not asked[name].secret}
    secret = {name: value for name, value in cleaned.items() if asked[name].secret}
    return Extra(tld, operation.label, plain, secret)


def _nameservers_fit(operation: Operation, account: Account) -> bool:
    names = operation.payload["nameservers"]
    limits = nameserver_limits(account.family)
    return not names or not validate_nameservers(names, limits.minimum, limits.maximum)[1]


def _assign(
    operation: Operation, account: Account, owner: ContactHandle | Operation | None, asked: Extra
) -> None:
    first = owner if isinstance(owner, Operation) else None
    waits = first is not None and first.state != State.SUCCEEDED
    changes: dict[str, Any] = {
        "account": account,
        "depends_on": first,
        "waiting_for": WaitingFor.NOTHING,
        "setbacks": 0,
        "payload": {
            **operation.payload,
            "owner": owner.handle if isinstance(owner, ContactHandle) else "",
            "extra": dict(asked.plain),
        },
        "secrets": {"extra": dict(asked.secret)} if asked.secret else {},
    }
    note = f"{operation.account.label} -> {account.label}"
    to = State.PLANNED if waits else State.QUEUED
    if to == operation.state:
        due = None if waits else from_now(0)
        Operation.objects.filter(pk=operation.pk).update(
            **changes, next_check_at=due, woken_at=None, updated_at=Now()
        )
        Event.objects.create(
            operation=operation,
            from_state=to,
            to_state=to,
            attempt=operation.attempt,
            reason="rerouted",
            note=note,
        )
        return
    move(
        operation.pk, to, sources=[State(operation.state)], attempt=operation.attempt, reason="rerouted", note=note,
        due_in=None if waits else 0, **changes,
    )  # fmt: skip
