"""Module account (reference 2.2 and 2.5): balance, price list and extensions."""

from __future__ import annotations

from registrar.interface.account import AccountModule
from registrar.netim import mapping, request
from registrar.netim.client import NetimClient
from registrar.netim.outcome import seek
from registrar.transport import reading, values
from registrar.types import AccountInfo, ExtensionInfo, Page, Zone


class NetimAccount(AccountModule):
    """Three functions."""

    def __init__(self, client: NetimClient) -> None:
        self._client = client

    def info(self) -> AccountInfo:
        """As the contract. The currency is an assumption: no reply names it."""
        reseller = self._client.reseller
        return self._client.fetch(
            "queryResellerAccount", {}, lambda data: mapping.account_info(data, reseller)
        )

    def zones(
        self, *, page: int = 1, page_length: int = 100, tld: str | None = None, parent: str | None = None
    ) -> Page[Zone]:
        """As the contract. The price list comes as a whole, without periods and transfer codes.

        For a single `tld` they are read along (domainTldInfo); else one year is what can be said.
        """
        values.check_page(page, page_length)
        lines = self._client.fetch("domainPriceList", {}, mapping.rows_of_zones)
        if parent is not None:
            wanted = request.tld(parent, "parent")
            lines = [(zone, item) for zone, item in lines if zone.parent == wanted]
        if tld is None:
            return reading.paged([zone for zone, _ in lines], page, page_length)
        single = request.tld(tld)
        found = [item for zone, item in lines if zone.tld == single]
        terms = self.extension(single) if found else None
        return reading.paged([mapping.zone(item, terms) for item in found], page, page_length)

    def extension(self, tld: str) -> ExtensionInfo:
        wanted = request.tld(tld)
        return seek(lambda: self._client.fetch("domainTldInfo", {"tld": wanted}, mapping.extension))
