"""Module operation: api_status, which every write but those of contacts has to be followed with."""

from __future__ import annotations

import re
from dataclasses import replace

from registrar.bookmyname import mapping
from registrar.bookmyname.client import BookMyNameClient
from registrar.errors import InvalidRequest
from registrar.interface.operation import OperationModule
from registrar.transport import reading
from registrar.types import OperationRecord


class BookMyNameOperation(OperationModule):
    """One function."""

    def __init__(self, client: BookMyNameClient) -> None:
        self._client = client

    def info(self, reference: str) -> OperationRecord:
        """As the contract: Wait and ToProcess are pending, Error is failed."""
        if not re.fullmatch(r"[0-9]{1,18}", reference):
            raise InvalidRequest(f"not a transaction's number: {reference!r}", field="reference")
        found = self._client.fetch("api_status", {"tid": reference}, mapping.operation)
        if found.reference and int(found.reference) != int(reference):
            raise reading.unreadable("the reply is about another transaction")
        return replace(found, reference=reference)
