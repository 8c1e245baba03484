"""What is due once a name has been brought here: a code that its old provider does not know, and what protects it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import structlog
from django.db import transaction

from panel.domain.models import Domain
from panel.domain.operations import RefreshDomain
from panel.domain.operations_code import RenewAuthCode, plan_auth_code
from panel.domain.operations_settings import plan_transfer_lock, plan_whois_privacy
from panel.domain.operations_transfer import TransferDomain
from panel.domain.planning import capability
from panel.domain.refusals import CannotDo
from panel.operation.clock import from_now
from panel.operation.models import Operation
from panel.operation.services import AlreadyOpen
from panel.operation.states import State

log = structlog.get_logger(__name__)

# Readings as late as that still tell which protections a name came without. Later it is for its customer to say.
TILL_READ = timedelta(days=3)


def settle_in(operation: Operation) -> None:
    """Have what a name needs put in place once it is here; called when an operation ends.

    Netim's manual asks for another code after a transfer, and proposes the switches. The code is asked for when the
    name arrives, the switches when it is first read, which tells what its extension offers. What a person turns
    afterwards stays. Whatever cannot be planned here, the transfer has succeeded.
    """
    arrival = _arrival_of(operation)
    if arrival is None or arrival.customer_id is None:
        return
    names = Domain.objects.select_related("account", "customer__brand")
    domain = names.filter(name=arrival.payload["name"], account=arrival.account_id).first()
    if domain is None or domain.customer_id != arrival.customer_id:
        return
    key = f"after:{arrival.public_id}"
    if operation.kind != RenewAuthCode.name:
        _try(lambda: plan_auth_code(domain, actor=None, key=key))
    if operation.kind != TransferDomain.name and domain.detailed_at is not None:
        if domain.transfer_lock is False:
            _try(lambda: plan_transfer_lock(domain, True, actor=None, key=key))
        # Only where it costs nothing: nobody has agreed to pay for it.
        is_free = capability(domain.account, domain.tld_name, "domain.set_whois_privacy").usable
        if domain.whois_privacy is False and is_free:
            _try(lambda: plan_whois_privacy(domain, True, actor=None, key=key))


def _try(plan: Callable[[], Operation]) -> None:
    try:
        with transaction.atomic():
            plan()
    except (CannotDo, AlreadyOpen) as reason:
        log.info("arrival_step_left_out", why=str(reason))


def _arrival_of(operation: Operation) -> Operation | None:
    """The transfer after which something is due now that this has ended.

    Once it has come, once it was read, and once its code is new: until then some registrars change nothing else.
    """
    if operation.kind == RenewAuthCode.name:
        mark = operation.intent_key.rpartition(":after:")[2]
        return Operation.objects.filter(kind=TransferDomain.name, public_id=mark).first() if mark else None
    if operation.state != State.SUCCEEDED:
        return None
    if operation.kind == TransferDomain.name:
        return operation
    return _arrival_before(operation) if operation.kind == RefreshDomain.name else None


def _arrival_before(reading: Operation) -> Operation | None:
    """The transfer that brought the name here a short while ago, if this is the first reading since."""
    arrivals = Operation.objects.filter(
        subject=reading.subject,
        kind=TransferDomain.name,
        state=State.SUCCEEDED,
        finished_at__gt=from_now(-TILL_READ.total_seconds()),
    )
    last = arrivals.order_by("-pk").first()
    if last is None:
        return None
    readings = Operation.objects.filter(subject=reading.subject, kind=reading.kind, state=State.SUCCEEDED)
    earlier = readings.filter(finished_at__gte=last.finished_at).exclude(pk=reading.pk)
    return None if earlier.exists() else last
