"""The contract of module operation: what a registrar carries out in its own time."""

from __future__ import annotations

from typing import ClassVar

from registrar.interface.base import Module
from registrar.types import OperationRecord, Outcome


class OperationModule(Module):
    """Operations by the reference of a Pending outcome. Every method raises any class of registrar.errors."""

    noun: ClassVar[str] = "operation"

    def info(self, reference: str) -> OperationRecord:
        """One operation. Raises NotFound. Not to be asked more often than every five minutes."""
        raise self.lacking("info")

    def pending(self) -> tuple[OperationRecord, ...]:
        """Every operation that is not finished: one call instead of many."""
        raise self.lacking("pending")

    def cancel(self, reference: str) -> Outcome[None]:
        """Call a pending operation off. Raises Conflict where it has gone too far, NotFound."""
        raise self.lacking("cancel")

    def open_kinds(self, tld: str) -> frozenset[str]:
        """The registrar's words for the operations that it takes for an extension at the moment."""
        raise self.lacking("open_kinds")
