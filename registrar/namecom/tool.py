"""Module tool (manual, General Actions)."""

from __future__ import annotations

from registrar.interface.tool import ToolModule
from registrar.namecom import mapping
from registrar.namecom.client import NameComClient
from registrar.namecom.holding import nothing
from registrar.types import Hello


class NameComTool(ToolModule):
    """One call, and the cheapest that needs credentials."""

    def __init__(self, client: NameComClient) -> None:
        self._client = client

    def hello(self) -> Hello:
        """As the contract. The registrar greets everybody, so account/get follows to try the credentials."""
        found = self._client.fetch("hello", {}, mapping.hello)
        self._client.fetch("account/get", {}, nothing)
        return found
