"""Module tool: the two tables of numbers, and the DAS servers."""

from __future__ import annotations

from registrar.bookmyname import mapping
from registrar.bookmyname.client import BookMyNameClient
from registrar.bookmyname.das import Das
from registrar.errors import InvalidRequest
from registrar.interface.tool import ToolModule
from registrar.transport import values
from registrar.types import Availability, AvailabilityState, Hello, TableRow

TABLES = {"countries": "api_paysid", "regions": "api_regionid"}


class BookMyNameTool(ToolModule):
    """Two functions and the line protocol."""

    def __init__(self, client: BookMyNameClient, das: Das) -> None:
        self._client = client
        self._das = das

    def hello(self) -> Hello:
        """As the contract, by api_paysid: the cheapest function that checks the credentials. It tells nothing else."""
        self._client.fetch("api_paysid", {}, lambda reply: None)
        return Hello(ip="", language="", version="")

    def table(self, kind: str) -> tuple[TableRow, ...]:
        """As the contract: "countries" or "regions", with the registrar's numbers."""
        if kind not in TABLES:
            raise InvalidRequest(f"kind must be one of {', '.join(TABLES)}", field="kind")
        return self._client.fetch(TABLES[kind], {}, mapping.table)

    def quick_check(self, name: str) -> Availability:
        """As the contract, by DAS; .be and .eu at their registries, unless an address of DAS was given."""
        try:
            domain = values.domain_name(name)
        except InvalidRequest:
            return Availability(name, values.tld(name), AvailabilityState.INVALID)
        return self._das.check(domain)
