"""Ordering the names of a batch: each by itself, with its money held, or left with the reason why not."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from panel.access.actor import Actor
from panel.billing import ledger
from panel.core.templatetags.formatting import format_money
from panel.domain.models import TransferBatch, TransferLine
from panel.domain.operations_transfer import plan_transfer
from panel.domain.refusals import CannotDo
from panel.domain.transfer.form import TransferForm
from panel.domain.transfer.offers import TransferOffer
from panel.operation.services import AlreadyOpen

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Placed:
    """How many names were ordered, and how many could not be."""

    ordered: int
    left: int


def order_lines(
    actor: Actor, batch: TransferBatch, offers: list[TransferOffer], form: TransferForm
) -> Placed:
    """Order every offer by a valid form. A name that was ordered meanwhile, by a double click, stays ordered once.

    Each name is a transaction of its own: what was ordered is not lost where another one cannot be.
    """
    ordered = sum(_order(actor, batch, offer, form) for offer in offers)
    log.info("transfers_ordered", batch=batch.public_id, ordered=ordered, names=len(offers))
    return Placed(ordered, len(offers) - ordered)


def _order(actor: Actor, batch: TransferBatch, offer: TransferOffer, form: TransferForm) -> bool:
    try:
        return _plan(actor, batch, offer.line.pk, offer.price, form)
    except ledger.NotEnoughMoney as short:
        missing = format_money(short.missing, short.currency)
        problem = _("Your wallet lacks %(missing)s for this name.") % {"missing": missing}
    except CannotDo as refusal:
        problem = refusal.text
    except AlreadyOpen:
        problem = _("It is on its way here already.")
    TransferLine.objects.filter(pk=offer.line.pk, operation__isnull=True).update(problem=problem)
    return False


@transaction.atomic
def _plan(
    actor: Actor, batch: TransferBatch, line_pk: int, price: Decimal | None, form: TransferForm
) -> bool:
    # The line alone is locked: of two clicks the second one waits here, and finds it ordered.
    rows = TransferLine.objects.select_for_update(of=("self",)).select_related("account")
    line = rows.get(pk=line_pk)
    if line.operation_id is not None:
        return True
    assert form.owner is not None
    operation = plan_transfer(
        batch.customer,
        line.name,
        auth_code=line.code,
        registrant=form.owner,
        actor=actor.user,
        nameservers=form.servers_for(line),
        extra=form.extra_for(line),
        account=line.account,
        price=price,
        key=batch.public_id,
    )
    line.operation = operation
    # The operation has it now, until it is over.
    line.code = ""
    line.problem = ""
    line.save(update_fields=["operation", "code", "problem"])
    return True
