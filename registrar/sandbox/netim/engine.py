"""Operations: accepted, run at once or by the sandbox's clock, cancelled, settled; and the money they take.

The price of an operation is held from its acceptance (queryResellerAccount shows the balance without it), taken when it
is done and let go when it fails or is cancelled. Only what is done reaches the journal, once, with price and balance.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from registrar.sandbox.netim.call import Call, masked
from registrar.sandbox.netim.codes import BALANCE, NOT_CANCELLABLE, STATE, NetimFault, Refused
from registrar.sandbox.netim.model import CANCELLED, DONE, FAILED, PENDING, QUICK, Operation
from registrar.sandbox.netim.tariff import CURRENCY, FREE

if TYPE_CHECKING:
    from registrar.sandbox.netim.family import Netim

# What an operation does to the account when it is done; returns results for the journal, raises Refused.
Effect = Callable[["Netim", Operation], dict[str, Any]]
# Operations that a slow registry (flag s of the table) never answers at once.
AT_REGISTRY = frozenset(
    {
        "domainCreate",
        "domainCreateLP",
        "domainRenew",
        "domainDelete",
        "domainRestore",
        "domainInternalTransfer",
    }
)
# Operations that bring a domain into the account; names beginning so misbehave in them.
ACQUIRING = AT_REGISTRY - {"domainRenew", "domainDelete", "domainRestore"} | {
    "domainTransferIn",
    "domainTransferTrade",
}
REFUSABLE = ACQUIRING | {"domainTransferOwner", "domainRenew", "domainRestore"}


@dataclass
class Order:
    """An operation to be: `subject` is the object's name, `code` the operation code where it is not the function's.

    `waits`: never answered at once. `slow`: how many times longer than usual, and not at once.
    Two operations of the same code on the same subject cannot be open at once, unless `detail` tells them apart.
    """

    subject: str
    payload: dict[str, Any] = field(default_factory=dict)
    code: str = ""
    price: Decimal = FREE
    span: tuple[float, float] = QUICK
    waits: bool = False
    slow: float = 1.0
    detail: str = ""


class Engine:
    """Runs the operations of one account."""

    def __init__(self, family: Netim) -> None:
        self._family = family
        self._due: list[tuple[float, int]] = []

    def restart(self) -> None:
        """Read the account afresh, after a reset or a load."""
        self._due = [(operation.ends, operation.number) for operation in self._family.account.pending]
        heapq.heapify(self._due)

    def submit(self, call: Call, order: Order) -> Operation:
        """Accept an operation; it has been run if the session is synchronous and the wait short enough.

        Raises the faults for a second operation of the same kind on an object and for a lack of money.
        """
        account, function = call.account, call.function.name
        code = order.code or function
        wanted = (code, order.subject, order.detail)
        if any((row.code, row.subject, row.detail) == wanted for row in account.pending):
            raise NetimFault(STATE)
        if order.price and account.available - order.price < account.hard_limit:
            raise NetimFault(BALANCE)
        account.operation_serial += self._dice(account.operation_serial).randint(1, 9)
        number = account.operation_serial
        slow = order.slow if function in AT_REGISTRY else 1.0
        seconds = self._dice("wait", order.subject, number).uniform(*order.span) * slow
        cancelled = function in ACQUIRING and order.subject.startswith("cancel")
        at_once = (
            call.session.sync and not (order.waits or cancelled or slow > 1) and self._short(call, seconds)
        )
        operation = Operation(
            number, function, code, order.subject, order.payload, call.now, call.now + seconds, order.price
        )
        operation.arguments, operation.detail = masked(call.given), order.detail
        operation.ending = CANCELLED if cancelled else DONE
        # What a registry has in hand already cannot be called back; what waits for the robot or for people can.
        operation.cancellable = not call.session.sync or order.waits
        account.operations[number] = operation
        if at_once:
            self._finish(operation)
        else:
            heapq.heappush(self._due, (operation.ends, number))
            self._family.world.touch()
        return operation

    def _dice(self, *parts: object) -> Any:
        return self._family.world.dice("netim", *parts)

    def _short(self, call: Call, seconds: float) -> bool:
        delay = call.account.delay if call.session.delay is None else call.session.delay
        return delay < 0 or seconds <= delay

    def next(self) -> float | None:
        """When the next operation is due; None for never."""
        operations = self._family.account.operations
        while self._due and operations[self._due[0][1]].status != PENDING:
            heapq.heappop(self._due)
        return self._due[0][0] if self._due else None

    def run_next(self) -> None:
        """Settle the operation that `next` announced."""
        self._finish(self._family.account.operations[heapq.heappop(self._due)[1]])

    def settle(self) -> None:
        """Run everything that is pending now; what would end as Cancelled does."""
        for operation in self._family.account.pending:
            self._finish(operation)

    def cancel(self, call: Call, operation: Operation) -> None:
        """Cancel a pending operation for the reseller, as an effect of its own; raises the fault if it is too late."""
        if operation.status != PENDING or not operation.cancellable:
            raise NetimFault(NOT_CANCELLABLE)
        self.end(operation, CANCELLED)
        call.effect(operation.subject, ID_OPE=operation.number)

    def end(self, operation: Operation, status: str, reason: str = "") -> None:
        """Give a pending operation its final status; Done executes it, anything else lets its money go."""
        if status == DONE:
            operation.ending = DONE
            self._finish(operation)
            return
        operation.status, operation.reason = status, reason
        self._give_up(operation)
        self._family.world.touch()

    def _finish(self, operation: Operation) -> None:
        if operation.ending == CANCELLED:
            self.end(operation, CANCELLED)
            return
        try:
            if operation.function in REFUSABLE and operation.subject.startswith("refuse"):
                raise Refused("registry")
            results = self._family.effects[operation.function](self._family, operation)
        except Refused as refusal:
            self.end(operation, FAILED, refusal.reason)
            return
        operation.status = DONE
        self._record(operation, results)

    def _record(self, operation: Operation, results: dict[str, Any]) -> None:
        account, world = self._family.account, self._family.world
        details: dict[str, Any] = {"results": {"ID_OPE": operation.number, **results}}
        if operation.price:
            account.balance -= operation.price
            money = {"price": str(operation.price), "currency": CURRENCY, "balance": str(account.balance)}
            details.update(money)
        world.record(
            self._family.name,
            operation.function,
            operation.subject,
            arguments=operation.arguments,
            **details,
        )

    def _give_up(self, operation: Operation) -> None:
        """A name that was on its way in is gone if cancelled, and shown as ERROR (section 6) if it failed."""
        account = self._family.account
        if operation.function == "sslCreate":
            account.certificates.pop(operation.subject, None)
        domain = account.domains.get(operation.subject)
        if operation.function not in ACQUIRING or domain is None or domain.status != "PENDING":
            return
        if operation.status == FAILED:
            domain.status = "ERROR"
        else:
            del account.domains[operation.subject]
