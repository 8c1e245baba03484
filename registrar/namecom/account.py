"""Module account (manual, Account Actions)."""

from __future__ import annotations

from registrar.interface.account import AccountModule
from registrar.namecom import mapping
from registrar.namecom.client import NameComClient
from registrar.types import AccountInfo


class NameComAccount(AccountModule):
    """One call."""

    def __init__(self, client: NameComClient) -> None:
        self._client = client

    def info(self) -> AccountInfo:
        return self._client.fetch("account/get", {}, mapping.account_info)
