"""Module operation (reference 2.13)."""

from __future__ import annotations

from dataclasses import replace

from registrar.interface.operation import OperationModule
from registrar.netim import mapping, request
from registrar.netim.client import NetimClient
from registrar.netim.outcome import seek
from registrar.transport import reading
from registrar.types import Done, OperationRecord, Outcome


class NetimOperation(OperationModule):
    """Four functions."""

    def __init__(self, client: NetimClient) -> None:
        self._client = client

    def info(self, reference: str) -> OperationRecord:
        """As the contract. A finished operation stays readable; it cannot be started again."""
        number = request.operation(reference)

        def read(data: object) -> OperationRecord:
            found = mapping.operation(data)
            if found.reference not in {"", str(number)}:
                raise reading.unreadable("the reply is about another operation")
            return replace(found, reference=str(number))

        return seek(lambda: self._client.fetch("queryOpe", {"IDOpe": number}, read))

    def pending(self) -> tuple[OperationRecord, ...]:
        return self._client.fetch("queryOpePending", {}, mapping.pending_operations)

    def cancel(self, reference: str) -> Outcome[None]:
        """As the contract. The function returns nothing: without a fault it is done."""
        self._client.fetch("cancelOpe", {"IDOpe": request.operation(reference)}, lambda _: None)
        return Done(None)

    def open_kinds(self, tld: str) -> frozenset[str]:
        return self._client.fetch("queryOpeList", {"tld": request.tld(tld).upper()}, mapping.open_kinds)
