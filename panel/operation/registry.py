"""Kinds of operations. Data apps register theirs; the engine knows no more of them than this."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from panel.operation.models import Operation
from panel.operation.states import Lane, Purpose
from registrar import errors
from registrar.types import Outcome


@dataclass(frozen=True, slots=True)
class Happened:
    """Proof that the intent took effect; `outcome` is what the registrar shows of it."""

    outcome: Outcome[Any]


@dataclass(frozen=True, slots=True)
class Absent:
    """Proof that it did not take effect. Counts only when it is found twice.

    `begun`: of what goes piece by piece, a part did. Whatever was answered, it is gone on with and not given up.
    """

    seen: str = ""
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Unclear:
    """No proof either way; `seen` is for the person who may have to decide."""

    seen: str


Finding = Happened | Absent | Unclear


class CameToNothing(errors.Refused):
    """What was accepted ended without effect, and the registrar shows it.

    A read that is merely refused is a plain Refused: that proves nothing about what was read.
    """


class ClaimLapsed(Exception):
    """The claim ended before the request left: somebody else looks into the operation by now."""


class CannotVouch(Exception):
    """A person says that it happened, and the panel lacks what must be known to go on from there."""


class Kind(ABC):
    """How one kind of operation is sent, followed, checked and applied.

    `calls` is how many calls a send costs at the registrar, for politeness. `repeatable` kinds only read: they may be
    sent again without asking what became of the last try. `promise` is how soon a customer may expect the result: what
    stands still is put before a person in this order. It never moves, whatever `deadline` does.
    """

    name: str
    lane: Lane = Lane.CUSTOMER
    repeatable = False
    calls = 1
    deadline = timedelta(days=3)
    promise = timedelta(days=1)

    @abstractmethod
    def submit(self, operation: Operation, driver: Any) -> Outcome[Any]:
        """Send it. Raises `registrar.errors`."""

    @abstractmethod
    def poll(self, operation: Operation, driver: Any) -> Outcome[Any]:
        """Ask what became of `operation.reference`. Raises CameToNothing, and `registrar.errors` for a failed look."""

    @abstractmethod
    def reconcile(self, operation: Operation, driver: Any) -> Finding:
        """Look, without changing anything, whether an earlier send took effect. Raises `registrar.errors`."""

    @abstractmethod
    def apply(self, operation: Operation, value: Any) -> dict[str, Any]:
        """Bring the mirror in step, inside the transaction that records it; may run again with the same value.

        `value` is None when a person vouched for the effect. Returns what to keep as `operation.result`. Raises
        CannotVouch when a person's word is not enough.
        """

    def progress(self, operation: Operation, value: Any) -> None:  # noqa: B027 - most kinds need nothing here
        """Bring the mirror in step with a pending answer, inside the transaction that records it."""

    def failed(self, operation: Operation) -> None:  # noqa: B027 - most kinds need nothing here
        """Bring the mirror in step with a failure or cancellation, inside the transaction that records it."""

    def undecided(self, operation: Operation) -> None:  # noqa: B027 - most kinds need nothing here
        """See to it that the mirror shows what there is while a person decides; in the transaction that records it."""


class RepeatableKind(Kind):
    """May be done any number of times, as readings are: where it is not known whether it was, it is done again."""

    repeatable = True

    def poll(self, operation: Operation, driver: Any) -> Outcome[Any]:
        return self.submit(operation, driver)

    def reconcile(self, operation: Operation, driver: Any) -> Finding:
        return Happened(self.submit(operation, driver))


class UnknownKind(LookupError):
    """No app registered this kind."""


_kinds: dict[str, Kind] = {}
_settlements: list[Callable[[Operation], None]] = []
Gateway = Callable[[Operation, Purpose], AbstractContextManager[Any]]
_gateway: list[Gateway] = []


def register(kind_class: type[Kind]) -> type[Kind]:
    """Class decorator: make a kind known to the engine."""
    if kind_class.name in _kinds:
        raise ValueError(f"the kind {kind_class.name} is registered twice")
    _kinds[kind_class.name] = kind_class()
    return kind_class


def kind_for(name: str) -> Kind:
    """The kind called `name`. Raises UnknownKind."""
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownKind(name) from None


def kinds() -> dict[str, Kind]:
    """Every registered kind by name."""
    return dict(_kinds)


def on_settlement(callback: Callable[[Operation], None]) -> None:
    """Call `callback(operation)` inside the transaction in which an operation becomes final."""
    if callback not in _settlements:
        _settlements.append(callback)


def settle(operation: Operation) -> None:
    """Run the settlements of an operation that has just become final."""
    for callback in _settlements:
        callback(operation)


def use_gateway(opener: Gateway) -> None:
    """Name the one opener of drivers."""
    _gateway[:] = [opener]


def open_driver(operation: Operation, purpose: Purpose) -> AbstractContextManager[Any]:
    """A driver for the operation's account, as a context manager. Raises `registrar.errors` as the driver does."""
    return _gateway[0](operation, purpose)
