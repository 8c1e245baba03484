"""Module account (manual chapter 4)."""

from __future__ import annotations

from registrar.interface.account import AccountModule
from registrar.mrdomain import mapping, request
from registrar.mrdomain.client import MrDomainClient
from registrar.types import AccountInfo, Page, Promotion, Zone


class MrDomainAccount(AccountModule):
    """Three actions."""

    def __init__(self, client: MrDomainClient) -> None:
        self._client = client

    def info(self) -> AccountInfo:
        return self._client.fetch("account/info", {}, mapping.account_info)

    def zones(
        self, *, page: int = 1, page_length: int = 100, tld: str | None = None, parent: str | None = None
    ) -> Page[Zone]:
        parameters = {**request.page(page, page_length), "tld": tld, "tldtop": parent}
        return self._client.fetch("account/zones", parameters, mapping.zones)

    def promotions(self) -> tuple[Promotion, ...]:
        return self._client.fetch("account/promos", {}, mapping.promotions)
