"""How names that are new here are renewed: as their customer said once for all, put in place when they have come."""

from __future__ import annotations

from panel.domain.models import Domain
from panel.domain.operations import CreateDomain, RefreshDomain
from panel.domain.operations_settings import plan_renewal_mode
from panel.domain.operations_transfer import TransferDomain
from panel.domain.refusals import CannotDo
from panel.operation.models import Operation
from panel.operation.services import AlreadyOpen
from panel.operation.states import State
from registrar.types import RenewalMode

ARRIVALS = (CreateDomain.name, TransferDomain.name)


def follow(operation: Operation) -> None:
    """Have a name renewed as its customer wants new ones to be, once it has arrived; called when an operation ends.

    Tried when it arrives, and again when it is first read, which may be needed to know that it works. Once for each
    arrival: what a person turns afterwards stays. Where the registrar cannot do it, nothing is done.
    """
    if operation.state != State.SUCCEEDED or operation.kind not in (*ARRIVALS, RefreshDomain.name):
        return
    customer = operation.customer
    if customer is None or not customer.new_names_renew:
        return
    arrival = operation if operation.kind in ARRIVALS else _arrival_before(operation)
    domain = Domain.objects.select_related("account", "customer__brand")
    found = domain.filter(name=operation.subject.partition(":")[2], customer=customer).first()
    if arrival is None or found is None or found.account_id != arrival.account_id:
        return
    try:
        mode = RenewalMode(customer.new_names_renew)
        plan_renewal_mode(found, mode, actor=None, key=f"new:{arrival.public_id}")
    except (CannotDo, AlreadyOpen):
        return


def _arrival_before(reading: Operation) -> Operation | None:
    """The registration or transfer after which this reading was planned."""
    arrivals = Operation.objects.filter(subject=reading.subject, kind__in=ARRIVALS, state=State.SUCCEEDED)
    last = arrivals.order_by("-pk").first()
    after = f"domain.refresh:{reading.subject.partition(':')[2]}:after:"
    return last if last is not None and reading.intent_key == f"{after}{last.public_id}" else None
