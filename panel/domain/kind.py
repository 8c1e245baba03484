"""What kinds of operations about a name that is in the account have in common."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

from panel.domain.drift import book
from panel.domain.models import Domain
from panel.domain.operations import plan_refresh
from panel.operation import remote
from panel.operation.facts import never_executed, read_first
from panel.operation.models import Operation
from panel.operation.registry import Absent, Finding, Happened, Kind, Unclear
from registrar import errors, types


def name_of(operation: Operation) -> str:
    """The domain name (A-label) that an operation of these kinds is about."""
    return str(operation.payload["name"])


class DomainKind(Kind):
    """Something that is done to a name. `methods` are the calls of the contract that send it."""

    methods: ClassVar[tuple[str, ...]]

    @abstractmethod
    def order(self, operation: Operation, driver: Any) -> types.Outcome[Any]:
        """Send it. Raises `registrar.errors`."""

    def submit(self, operation: Operation, driver: Any) -> types.Outcome[Any]:
        """Send it; before it is sent again, look once more: an earlier request may have taken effect meanwhile."""
        if operation.sends > 1:
            try:
                finding = read_first(lambda: self.reconcile(operation, driver))
            except errors.Conflict as error:
                raise errors.OutcomeUnknown(f"not sent again: {error.message}", code=error.code) from error
            if not isinstance(finding, Absent):
                raise errors.OutcomeUnknown(f"not sent again, for it may be there: {_said(finding)}")
        return self.order(operation, driver)

    def failed(self, operation: Operation) -> None:
        """What was believed of the name when this was planned may be wrong: it is read again."""
        if operation.sends and operation.reason != "given_up":
            refresh_after(operation)

    def undecided(self, operation: Operation) -> None:
        """A person may take days, and the registrar shows something meanwhile that no pass might notice."""
        if operation.sends:
            _refresh(operation, f"undecided:{operation.public_id}:{operation.attempt}")


def _said(finding: Finding) -> str:
    return finding.seen if isinstance(finding, Unclear) else "the registrar shows it"


def refresh_after(operation: Operation) -> None:
    """Have the name read into the mirror once this is over."""
    _refresh(operation, f"after:{operation.public_id}")


def _refresh(operation: Operation, key: str) -> None:
    plan_refresh(name_of(operation), operation.account, key=key, customer=operation.customer)


@dataclass(frozen=True, slots=True)
class Look:
    """What a reading shows of a wanted state. `as_wanted` None: the registrar does not tell.

    `busy`: something about the name is under way, so that what is shown may be about to change.
    `begun`: it is neither as wanted nor any more what it was before the first send.
    """

    as_wanted: bool | None
    seen: str
    busy: bool = False
    begun: bool = False


class SettingKind(DomainKind):
    """A wanted state that is put in place of the one that is there: what the registrar shows is compared with it.

    Put in place twice it is the same state, so all that counts as proof is whether it is there.
    """

    deadline = timedelta(days=3)
    calls = 3

    @abstractmethod
    def send(self, operation: Operation, driver: Any) -> types.Outcome[Any]:
        """Ask for the wanted state. Raises `registrar.errors`."""

    @abstractmethod
    def look(self, operation: Operation, driver: Any) -> Look:
        """Read what there is now. Raises `registrar.errors`."""

    def record(self, operation: Operation, domain: Domain) -> None:
        """Write the wanted state into the mirror's row, which is saved afterwards."""

    def agrees(self, operation: Operation) -> tuple[Sequence[str], bool]:
        """Which watched fields it sets, and whether the registrar decides what they become (`drift`)."""
        return (), False

    def remote_subject(self, operation: Operation) -> str:
        """What the registrar's own operations about it name as their object."""
        return name_of(operation)

    def order(self, operation: Operation, driver: Any) -> types.Outcome[None]:
        outcome = self.send(operation, driver)
        return types.Pending(outcome.reference) if isinstance(outcome, types.Pending) else types.Done(None)

    def poll(self, operation: Operation, driver: Any) -> types.Outcome[None]:
        if not remote.is_finished(driver, operation.reference, "refused_by_registry"):
            return types.Pending(operation.reference)
        told = bool(operation.reference) and driver.supports("operation.info").usable
        shown = self.look(operation, driver)
        if shown.as_wanted or (shown.as_wanted is None and told):
            return types.Done(None)
        if told or shown.busy:
            return types.Pending(operation.reference)
        raise errors.NotFound(f"nothing is under way any more: {shown.seen}")

    def reconcile(self, operation: Operation, driver: Any) -> Finding:
        running = remote.running(operation, driver, self.remote_subject(operation), *self.methods)
        if running is not None:
            return running
        shown = self.look(operation, driver)
        if shown.as_wanted:
            # Nobody pays for what somebody else has done.
            if operation.price is not None and never_executed(operation):
                return Absent(f"{shown.seen}, and no request of ours got through")
            return Happened(types.Done(None))
        if shown.busy:
            raise errors.Conflict(f"something is under way at the registrar: {shown.seen}", reason="busy")
        if shown.as_wanted is None:
            return Unclear(shown.seen)
        return Absent(shown.seen, begun=shown.begun)

    def apply(self, operation: Operation, value: None) -> dict[str, Any]:
        domain = mirrored(operation)
        if domain is not None:
            self.record(operation, domain)
            domain.save()
            fields, as_read = self.agrees(operation)
            if fields:
                book.agree(domain, fields, operation, as_read=as_read)
        refresh_after(operation)
        return {}


def mirrored(operation: Operation) -> Domain | None:
    """The operation's name in the mirror, locked, while it is still in the operation's account."""
    rows = Domain.objects.select_for_update(of=("self",))
    return rows.filter(name=name_of(operation), account=operation.account).first()
