"""What the end of an operation (reference 4) means for the call that began it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from registrar.errors import InvalidRequest, NotFound, Refused, RegistrarError, UnreadableReply
from registrar.types import Done, OperationRecord, OperationStatus, Outcome, Pending

T = TypeVar("T")


def settle(found: OperationRecord, value: Callable[[], T], so_far: T | None = None) -> Outcome[T]:
    """Done with a value, or Pending with what is known so far.

    Raises Refused for an operation that failed or was cancelled, UnreadableReply for a word that is not in the
    reference, and for a pending operation that cannot be asked for again.
    """
    if found.status is OperationStatus.DONE:
        return Done(value())
    if found.status is OperationStatus.PENDING:
        return Pending(reference(found), so_far)
    if found.status is OperationStatus.FAILED:
        raise Refused(found.message, reason="refused")
    if found.status is OperationStatus.CANCELLED:
        raise Refused(found.message, reason="cancelled")
    raise UnreadableReply("unexpected reply: an operation's status that is not in the manual")


def reference(found: OperationRecord) -> str:
    """What to ask for the operation by."""
    if not found.reference.isdecimal() or int(found.reference) == 0:
        raise UnreadableReply("unexpected reply: a pending operation without its number")
    return found.reference


def nothing() -> None:
    """The value of a write that returns none."""


def afterwards(read: Callable[[], T], known: T) -> T:
    """The value of a write that is done, by a read; what is known without it where the read is lost.

    The write is done whatever the read says, so no error of the read may hide it.
    """
    try:
        return read()
    except RegistrarError:
        return known


def seek(read: Callable[[], T]) -> T:
    """A read whose only parameter is an id that is well formed: where the registrar calls it invalid, there is none."""
    try:
        return read()
    except InvalidRequest as error:
        if error.reason != "invalid_parameter":
            raise
        raise NotFound(error.message, code=error.code, reason="no_such_id") from error
