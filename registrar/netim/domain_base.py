"""What reads, orders and updates of module domain have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from registrar.errors import InvalidRequest
from registrar.netim import domain_mapping, mapping, request
from registrar.netim.client import NetimClient
from registrar.netim.outcome import afterwards, nothing, settle
from registrar.transport import values
from registrar.types import DomainStatus, DomainSummary, Outcome, Pending, RegisteredDomain

T = TypeVar("T")

# The operation is done, and the registry still has something to do.
COMING = frozenset({DomainStatus.REGISTERING, DomainStatus.INACTIVE})


class NetimDomainBase:
    """A client, and the three ways in which a write ends."""

    def __init__(self, client: NetimClient) -> None:
        self._client = client

    def _read(self, domain: str) -> Mapping[str, Any]:
        """StructDomainInfo. Raises NotFound."""
        return self._client.fetch("domainInfo", {"domain": domain}, domain_mapping.about(domain))

    def _read_before(self, domain: str) -> Mapping[str, Any]:
        """As _read(), before a write: lost, it is NotSent."""
        return values.read_before_write(lambda: self._read(domain))

    def _operate(
        self, function: str, arguments: Mapping[str, Any], value: Callable[[], T], so_far: T | None = None
    ) -> Outcome[T]:
        return settle(self._client.fetch(function, arguments, mapping.operation), value, so_far)

    def _change(self, function: str, name: str, **arguments: Any) -> Outcome[DomainSummary]:
        """A write that returns the domain's line."""
        domain = values.domain_name(name)
        return self._operate(
            function,
            {"domain": domain, **arguments},
            lambda: afterwards(
                lambda: domain_mapping.summary(self._read(domain)), domain_mapping.unread_line(domain)
            ),
        )

    def _finish(self, function: str, name: str, **arguments: Any) -> Outcome[None]:
        """A write that returns nothing."""
        return self._operate(function, {"domain": values.domain_name(name), **arguments}, nothing)

    def _buy(
        self,
        function: str,
        domain: str,
        arguments: Mapping[str, Any],
        years: int | None = None,
        *,
        coming: DomainStatus = DomainStatus.UNKNOWN,
        is_there: Callable[[RegisteredDomain], bool] = lambda found: found.status not in COMING,
    ) -> Outcome[RegisteredDomain]:
        """A write that returns a bought domain: Pending as long as what was bought does not show in it.

        `coming` is the domain's status while the operation is pending.
        """
        found = self._client.fetch(function, {"domain": domain, **arguments}, mapping.operation)
        known = domain_mapping.unread(domain, years)
        outcome = settle(
            found,
            lambda: afterwards(lambda: domain_mapping.registered(self._read(domain), years), known),
            domain_mapping.unread(domain, years, coming, found.raw_status),
        )
        if isinstance(outcome, Pending) or is_there(outcome.value) or not found.reference:
            return outcome
        return Pending(found.reference, outcome.value)

    def _nameservers(self, names: Sequence[str]) -> dict[str, str]:
        """ns1 to ns5; without names those that the account set for such orders (reference 3.15)."""
        if names or isinstance(names, str):
            return request.nameservers(names)
        found = values.read_before_write(
            lambda: self._client.fetch("queryResellerAccount", {}, mapping.default_nameservers)
        )
        if not found:
            raise InvalidRequest("the account has no nameservers of its own set", field="nameservers")
        return request.nameservers(found)

    def _shortest(self, domain: str, years: int | None, member: str) -> int:
        """A period in years; None is the shortest that the registrar tells for the extension, else one."""
        if years is not None:
            return values.years(years, request.YEARS)
        arguments = {"tld": domain_mapping.tld_of(domain)}
        found = values.read_before_write(
            lambda: self._client.fetch(
                "domainTldInfo", arguments, lambda data: mapping.periods(mapping.struct(data), member)
            )
        )
        return found[0] if found else 1
