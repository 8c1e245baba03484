"""Where a transfer in stands, step by step, and what comes next: by its operation and by what the registrar tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from panel.domain.models import Domain
from panel.domain.operations_transfer import CALL_OFF, TransferDomain
from panel.domain.operations_transfer_cancel import can_call_off
from panel.domain.operations_transfer_restart import RestartTransfer, can_restart
from panel.operation.models import Operation
from panel.operation.states import State
from panel.operation.words import describe
from registrar.tld import TransferProcess, terms_for
from registrar.types import TransferStatus

# How long the finished stepper is shown.
SHOWN_FOR = timedelta(days=3)
ORDERED, APPROVAL, COMPLETING, HERE = range(1, 5)
UNSENT = frozenset({State.PLANNED, State.QUEUED})


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `state` is done, current or todo, as the component wants it."""

    label: str
    state: str


@dataclass(frozen=True, slots=True)
class TransferSteps:
    """The steps with what is going on now and what to do. `needs_you`: nothing goes on before the customer acts.

    `can_restart`, `can_cancel` and `can_reorder` say which buttons there are. `tells_all`: there is no more to be said
    of the name at present, so that nothing else has to say it too.
    """

    steps: tuple[Step, ...]
    text: str
    next_step: str = ""
    needs_you: bool = False
    can_restart: bool = False
    can_cancel: bool = False
    can_reorder: bool = False
    tells_all: bool = False


def transfer_steps(domain: Domain | None, operations: Sequence[Operation]) -> TransferSteps | None:
    """The stepper of a name, or None where nothing about a transfer has to be said.

    Give the name's operations newest first. The name needs its `account`.
    """
    transfer = next((item for item in operations if item.kind == TransferDomain.name), None)
    if transfer is None:
        coming = domain is not None and domain.status == Domain.Status.TRANSFERRING
        found = _under_way(domain, None, operations) if coming else None
    elif transfer.state in (State.FAILED, State.CANCELLED):
        found = _ended(domain, transfer)
    elif transfer.state == State.SUCCEEDED:
        return _arrived(transfer, operations)
    else:
        found = _under_way(domain, transfer, operations)
    tells_all = transfer is None or transfer.state in (State.WAITING, State.FAILED, State.CANCELLED)
    return replace(found, tells_all=tells_all) if found is not None else None


def _steps(current: int) -> tuple[Step, ...]:
    labels = (_("Ordered"), _("Approval"), _("Completing"), _("Yours"))
    return tuple(
        Step(label, "done" if number < current else "current" if number == current else "todo")
        for number, label in enumerate(labels, start=1)
    )


def _ended(domain: Domain | None, transfer: Operation) -> TransferSteps | None:
    """A transfer that came to nothing can be ordered once more, unless the name has come by another way."""
    if domain is not None and domain.status not in (
        Domain.Status.TRANSFER_CANCELLED,
        Domain.Status.TRANSFERRING,
    ):
        return None
    words = describe(transfer)
    return TransferSteps(
        _steps(ORDERED),
        " ".join((_("The transfer ended, and the name stayed where it was."), words.text)),
        words.next_step,
        can_reorder=True,
    )


def _arrived(transfer: Operation, operations: Sequence[Operation]) -> TransferSteps | None:
    later = [item for item in operations if item.pk > transfer.pk and not item.is_final]
    if later:
        text = _("The name is here. Its new code and its protections are being put in place.")
        return TransferSteps(_steps(COMPLETING), text, _("You need do nothing."))
    if transfer.finished_at is None or timezone.now() - transfer.finished_at > SHOWN_FOR:
        return None
    return TransferSteps(_steps(HERE + 1), _("The name is here and yours."))


def _under_way(
    domain: Domain | None, transfer: Operation | None, operations: Sequence[Operation]
) -> TransferSteps:
    going_on = {item.kind for item in operations if not item.is_final}
    if CALL_OFF in going_on:
        return TransferSteps(_steps(APPROVAL), _("It is being called off."), _("You need do nothing."))
    if RestartTransfer.name in going_on:
        return TransferSteps(
            _steps(APPROVAL), _("The new code is being handed in."), _("You need do nothing.")
        )
    if transfer is not None and transfer.state not in (State.WAITING, State.ATTENTION):
        text = _("It is ordered, and being handed in at the registry.")
        cancellable = transfer.state in UNSENT and not transfer.sends
        return TransferSteps(_steps(ORDERED), text, _("You need do nothing."), can_cancel=cancellable)
    told = domain.transfer_status if domain is not None else ""
    found = _told(told, domain) or _approval(domain)
    if transfer is None or domain is None:
        return found
    return replace(found, can_cancel=can_call_off(transfer, domain.tld_name))


def _told(status: str, domain: Domain | None) -> TransferSteps | None:
    """What the registrar tells of the transfer itself (MrDomain 5.27.2), where it is more than that it goes on."""
    nothing = _("You need do nothing.")
    match status:
        case TransferStatus.NOT_STARTED:
            return TransferSteps(_steps(ORDERED), _("It is accepted, and begins soon."), nothing)
        case TransferStatus.AUTH_CODE_SENT:
            text = _("The code was handed in. The present provider has some days to answer.")
            return TransferSteps(_steps(APPROVAL), text, nothing)
        case TransferStatus.QUEUED:
            return TransferSteps(_steps(APPROVAL), _("The registry has to approve it."), nothing)
        case TransferStatus.AUTH_CODE_NEEDED:
            return TransferSteps(
                _steps(APPROVAL),
                _("It stands still: the auth code is missing or was not accepted."),
                _("Ask the present provider for a new code, then enter it here."),
                needs_you=True,
                can_restart=domain is not None and can_restart(domain),
            )
        case TransferStatus.TAG_NEEDED:
            return TransferSteps(
                _steps(APPROVAL),
                _("It waits for the present provider to hand the name over to our tag."),
                _("Ask us for the tag, then have the present provider set it."),
                needs_you=True,
            )
        case TransferStatus.DATA_NEEDED:
            return TransferSteps(
                _steps(APPROVAL),
                _("The registry wants to know more before it goes on."),
                _("Look for an e-mail of the registry to the registrant, or ask us."),
                needs_you=True,
            )
        case TransferStatus.COMPLETED:
            return TransferSteps(
                _steps(COMPLETING), _("It is done at the registry, and shows here soon."), nothing
            )
        case _:
            return None


def _approval(domain: Domain | None) -> TransferSteps:
    """Nobody tells more than that it is under way: what it usually waits for."""
    process = terms_for(domain.account.family, domain.tld_name).transfer_process if domain else None
    text = _("It was accepted and waits for approval: usually five to seven days.")
    if process is not None and process.value == TransferProcess.EMAIL:
        return TransferSteps(
            _steps(APPROVAL),
            text,
            _("Look for an e-mail to the registrant that asks for a yes, and answer it."),
        )
    return TransferSteps(
        _steps(APPROVAL), text, _("You need do nothing, unless the present provider writes to you.")
    )
